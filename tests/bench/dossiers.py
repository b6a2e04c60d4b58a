"""Fifty thousand dossiers, in the base of a thousand levers: who measures has thirty of them, others have the rest.

A few are made as people make them, through the door; the others are copies, written in bulk by the maintenance door,
each with a journal of its own that verifies. The same rows every time.
"""

import random
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction

from actors.models import ActorType, Agency, Body, Membership, Organisation, Post, User
from apist.account_settings import AUTHENTICATION_BACKENDS
from apist.accounts import enrol_totp
from projects import guards
from projects.engine.chain import hash_of
from projects.engine.journal import link_of
from projects.engine.reading import digest_of_content
from projects.models import (
    Adoption,
    Assignment,
    Decision,
    DecisionNotice,
    Dossier,
    DossierFacet,
    JournalEntry,
    JournalText,
    Project,
    Section,
    Snapshot,
)
from tests.bench.names import DOSSIERS, JOURNAL, OFFICER_SESSION, OWN_DOSSIERS, PATHS, SESSION, reference_of
from tests.bench.words import Writer
from tests.dossier_factories import NOW, drive, fill, make_dossier
from tests.people_factories import invented_siret

BATCH = 1_000
PEOPLE, ORGANISATIONS = 10_000, 2_500
BEGAN = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass
class Model:
    """A dossier that was really made, with all its rows."""

    dossier: Dossier
    sections: list[Section]
    entries: list[JournalEntry]
    texts: list[JournalText]
    snapshots: list[Snapshot]
    facets: list[DossierFacet]
    decisions: list[Decision]
    notices: list[DecisionNotice]


@dataclass
class Rows:
    """What a batch writes, in an order that the database accepts."""

    projects: list[Project] = field(default_factory=list)
    dossiers: list[Dossier] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    entries: list[JournalEntry] = field(default_factory=list)
    texts: list[JournalText] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)
    facets: list[DossierFacet] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    notices: list[DecisionNotice] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)

    def write(self) -> None:
        """Insert everything; each row then knows the number of the one that it hangs on."""
        order = (self.projects, self.dossiers, self.sections, self.entries, self.texts, self.snapshots, self.facets)
        for rows in (*order, self.decisions, self.notices, self.assignments):
            if rows:
                type(rows[0])._base_manager.bulk_create(rows, batch_size=BATCH)


def people() -> tuple[list[User], list[Organisation]]:
    """Write who carries and in whose name, where nobody did; whoever measures is the first of them."""
    if users := list(User.objects.filter(email__startswith="mesure-").order_by("pk")):
        return users, list(Organisation.objects.filter(members__in=users).distinct().order_by("pk"))
    write, kind = Writer("people"), ActorType.objects.get(slug="ehpad")
    regions = [agency.region for agency in Agency.objects.select_related("region").order_by("code")]
    users = User.objects.bulk_create(
        [User(email=f"mesure-{rank}@exemple.invalid", full_name=f"Personne {rank}", password="!") for rank in range(PEOPLE)],
        batch_size=BATCH,
    )  # fmt: skip
    organisations = Organisation.objects.bulk_create(
        [
            Organisation(
                name=write.title(4, 160), actor_type=kind, status=Organisation.Status.NON_PROFIT,
                region=regions[rank % len(regions)], siret=invented_siret(rank), created_at=BEGAN,
            )
            for rank in range(ORGANISATIONS)
        ],
        batch_size=BATCH,
    )  # fmt: skip
    Membership.objects.bulk_create(
        [
            Membership(user=user, organisation=organisations[rank % ORGANISATIONS], may_deposit=True, since=BEGAN)
            for rank, user in enumerate(users)
        ],
        batch_size=BATCH,
    )
    return users, organisations


