"""Curators add words, see where they are used, and close and follow what has days."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from levers.actions import close_and_follow_dated
from levers.glossary.uses import searched_models, uses_of
from levers.models import Objective, Policy, Term
from tests import factories
from tests import register_factories as made
from tests.pages.reading import visit

TODAY = localdate()
YESTERDAY = TODAY - timedelta(days=1)


def uses_page(client, term: Term):
    return visit(client, reverse("admin:levers_term_uses", args=[term.pk]))


def listed(page) -> list[str]:
    return [item.text for item in page.one("div", id="content").all("li")]


# --- Words ----------------------------------------------------------------


@pytest.mark.django_db
def test_a_curator_adds_a_word_with_its_history(client, curator):
    client.force_login(curator)
    source = factories.make_source()
    sent = {
        "acronym": "ZRG", "meaning": "zone régionale", "slug": "zrg", "explained": "on", "source": source.pk,
        "locator": "page 2", "verified_on": TODAY.isoformat(), "review_due": TODAY.isoformat(),
    }  # fmt: skip
    answer = client.post(reverse("admin:levers_term_add"), sent)
    assert answer.status_code == 302, answer.context["errors"]
    term = Term.objects.get(slug="zrg")
    assert term.history.get().history_user == curator
    assert client.get(reverse("admin:levers_term_history", args=[term.pk])).status_code == 200


@pytest.mark.django_db
def test_words_are_found_by_what_they_mean_and_filtered_by_whether_pages_explain_them(admin_client):
    hidden = made.make_term("ZRG", meaning="zone", aliases="Zerg", explained=False)
    made.make_term("FIR", meaning="fonds")
    for filters in ({"q": "zerg"}, {"q": "zone"}, {"explained__exact": "0"}):
        page = admin_client.get(reverse("admin:levers_term_changelist", query=filters))
        assert [row.pk for row in page.context["cl"].result_list] == [hidden.pk]


@pytest.mark.django_db
def test_a_word_says_where_it_is_used_with_links_in_every_table_of_the_content(admin_client):
    term = made.make_term("ZRG", slug="zrg", aliases="Zerg")
    lever = factories.make_lever(short_name="Un levier", title="Le levier", objective="Le ZRG paie.", calendar="ZRG")
    call = factories.make_call(title="Un appel", text="Selon Zerg.")
    made.make_experiment(short_name="Une expé", text="Avec le ZRG, on soigne.")
    for text in ("ZRGS", "AZRG", "ARS-ZRG", "zrg"):
        factories.make_lever(objective=text)
    page = uses_page(admin_client, term)
    assert [line.partition(" : ")[0] for line in listed(page)] == ["Le levier", "Un appel", "Une expé"]
    assert listed(page)[:2] == ["Le levier : à quoi il sert, quand", "Un appel : ce que l'appel cherche"]
    addresses = [anchor["href"] for anchor in page.one("div", id="content").all("a")]
    assert reverse("admin:levers_lever_change", args=[lever.pk]) in addresses
    assert reverse("admin:levers_call_change", args=[call.pk]) in addresses
    assert "3 lignes du contenu l'emploient" in page.one("div", id="content").text


@pytest.mark.django_db
def test_a_word_that_nothing_uses_says_so(admin_client):
    assert "Aucune ligne du contenu ne l'emploie." in uses_page(admin_client, made.make_term("ZRG")).text


@pytest.mark.django_db
def test_the_page_of_a_word_leads_to_its_uses_and_to_the_public_page(admin_client):
    term = made.make_term("ZRG", slug="zrg")
    page = visit(admin_client, reverse("admin:levers_term_change", args=[term.pk]))
    addresses = [anchor.get("href") for anchor in page.all("a")]
    assert reverse("admin:levers_term_uses", args=[term.pk]) in addresses
    assert admin_client.get(reverse("admin:levers_term_uses", args=[term.pk + 1])).status_code == 404


@pytest.mark.django_db
def test_the_uses_are_not_for_who_may_not_see_the_words(client):
    term = made.make_term("ZRG")
    client.force_login(factories.make_user(is_staff=True))
    assert client.get(reverse("admin:levers_term_uses", args=[term.pk])).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 30])
def test_looking_for_the_uses_asks_one_query_a_table_at_any_size(size, django_assert_num_queries):
    for _ in range(size):
        factories.make_criterion(factories.make_lever(objective="Le ZRG."), label="ZRG", source=factories.make_source())
    with django_assert_num_queries(len(searched_models())):
        found = [str(use.row) for _, rows in uses_of(["ZRG"]) for use in rows]
    assert len(found) == 2 * size


def test_every_table_with_sentences_is_looked_at():
    names = {model._meta.label_lower for model in searched_models()}
    assert {"levers.lever", "levers.step", "levers.call", "levers.policy", "projects.experiment"} <= names
    assert "levers.term" not in names


# --- What has days --------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("make", [made.make_policy, made.make_objective])
def test_a_dated_row_is_closed_yesterday_and_followed_from_today(make):
    row = make(slug="prs", valid_to=TODAY + timedelta(days=9))
    successor = close_and_follow_dated(row, TODAY)
    row.refresh_from_db()
    assert row.valid_to == YESTERDAY
    assert (successor.slug, successor.valid_from) == (f"prs-{TODAY:%Y%m%d}", TODAY)
    assert successor.valid_to == TODAY + timedelta(days=9)
    assert str(successor) == str(row)
    assert row.history.exclude(history_change_reason=None).first().history_change_reason.startswith("Clos ; la suite")


@pytest.mark.django_db
def test_a_policy_that_is_followed_says_by_what():
    policy = made.make_policy()
    successor = close_and_follow_dated(policy, TODAY)
    policy.refresh_from_db()
    assert policy.replaced_by == successor
    assert successor.replaced_by is None


@pytest.mark.django_db
@pytest.mark.parametrize("days", [{"valid_to": YESTERDAY}, {"valid_from": TODAY}])
def test_what_is_over_or_began_today_is_not_closed(days):
    with pytest.raises(ValidationError):
        close_and_follow_dated(made.make_policy(**days), TODAY)
    assert Policy.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "make", "model"), [
    ("policy", made.make_policy, Policy), ("objective", made.make_objective, Objective),
])  # fmt: skip
def test_the_lists_close_and_follow_what_is_ticked(name, make, model, admin_client):
    row = make()
    sent = {"action": "close_and_follow", "_selected_action": [row.pk]}
    page = admin_client.post(reverse(f"admin:levers_{name}_changelist"), sent, follow=True)
    assert "est clos depuis hier. Sa suite, à modifier" in page.content.decode()
    assert model.objects.count() == 2
