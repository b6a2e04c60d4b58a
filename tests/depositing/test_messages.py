"""Messages, and how often one is written to: who writes to whom, once, and what mails do not hold."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from apist.models import OutgoingMail
from projects.depositing.digests import NEWS, send_due
from projects.depositing.messages import send_message
from projects.engine.people import actor_of
from projects.engine.verifying import verify
from projects.models import DigestLine, MailPreference
from tests import factories
from tests.dossier_factories import NOW, drive, fill, make_officer
from tests.people_factories import make_membership

pytestmark = pytest.mark.django_db

SECRET = "Notre partenaire se retire, gardez-le pour vous."
FRANCE = ZoneInfo("Europe/Paris")


@pytest.fixture
def deposited(draft, applicant, client, mailoutbox):
    """Return a deposited dossier, before its depositor, the mails of the deposit apart."""
    drive(fill(draft), "deposit", applicant)
    client.force_login(applicant)
    mailoutbox.clear()
    DigestLine.objects.all().delete()
    return draft


def write(client, dossier, text: str = SECRET):
    return client.post(f"/dossiers/{dossier.reference}/messages/", {"text": text})


def test_a_message_is_kept_told_to_the_agency_and_its_words_stay_on_the_portal(client, deposited, mailoutbox):
    officer = make_officer(deposited.body)
    MailPreference.objects.create(user=officer, pace="each")
    assert write(client, deposited).status_code == 302
    message = deposited.messages.get()
    assert (message.text, message.from_agency, message.entry.kind) == (SECRET, False, "message")
    assert SECRET not in str(message.entry.data)
    assert message.entry.texts.get().text == SECRET
    assert [mail.to for mail in mailoutbox] == [[officer.email]]
    assert "partenaire" not in mailoutbox[0].body + mailoutbox[0].subject
    assert verify(deposited).is_whole
    assert SECRET in client.get(f"/dossiers/{deposited.reference}/messages/").content.decode()


def test_the_same_message_twice_is_one(client, deposited):
    write(client, deposited)
    write(client, deposited)
    write(client, deposited, "Autre chose")
    assert deposited.messages.count() == 2


def test_an_empty_message_and_a_too_long_one_are_refused_and_not_lost(client, deposited):
    assert "Écrivez votre message." in write(client, deposited, "  ").content.decode()
    assert "Mot" * 20 in write(client, deposited, "Mot" * 3000).content.decode()
    assert deposited.messages.count() == 0


def test_markup_is_shown_as_it_was_typed(client, deposited):
    write(client, deposited, "<script>alert(1)</script>")
    assert "&lt;script&gt;" in client.get(f"/dossiers/{deposited.reference}/messages/").content.decode()


def test_a_draft_takes_no_message_since_the_agency_would_not_see_it(client, draft, applicant):
    client.force_login(applicant)
    assert "ne voit pas ce dossier" in client.get(f"/dossiers/{draft.reference}/messages/").content.decode()
    assert write(client, draft).status_code == 409
    assert draft.messages.count() == 0


def test_the_agency_s_message_is_told_to_the_applicant(deposited, applicant, mailoutbox):
    officer = make_officer(deposited.body)
    send_message(deposited.pk, "Bonjour", actor_of(officer, NOW), NOW, from_agency=True)
    assert [mail.to for mail in mailoutbox] == [[applicant.email]]


def test_a_reader_reads_and_does_not_write(client, deposited):
    reader = factories.make_user()
    deposited.project.shares.create(
        email=reader.email, level="reader", token_digest="x", user=reader, sent_at=NOW, expires_at=NOW, accepted_at=NOW
    )
    client.force_login(reader)
    assert "Écrire à l'agence" not in client.get(f"/dossiers/{deposited.reference}/messages/").content.decode()
    assert write(client, deposited).status_code == 403


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_the_same_of_the_base_whatever_the_number_of_messages(
    count, client, deposited, applicant, django_assert_num_queries
):
    for number in range(count):
        send_message(deposited.pk, f"Message {number}", actor_of(applicant, NOW), NOW, from_agency=False)
    with django_assert_num_queries(13):
        client.get(f"/dossiers/{deposited.reference}/messages/")


# --- How often ---------------------------------------------------------------


def test_one_chooses_how_often(client, applicant):
    client.force_login(applicant)
    assert 'value="each" id="id_pace_0" checked' in " ".join(
        client.get("/compte/courriels/").content.decode().replace("required ", "").split()
    )
    assert client.post("/compte/courriels/", {"pace": "daily"}).status_code == 302
    assert applicant.mail_preference.pace == "daily"
    client.post("/compte/courriels/", {"pace": "none"})
    applicant.mail_preference.refresh_from_db()
    assert applicant.mail_preference.pace == "none"
    assert "Il reste un point" in client.post("/compte/courriels/", {"pace": "souvent"}).content.decode()


def test_the_page_is_private(client):
    assert client.get("/compte/courriels/").status_code == 302


def at(hour: int, minute: int = 0, day: int = 28) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=FRANCE)


def line(user, dossier, moment: datetime, text: str = "Il s'est passé quelque chose.") -> None:
    DigestLine.objects.create(user=user, dossier=dossier, text=text, at=moment)


def digests() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(cause__startswith="digest-").order_by("pk"))


def test_the_day_s_news_are_one_mail_at_seven_in_france_and_only_one(draft, applicant):
    line(applicant, draft, at(15, day=27))
    line(applicant, draft, at(18, day=27), "Autre chose.")
    assert send_due(at(6, 59)) == ""
    assert send_due(at(7)) == "1 résumé(s) quotidien(s)"
    assert send_due(at(7)) == send_due(at(9)) == ""
    (mail,) = digests()
    assert mail.cause == f"digest-{applicant.pk}-2026-11-28"
    assert DigestLine.objects.count() == 0


def test_what_happens_after_seven_waits_for_the_next_day(draft, applicant):
    line(applicant, draft, at(7, 1))
    assert send_due(at(12)) == ""
    assert send_due(at(7, day=29)) != ""


def test_what_is_written_late_waits_for_the_next_day_and_is_not_lost(draft, applicant):
    line(applicant, draft, at(6, day=28))
    send_due(at(7))
    line(applicant, draft, at(6, 59))
    assert send_due(at(7, 1)) == ""
    assert DigestLine.objects.count() == 1
    assert send_due(at(7, day=29)) != ""
    assert len(digests()) == 2


def test_the_clock_of_winter_and_of_summer_are_those_of_france(draft, applicant):
    line(applicant, draft, datetime(2026, 7, 1, tzinfo=FRANCE))
    assert send_due(datetime(2026, 7, 1, 4, 59, tzinfo=ZoneInfo("UTC"))) == ""
    assert send_due(datetime(2026, 7, 1, 5, tzinfo=ZoneInfo("UTC"))) != ""


def test_who_no_longer_wants_mails_or_sees_the_dossier_gets_none(draft, applicant, stranger):
    line(applicant, draft, at(6))
    line(stranger, draft, at(6))
    MailPreference.objects.create(user=applicant, pace="none")
    assert send_due(at(7)) == ""
    assert (digests(), DigestLine.objects.count()) == ([], 0)


def test_a_daily_reader_of_an_agency_gets_messages_in_the_digest(client, deposited, mailoutbox):
    officer = make_officer(deposited.body)
    write(client, deposited)
    assert mailoutbox == []
    sent = deposited.messages.get().sent_at
    send_due((sent + timedelta(days=1)).astimezone(FRANCE).replace(hour=8))
    mail = next(one for one in digests() if one.to == officer.email)
    assert deposited.reference in mail.text
    assert "partenaire" not in mail.text + mail.html


def test_a_line_written_to_an_agent_who_has_joined_the_applicant_since_is_not_told(deposited, organisation, mailoutbox):
    officer, colleague = make_officer(deposited.body), make_officer(deposited.body)
    for user in (officer, colleague):
        line(user, deposited, at(6), "Une note entre agents.")
    make_membership(organisation, officer)
    send_due(at(7))
    texts = {mail.to[0]: mail.body for mail in mailoutbox}
    assert "Une note entre agents." in texts[colleague.email]
    assert "Une note entre agents." not in texts[officer.email]
    assert NEWS in texts[officer.email]
    assert DigestLine.objects.count() == 0


def test_a_colleague_who_may_not_deposit_is_not_an_applicant_to_tell(deposited, organisation, mailoutbox):
    make_membership(organisation, may_deposit=False)
    officer = make_officer(deposited.body)
    send_message(deposited.pk, "Bonjour", actor_of(officer, NOW), NOW, from_agency=True)
    assert len(mailoutbox) == 1
