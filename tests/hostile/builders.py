"""Dossiers in which every field that an applicant or an invited expert writes holds the hostile corpus.

They go through the one door, to the stages where what was written is shown: a draft, a dossier under review, one that
waits for a signature, one that is paid and published, one that is refused, a specification, an experiment, a jury.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

from django.core.files.base import ContentFile

from actors.models import Body, Post, User
from apist.clock import now
from levers.models import Lever
from projects.depositing.messages import send_message
from projects.engine.people import actor_of
from projects.following.indicating import add_indicator, record_evaluation, say_value
from projects.instruction.notes import put_label, write_note
from projects.models import CompletionRequest, Dossier, FinancingLine, JournalEntry, Project
from projects.opinions.answering import Given, Invitee, answer, declare
from projects.opinions.asking import Asked, ask, draw_link
from projects.papers.joining import Said, join, stored
from projects.procedures.vocabulary import Kind
from tests.deciding.builders import GRANT, QUALIFIED, REFUSAL, adopt
from tests.dossier_factories import drive, fill, make_attachment, make_dossier, make_officer
from tests.factories import make_user
from tests.hostile.corpus import FILE_NAME, URL, hostile
from tests.papers.builders import looked
from tests.people_factories import make_agency_body, make_body, make_organisation

TEXTS = {Kind.TEXT, Kind.LONG}
OUTSIDE = "cpom"
"""A procedure that nobody receives here: what is prepared leaves in an archive."""
KNOWN_WORDS = {"orientation_lever": ""}
BEGAN = timedelta(days=9)


@dataclass
class World:
    """The people by what they are, the dossiers by the state they are in, and what has an address of its own."""

    people: dict[str, User] = field(default_factory=dict)
    dossiers: dict[str, Dossier] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    body: Body | None = None
    organisation: object = None

    def actor(self, who: str):
        return actor_of(self.people[who], now())


def people_around(world: World) -> None:
    """Put an applicant and an expert whose very names are hostile before an agency of four people."""
    world.body = make_agency_body("76")
    owner = make_user(full_name=hostile(0, 150))
    world.organisation = make_organisation(
        owner, name=hostile(1, 200), region=world.body.region, signatory_name=hostile(2, 150),
        signatory_function=hostile(3, 150),
    )  # fmt: skip
    world.people = {"owner": owner, "expert": make_user(full_name=hostile(4, 150))}
    world.people |= {
        role: make_officer(world.body, Post.Role(role)) for role in ("officer", "head", "director", "legal")
    }
    for body in (Body.Kind.RAPPORTEUR, Body.Kind.INSURANCE, Body.Kind.DGOS):
        place = {"region": world.body.region} if body == Body.Kind.INSURANCE else {}
        world.people[str(body)] = make_officer(make_body(body, **place))


def answers_of(procedure) -> dict[str, str]:
    """Return a hostile answer to each question whose answer is typed."""
    asked = [question for section in procedure.sections for question in section.questions]
    typed = {one.key: hostile(rank, one.longest) for rank, one in enumerate(asked) if one.kind in TEXTS}
    return typed | {one.key: URL for one in asked if one.kind is Kind.URL}


def filled(world: World, procedure: str, rank: int, *, lever: str = "", answers: dict | None = None) -> Dossier:
    """Return a draft of which each typed field, each name of a file and each line of money is hostile."""
    at, owner = now() - BEGAN, world.people["owner"]
    if procedure != OUTSIDE:
        adopt(procedure, None if procedure == "mig" else world.body)
    project = Project.objects.create(
        title=hostile(rank, 200), owner=owner, organisation=world.organisation, created_at=at
    )
    known = {"lever": Lever.objects.get(slug=lever)} if lever else {}
    dossier = make_dossier(
        owner, procedure, organisation=world.organisation, body=world.body, project=project, at=at, **known
    )
    fill(dossier, answers_of(dossier.procedure) | (answers or {}), at=at)
    make_attachment(dossier, added_at=at)
    for piece in dossier.attachments.all():
        data = b"%PDF-1.7 essai"
        piece.name, piece.size, piece.sha256 = FILE_NAME, len(data), sha256(data).hexdigest()
        piece.file.save("essai", ContentFile(data))
    FinancingLine.objects.create(
        project=project, dossier=dossier, expense="staff", amount=1000, payer="fir", label=hostile(rank, 200)
    )
    return dossier


def go(world: World, dossier: Dossier, *moves: str | tuple[str, str] | tuple[str, str, dict]) -> Dossier:
    """Make moves, an officer's unless told otherwise, with hostile words in every field that is typed."""
    for one in moves:
        move, who, given = (one, "officer", {}) if isinstance(one, str) else (*one, {})[:3]
        asked = dossier.procedure.move(move).fields
        typed = {each.key: hostile(rank, each.longest) for rank, each in enumerate(asked) if each.kind in TEXTS}
        known = {key: value for key, value in KNOWN_WORDS.items() if key in typed}
        drive(dossier, move, world.people[who], now() - timedelta(hours=2), **typed | known | given)
    return dossier


