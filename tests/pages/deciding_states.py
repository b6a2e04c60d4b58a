"""The pages of decisions in every state, for the style sheet (see ``private_states.py``)."""

from collections.abc import Iterator

from django.test import Client

from actors.models import Body, Post
from projects.models import Dossier
from tests import factories
from tests.deciding.builders import REFUSAL, checked, fir_dossier, make_agent, notified
from tests.people_factories import make_agency_body, make_organisation


def deciding_pages() -> Iterator[tuple[str, object]]:
    """Yield the name and the answer of each state; what is written stays to be undone by the caller."""
    body: Body = make_agency_body("76")
    people = {role: make_agent(role, body) for role in (Post.Role.OFFICER, Post.Role.DIRECTOR, Post.Role.LEGAL)}
    owner = factories.make_user()
    organisation = make_organisation(owner, region=body.region)
    dossiers: list[Dossier] = [fir_dossier(owner, organisation, body, people) for _ in range(3)]
    checked(dossiers[0], people)
    granted = notified(dossiers[1], people)
    notified(dossiers[2], people, **REFUSAL | {"orientation_lever": "article-51"})
    director, officer, carrier = Client(), Client(), Client()
    for client, user in ((director, people["director"]), (officer, people["officer"]), (carrier, owner)):
        client.force_login(user)
    page = f"/instruction/{dossiers[0].reference}/"
    yield "folder", director.get("/instruction/parapheur/")
    yield "folder, nothing ticked", director.post("/instruction/parapheur/", {})
    yield "folder, to confirm", director.post("/instruction/parapheur/", {"dossier": [dossiers[0].reference]})
    yield "folder, results", director.post("/instruction/parapheur/", {"confirme": ["ABCDEFGH:1:" + "0" * 32 + ":x"]})
    yield "note", director.get(f"{page}note/")
    yield "decision, locked", officer.get(f"{page}decision/")
    yield "decision, to write", officer.get(f"/instruction/{dossiers[1].reference}/decision/")
    yield "decision, wrong", officer.post(f"/instruction/{dossiers[1].reference}/decision/", {})
    yield "decision, read", carrier.get(f"/dossiers/{dossiers[1].reference}/decision/{granted.pk}/")
    receipt = dossiers[1].decisions.get(key="acknowledgement")
    yield "acknowledgement, read", carrier.get(f"/dossiers/{dossiers[1].reference}/decision/{receipt.pk}/")
    yield "refused, another lever", carrier.get(f"/dossiers/{dossiers[2].reference}/")
