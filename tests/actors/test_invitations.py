"""Inviting: one mail, one secret, within limits; sent again or taken back."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone

from actors import actions
from actors.actions import Rights
from actors.invitations import HOLDS
from actors.models import OrganisationInvitation
from apist.models import OutgoingMail
from tests.actors.conftest import GUEST, links_sent, page_of
from tests.pages.reading import read, visit
from tests.people_factories import BEGUN, make_invitation, make_organisation

DAY = timedelta(days=1)
NOTHING = Rights()


def invite(organisation, by, email: str = GUEST, rights: Rights = NOTHING, now=BEGUN) -> None:
    actions.invite(organisation, email, rights, by=by, now=now)


def test_an_invitation_is_one_mail_to_the_address_that_says_who_asks_and_what_it_gives(organisation, applicant, client):
    client.force_login(applicant)
    said = {"email": " Invitee@Exemple.invalid ", "may_deposit": "on", "mandate": "Délégation du 3 mars 2026"}
    assert client.post(page_of(organisation, "inviter/"), said).headers["Location"] == page_of(organisation)
    (address,) = links_sent()
    (message,) = mail.outbox
    assert message.subject == "Invitation à rejoindre Résidence des Tilleuls"
    for text in (message.body, message.alternatives[0][0]):
        assert all(word in text for word in (applicant.full_name, applicant.email, "Résidence des Tilleuls", address))
        assert "déposer des demandes en son nom" in text
        assert "gérer ses membres" not in text
    row = OrganisationInvitation.objects.get()
    assert (row.email, row.may_deposit, row.may_manage, row.mandate) == (
        GUEST,
        True,
        False,
        "Délégation du 3 mars 2026",
    )
    assert row.expires_at - row.sent_at == HOLDS == timedelta(days=14)  # as the pages say


def test_the_secret_of_a_link_is_long_and_kept_nowhere_once_the_mail_has_left(organisation, applicant):
    invite(organisation, applicant)
    token = links_sent()[0].split("/")[-2]
    assert len(token) >= 43  # 32 bytes
    row, letter = OrganisationInvitation.objects.get(), OutgoingMail.objects.get()
    kept = [*vars(row).values(), *vars(letter).values()]
    assert not any(token in str(value) for value in kept)


@pytest.mark.parametrize(
    ("said", "name", "words"),
    [
        ({"email": ""}, "email", "obligatoire"),
        ({"email": "pas une adresse"}, "email", "valide"),
        ({"email": "a@exemple.invalid\nBcc: b@exemple.invalid"}, "email", "valide"),
        ({"email": f"{'a' * 250}@exemple.invalid"}, "email", "254"),
        ({"email": "collegue@exemple.invalid"}, "email", "fait déjà partie"),
        ({"email": "Collegue@Exemple.invalid"}, "email", "fait déjà partie"),
        ({"email": GUEST, "may_deposit": "on"}, "mandate", "d'où vient l'habilitation"),
        ({"email": GUEST, "may_deposit": "on", "mandate": "a" * 301}, "mandate", "300"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_sent(said, name, words, organisation, applicant, client):
    client.force_login(applicant)
    page = read(client.post(page_of(organisation, "inviter/"), said))
    summary = page.one("div", "fr-alert--error")
    assert [a["href"] for a in summary.all("a")] == [f"#id_{name}"]
    assert words in summary.text
    assert (page.one("input", name="email").get("value") or "") == said["email"]
    assert not OrganisationInvitation.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_an_address_that_waits_is_not_written_to_twice_by_mistake(organisation, applicant):
    invite(organisation, applicant)
    with pytest.raises(ValidationError, match="déjà une invitation en attente"):
        invite(organisation, applicant)
    assert len(links_sent()) == 1


def test_after_an_invitation_expired_another_takes_its_place(organisation, applicant):
    invite(organisation, applicant)
    invite(organisation, applicant, now=BEGUN + HOLDS)
    assert OrganisationInvitation.objects.filter(revoked_at=None).count() == 1
    assert len(set(links_sent())) == 2


def test_the_page_says_nothing_of_whether_the_address_has_an_account(organisation, applicant, guest, client):
    client.force_login(applicant)
    answers = []
    for email in (guest.email, "inconnue@exemple.invalid"):
        answer = client.post(page_of(organisation, "inviter/"), {"email": email}, follow=True)
        answers.append(read(answer).one("div", "fr-alert--success").text.replace(email, "…"))
    assert answers == ["L'invitation part vers …."] * 2


def test_sent_again_an_invitation_gives_the_same_under_a_new_link(organisation, applicant, client):
    rights = Rights(may_manage=True, may_deposit=True, mandate="Délégation")
    invite(organisation, applicant, rights=rights, now=timezone.now())
    first = OrganisationInvitation.objects.get()
    client.force_login(applicant)
    client.post(page_of(organisation, f"invitations/{first.pk}/renvoyer/"))
    second = OrganisationInvitation.objects.get(revoked_at=None)
    assert second.pk != first.pk
    assert (second.email, second.may_manage, second.may_deposit, second.mandate) == (GUEST, True, True, "Délégation")
    assert len(set(links_sent())) == 2


@pytest.mark.parametrize("verb", ["renvoyer", "retirer"])
def test_clicking_twice_does_it_once_and_says_so(verb, organisation, applicant, client):
    row = make_invitation(organisation, GUEST, expires_at=timezone.now() + DAY)
    client.force_login(applicant)
    address = page_of(organisation, f"invitations/{row.pk}/{verb}/")
    client.post(address)
    page = read(client.post(address, follow=True))
    assert "n'est plus en attente" in page.one("div", "fr-alert--error").text
    assert OrganisationInvitation.objects.count() == (2 if verb == "renvoyer" else 1)
    assert OrganisationInvitation.objects.filter(revoked_at=None).count() == (1 if verb == "renvoyer" else 0)


@pytest.mark.parametrize("verb", ["renvoyer", "retirer"])
def test_the_invitation_of_another_organisation_is_out_of_reach(verb, organisation, applicant, client):
    row = make_invitation(make_organisation(), GUEST)
    client.force_login(applicant)
    client.post(page_of(organisation, f"invitations/{row.pk}/{verb}/"))
    row.refresh_from_db()
    assert row.revoked_at is None
    assert not OutgoingMail.objects.exists()


def test_an_organisation_sends_twenty_a_day_those_taken_back_and_sent_again_included(organisation, applicant):
    for rank in range(18):
        invite(organisation, applicant, f"invitee-{rank}@exemple.invalid")
    first, second = OrganisationInvitation.objects.order_by("pk")[:2]
    actions.revoke(organisation, first.pk, by=applicant, now=BEGUN)
    actions.resend(organisation, second.pk, by=applicant, now=BEGUN)
    invite(organisation, applicant)
    with pytest.raises(ValidationError, match="20 invitations"):
        invite(organisation, applicant, "de-trop@exemple.invalid", now=BEGUN + DAY - timedelta(minutes=1))
    invite(organisation, applicant, "demain@exemple.invalid", now=BEGUN + DAY)
    assert OrganisationInvitation.objects.count() == 21


def test_an_address_receives_three_a_day_whoever_invites(applicant):
    teams = [make_organisation(applicant) for _ in range(4)]
    for team in teams[:3]:
        invite(team, applicant)
    with pytest.raises(ValidationError, match="Trop de messages"):
        invite(teams[3], applicant)
    assert not teams[3].invitations.exists()
    invite(teams[3], applicant, now=BEGUN + DAY)


def test_a_limit_is_told_on_the_page_and_the_address_is_kept(organisation, applicant, client, monkeypatch):
    monkeypatch.setattr(actions, "INVITATIONS_A_DAY", 0)
    client.force_login(applicant)
    page = read(client.post(page_of(organisation, "inviter/"), {"email": GUEST}))
    assert "continuez demain" in page.one("div", "fr-alert--error").text
    assert page.one("input", name="email")["value"] == GUEST


def test_opening_the_page_of_the_form_sends_nothing(organisation, applicant, client):
    client.force_login(applicant)
    visit(client, page_of(organisation, "inviter/"))
    assert not OutgoingMail.objects.exists()
