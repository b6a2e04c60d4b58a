"""A FIR dossier from its deposit to the public register, each person signed in as themself: the carrier, an officer,
the head, a lawyer, the director with a telephone, an expert without an account; and each refused where they must be."""

import io
import re
import zipfile
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from playwright.sync_api import expect
from pypdf import PdfReader

from actors.models import ActorType, Agency, Body, Organisation, Post, Region, User
from levers.models import Lever
from projects.engine.verifying import verify
from projects.models import Adoption, Experiment
from projects.procedures.vocabulary import Channel
from projects.views.essential_data import KEPT
from tests import factories
from tests.dossier_factories import fill, make_attachment, make_dossier, make_project
from tests.evidence.test_archive import findings
from tests.files import samples
from tests.following.test_essential_data import errors_of
from tests.journeys.test_dossier_stories import story  # noqa: F401 (a fixture)
from tests.journeys.walk import Walk, downloaded, write
from tests.people_factories import invented_siret, make_organisation, make_post

TITLE, EXPERT = "Plaies suivies à distance", "sachante@exemple.invalid"
QUESTION, OPINION = "Le besoin est-il réel dans l'île ?", "Le besoin est réel : les plaies sont suivies trop tard."
MOTIVES = "L'action répond à un objectif du projet régional de santé."
WORDS = {
    "title": "Suivre les plaies à domicile", "summary": "Un suivi des plaies, sans déplacement.",
    "text": "Des infirmiers montrent la plaie à un spécialiste.", "organisation": "Réseau des Alizés",
}  # fmt: skip
ROLES = {
    "officer": Post.Role.OFFICER,
    "head": Post.Role.HEAD,
    "lawyer": Post.Role.LEGAL,
    "director": Post.Role.DIRECTOR,
}


@pytest.fixture
def people(catalogue) -> dict[str, User]:
    """Return the people of the agency of Guadeloupe, where the fund is asked for on the portal, and a carrier."""
    agency = Agency.objects.get(region__code="01")
    body = Body.objects.create(
        code="ars-01", kind=Body.Kind.AGENCY, name=agency.name, agency=agency, region=agency.region,
        siret=invented_siret(77),
    )  # fmt: skip
    since = timezone.localdate().replace(day=1)
    Adoption.objects.create(procedure_key="fir", body=body, channel=Channel.PORTAL, valid_from=since)
    found = {name: make_post(role, body).user for name, role in ROLES.items()}
    found["carrier"] = factories.make_user("porteur@exemple.invalid")
    for name, user in found.items():
        user.full_name = f"Camille {name}"
        user.save()
    return found


@pytest.fixture
def walk(story, people) -> Walk:  # noqa: F811 (the fixture)
    """Return a draft that is ready, of an association, with real files."""
    KEPT.clear()
    owner, region, now = people["carrier"], Region.objects.get(code="01"), timezone.now() - timedelta(hours=1)
    organisation = make_organisation(
        owner, name="Réseau des Alizés", region=region, status=Organisation.Status.NON_PROFIT,
        actor_type=ActorType.objects.get(slug="association-sante"),
    )  # fmt: skip
    project = make_project(owner, organisation=organisation, title=TITLE, created_at=now)
    dossier = make_dossier(
        owner, "fir", organisation=organisation, body=people["officer"].posts.get().body, project=project, at=now,
        lever=Lever.objects.get(slug="fir"),
    )  # fmt: skip
    fill(dossier, {"body_kind": "association", "own_initiative": True}, at=now).attachments.all().delete()
    for piece in dossier.procedure.pieces:
        if not piece.at:
            content = samples.pdf()
            row = make_attachment(dossier, piece=piece.key, size=len(content), sha256=sha256(content).hexdigest())
            row.file.save("essai", ContentFile(content))
    return Walk(story, people, dossier)


def test_from_the_deposit_to_the_public_register(walk, watch, mailoutbox, tmp_path):
    watch.expected |= {403, 404, 409}
    received(walk)
    judged(walk, mailoutbox)
    decided(walk)
    read_by_the_carrier(walk)
    paid(walk)
    closed(walk)
    published(walk)
    reported(walk, tmp_path)
    assert walk.faults == []