def bodies() -> list[Body]:
    """Write the agencies' seats on the portal, two officers in each, and that they receive every procedure here."""
    found = []
    for agency in Agency.objects.select_related("region").order_by("code"):
        known = Body.objects.filter(agency=agency).first()
        body = known or Body.objects.create(
            code=f"mesure-{agency.code}".lower(), kind=Body.Kind.AGENCY, name=agency.name, agency=agency, region=agency.region
        )  # fmt: skip
        email = f"agent-{body.code}@exemple.invalid"
        officer, _ = User.objects.get_or_create(email=email, defaults={"full_name": "Agent", "password": "!"})
        colleague, _ = User.objects.get_or_create(
            email=f"collegue-{body.code}@exemple.invalid", defaults={"full_name": "Collègue", "password": "!"}
        )
        for user in (officer, colleague):
            Post.objects.get_or_create(user=user, body=body, role=Post.Role.OFFICER, since=BEGAN.date())
        found.append(body)
    for key in sorted({key for key, _, _ in PATHS}):
        Adoption.objects.get_or_create(procedure_key=key, channel="portal", valid_from=BEGAN.date())
    return found


def models(owner: User, organisation: Organisation, body: Body) -> list[Model]:
    """Make one dossier of each path through the door, and read its rows."""
    officer = User.objects.get(posts__body=body, email__startswith="agent-")
    made = []
    for key, moves, _ in PATHS:
        dossier = fill(make_dossier(owner, key, organisation=organisation, body=body))
        for move in moves:
            drive(dossier, move, owner if move == "deposit" else officer)
        dossier.refresh_from_db()
        made.append(
            Model(
                dossier,
                list(Section.objects.filter(project=dossier.project).order_by("pk")),
                list(dossier.journal.order_by("seq")),
                list(JournalText.objects.filter(entry__dossier=dossier)),
                list(dossier.snapshots.all()),
                list(dossier.facets.all()),
                list(dossier.decisions.all()),
                list(DecisionNotice.objects.filter(decision__dossier=dossier)),
            )
        )
    return made


def copied(row, **fields):
    """Return a new row like another one."""
    new = copy(row)
    new._state = copy(row._state)
    new._state.fields_cache, new._state.adding, new.pk = {}, True, None
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def signed_anew(model: Model, dossier: Dossier) -> dict[int, Decision]:
    """Return the documents of a dossier under the reference of its copy, by their own number in the base."""
    found = {}
    for one in model.decisions:
        number = one.number.replace(model.dossier.reference, dossier.reference)
        if number == one.number:  # a number of the year: nobody else's here
            number = f"{one.number}-{dossier.reference}"
        content = one.content | {"number": number}
        digest = digest_of_content(content)
        found[one.pk] = copied(
            one, dossier=dossier, body=dossier.body, rank=None, number=number, content=content, sha256=digest
        )
    return found


def add(
    rows: Rows, model: Model, project: Project, owned: tuple[Organisation, Body], rank: int, since: timedelta,
    agents: dict[int, User], colleagues: dict[int, User],
) -> None:  # fmt: skip
    """Copy a dossier under another reference, its journal chained anew."""
    organisation, body = owned
    at = {"opened_at": model.dossier.opened_at - since, "staged_at": model.dossier.staged_at - since}
    if model.dossier.deposited_at:
        at["deposited_at"] = model.dossier.deposited_at - since
        at["asked"] = rank * 37 % 900_000
    if model.dossier.due_at:
        at["due_at"] = model.dossier.due_at - since + timedelta(days=200)
    if model.dossier.legal_due_at:
        at["legal_due_at"] = model.dossier.legal_due_at - since
    if model.dossier.legal_due_at:
        at["legal_due_at"] = model.dossier.legal_due_at - since
    dossier = copied(
        model.dossier, reference=reference_of(rank), project=project, organisation=organisation, body=body,
        region=body.region, **at,
    )  # fmt: skip
    rows.dossiers.append(dossier)
    whole = rank < OWN_DOSSIERS
    rows.sections += [
        copied(one, project=project, dossier=dossier if one.dossier_id else None)
        for one in (model.sections if whole else model.sections[:1])
        if one.dossier_id or project.pk is None
    ]
    previous, entries, signed = "", {}, signed_anew(model, dossier)
    by_entry = {one.entry_id: signed[one.pk] for one in model.decisions}
    for one in model.entries:
        data = one.data
        if one.pk in by_entry:
            here = by_entry[one.pk]
            data = data | {"decision": data["decision"] | {"number": here.number, "sha256": here.sha256}}
        entry = copied(one, dossier=dossier, at=one.at - since, previous_hash=previous, request_key=None, data=data)
        entry.hash = previous = hash_of(link_of(entry, dossier.reference))
        entries[one.pk] = entry
    more = []
    for seq in range(len(entries) + 1, JOURNAL + 1):
        entry = copied(
            model.entries[-1], dossier=dossier, seq=seq, kind=JournalEntry.Kind.DOWNLOADED, move="", from_stage="",
            to_stage="", stage_version=None, clock="", data={}, request_key=None, previous_hash=previous,
        )  # fmt: skip
        entry.hash = previous = hash_of(link_of(entry, dossier.reference))
        more.append(entry)
    dossier.journal_hash, dossier.journal_length = previous, len(entries) + len(more)
    rows.entries += [*entries.values(), *more]
    rows.texts += [copied(one, entry=entries[one.entry_id]) for one in model.texts]
    rows.snapshots += [
        copied(one, dossier=dossier, entry=entries[one.entry_id], number=f"{dossier.reference}-{number}", taken_at=one.taken_at - since)
        for number, one in enumerate(model.snapshots, 1)
    ]  # fmt: skip
    rows.facets += [copied(one, dossier=dossier) for one in model.facets]
    for one in model.decisions:
        signed[one.pk].entry = entries[one.entry_id]
    rows.decisions += signed.values()
    rows.notices += [
        copied(one, decision=signed[one.decision_id], entry=entries[one.entry_id]) for one in model.notices
    ]
    if dossier.deposited_at and rank % 3:
        officer = agents[body.pk] if rank % 12 == 1 else colleagues[body.pk]
        rows.assignments.append(Assignment(dossier=dossier, user=officer, role="lead", since=dossier.deposited_at))


