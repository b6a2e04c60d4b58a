"""A FIR dossier that was granted, the people before it, and its schedule."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from actors.models import Body, Organisation, Post, User
from levers.models import Lever
from projects.engine.amended import Amended
from projects.engine.people import Actor, actor_of
from projects.engine.schedule import Row
from projects.following.amending import prepare_amendment
from projects.following.scheduling import write_schedule
from projects.guards import maintenance
from projects.models import Adoption, Dossier, Envelope, JournalEntry, MoneyLine, PaymentSchedule
from projects.models.dossier import new_reference
from projects.procedures.vocabulary import Channel
from tests import factories
from tests.dossier_factories import NOW, drive, fill, make_dossier, make_officer, make_project
from tests.people_factories import make_agency_body, make_organisation

AMOUNT = Decimal(60000)
ANSWERS = {"body_kind": "association", "own_initiative": True}
SHEET = {"initiated_by_carrier": True, "service_ordered": False, "qualified_as": "subsidy", "state_aid": "none"}
EXERCISE = "2026-12-31"
HOSTILE = [
    '=HYPERLINK("https://exemple.invalid";"x")',
    "+33 1 <script>alert(1)</script>",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    'Sur\r\ndeux lignes, "entre guillemets" ; et une virgule',
    "  \uff1d1+1",
    "é" * 300,
]


@dataclass
class Cast:
    """The people before a dossier of an agency."""

    owner: User
    organisation: Organisation
    body: Body
    officer: User
    lawyer: User
    director: User

    def actor(self, who: User, at: datetime = NOW) -> Actor:
        return actor_of(who, at)


def make_cast(code: str = "01", **fields) -> Cast:
    """Return the people before a dossier; the portal is the place of deposit of the FIR there."""
    body = make_agency_body(code)
    owner = factories.make_user()
    cast = Cast(
        owner,
        make_organisation(owner, **fields),
        body,
        make_officer(body),
        make_officer(body, Post.Role.LEGAL),
        make_officer(body, Post.Role.DIRECTOR),
    )
    known = Adoption.objects.filter(procedure_key="fir", body=body)
    if not known.exists():
        Adoption.objects.create(procedure_key="fir", body=body, channel=Channel.PORTAL, valid_from=date(2026, 1, 1))
    return cast


def granted(cast: Cast, amount: Decimal = AMOUNT, **fields) -> Dossier:
    """Return a FIR dossier that the agency granted."""
    dossier = make_dossier(cast.owner, "fir", organisation=cast.organisation, body=cast.body, **fields)
    fill(dossier, ANSWERS)
    for move, who, given in (
        ("deposit", cast.owner, {}),
        ("acknowledge", cast.officer, {}),
        ("admit", cast.officer, {}),
        ("qualify", cast.officer, SHEET),
        ("propose", cast.officer, grant(amount)),
        ("check", cast.lawyer, {}),
        ("sign", cast.director, {}),
        ("notify-grant", cast.officer, {}),
    ):
        drive(dossier, move, who, **given)
    return dossier


def grant(amount: Decimal = AMOUNT) -> dict:
    """Return what is proposed with a grant."""
    said = str(amount)
    return {"outcome": "grant", "amount_granted": said, "amount_per_year": said, "exercise_ends_on": EXERCISE}


def running(cast: Cast, amount: Decimal = AMOUNT, **fields) -> Dossier:
    """Return a FIR dossier whose agreement was signed."""
    dossier = granted(cast, amount, **fields)
    drive(dossier, "send-agreement", cast.officer)
    drive(dossier, "sign-as-carrier", cast.owner)
    drive(dossier, "sign-agreement", cast.director)
    return dossier


def twins(dossier: Dossier, titles: list[str]) -> list[Dossier]:
    """Return copies of a dossier, each of a project with a title: the same acts and amounts, without the steps again."""
    entries, money = list(dossier.journal.order_by("seq")), list(dossier.money.select_related("entry"))
    found = []
    with maintenance("Copies d'un essai", NOW):
        for title in titles:
            twin = Dossier.objects.get(pk=dossier.pk)
            twin.pk, twin.reference, twin._state.adding = None, new_reference(), True
            twin.project = make_project(dossier.project.owner, title=title)
            twin.save(force_insert=True)
            acts = {}
            for one in entries:
                copy = JournalEntry.objects.get(pk=one.pk)
                copy.pk, copy.dossier, copy._state.adding = None, twin, True
                copy.save(force_insert=True)
                acts[one.seq] = copy
            MoneyLine.objects.bulk_create(
                MoneyLine(
                    dossier=twin, entry=acts[one.entry.seq], kind=one.kind, year=one.year, amount=one.amount, on=one.on
                )
                for one in money
            )
            found.append(twin)
    return found


def row(amount: object, kind: str = "advance", *, year: int = 2027, due: str = "2027-01-15", **more) -> Row:
    """Return a row of a schedule."""
    return Row(more.pop("rank", 0), year, kind, Decimal(str(amount)), date.fromisoformat(due), **more)


def plan(cast: Cast, dossier: Dossier, *rows: Row, seen: int = 0) -> PaymentSchedule:
    """Write a schedule; an advance and a balance unless told otherwise."""
    rows = rows or (row(40000), row(20000, "balance", year=2028, due="2028-06-30"))
    return write_schedule(dossier.pk, rows, seen, cast.actor(cast.officer), NOW)


def amend(cast: Cast, dossier: Dossier, *rows: Row, amount: object = AMOUNT, seen=(0, 0), **fields) -> int:
    """Prepare an amendment; the rest of the aid stays as it was unless told otherwise."""
    at = fields.pop("at", NOW)
    ends = date.fromisoformat(fields.pop("ends", EXERCISE))
    per_year = Decimal(str(fields.pop("per_year", AMOUNT)))
    wanted = Amended(Decimal(str(amount)), per_year, ends, fields.pop("reason", "Le projet change."), tuple(rows))
    return prepare_amendment(dossier.pk, wanted, seen, cast.actor(fields.pop("who", cast.officer), at), at)


def make_envelope(body: Body, lever: Lever, year: int = 2027, amount: object = 100000, **fields) -> Envelope:
    """Return what an agency may commit in a year on a lever."""
    values = {"valid_from": date(2026, 1, 1), "source": "Décision d'essai"} | fields
    return Envelope.objects.create(body=body, lever=lever, year=year, amount=Decimal(str(amount)), **values)
