"""A declared link closes the dossier at once, and the marks on it count no more."""

import pytest

from projects.engine.door import NotAllowed, Refused
from projects.engine.people import actor_of
from projects.instruction.recusing import step_back
from projects.judging.board import board_of
from projects.judging.marking import declare, mark
from projects.judging.revealing import missing_marks
from projects.models import Dossier, Interest, Judgement, Jury, Participation, Recusal
from tests.dossier_factories import NOW
from tests.instruction.conftest import deposited
from tests.judging.builders import WORDS, filled, give, make_juror, make_jury, say


def pages(jury, dossier) -> list[str]:
    return [
        f"/instruction/jurys/{jury.pk}/dossiers/{dossier.reference}/", f"/instruction/{dossier.reference}/",
        f"/instruction/{dossier.reference}/messages/", f"/instruction/{dossier.reference}/verifier/",
        f"/instruction/{dossier.reference}/documents/",
    ]  # fmt: skip


def test_nobody_marks_before_they_declared(jury, dossiers, juror):
    with pytest.raises(Refused, match="lien"):
        mark(jury.pk, dossiers[0].pk, filled(), actor_of(juror, NOW), NOW)


def test_a_link_closes_the_dossier_in_the_same_breath(client, jury, dossiers, juror):
    client.force_login(juror)
    assert client.get(pages(jury, dossiers[0])[0]).status_code == 200
    answer = client.post(
        f"{pages(jury, dossiers[0])[0]}interets/", {"conflict": "yes", "reason": "Lien familial 4471"}, follow=True
    )
    assert "vous est fermé" in answer.content.decode()
    assert [client.get(page).status_code for page in pages(jury, dossiers[0])] == [404] * 5
    assert not Participation.objects.filter(dossier=dossiers[0], user=juror).exists()
    assert Recusal.objects.get().user == juror
    assert Interest.objects.get().conflict is True
    html = client.get(f"/instruction/jurys/{jury.pk}/").content.decode()
    assert dossiers[0].reference not in html
    assert "Lien familial 4471" not in html


def test_a_link_found_late_takes_the_marks_out(jury, dossiers, chair, juror, of_the_region):
    give(jury, dossiers[0], juror, "0", "0")
    give(jury, dossiers[0], chair, "5", "5")
    say(jury, dossiers[0], juror, conflict=True)
    with pytest.raises(NotAllowed):
        mark(jury.pk, dossiers[0].pk, filled(), actor_of(juror, NOW), NOW)
    give(jury, dossiers[1], chair)
    assert give(jury, dossiers[1], juror) is True
    jury.refresh_from_db()
    board = board_of(jury, actor_of(of_the_region, NOW).holdings)
    row = next(one for one in board.rows if one.dossier == dossiers[0])
    assert (row.average.count, str(row.average.mean)) == (1, "100.00")


def test_stepping_back_by_the_dossier_s_own_page_does_the_same(jury, dossiers, juror):
    give(jury, dossiers[0], juror)
    step_back(dossiers[0].pk, "", actor_of(juror, NOW), NOW)
    assert Judgement.objects.get().counts is False
    assert (juror.pk, dossiers[0].pk) not in missing_marks(jury)


def test_a_link_that_was_the_last_thing_awaited_reveals_the_rest(jury, dossiers, chair, juror):
    give(jury, dossiers[0], chair)
    give(jury, dossiers[1], chair)
    give(jury, dossiers[0], juror)
    say(jury, dossiers[1], juror, conflict=True)
    jury.refresh_from_db()
    assert jury.state == Jury.State.REVEALED


def test_a_link_is_final(jury, dossiers, juror):
    say(jury, dossiers[0], juror, conflict=True)
    with pytest.raises(NotAllowed):
        declare(jury.pk, dossiers[0].pk, "", actor_of(juror, NOW), NOW, conflict=False)


def test_who_carries_a_dossier_does_not_judge_it_and_keeps_it_as_a_carrier(
    applicant, dossiers, of_the_region, judged, juror
):
    other = deposited(make_juror("Autre porteur"), judged)
    jury = make_jury(of_the_region, [dossiers[0], other], [juror, applicant])
    assert not Participation.objects.filter(dossier=dossiers[0], user=applicant).exists()
    assert Participation.objects.filter(dossier=other, user=applicant).exists()
    assert (applicant.pk, dossiers[0].pk) not in missing_marks(jury)
    with pytest.raises(NotAllowed):
        declare(jury.pk, dossiers[0].pk, "", actor_of(applicant, NOW), NOW, conflict=False)
    assert dossiers[0] in Dossier.objects.visible_to(actor_of(applicant, NOW).holdings)


def test_a_ranking_hides_what_is_closed_to_its_reader_and_counts_it(client, jury, dossiers, chair, juror):
    say(jury, dossiers[0], juror, conflict=True)
    give(jury, dossiers[0], chair, "5", "5")
    give(jury, dossiers[1], chair, "3", "3")
    give(jury, dossiers[1], juror, "3", "3")
    client.force_login(juror)
    html = client.get(f"/instruction/jurys/{jury.pk}/classement/?enveloppe=100").content.decode()
    assert dossiers[0].reference not in html
    assert "vous est fermé" in html
    assert "Cumul :" not in html
    sheet = client.get(f"/instruction/jurys/{jury.pk}/classement.csv?enveloppe=100").content.decode()
    assert dossiers[0].reference not in sheet
    assert f"\r\n2;;{dossiers[1].reference}" in sheet
    assert WORDS not in sheet


def test_who_is_only_in_a_jury_reads_nothing_of_a_dossier_before_they_declared_then_where_they_mark_it(
    client, jury, dossiers, juror
):
    client.force_login(juror)
    marking, *others = pages(jury, dossiers[0])
    assert [client.get(page).status_code for page in others] == [404] * 4
    assert "Projet" not in client.get(marking).content.decode().partition("Vos intérêts d'abord")[2]
    say(jury, dossiers[0], juror)
    assert client.get(others[0]).headers["Location"] == marking
    assert [client.get(page).status_code for page in others[1:]] == [404] * 3
    assert client.get(pages(jury, dossiers[1])[1]).status_code == 404


def test_who_also_instructs_a_dossier_of_their_jury_reads_it_as_before(client, jury, dossiers, of_the_region):
    client.force_login(of_the_region)
    assert client.get(pages(jury, dossiers[0])[1]).status_code == 200