DEPOSITED = (("deposit", "owner"), "acknowledge")
REVIEWED = (*DEPOSITED, "admit", ("qualify", "officer", QUALIFIED))
SIGNED = (("check", "legal"), ("sign", "director"))


def exchanges(world: World, dossier: Dossier) -> None:
    """Write on both sides of a dossier, ask two experts, one of whom declares a link of interests."""
    at = now()
    send_message(dossier.pk, hostile(0), world.actor("owner"), at, from_agency=False)
    send_message(dossier.pk, hostile(1), world.actor("officer"), at, from_agency=True)
    write_note(dossier.pk, hostile(2), world.actor("officer"), at)
    put_label(dossier.pk, hostile(3, 40), world.actor("officer"), at)
    said = Said("letter", hostile(rank=4, longest=300), shown=True)
    join(dossier.pk, [looked(FILE_NAME)], said, world.actor("officer"), at)
    due = (at + timedelta(days=20)).date()
    for rank, email in enumerate((world.people["expert"].email, "lien@exemple.invalid")):
        asked = ask(dossier.pk, Asked(hostile(rank), due, email=email), world.actor("officer"), at)
        token = draw_link(asked, at)
        asked.save()
        invitee = Invitee(token=token) if rank else Invitee(world.actor("expert"))
        declare(asked.pk, invitee, None, at)
        with stored([looked(FILE_NAME)]) as files:
            answer(asked.pk, invitee, Given("reserved", hostile(rank)), at, files)
        world.names[f"opinion{rank}"] = str(asked.pk)
    for rank, words in ((2, hostile(4)), (3, None)):
        other = ask(
            dossier.pk, Asked(hostile(3), due, email=f"lien-{rank}@exemple.invalid"), world.actor("officer"), at
        )
        token = draw_link(other, at)
        other.save()
        declare(other.pk, Invitee(token=token), words, at)
        world.names[f"token{rank}"] = token
    CompletionRequest.objects.create(
        dossier=dossier, entry=dossier.journal.filter(kind=JournalEntry.Kind.MOVE).last(),
        points=[{"about": "", "words": hostile(5)}], asked_at=at, answer_by=due,
    )  # fmt: skip


def subsidies(world: World) -> None:
    """Bring FIR dossiers to each of their states."""
    kept = world.dossiers
    kept["draft"] = filled(world, "fir", 0, lever="fir")
    kept["outside"] = filled(world, OUTSIDE, 5)
    kept["reviewed"] = go(world, filled(world, "fir", 1, lever="fir"), *REVIEWED)
    exchanges(world, kept["reviewed"])
    grant = ("propose", "officer", GRANT)
    kept["waiting"] = go(world, filled(world, "fir", 2, lever="fir"), *REVIEWED, grant, ("check", "legal"))
    refusal = ("propose", "officer", REFUSAL | {"orientation_lever": "article-51"})
    kept["refused"] = go(world, filled(world, "fir", 3, lever="fir"), *REVIEWED, refusal, *SIGNED, "notify-refusal")
    running = go(world, filled(world, "fir", 4, lever="fir"), *REVIEWED, grant, *SIGNED, "notify-grant")
    agreed = ("send-agreement", ("sign-as-carrier", "owner"), ("sign-agreement", "director"))
    kept["running"] = go(world, running, *agreed)
    values = {"label": hostile(0, 200), "unit": hostile(1, 40), "target": 80}
    indicator = add_indicator(running.pk, values, world.actor("officer"), now())
    said = {"on": date(2026, 1, 1), "value": 3}
    for who in ("officer", "owner"):
        say_value(running.pk, indicator.pk, said, world.actor(who), now())
    report = {"kind": "final", "on": date(2026, 1, 1), "by": hostile(2, 200), "summary": hostile(3)}
    record_evaluation(running.pk, report | {"reference": hostile(4, 300)}, world.actor("officer"), now())
    go(world, running, ("ask-amendment", "owner"))
    for key, dossier in kept.items():
        decision = dossier.decisions.decided().first()
        if decision:
            world.names[f"{key}_decision"] = str(decision.pk)
    for name, sort in (("agreement", "agreement"), ("receipt", "acknowledgement")):
        world.names[f"running_{name}"] = str(running.decisions.get(key=sort).pk)
