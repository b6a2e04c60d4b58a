"""Builders of projects and dossiers. Nothing is put at a stage: one opens, fills, and goes through the one door."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from uuid import uuid4

from actors.models import Body, Organisation, Post, User
from projects.engine.door import Request, advance
from projects.engine.enclosing import Enclosed
from projects.engine.opening import Target, open_dossier
from projects.engine.people import Actor, actor_of
from projects.models import Attachment, Dossier, JournalEntry, Project, Section
from projects.procedures.asked import Question
from projects.procedures.catalogue import LATEST
from projects.procedures.types import Procedure
from projects.procedures.vocabulary import Kind, Scope
from tests import factories, people_factories

NOW = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
"""The moment of tests that do not say another."""

DOSSIERS_BEGAN = NOW - timedelta(days=1)


def make_project(owner: User | None = None, **fields) -> Project:
    """Return a project of somebody, without organisation unless given."""
    defaults = {"title": f"Projet {factories.number()}", "owner": owner or factories.make_user()}
    return Project.objects.create(**defaults | {"created_at": DOSSIERS_BEGAN} | fields)


def make_dossier(
    owner: User | None = None, procedure: str | Procedure = "first-contact", *, organisation: Organisation | None = None,
    body: Body | None = None, lever=None, call=None, project: Project | None = None, at: datetime = DOSSIERS_BEGAN, **fields,
) -> Dossier:  # fmt: skip
    """Return a draft of somebody, before the agency of Guadeloupe unless told otherwise, where somebody instructs."""
    owner = owner or factories.make_user()
    project = project or make_project(owner, organisation=organisation)
    body = body or people_factories.make_agency_body()
    if not body.posts.exists():
        people_factories.make_post(Post.Role.OFFICER, body)
    definition = LATEST[procedure] if isinstance(procedure, str) else procedure
    target = Target(definition, lever, call, body.region, body)
    return open_dossier(project, target, organisation, actor_of(owner, at), at, **fields)


def an_answer(question: Question):
    """Return an answer that is right for a question."""
    return {
        Kind.TEXT: "Un texte", Kind.LONG: "Un texte plus long", Kind.INTEGER: str(question.low or 12),
        Kind.MONEY: "12500", Kind.DATE: "2027-01-15", Kind.YES_NO: True, Kind.EMAIL: "service@exemple.invalid",
        Kind.URL: "https://exemple.invalid/",
        Kind.CHOICE: question.choices[0].value if question.choices else "",
        Kind.CHOICES: [choice.value for choice in question.choices],
    }[question.kind]  # fmt: skip


def fill(dossier: Dossier, answers: dict | None = None, *, at: datetime = DOSSIERS_BEGAN) -> Dossier:
    """Answer every question and join every piece; ``answers`` says otherwise, by key of question."""
    for section in dossier.procedure.sections:
        values = {one.key: an_answer(one) for one in section.questions} | {
            key: value for key, value in (answers or {}).items() if key in {one.key for one in section.questions}
        }
        own = dossier if section.scope is Scope.DOSSIER else None
        Section.objects.update_or_create(
            project=dossier.project, dossier=own, key=section.key,
            defaults={"answers": values, "version": 1, "changed_at": at},
        )  # fmt: skip
    for piece in dossier.procedure.pieces:
        make_attachment(dossier, piece=piece.key, added_at=at)
    return dossier


def make_attachment(dossier: Dossier, **fields) -> Attachment:
    """Return a clean PDF of a few bytes, without a file behind it."""
    rank = factories.number()
    defaults = {
        "piece": "", "name": f"piece-{rank}.pdf", "content_type": "application/pdf", "size": 1000, "sha256": f"{rank:064x}",
        "file": f"aa/{rank}", "scan": Attachment.Scan.CLEAN, "added_at": DOSSIERS_BEGAN,
    }  # fmt: skip
    return Attachment.objects.create(dossier=dossier, **defaults | fields)


def an_enclosed() -> Enclosed:
    """Return the document that a move takes, of which no byte is kept."""
    return Enclosed("avis.pdf", "application/pdf", 4, sha256(b"avis").hexdigest(), f"essai/{uuid4().hex}")


def drive(
    dossier: Dossier, move: str, by: User | Actor, at: datetime = NOW, *, enclosed: Enclosed | None = None, **given
) -> JournalEntry:
    """Make a move as somebody, filling the fields that are not given, and refresh the dossier."""
    dossier.refresh_from_db()
    values = {one.key: an_answer(one) for one in dossier.procedure.move(move).fields} | given
    actor = by if isinstance(by, Actor) else actor_of(by, at)
    document = dossier.procedure.move(move).document
    enclosed = enclosed or (an_enclosed() if document and document.required else None)
    entry = advance(dossier.pk, Request(move, dossier.version, uuid4(), values, enclosed=enclosed), actor, at)
    dossier.refresh_from_db()
    return entry


def make_officer(body: Body | None = None, role: str = Post.Role.OFFICER) -> User:
    """Return somebody who has a role in a body, the agency of Guadeloupe unless told otherwise."""
    return people_factories.make_post(role, body).user