def agents_of(of: list[Body], who: str = "agent-") -> dict[int, User]:
    """Return an officer of each administration: the one who measures there, or the colleague."""
    posts = Post.objects.filter(body__in=of, user__email__startswith=who).select_related("user")
    return {post.body_id: post.user for post in posts}


def batches(
    made: list[Model], users: list[User], organisations: list[Organisation], of: list[Body], ranks: range
) -> Iterator[Rows]:
    """Yield the dossiers, a batch at a time: those of whoever measures first, then everybody's in turn."""
    draw, write = random.Random(f"dossiers {ranks.start}"), Writer("dossiers")
    chances = [chance for _, _, chance in PATHS]
    agents, colleagues = agents_of(of), agents_of(of, "collegue-")
    for first in range(ranks.start, ranks.stop, BATCH):
        rows = Rows()
        for rank in range(first, min(first + BATCH, ranks.stop)):
            owner = 0 if rank < OWN_DOSSIERS else 1 + rank % (PEOPLE - 1)
            organisation = organisations[owner % ORGANISATIONS]
            since = timedelta(minutes=draw.randrange(400_000))
            project = Project(
                title=write.title(7, 200), owner=users[owner], organisation=organisation, created_at=NOW - since
            )
            rows.projects.append(project)
            model = made[rank % len(made)] if rank < OWN_DOSSIERS else draw.choices(made, chances)[0]
            add(rows, model, project, (organisation, of[owner % len(of)]), rank, since, agents, colleagues)
        yield rows


def sign_in(user: User, session: str = SESSION) -> None:
    """Open the session whose cookie the lines send; it outlives the bench."""
    held = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: AUTHENTICATION_BACKENDS[0],
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    data, until = SessionStore().encode(held), datetime(2060, 1, 1, tzinfo=UTC)
    Session.objects.get_or_create(session_key=session, defaults={"session_data": data, "expire_date": until})


def install(most: int | None = None) -> None:
    """Write dossiers until there are so many, all of them unless told otherwise; what is there already is kept."""
    most = DOSSIERS if most is None else most
    written = set(Dossier.objects.filter(reference__startswith="M").values_list("reference", flat=True))
    first = next(rank for rank in count() if reference_of(rank) not in written)
    with transaction.atomic():
        users, organisations = people()
        of = bodies()
        made = models(users[1], organisations[1], of[0])
    for rows in batches(made, users, organisations, of, range(first, most)):
        with guards.maintenance("Données du banc de mesure", NOW):
            rows.write()
    sign_in(users[0])
    officer = agents_of(of)[of[0].pk]
    enrol_totp(officer)  # agents need a second factor
    sign_in(officer, OFFICER_SESSION)