def received(walk: Walk) -> None:
    """The carrier deposits; the agency receives it and entrusts it to an officer."""
    page = walk.act("carrier", "deposit", "received")
    expect(page.locator("main")).to_contain_text(f"porte le numéro {walk.dossier.reference}-1")
    page = walk.at("officer", "/instruction/")
    page.get_by_role("link", name="En attente de votre service : 1").click()
    expect(page.locator("main")).to_contain_text(TITLE)
    contact = "innovation@exemple.invalid"
    walk.act("officer", "acknowledge", "admissibility", service="Service innovation", service_contact=contact)
    walk.act("officer", "admit", "review")
    page = walk.at("head", "affectation/")
    write(page.locator("main form"), {"lead": str(walk.people["officer"].pk)})
    page.get_by_role("button", name="Enregistrer").click()
    expect(walk.at("officer").locator("main")).to_contain_text("Camille officer")


def judged(walk: Walk, mailoutbox) -> None:
    """An expert answers by a link; the officer fills the sheet and the grid."""
    page = walk.at("officer", "avis/")
    due = (timezone.localdate() + timedelta(days=21)).isoformat()
    write(page.locator("main form").last, {"question": QUESTION, "email": EXPERT, "due_on": due})
    page.get_by_role("button", name="Envoyer la demande").click()
    expect(page.locator("main")).to_contain_text("Avis demandés (1)")
    mail = next(one for one in mailoutbox if one.to == [EXPERT])
    link = re.search(r"/avis/[\w-]+/", mail.body).group()
    assert QUESTION not in mail.body
    expert = walk.story.open_browser(375)
    expert.goto(link)
    expect(expert.locator("main")).to_contain_text(QUESTION)
    expect(expert.locator("main")).not_to_contain_text("Ce qui a été déposé")
    assert walk.story.axe(expert) == []
    expert.locator("[name='interets-interest'][value=none]").check(force=True)
    expert.get_by_role("button", name="Déclarer").click()
    expect(expert.locator("main")).to_contain_text("Ce qui a été déposé")
    assert walk.story.axe(expert) == []
    form = expert.locator("main form:has([name='avis-text'])")
    write(form, {"avis-sense": "favourable", "avis-text": OPINION})
    form.get_by_role("button", name="Rendre l'avis").click()
    expect(expert.get_by_role("heading", level=1)).to_have_text("C'est enregistré")
    expert.goto(link)
    expect(expert.get_by_role("heading", level=1)).to_have_text("Ce lien n'ouvre rien")
    expect(walk.at("officer", "avis/").locator("main")).to_contain_text(OPINION)
    expect(walk.at("carrier").locator("main")).to_contain_text(OPINION)
    walk.act(
        "officer", "qualify", "review", initiated_by_carrier="true", service_ordered="false", state_aid="none",
        general_interest_seen="Toute l'île.", qualified_as="subsidy",
    )  # fmt: skip
    page = walk.at("officer", "grille/")
    for mark in page.locator("main form select").all():
        mark.select_option("4")
    page.get_by_role("button", name="Enregistrer ma grille").click()
    expect(page.locator("main")).to_contain_text("Grilles remplies")


def decided(walk: Walk) -> None:
    """Proposed, checked, signed on a telephone, notified: by four gestures, none by the wrong person."""
    walk.act(
        "officer", "propose", "proposed", outcome="grant", amount_granted="60 000", amount_per_year="60000",
        exercise_ends_on=f"{timezone.localdate().year + 1}-12-31", motives=MOTIVES,
    )  # fmt: skip
    for who in ("officer", "head", "director"):
        walk.is_refused(who, "check")
    expect(walk.at("officer", "decision/").locator("main")).to_contain_text(MOTIVES)
    walk.sign_in_the_folder("lawyer", "checked")
    for who in ("officer", "head", "lawyer"):
        walk.is_refused(who, "sign")
    for who in ("officer", "head"):
        answer = walk.page(who).goto("/instruction/parapheur/")
        assert answer.status == 404
    walk.sign_in_the_folder("director", "signed")
    walk.is_refused("director", "notify-grant")
    assert walk.page("carrier").goto(f"/instruction/{walk.dossier.reference}/decision/").status == 404
    expect(walk.at("carrier").locator("main")).not_to_contain_text("lire la décision")
    walk.act("officer", "notify-grant", "granted")


def read_by_the_carrier(walk: Walk) -> None:
    """The decision on its page and in its PDF."""
    page, decision = walk.at("carrier"), walk.dossier.decisions.decided().get()
    page.get_by_role("link", name=f"lire la décision n° {decision.number}").click()
    expect(walk.look(page, "carrier").locator("main")).to_contain_text("son empreinte est celle du journal")
    content = downloaded(page, page.get_by_role("link", name="Télécharger la décision (PDF)"))
    text = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(content)).pages).split())
    for words in (decision.number, "60 000,00 €", MOTIVES, "Comment contester", "deux mois", "Camille director"):
        assert words in text, words


