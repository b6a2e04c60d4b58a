"""Inviting somebody: the letter, its link, what it gives, how it is taken back; each act in the journal."""

from datetime import timedelta

import pytest
from django.urls import reverse

from apist.models import OutgoingMail
from projects.engine.door import NotAllowed
from projects.engine.people import actor_of
from projects.models import JournalEntry, Project, Share
from projects.preparing import sharing
from projects.preparing.sharing import NotPossible, accept, invite, revoke, send_again
from tests import factories
from tests.dossier_factories import NOW, make_dossier
from tests.pages.reading import read, visit

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=13, hours=23)


@pytest.fixture
def actor(applicant):
    return actor_of(applicant, NOW)


def link_of(mail) -> str:
    return next(word for word in mail.text.split() if "/dossiers/invitation/" in word)


def token_of(mail) -> str:
    return link_of(mail).rstrip("/").rpartition("/")[2]


def letters() -> list[OutgoingMail]:
    return list(OutgoingMail.objects.order_by("pk"))


def steps(dossier) -> list[str]:
    return [act.data["step"] for act in dossier.journal.filter(kind=JournalEntry.Kind.SHARED)]


@pytest.fixture
def waiting(settings):
    """Keep the mails: nothing is sent, so that their text can be read."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.mark.usefixtures("waiting")
class TestInvitation:
    def test_the_letter_names_no_project_and_only_the_digest_of_its_link_is_kept(self, dossier, actor):
        share = invite(dossier.project, " Partenaire@Exemple.invalid ", Share.Level.EDITOR, actor, NOW)
        (mail,) = letters()
        assert mail.to == share.email == "partenaire@exemple.invalid"
        assert dossier.project.title not in mail.subject + mail.text + mail.html
        assert sharing.digest_of(token_of(mail)) == share.token_digest
        assert token_of(mail) not in str(Share.objects.values())

    def test_accepting_gives_the_access_and_each_step_is_in_the_journal(self, dossier, actor, stranger):
        share = invite(dossier.project, "p@exemple.invalid", Share.Level.READER, actor, NOW)
        guest = actor_of(stranger, LATER)
        assert accept(token_of(letters()[0]), guest, LATER) == dossier.project
        assert accept(token_of(letters()[0]), guest, LATER) == dossier.project
        assert Project.objects.visible_to(actor_of(stranger, LATER).holdings).get() == dossier.project
        revoke(dossier.project, share.pk, actor, LATER)
        revoke(dossier.project, share.pk, actor, LATER)
        assert steps(dossier) == ["invited", "accepted", "revoked"]
        assert not Project.objects.visible_to(actor_of(stranger, LATER).holdings).exists()
        assert "exemple" not in str(list(dossier.journal.values_list("data", flat=True)))

    def test_after_fourteen_days_the_link_opens_nothing(self, dossier, actor, stranger):
        invite(dossier.project, "p@exemple.invalid", Share.Level.READER, actor, NOW)
        late = NOW + timedelta(days=14)
        assert accept(token_of(letters()[0]), actor_of(stranger, late), late) is None

    def test_somebody_else_does_not_accept_twice(self, dossier, actor, stranger, officer):
        invite(dossier.project, "p@exemple.invalid", Share.Level.READER, actor, NOW)
        assert accept(token_of(letters()[0]), actor_of(stranger, NOW), NOW)
        assert accept(token_of(letters()[0]), actor_of(officer, NOW), NOW) is None
        assert not Project.objects.visible_to(actor_of(officer, NOW).holdings).exists()

    def test_writing_again_draws_another_link_and_the_former_opens_nothing(self, dossier, actor, stranger):
        share = invite(dossier.project, "p@exemple.invalid", Share.Level.EDITOR, actor, NOW)
        send_again(dossier.project, share.pk, actor, NOW)
        old, new = map(token_of, letters())
        assert accept(old, actor_of(stranger, NOW), NOW) is None
        assert accept(new, actor_of(stranger, NOW), NOW) == dossier.project

    def test_three_letters_a_day_to_one_address_and_no_more(self, dossier, actor):
        for _ in range(3):
            invite(dossier.project, "p@exemple.invalid", Share.Level.EDITOR, actor, NOW)
        with pytest.raises(NotPossible, match="demain"):
            invite(dossier.project, "p@exemple.invalid", Share.Level.EDITOR, actor, NOW)
        assert Share.objects.filter(revoked_at=None).count() == 1
        assert invite(dossier.project, "p@exemple.invalid", Share.Level.EDITOR, actor, NOW + timedelta(days=2))

    def test_taking_an_invitation_back_withdraws_its_letter(self, dossier, actor):
        share = invite(dossier.project, "p@exemple.invalid", Share.Level.EDITOR, actor, NOW)
        revoke(dossier.project, share.pk, actor, NOW)
        assert letters() == []

    def test_only_who_carries_the_project_invites(self, dossier, actor, stranger):
        invite(dossier.project, "p@exemple.invalid", Share.Level.EDITOR, actor, NOW)
        accept(token_of(letters()[0]), actor_of(stranger, NOW), NOW)
        with pytest.raises(NotAllowed):
            invite(dossier.project, "q@exemple.invalid", Share.Level.EDITOR, actor_of(stranger, NOW), NOW)

    def test_a_project_without_dossier_is_shared_as_well(self, actor, applicant, dossier):
        other = make_dossier(applicant).project
        assert invite(other, "p@exemple.invalid", Share.Level.EDITOR, actor, NOW)
        assert steps(dossier) == []


def test_opening_the_link_changes_nothing_and_the_button_gives_the_access(dossier, mine, client, stranger, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    address = reverse("project-sharing", args=[dossier.project.public_id])
    mine.post(address, {"act": "invite", "email": "p@exemple.invalid", "level": "editor"})
    link = reverse("share-accept", args=[token_of(letters()[0])])
    client.force_login(stranger)
    page = visit(client, link)
    assert dossier.project.title in page.text
    assert stranger.email in page.text
    assert Share.objects.get().accepted_at is None
    assert client.get(link)["Referrer-Policy"] == "same-origin", "else browsers hide the origin, and CSRF refuses"
    assert client.post(link).headers["Location"] == reverse("project", args=[dossier.project.public_id])
    assert Share.objects.get().user == stranger


def test_a_link_that_was_never_given_opens_nothing(mine):
    page = visit(mine, reverse("share-accept", args=["jamais"]), status=404)
    assert "n'ouvre plus rien" in page.text


def test_the_page_says_what_is_wrong_with_an_address(dossier, mine):
    address = reverse("project-sharing", args=[dossier.project.public_id])
    page = read(mine.post(address, {"act": "invite", "email": "pas une adresse", "level": "editor"}))
    assert page.one("input", name="email")["value"] == "pas une adresse"
    assert page.one("title").text.startswith("Erreur")


@pytest.mark.parametrize(
    "sent", [{"act": "revoke", "share": "x"}, {"act": "again", "share": "9" * 30}, {"act": "jamais"}, {}]
)
def test_a_hostile_act_changes_nothing(sent, dossier, mine):
    answer = mine.post(reverse("project-sharing", args=[dossier.project.public_id]), sent)
    assert answer.status_code in (200, 302)
    assert not dossier.journal.filter(kind=JournalEntry.Kind.SHARED).exists()


def test_somebody_who_was_invited_elsewhere_takes_nothing_back_here(dossier, mine, applicant):
    other = make_dossier(factories.make_user()).project
    share = Share.objects.create(
        project=other, email="p@exemple.invalid", level="editor", token_digest="x", sent_at=NOW, expires_at=NOW
    )
    mine.post(reverse("project-sharing", args=[dossier.project.public_id]), {"act": "revoke", "share": share.pk})
    share.refresh_from_db()
    assert share.revoked_at is None
