"""Entrusting a dossier to a pair: by whom, to whom, who is told of what follows, and what a recusal ends."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from actors.models import Post
from projects.engine.door import NotAllowed, Refused
from projects.engine.people import actor_of, agents_of
from projects.engine.verifying import verify
from projects.instruction.assigning import entrust
from projects.instruction.recusing import step_back
from projects.models import Assignment, DigestLine, JournalEntry, MailPreference
from tests.dossier_factories import NOW, drive, make_officer
from tests.people_factories import make_agency_body

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague(db):
    """Another officer of the agency that instructs."""
    user = make_officer(make_agency_body())
    user.full_name = "Maxence Collègue"
    user.save()
    return user


def address(dossier) -> str:
    return reverse("instruction-assignment", args=[dossier.reference])


def test_a_head_entrusts_a_dossier_to_a_pair_and_its_page_names_it(client, dossier, of_the_region, colleague, head):
    client.force_login(head)
    answer = client.post(address(dossier), {"lead": of_the_region.pk, "expert": colleague.pk})
    assert answer.status_code == 302
    html = client.get(answer["Location"]).content.decode()
    for words in ("Dominique Instructeur", "responsable du dossier", "Maxence Collègue", "expert métier"):
        assert words in html
    acts = dossier.journal.filter(kind=JournalEntry.Kind.ASSIGNED)
    assert [act.data for act in acts.order_by("seq")] == [
        {"role": "lead", "person": str(of_the_region.pseudonym)},
        {"role": "expert", "person": str(colleague.pseudonym)},
    ]
    dossier.refresh_from_db()
    assert verify(dossier).is_whole


def test_the_journal_on_the_page_names_who_was_entrusted_and_the_applicant_s_does_not(
    client, dossier, of_the_region, applicant, head
):
    of_the_region.full_name = "Dominique <b>Instructeur</b>"
    of_the_region.save()
    entrust(dossier.pk, {"lead": of_the_region}, actor_of(head, NOW), NOW)
    client.force_login(head)
    html = client.get(f"/instruction/{dossier.reference}/").content.decode()
    history = html[html.index("Le dossier est confié à quelqu") :]
    assert "Dominique &lt;b&gt;Instructeur" in history
    client.force_login(applicant)
    assert "confié à quelqu" not in client.get(f"/dossiers/{dossier.reference}/").content.decode()


def test_who_is_entrusted_is_told_as_they_wish_and_never_by_themself(
    dossier, of_the_region, head, colleague, mailoutbox
):
    MailPreference.objects.create(user=of_the_region, pace="each")
    entrust(dossier.pk, {"lead": of_the_region, "expert": head}, actor_of(head, NOW), NOW)
    told = [(mail.to, mail.subject) for mail in mailoutbox if "confié" in mail.subject]
    assert told == [([of_the_region.email], f"Un dossier vous est confié ({dossier.reference})")]
    entrust(dossier.pk, {"lead": colleague}, actor_of(head, NOW), NOW)
    assert DigestLine.objects.get(user=colleague).text == (
        f"Le dossier {dossier.reference} vous est confié, en tant que responsable."
    )
    assert not DigestLine.objects.filter(user=head, text__contains="confié").exists()


def test_a_place_that_changes_is_dated_and_the_same_again_changes_nothing(dossier, of_the_region, colleague, head):
    actor, later = actor_of(head, NOW), NOW + timedelta(days=3)
    entrust(dossier.pk, {"lead": of_the_region}, actor, NOW)
    assert entrust(dossier.pk, {"lead": of_the_region}, actor, later) == []
    entrust(dossier.pk, {"lead": colleague}, actor, later)
    rows = Assignment.objects.order_by("since").values_list("user", "since", "until")
    assert list(rows) == [(of_the_region.pk, NOW, later), (colleague.pk, later, None)]
    entrust(dossier.pk, {"lead": None}, actor, later)
    assert not dossier.assignments.current(later).exists()


@pytest.mark.parametrize("who", ["of_another_region", "legal", "applicant", "recused", "gone"])
def test_it_is_entrusted_to_nobody_who_does_not_instruct_it(who, dossier, head, request):
    if who in ("recused", "gone"):
        user = make_officer(make_agency_body())
        if who == "recused":
            dossier.recusals.create(user=user, since=NOW)
        else:
            user.posts.update(until="2021-01-01")
    else:
        user = request.getfixturevalue(who)
    with pytest.raises(Refused):
        entrust(dossier.pk, {"lead": user}, actor_of(head, NOW), NOW)
    assert not Assignment.objects.exists()


def test_nobody_is_both(client, dossier, of_the_region, head):
    client.force_login(head)
    answer = client.post(address(dossier), {"lead": of_the_region.pk, "expert": of_the_region.pk})
    assert "expert" in answer.context["form"].errors
    entrust(dossier.pk, {"lead": of_the_region}, actor_of(head, NOW), NOW)
    with pytest.raises(Refused):
        entrust(dossier.pk, {"expert": of_the_region}, actor_of(head, NOW), NOW)


@pytest.mark.parametrize("who", ["legal", "of_another_region", "applicant", "stranger"])
def test_for_whoever_may_not_entrust_there_is_no_page(who, client, dossier, of_the_region, request):
    user = request.getfixturevalue(who)
    client.force_login(user)
    assert client.get(address(dossier)).status_code == 404
    assert client.post(address(dossier), {"lead": of_the_region.pk}).status_code == 404
    with pytest.raises(NotAllowed):
        entrust(dossier.pk, {"lead": of_the_region}, actor_of(user, NOW), NOW)


def test_the_base_itself_keeps_one_person_a_place(dossier, of_the_region, colleague):
    Assignment.objects.create(dossier=dossier, user=of_the_region, role="lead", since=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(dossier=dossier, user=colleague, role="lead", since=NOW)


def test_the_pair_is_told_where_there_is_one_and_everybody_else(dossier, of_the_region, colleague, head):
    assert {one.pk for one in agents_of(dossier, NOW)} > {of_the_region.pk, colleague.pk, head.pk}
    entrust(dossier.pk, {"lead": colleague, "expert": head}, actor_of(head, NOW), NOW)
    assert set(agents_of(dossier, NOW)) == {colleague, head}
    dossier.recusals.create(user=head, since=NOW)
    assert agents_of(dossier, NOW) == [colleague]
    colleague.posts.update(until="2021-01-01")
    told = agents_of(dossier, NOW)
    assert of_the_region in told
    assert head not in told
    assert colleague not in told


def test_what_happens_is_told_to_the_pair_alone(dossier, applicant, of_the_region, colleague):
    entrust(dossier.pk, {"lead": of_the_region}, actor_of(colleague, NOW), NOW)
    drive(dossier, "ask", of_the_region, answer_by="2027-01-01")
    DigestLine.objects.all().delete()
    drive(dossier, "complete", applicant, NOW + timedelta(days=1))
    assert {line.user for line in DigestLine.objects.all()} == {of_the_region}


def test_whoever_steps_back_has_it_in_charge_no_more(dossier, of_the_region, head):
    entrust(dossier.pk, {"lead": of_the_region}, actor_of(head, NOW), NOW)
    step_back(dossier.pk, "", actor_of(of_the_region, NOW), NOW + timedelta(hours=1))
    assert Assignment.objects.get().until == NOW + timedelta(hours=1)


def test_the_applicant_is_not_told_to_whom(client, dossier, applicant, of_the_region, head):
    entrust(dossier.pk, {"lead": of_the_region}, actor_of(head, NOW), NOW)
    client.force_login(applicant)
    html = client.get(f"/dossiers/{dossier.reference}/").content.decode()
    assert "Confié à" not in html
    assert "est confié" not in html
    assert "Dominique Instructeur" not in html


def test_a_director_reads_who_has_it_and_is_offered_no_change(client, dossier, of_the_region, head):
    entrust(dossier.pk, {"lead": of_the_region}, actor_of(head, NOW), NOW)
    client.force_login(make_officer(make_agency_body(), Post.Role.DIRECTOR))
    html = client.get(f"/instruction/{dossier.reference}/").content.decode()
    assert "Dominique Instructeur" in html
    assert address(dossier) not in html
