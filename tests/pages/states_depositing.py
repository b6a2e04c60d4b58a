"""The pages of a dossier on its applicant's side, in the states that change what they look like."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from apist.clock import now
from projects.depositing.messages import send_message
from projects.engine.people import actor_of
from projects.models import Adoption, CompletionRequest, Dossier
from tests import factories, people_factories
from tests.dossier_factories import drive, fill, make_attachment, make_dossier, make_officer

PAGES = ("", "pieces/", "deposer/", "messages/", "copier/")


def render_depositing(body) -> Iterator[tuple[str, str]]:
    """Yield the states of these pages; ``body`` reads an answer, whose status it checks."""
    user, client = factories.make_user("porteur-etats@exemple.invalid", full_name="Camille Porteur"), Client()
    client.force_login(user)
    draft = make_dossier(user, organisation=people_factories.make_organisation(user))
    page = f"/dossiers/{draft.reference}/"
    yield from _pages("draft", client, draft, body)
    wrong = {"piece": "libre", "libre-file": SimpleUploadedFile("vide.pdf", b"")}
    yield "pieces, wrong", body(client.post(f"{page}pieces/", wrong), 200)
    yield "deposit, incomplete", body(client.post(f"{page}deposer/", _hidden(draft)), 409)
    yield "preferences", body(client.get("/compte/courriels/"), 200)
    yield "preferences, wrong", body(client.post("/compte/courriels/", {"pace": "x"}), 200)
    for scan in ("clean", "waiting", "infected", "unscanned"):
        file = make_attachment(draft, scan=scan, is_secret=True)
        status = {"infected": 403, "unscanned": 200}.get(scan, 503)
        with override_settings(CLAMAV_ADDRESS="" if scan == "unscanned" else "unix:///nulle/part"):
            yield f"file {scan}", body(client.get(f"{page}pieces/{file.public_id}/"), status)
    yield "pieces, joined", body(client.get(f"{page}pieces/"), 200)
    fill(draft)
    yield "deposit, ready", body(client.get(f"{page}deposer/"), 200)
    yield from _deposited(client, draft, body)
    external = make_dossier(user, project=draft.project)
    elsewhere = Adoption.objects.create(
        procedure_key="first-contact", channel="external", place="Département", url="https://exemple.invalid/",
        email="service@exemple.invalid", instructions="Par le formulaire.", valid_from="2020-01-01",
    )  # fmt: skip
    yield from _pages("external", client, external, body)
    elsewhere.delete()


def _deposited(client: Client, dossier: Dossier, body) -> Iterator[tuple[str, str]]:
    user, page, before = dossier.project.owner, f"/dossiers/{dossier.reference}/", _hidden(dossier)
    entry = drive(dossier, "deposit", user, now() - timedelta(days=20))
    send_message(dossier.pk, "Bonjour.", actor_of(user, now()), now(), from_agency=False)
    yield "deposit, too late", body(client.post(f"{page}deposer/", before), 409)
    yield from _pages("deposited", client, dossier, body)
    yield "receipt checked", body(client.get(f"{page}recepisse-1/"), 200)
    yield "withdraw", body(client.get(f"{page}geste/withdraw/"), 200)
    yield "withdraw, changed meanwhile", body(client.post(f"{page}geste/withdraw/", before), 409)
    yield "not allowed", body(client.post(f"{page}geste/conclude/", _hidden(dossier) | {"conclusion": "x"}), 403)
    CompletionRequest.objects.create(
        dossier=dossier, entry=entry, points=[{"about": "question:idea.need", "words": "Précisez."}], asked_at=now(),
        answer_by=now().date(),
    )  # fmt: skip
    yield "to complete", body(client.get(page), 200)
    for _ in range(8):
        drive(dossier, "plan", make_officer(dossier.body))
    yield "a long history", body(client.get(page), 200)


def _pages(name: str, client: Client, dossier: Dossier, body) -> Iterator[tuple[str, str]]:
    for page in PAGES:
        yield f"{name} {page}", body(client.get(f"/dossiers/{dossier.reference}/{page}"), 200)


def _hidden(dossier: Dossier) -> dict[str, str]:
    return {"seen": str(dossier.version), "key": str(uuid4())}
