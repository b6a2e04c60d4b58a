"""The specification, the agencies on a dossier and the board, in every state, for the style sheet."""

from collections.abc import Iterator

from django.test import Client

from actors.models import Agency, Body, Post, Subject
from apist.clock import now
from projects.engine.people import actor_of
from projects.envisaged.board import ask_to_read
from projects.instruction.agencies import ask_to_lead, associate
from projects.models import EnvisagedProject
from projects.specification.commenting import About, comment
from tests.dossier_factories import drive, make_officer
from tests.factories import make_user
from tests.specification_factories import before_the_committee, to_write

BOARD = "/instruction/projets-envisages/"


def specification_pages() -> Iterator[tuple[str, object]]:
    """Yield the name and the answer of each state; what is written stays to be undone by the caller."""
    at = now()
    bodies = [body_of(code) for code in ("76", "84")]
    head, other = (make_officer(body, Post.Role.HEAD) for body in bodies)
    chief, guest, carrier = Client(), Client(), Client()
    chief.force_login(head)
    guest.force_login(other)
    yield "board, nothing", chief.get(BOARD)
    owner = make_user()
    carrier.force_login(owner)
    draft = to_write(owner, body=bodies[0])
    yield "specification, nothing sent", chief.get(f"/instruction/{draft.reference}/cahier-des-charges/")
    yield "specification, being written", carrier.get(f"/dossiers/{draft.reference}/cahier-des-charges/")
    figures = f"/dossiers/{draft.reference}/cahier-des-charges/chiffres/"
    yield "figures", carrier.get(figures)
    sent = {"annee-TOTAL_FORMS": 1, "annee-INITIAL_FORMS": 0, "annee-0-year": "2027"}
    yield "figures, wrong", carrier.post(figures, sent)
    whole = {"annee-0-patients": 1, "annee-0-package": 1, "annee-0-substituted": 1}
    yield "figures, moved", carrier.post(figures, sent | whole)
    yield from sent_pages(draft, owner, head, other, chief, carrier, guest)
    row = EnvisagedProject.objects.create(
        body=bodies[0], title="Répit", need="Un besoin", theme=Subject.objects.first(), contact="a@b.invalid", since=at,
    )  # fmt: skip
    ask_to_read(row.pk, bodies[1], "Pourquoi", actor_of(other, at), at)
    same = {"body": bodies[0].pk, "title": "Répit", "need": "x", "theme": row.theme_id, "contact": "a@b.invalid"}
    for name, client in (("owner", chief), ("guest", guest)):
        yield f"board, {name}", client.get(BOARD)
        yield f"board, nothing found, {name}", client.get(f"{BOARD}?q=rien&region=zz")
        yield f"one of the board, {name}", client.get(f"{BOARD}{row.pk}/")
    yield "announcing", chief.get(f"{BOARD}nouveau/")
    yield "announcing, wrong", chief.post(f"{BOARD}nouveau/", {})
    yield "announcing, similar", chief.post(f"{BOARD}nouveau/", same)


def sent_pages(draft, owner, head, other, chief, carrier, guest) -> Iterator[tuple[str, object]]:
    """Yield the pages of a specification that was sent twice, and of its agencies."""
    at = now()
    drive(draft, "submit-specification", owner, at)
    page, agencies = (f"/instruction/{draft.reference}/{name}/" for name in ("cahier-des-charges", "agences"))
    comment(draft.pk, About("terrain", "evaluation"), "À préciser", actor_of(head, at), at)
    yield "specification", chief.get(page)
    yield "specification, wrong", chief.post(page, {"section": "terrain"})
    yield "agencies, none", chief.get(agencies)
    body = other.posts.get().body
    associate(draft.pk, body, actor_of(head, at), at)
    yield "agencies", chief.get(agencies)
    yield "agencies, wrong", chief.post(agencies, {"act": "lead"})
    ask_to_lead(draft.pk, body, "Pourquoi", actor_of(head, at), at)
    yield "agencies, asked", guest.get(agencies)
    kept = before_the_committee(owner, "Autrement")
    officer = Client()
    officer.force_login(make_officer(kept.body))
    yield "specification, compared", officer.get(f"/instruction/{kept.reference}/cahier-des-charges/?version=2&avec=1")


def body_of(code: str) -> Body:
    """Return the body of an agency of the real content."""
    agency = Agency.objects.get(region__code=code)
    return Body.objects.filter(agency=agency).first() or Body.objects.create(
        kind=Body.Kind.AGENCY, agency=agency, region=agency.region, code=f"ars-{code}", name=agency.name
    )
