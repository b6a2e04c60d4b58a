"""Thresholds in the admin: what a curator may write, and how one that changes is closed and followed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from levers.actions import close_and_follow_dated
from levers.models import Threshold
from tests import factories
from tests.pages.reading import visit

TODAY = date(2026, 6, 1)
PAGE = "/commande-publique/?amount=65000&buyer_type=other-public"

ROW = {
    "key": "free-procedure",
    "buyers": "all",
    "category": "supplies-services",
    "value": "60000",
    "slug": "libre-2026",
    "valid_from": "2026-04-01",
    "valid_to": "",
    "note": "",
    "locator": "page 1",
    "verified_on": "2026-01-01",
    "review_due": "2027-01-01",
}


@pytest.fixture
def curating(client, curator):
    client.force_login(curator)
    return client


def add(client, **fields):
    data = ROW | {"source": factories.make_source().pk} | fields
    return client.post(reverse("admin:levers_threshold_add"), data)


def refused(answer) -> dict[str, list[str]]:
    assert answer.status_code == 200
    return dict(answer.context["adminform"].form.errors)


def test_a_curator_writes_a_threshold_and_its_history_says_who(curating, curator):
    assert add(curating).status_code == 302
    row = Threshold.objects.get(slug="libre-2026")
    assert (row.value, row.valid_to) == (Decimal(60_000), None)
    assert row.history.get().history_user == curator


@pytest.mark.parametrize(
    ("fields", "name", "words"),
    [
        ({"valid_from": ""}, "valid_from", "Donnez le premier jour"),
        ({"value": "0"}, "value", "supérieur à zéro"),
        ({"value": "-5"}, "value", "supérieur à zéro"),
        ({"value": "beaucoup"}, "value", ""),
        ({"valid_to": "2026-03-31"}, "valid_to", "La période est vide"),
        ({"key": "seuil-inconnu"}, "key", ""),
    ],
)
def test_what_could_not_be_used_is_refused_on_its_field(curating, fields, name, words):
    errors = refused(add(curating, **fields))
    assert list(errors) == [name]
    assert words in " ".join(errors[name])


@pytest.mark.parametrize(
    ("other", "allowed"),
    [
        ({}, False),
        ({"valid_from": date(2020, 1, 1), "valid_to": date(2026, 4, 1)}, False),
        ({"valid_from": date(2020, 1, 1), "valid_to": date(2026, 3, 31)}, True),
        ({"category": "works"}, True),
        ({"category": "all"}, False),
        ({"buyers": "central-state"}, False),
        ({"key": "formal-procedure"}, True),
    ],
)
def test_two_thresholds_never_say_two_amounts_for_one_need_on_one_day(curating, other, allowed):
    factories.make_threshold(slug="deja-la", **other)
    answer = add(curating)
    if allowed:
        assert answer.status_code == 302
    else:
        assert "deja-la" in " ".join(refused(answer)["valid_from"])


def test_two_innovative_purchases_may_overlap(curating):
    factories.make_threshold(key="innovative-purchase", valid_from=date(2018, 12, 25))
    assert add(curating, key="innovative-purchase").status_code == 302


def test_a_saved_threshold_is_not_in_its_own_way(curating):
    row = factories.make_threshold(note="Un essai.")
    row.note = "Un autre essai."
    row.full_clean()


# --- Closing and following ------------------------------------------------------


@pytest.mark.django_db
def test_a_threshold_that_changes_is_closed_yesterday_and_followed_from_today():
    row = factories.make_threshold(slug="libre-20260401", valid_to=date(2027, 12, 31), note="Réserve.")
    successor = close_and_follow_dated(row, TODAY)
    row.refresh_from_db()
    assert row.valid_to == TODAY - timedelta(days=1)
    assert (successor.slug, successor.valid_from, successor.valid_to) == ("libre-20260601", TODAY, date(2027, 12, 31))
    same = ("key", "buyers", "category", "value", "note", "source", "locator")
    assert [getattr(successor, name) for name in same] == [getattr(row, name) for name in same]
    assert row.history.first().history_change_reason == "Clos ; la suite est « libre-20260601 »"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"valid_from": TODAY}, "depuis aujourd'hui seulement"),
        ({"valid_from": TODAY + timedelta(days=1)}, "n'est pas en vigueur"),
        ({"valid_to": TODAY - timedelta(days=1)}, "n'est pas en vigueur"),
    ],
)
def test_closing_what_is_not_in_force_is_refused_and_leaves_everything_as_it_was(fields, words):
    row = factories.make_threshold(**fields)
    with pytest.raises(ValidationError, match=words):
        close_and_follow_dated(row, TODAY)
    assert Threshold.objects.get() == row
    assert row.history.count() == 1


@pytest.mark.django_db
def test_a_successor_whose_name_is_taken_is_refused_and_nothing_is_closed():
    row = factories.make_threshold(slug="libre")
    factories.make_threshold(slug="libre-20260601", key="publicity")
    with pytest.raises(ValidationError):
        close_and_follow_dated(row, TODAY)
    row.refresh_from_db()
    assert row.valid_to is None


def test_the_list_closes_what_it_can_and_the_page_and_the_json_follow(curating, client):
    begun = localdate() - timedelta(days=30)
    for key, value in (("formal-procedure", 216_000), ("publicity", 90_000)):
        factories.make_threshold(key=key, value=value, valid_from=begun)
    row = factories.make_threshold(slug="libre", valid_from=begun)
    over = factories.make_threshold(
        slug="fini", valid_from=begun - timedelta(days=9), valid_to=begun - timedelta(days=1)
    )
    assert visit(client, PAGE).one("h2", id="reponse").text == "65 000 € : procédure adaptée (MAPA)"
    data = {"action": "close_and_follow", "_selected_action": [row.pk, over.pk]}
    page = client.post(reverse("admin:levers_threshold_changelist"), data, follow=True)
    told = sorted(str(message) for message in page.context["messages"])
    assert told[0] == "« fini » n'est pas en vigueur aujourd'hui : il n'y a rien à clore."
    successor = Threshold.objects.get(valid_from=localdate())
    assert told[1] == f"« libre » est clos depuis hier. Sa suite, à modifier : « {successor.slug} »."

    form = {name: getattr(successor, name) or "" for name in ROW} | {"source": successor.source_id, "value": "70000"}
    assert client.post(reverse("admin:levers_threshold_change", args=[successor.pk]), form).status_code == 302
    assert visit(client, PAGE).one("h2", id="reponse").text == "65 000 € : achat libre ou procédure adaptée (MAPA)"
    answer = client.get("/api/v1/procurement/?amount=65000&buyer_type=other-public").json()
    assert answer["thresholds"][0]["value"] == "70000.00"
    yesterday = (localdate() - timedelta(days=1)).isoformat()
    assert visit(client, f"{PAGE}&on={yesterday}").one("h2", id="reponse").text == "65 000 € : procédure adaptée (MAPA)"


def test_the_list_says_amounts_as_people_write_them(catalogue, curating):
    page = visit(curating, reverse("admin:levers_threshold_changelist") + "?key__exact=free-procedure")
    assert [cell.text for cell in page.all("td", "field-amount")] == ["40 000 €", "60 000 €", "100 000 €"]
