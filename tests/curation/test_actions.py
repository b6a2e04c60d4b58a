"""Publication and succession: the one door of each, what it refuses and what it leaves behind."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from levers.actions import close_and_follow, publish, unpublish
from levers.models import Criterion, Lever
from tests import factories

TODAY = date(2026, 3, 1)


def complete_draft() -> Lever:
    lever = factories.make_lever(publication="draft")
    factories.make_criterion(lever)
    factories.make_role(lever)
    factories.make_deposit(lever)
    return lever


@pytest.mark.django_db
def test_a_complete_sheet_is_published_and_hidden_again():
    lever = complete_draft()
    publish(lever)
    assert Lever.objects.published().get() == lever
    unpublish(lever)
    assert not Lever.objects.published().exists()
    assert lever.history.count() == 3


@pytest.mark.django_db
def test_publishing_what_is_published_leaves_no_trace():
    lever = complete_draft()
    publish(lever)
    publish(lever)
    assert lever.history.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("relation", "missing"),
    [("criteria", "un critère obligatoire"), ("roles", "un rôle possible"), ("deposits", "un lieu de dépôt")],
)
def test_an_incomplete_sheet_is_not_published_and_the_refusal_says_what_is_missing(relation, missing):
    lever = complete_draft()
    getattr(lever, relation).all().delete()
    with pytest.raises(ValidationError, match=f"Il manque : {missing}"):
        publish(lever)
    assert not Lever.objects.published().exists()


@pytest.mark.django_db
def test_an_indicative_criterion_is_not_enough_to_publish():
    lever = complete_draft()
    lever.criteria.update(blocking=False)
    with pytest.raises(ValidationError, match="un critère obligatoire"):
        publish(lever)


def act(client, name: str, action: str, *rows):
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    page = client.post(reverse(f"admin:levers_{name}_changelist"), data, follow=True)
    return [str(message) for message in page.context["messages"]]


def test_the_list_publishes_what_it_can_and_says_why_not_the_rest(client, curator):
    client.force_login(curator)
    complete, empty = complete_draft(), factories.make_lever(publication="draft", short_name="Vide")
    refusal, done = act(client, "lever", "publish", complete, empty)
    assert refusal == (
        "« Vide » ne peut pas être publié. Il manque : un critère obligatoire, un rôle possible, un lieu de dépôt."
    )
    assert complete.short_name in done
    assert Lever.objects.published().get() == complete
    assert complete.history.first().history_user == curator
    assert act(client, "lever", "unpublish", complete)
    assert not Lever.objects.published().exists()


def test_the_form_of_a_lever_does_not_publish(client, curator):
    client.force_login(curator)
    lever = complete_draft()
    form = client.get(reverse("admin:levers_lever_change", args=[lever.pk])).context["adminform"].form
    assert "publication" not in form.fields


@pytest.mark.django_db
def test_a_criterion_is_closed_the_day_before_and_followed_by_an_exact_copy():
    kind = factories.make_actor_type("ccas")
    lever = factories.make_lever()
    criterion = factories.make_criterion(
        lever,
        key="acteur",
        about="actor",
        fact="actor_type",
        operator="in",
        values=["ehpad"],
        valid_to=date(2030, 1, 1),
    )
    factories.make_condition(criterion, fact="region", values=["01"])
    factories.make_path(criterion, key="voie", actor_types=[kind])
    successor = close_and_follow(criterion, TODAY)
    criterion.refresh_from_db()
    assert criterion.valid_to == date(2026, 2, 28)
    assert (successor.key, successor.valid_from, successor.valid_to) == ("acteur-20260301", TODAY, date(2030, 1, 1))
    same = ("label", "about", "nature", "blocking", "fact", "operator", "values", "source", "verified_on", "position")
    assert all(getattr(successor, name) == getattr(criterion, name) for name in same)
    assert successor.conditions.get().values == ["01"]
    assert successor.paths.get().key == "voie-20260301"
    assert successor.paths.get().actor_types.get() == kind
    assert criterion.conditions.count() == criterion.paths.count() == 1
    assert "acteur-20260301" in criterion.history.first().history_change_reason


@pytest.mark.django_db
def test_every_day_has_one_of_the_two_criteria_in_force():
    criterion = factories.make_criterion(factories.make_lever())
    successor = close_and_follow(criterion, TODAY)
    for offset in (-2, -1, 0, 1):
        day = TODAY + timedelta(days=offset)
        assert criterion.holds(day) is not successor.holds(day)


@pytest.mark.django_db
def test_a_successor_is_followed_under_a_key_that_does_not_grow():
    criterion = factories.make_criterion(factories.make_lever(), key="k" * 60)
    first = close_and_follow(criterion, TODAY)
    second = close_and_follow(first, TODAY + timedelta(days=40))
    assert (len(first.key), len(second.key)) == (60, 60)
    assert second.key.endswith("-20260410")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"valid_to": date(2026, 2, 1)}, "n'est pas en vigueur"),
        ({"valid_from": date(2026, 4, 1)}, "n'est pas en vigueur"),
        ({"valid_from": TODAY}, "depuis aujourd'hui"),
    ],
)
def test_what_is_not_in_force_is_not_closed(fields, reason):
    criterion = factories.make_criterion(factories.make_lever(), **fields)
    with pytest.raises(ValidationError, match=reason):
        close_and_follow(criterion, TODAY)
    assert Criterion.objects.count() == 1


@pytest.mark.django_db
def test_a_key_that_is_taken_stops_the_succession_and_leaves_the_criterion_open():
    lever = factories.make_lever()
    criterion = factories.make_criterion(lever, key="regle")
    factories.make_criterion(lever, key="regle-20260301")
    with pytest.raises(ValidationError):
        close_and_follow(criterion, TODAY)
    criterion.refresh_from_db()
    assert criterion.valid_to is None


def test_a_curator_closes_from_the_list(client, curator):
    client.force_login(curator)
    criterion = factories.make_criterion(factories.make_lever(), key="regle")
    (message,) = act(client, "criterion", "close_and_follow", criterion)
    assert f"regle-{localdate():%Y%m%d}" in message
    (refusal,) = act(client, "criterion", "close_and_follow", criterion)
    assert "n'est pas en vigueur" in refusal
    assert Criterion.objects.count() == 2
