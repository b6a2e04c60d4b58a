"""The list of dossiers, the board, the views, acting on several at once, in every state (``private_states.py``)."""

from collections.abc import Iterator

from django.test import Client

from actors.models import Agency, Body
from projects.models import SavedView
from tests.dossier_factories import drive, fill, make_dossier, make_officer
from tests.factories import make_user
from tests.people_factories import make_organisation

DESK = "/instruction/"


def list_pages() -> Iterator[tuple[str, object]]:
    """Yield the name and the answer of each state; what is written stays to be undone by the caller."""
    agency = Agency.objects.get(region__code="75")
    body = Body.objects.filter(agency=agency).first() or Body.objects.create(
        kind=Body.Kind.AGENCY, agency=agency, region=agency.region, code="ars-75", name=agency.name
    )
    officer, clerk, owner = make_officer(body), Client(), make_user()
    clerk.force_login(officer)
    yield "board, nothing", clerk.get(f"{DESK}tableau/")
    yield "views, nothing", clerk.get(f"{DESK}vues/")
    dossiers = []
    for _ in range(26):
        dossier = fill(make_dossier(owner, body=body, organisation=make_organisation()))
        drive(dossier, "deposit", owner)
        dossiers.append(dossier)
    kept = {"name": "Retards", "query": "standing=late", "body": body.pk}
    yield "view kept", clerk.post(f"{DESK}vues/", kept, follow=True)
    view = SavedView.objects.get(owner=officer)
    boards = ("tableau/", "tableau/?procedure=first-contact", "tableau/?q=introuvable")
    for name in ("vues/", f"vues/{view.pk}/", *boards, "", "dossiers/"):
        yield f"list {name}", clerk.get(f"{DESK}{name}")
    yield "view wrong", clerk.post(f"{DESK}vues/", {"name": ""})
    ticked = {"dossier": [f"{one.reference}:{one.version}" for one in dossiers[:3]]}
    together = f"{DESK}dossiers/ensemble/"
    yield "together", clerk.post(together, ticked)
    yield "together, wrong", clerk.post(together, ticked | {"what": "entrust"})
    yield "together, label", clerk.post(together, ticked | {"what": "label", "etiquette-new": "Urgent"})
    yield "together, nobody", clerk.post(together, ticked | {"what": "unlabel", "sans-label": "Urgent"})
    yield "list, nothing ticked", clerk.post(together, {}, follow=True)
