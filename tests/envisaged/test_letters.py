"""Who is written to about a request to read, at which pace, and what hostile words do in a mail."""

from datetime import timedelta

import pytest

from actors.models import Post
from apist.models import OutgoingMail
from projects.depositing.digests import send_due
from projects.engine.people import actor_of
from projects.envisaged.board import answer, ask_to_read
from projects.envisaged.letters import ACCEPTED, ASKED, DECLINED
from projects.models import DigestLine, EnvisagedProject, MailPreference, Recusal
from tests.dossier_factories import NOW, drive, fill, make_dossier, make_officer
from tests.envisaged.test_board import HOSTILE, make_envisaged
from tests.people_factories import make_agency_body, make_organisation

pytestmark = pytest.mark.django_db

SERVICE = "innovation@ars.invalid"


@pytest.fixture
def officer(db):
    """An officer of the agency of Guadeloupe."""
    return make_officer(make_agency_body())


@pytest.fixture
def neighbour(db):
    """An officer of another agency."""
    return make_officer(make_agency_body("76"))


def ask(row: EnvisagedProject, neighbour, reason: str = "Motif"):
    """The agency of Occitanie asks to read."""
    return ask_to_read(row.pk, make_agency_body("76"), reason, actor_of(neighbour, NOW), NOW)


def written(mailoutbox) -> list[tuple[str, str]]:
    """Who was written to, and of what."""
    return sorted((mail.to[0], mail.subject) for mail in mailoutbox)


def digest_of(user) -> OutgoingMail:
    """The daily mail of the day after tomorrow, which waits for it."""
    send_due(NOW + timedelta(days=2))
    return OutgoingMail.objects.get(to=user.email, cause__startswith="digest-")


def html_of(mail) -> str:
    """The page of a mail."""
    return mail.alternatives[0][0]


def paced(user, pace: str):
    """Somebody who wants mails at a pace."""
    MailPreference.objects.create(user=user, pace=pace)
    return user


def test_the_service_and_who_announced_are_told_of_a_request_once(officer, neighbour, mailoutbox):
    make_officer(make_agency_body())
    row = make_envisaged(written_by=officer)
    for _ in range(2):
        ask(row, neighbour)
    assert written(mailoutbox) == [(SERVICE, ASKED)]
    (line,) = DigestLine.objects.all()
    assert (line.user, line.envisaged, line.dossier) == (officer, row, None)
    assert line.text.startswith(f"L'{make_agency_body('76')} demande")


@pytest.mark.parametrize(("pace", "posted", "lines"), [("each", 2, 0), ("daily", 1, 1), ("none", 1, 0)])
def test_people_are_told_as_they_wish_and_the_service_always(officer, neighbour, mailoutbox, pace, posted, lines):
    ask(make_envisaged(written_by=paced(officer, pace)), neighbour)
    assert (len(mailoutbox), DigestLine.objects.count()) == (posted, lines)


def test_those_who_answer_are_told_where_who_announced_left(officer, neighbour):
    gone = make_officer(make_agency_body())
    gone.posts.update(until=NOW.date() - timedelta(days=1))
    ask(make_envisaged(written_by=gone), neighbour)
    assert [line.user for line in DigestLine.objects.all()] == [officer]


def test_somebody_recused_of_the_dossier_is_not_told(applicant, officer, neighbour):
    dossier = fill(make_dossier(applicant, organisation=make_organisation(applicant)))
    drive(dossier, "deposit", applicant)
    Recusal.objects.create(dossier=dossier, user=officer, since=NOW)
    head = make_officer(make_agency_body(), Post.Role.HEAD)
    DigestLine.objects.all().delete()
    ask(make_envisaged(written_by=officer, dossier=dossier), neighbour)
    assert [line.user for line in DigestLine.objects.all()] == [head]


@pytest.mark.parametrize(("accept", "subject"), [(True, ACCEPTED), (False, DECLINED)])
def test_who_asked_is_told_of_the_answer_once(officer, neighbour, mailoutbox, accept, subject):
    asked = ask(make_envisaged(), paced(neighbour, "each"))
    mailoutbox.clear()
    answer(asked.pk, accept=accept, words="Réponse Q48213", actor=actor_of(officer, NOW), at=NOW)
    assert written(mailoutbox) == [(neighbour.email, subject)]
    (mail,) = mailoutbox
    assert "Q48213" not in mail.body + html_of(mail)
    assert f"/instruction/projets-envisages/{asked.envisaged_id}/" in mail.body


def test_the_daily_mail_tells_of_a_request_to_who_still_reads_the_board(officer, neighbour):
    asked = ask(make_envisaged(written_by=officer, title="Répit Q48213"), neighbour)
    answer(asked.pk, accept=False, words="", actor=actor_of(officer, NOW), at=NOW)
    neighbour.posts.update(until=NOW.date())
    assert send_due(NOW + timedelta(days=2)) == "1 résumé(s) quotidien(s)"
    mail = OutgoingMail.objects.get(cause__startswith="digest-")
    assert (mail.to, mail.subject) == (officer.email, "Projets envisagés : du nouveau")
    assert "Projet envisagé : Répit Q48213" in mail.text
    assert DigestLine.objects.count() == 0


def test_a_dossier_and_a_project_are_told_in_one_mail(applicant, officer, neighbour):
    dossier = fill(make_dossier(applicant, organisation=make_organisation(applicant)))
    drive(dossier, "deposit", applicant)
    ask(make_envisaged(written_by=officer), neighbour)
    mail = digest_of(officer)
    assert mail.subject == "Votre dossier : du nouveau"
    assert f"Dossier {dossier.reference}" in mail.text
    assert "Projet envisagé" in mail.text


def test_hostile_words_stay_words_in_mails(officer, neighbour, mailoutbox):
    ask(
        make_envisaged(title=HOSTILE, written_by=officer),
        neighbour,
        f"Motif Q48213 {HOSTILE}\r\nBcc: autre@ars.invalid",
    )
    (sent,), later = mailoutbox, digest_of(officer)
    for text, html, head in (
        (sent.body, html_of(sent), str(sent.message().items())),
        (later.text, later.html, later.subject),
    ):
        assert "<script>" not in html
        assert "{{ 7*7 }}" in html
        assert HOSTILE in text
        assert "Q48213" not in text + html + head
        assert "Bcc" not in head