def paid(walk: Walk) -> None:
    """The schedule, the agreement signed by both, an advance that is paid once."""
    year = timezone.localdate().year
    page = walk.at("officer", "suivi/")
    page.get_by_role("link", name="Écrire l'échéancier").click()
    walk.look(page, "officer")
    for rank, (kind, amount, when) in enumerate((("advance", "40 000", year), ("balance", "20000", year + 1))):
        line = {"kind": kind, "amount": amount, "year": str(when), "due_on": f"31/12/{when}"}
        write(page.locator("main form"), {f"ligne-{rank}-{name}": value for name, value in line.items()})
    page.get_by_role("button", name="Enregistrer l'échéancier").click()
    expect(walk.look(page, "officer").locator("main")).to_contain_text("Version 1")
    walk.act("officer", "send-agreement", "agreement")
    walk.act("carrier", "sign-as-carrier", "countersign")
    walk.is_refused("officer", "sign-agreement")
    walk.sign_in_the_folder("director", "running")
    given = {"instalment": "1", "paid": "40000", "paid_on": timezone.localdate().isoformat()}
    walk.open_move("officer", "pay-advance", **given).dblclick()
    page = walk.page("officer")
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    walk.open_move("officer", "pay-advance", **given).click()
    expect(page.locator("main")).to_contain_text("déjà versée")
    assert [line.amount for line in walk.dossier.money.filter(kind="paid")] == [40000]
    expect(walk.at("carrier", "suivi/").locator("main")).to_contain_text("Versé le")


def closed(walk: Walk) -> None:
    """The financial report is asked for, sent, settled; the dossier is closed."""
    walk.act("officer", "ask-report", "report")
    walk.story.join(walk.page("carrier"), walk.dossier)
    walk.act("carrier", "report", "reported", spent="60000")
    walk.act("officer", "settle", "settled", settlement="paid", instalment="2", settled_amount="20 000")
    walk.act("officer", "close", "closed")
    expect(walk.at("officer", "suivi/").locator("main")).not_to_contain_text("Pas encore")


def published(walk: Walk) -> None:
    """The head proposes words, the carrier agrees, the head publishes; the register shows it to anybody."""
    assert walk.page("officer").goto(f"/instruction/{walk.dossier.reference}/publication/").status == 404
    page = walk.at("head", "publication/")
    write(page.locator("main form").last, WORDS)
    page.get_by_role("button", name="Demander l'accord du porteur").click()
    expect(page.locator("main")).to_contain_text("Ce que le porteur a répondu")
    assert page.get_by_role("button", name="Publier").count() == 0
    carrier = walk.at("carrier", "publication/")
    write(carrier.locator("main form"), dict.fromkeys(WORDS, "yes"))
    carrier.get_by_role("button", name="Enregistrer mes réponses").click()
    expect(carrier.get_by_role("status").first).to_be_visible()
    page = walk.at("head", "publication/")
    write(page.locator("main form:has([name=reach])"), {"reach": Experiment.Reach.LOCAL})
    page.get_by_role("button", name="Publier").click()
    expect(page.locator("main")).to_contain_text("Visible du public")
    anybody = walk.story.open_browser(1280)
    anybody.goto(page.get_by_role("link", name=WORDS["title"]).get_attribute("href"))
    expect(anybody.locator("main")).to_contain_text(WORDS["text"])
    assert walk.story.axe(anybody) == []


def reported(walk: Walk, folder: Path) -> None:
    """The national file is valid, the archive verifies without the portal, the journal is whole."""
    page = walk.at("officer", "/instruction/donnees-essentielles/")
    expect(page.locator("main")).to_contain_text(walk.dossier.reference)
    content = downloaded(page, page.get_by_role("link", name="Télécharger en CSV"))
    assert walk.dossier.reference in content.decode()
    assert errors_of(content, "csv", folder) == []
    for who in ("officer", "carrier"):
        page = walk.at(who, "preuve/")
        taken = downloaded(page, page.get_by_role("button", name="Télécharger l'archive (ZIP)"))
        zipfile.ZipFile(io.BytesIO(taken)).extractall(folder / who)
        walk.dossier.refresh_from_db()
        assert findings(folder / who) == (0, walk.dossier.journal_hash, "")
    expect(walk.at("officer", "verifier/").locator("main")).to_contain_text("Le journal est intact")
    assert verify(walk.dossier).is_whole
