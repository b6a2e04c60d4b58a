"""The pages where projects and drafts are prepared, in every state that changes what they look like."""

from collections.abc import Iterator
from datetime import timedelta

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from actors.models import User
from apist.clock import now
from levers.models import Lever
from projects.models import FinancingLine, Share
from tests import dossier_factories, factories


def preparing_pages(member: Client, user: User, other: User) -> Iterator[tuple[str, HttpResponse]]:
    """Yield the name and the answer of each state; ``member`` is the browser of ``user``."""
    yield "no project", member.get("/dossiers/")
    for query in ("levier=fir&trl=6&region=01", "levier=achats-innovants", "levier=ami-aap-aac", "contact_door=true"):
        yield f"new {query}", member.get(f"/dossiers/nouveau/?{query}")
    yield "new with faults", member.post("/dossiers/nouveau/", {})
    dossier = dossier_factories.make_dossier(user)
    call = factories.make_call(events=[("closing", "2026-02-01")])
    dossier_factories.make_dossier(user, project=dossier.project, lever=Lever.objects.get(slug="fir"), call=call)
    project = dossier.project.public_id
    share = {"sent_at": now(), "expires_at": now() + timedelta(days=14)}
    dossier.project.shares.create(email="a@exemple.invalid", level=Share.Level.READER, token_digest="a", **share)
    dossier.project.shares.create(
        email=other.email, user=other, level=Share.Level.EDITOR, token_digest="b", accepted_at=now(), **share
    )
    for state in (FinancingLine.State.GRANTED, FinancingLine.State.REFUSED):
        FinancingLine.objects.create(project=dossier.project, expense="staff", amount=10, payer="fir", state=state)
    idea = reverse("project-section", args=[project, "idea"])
    for text in ("Un texte", "Un autre"):
        member.post(idea, {"need": text})
    member.post(reverse("project-section", args=[project, "means"]), {"months": "beaucoup", "then": "project"})
    plan = reverse("project-financing", args=[project])
    sharing = reverse("project-sharing", args=[project])
    addresses = [
        "/dossiers/", idea, plan, sharing, reverse("project", args=[project]), f"{idea}versions/",
        reverse("project-section", args=[project, "means"]), reverse("project-new-dossier", args=[project]),
        reverse("dossier-section", args=[dossier.reference, "meeting"]),
    ]  # fmt: skip
    addresses += [
        f"{idea}versions/{one}/"
        for one in dossier.project.sections.get(key="idea").versions.values_list("pk", flat=True)
    ]
    for address in addresses:
        yield address, member.get(address)
    faulty = {"plan-TOTAL_FORMS": "1", "plan-INITIAL_FORMS": "0", "plan-0-amount": "x"}
    yield "plan with faults", member.post(plan, faulty)
    yield "invitation with faults", member.post(sharing, {"act": "invite", "email": "x"})
    member.post(sharing, {"act": "offer", "to": other.pk})
    yield "offer", member.get(sharing)
    guest = Client()
    guest.force_login(other)
    yield "offered", guest.get(sharing)
    yield "offered in the list", guest.get("/dossiers/")
    yield "no invitation", guest.get("/dossiers/invitation/jamais/")
    yield "given back", Client().post(idea, {"need": "Un long texte"}, headers={"Origin": "http://testserver"})
