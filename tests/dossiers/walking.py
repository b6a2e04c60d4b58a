"""A procedure gone through by chance: who could act, what they could send, and what must hold after each step.

Chance is a function that picks among things: hypothesis' own in the tests, a generator of numbers in ``make soak``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from actors.models import Body, Organisation, Post
from apist.models import OutgoingMail
from projects.engine.door import NotAllowed, Refused, Request, Stale, advance
from projects.engine.opening import Target, open_dossier
from projects.engine.people import THE_PORTAL, Actor, actor_of
from projects.engine.reading import clock_of
from projects.engine.recording import act_on
from projects.engine.verifying import verify
from projects.models import Adoption, Dossier, JournalEntry, Participation, Share
from projects.procedures.asked import Question
from projects.procedures.letters import LETTERS
from projects.procedures.types import Move, Procedure
from projects.procedures.vocabulary import FINAL, Channel, Kind, Party
from projects.procedures.walks import HANDED, reached
from projects.rights.matrix import cell
from projects.rights.table import Act
from tests import factories
from tests.dossier_factories import NOW, an_answer, an_enclosed, fill, make_officer, make_project
from tests.people_factories import department, make_agency_body, make_body, make_membership, make_organisation

Pick = Callable[[Sequence[Any]], Any]
AMOUNTS = ("0", "5000", "23000", "23000,01", "150000")
DAYS = (-400, -10, 0, 1, 30, 400)
KINDS = {
    Party.RAPPORTEUR: Body.Kind.RAPPORTEUR, Party.DGOS: Body.Kind.DGOS, Party.CNSA: Body.Kind.CNSA,
    Party.DEPARTMENT: Body.Kind.DEPARTMENT, Party.INSURANCE: Body.Kind.INSURANCE, Party.GRADES: Body.Kind.GRADES,
}  # fmt: skip


def hints(procedure: Procedure) -> dict[str, tuple]:
    """Return the values that conditions ask of fields, of which chance picks more often: else little is reached."""
    found: dict[str, tuple] = {}
    for condition in (one for move in procedure.moves for one in move.conditions):
        for name in (*condition.questions, *condition.fields)[:1]:
            found[name] = (*found.get(name, ()), *condition.values)
    return found


def a_value(question: Question, pick: Pick, on: date, asked: Mapping[str, tuple] = MappingProxyType({})):
    """Return an answer that is right, by chance; two times out of three one that a condition asks for."""
    wanted = asked.get(question.key, ())
    if wanted and question.kind in (Kind.CHOICE, Kind.YES_NO) and pick([True, True, False]):
        return pick(wanted)
    match question.kind:
        case Kind.CHOICE:
            return pick(question.choices).value
        case Kind.CHOICES:
            return pick([[one.value for one in question.choices], [pick(question.choices).value]])
        case Kind.MONEY:
            return pick(AMOUNTS)
        case Kind.DATE:
            return (on + timedelta(days=pick(DAYS))).isoformat()
        case Kind.YES_NO:
            return pick([True, False])
        case Kind.INTEGER:
            return str(pick([question.low or 0, question.high or 12, 12 if question.high is None else question.high]))
    return an_answer(question)


class World:
    """The people around a procedure, made once; dossiers are opened in it."""

    def __init__(self, procedure: Procedure):
        self.procedure, self.hints = procedure, hints(procedure)
        self.body = make_agency_body("01")
        self.organisations = [
            make_organisation(status=status, region=self.body.region, department=department("971"))
            for status in (Organisation.Status.NON_PROFIT, Organisation.Status.PUBLIC)
        ]
        owner, editor, reader, expert, evaluator = (factories.make_user() for _ in range(5))
        for organisation in self.organisations:
            make_membership(organisation, owner)
        users = {"owner": owner, "editor": editor, "reader": reader, "expert": expert, "evaluator": evaluator}
        users |= {role: make_officer(self.body, role) for role in ("officer", "head", "director", "legal")}
        for party, kind in KINDS.items():
            place = {"region": self.body.region} if kind != Body.Kind.DEPARTMENT else {}
            users[party] = make_officer(make_body(kind, **place))
        users["enterer"] = make_officer(self.body)
        users |= {"elsewhere": make_officer(make_agency_body("76"), Post.Role.HEAD), "stranger": factories.make_user()}
        self.people = {name: actor_of(user, NOW) for name, user in users.items()} | {"portal": THE_PORTAL}
        self.held = {name: frozenset({Party(name)} if name in list(Party) else ()) for name in self.people} | {
            "owner": frozenset({Party.CARRIER, Party.DEPOSITOR}),
            "enterer": frozenset({Party.ENTERER, Party.OFFICER}),
            "portal": frozenset({Party.SYSTEM}),
        }

    def open(self, pick: Pick) -> Dossier:
        """Open a dossier of the owner, on a portal that may or may not be its place."""
        organisation = pick(
            [*self.organisations, None] if not self.procedure.needs_organisation else self.organisations
        )
        Adoption.objects.create(
            procedure_key=self.procedure.key,
            channel=pick([Channel.PORTAL, Channel.PORTAL, Channel.PORTAL, Channel.EXTERNAL]),
            valid_from=date(2020, 1, 1),
        )
        project = make_project(self.people["owner"].user, organisation=organisation)
        target = Target(self.procedure, region=self.body.region, body=self.body)
        dossier = open_dossier(project, target, organisation, self.people["owner"], NOW)
        for level in ("editor", "reader"):
            user = self.people[level].user
            Share.objects.create(
                project=project, email=user.email, level=level, user=user, token_digest=uuid4().hex * 2,
                sent_at=NOW, expires_at=NOW, accepted_at=NOW,
            )  # fmt: skip
        Dossier.objects.filter(pk=dossier.pk).update(entered_by=self.people["enterer"].user)
        for name in (Party.EXPERT, Party.EVALUATOR):
            Participation.objects.create(dossier=dossier, capacity=name, user=self.people[name].user, since=NOW)
        self.people = {name: again(actor) for name, actor in self.people.items()}
        return dossier


def again(actor: Actor) -> Actor:
    """Return somebody with what they hold now."""
    return actor_of(actor.user, NOW) if actor.user else actor


@dataclass
class Walk:
    """One dossier on its way, and what is expected of it."""

    world: World
    dossier: Dossier
    now: datetime = NOW
    received: bool = False
    decided: bool = False
    handed: set[Party] = field(default_factory=set)
    made: list[str] = field(default_factory=list)

    @property
    def procedure(self) -> Procedure:
        """Return the procedure that is followed."""
        return self.world.procedure

    def parties(self, name: str) -> frozenset[Party]:
        """Return as what somebody of the cast is concerned: a body only once the dossier was handed to it."""
        return frozenset(one for one in self.world.held[name] if one not in HANDED or one in self.handed)

    def may(self, name: str, move: Move) -> bool:
        """Tell whether the matrix lets somebody make a move, whatever the stage."""
        cells = [
            cell(self.procedure, self.dossier.stage_now, one, received=self.received) for one in self.parties(name)
        ]
        return any(one.party in move.by for one in cells if one.acts or one.party is Party.SYSTEM)

    def write(self, pick: Pick, *, complete: bool) -> None:
        """Answer everything by chance; or leave the sections empty."""
        if not complete:
            self.dossier.project.sections.update(answers={})
            return
        questions = [one for section in self.procedure.sections for one in section.questions]
        picked = {one.key: a_value(one, pick, self.now.date(), self.world.hints) for one in questions if one.choices}
        self.dossier.attachments.all().delete()
        fill(self.dossier, picked, at=self.now)

    def try_move(self, move: Move, name: str, pick: Pick, *, behind: bool = False, lacking: bool = False) -> str:
        """Ask for a move as somebody, check the answer, and return what it was."""
        values = {one.key: a_value(one, pick, self.now.date(), self.world.hints) for one in move.fields}
        if lacking and values:
            del values[pick(sorted(values))]
        before = (self.dossier.stage, self.dossier.version)
        enclosed = an_enclosed() if move.document and move.document.required else None
        request = Request(move.key, self.dossier.version - behind, uuid4(), values, enclosed=enclosed)
        allowed = self.may(name, move)
        mails = OutgoingMail.objects.count()
        try:
            entry = advance(self.dossier.pk, request, self.world.people[name], self.now)
        except NotAllowed:
            assert not allowed, (move.key, name, before)
            return self._unmoved(before, mails, "not allowed")
        except Stale:
            assert allowed, (move.key, name, before)
            assert behind or before[0] not in move.from_stages
            return self._unmoved(before, mails, "stale")
        except Refused:
            assert allowed, (move.key, name, before)
            return self._unmoved(before, mails, "refused")
        assert allowed, (move.key, name, before)
        assert not behind
        assert before[0] in move.from_stages
        self._moved(move, entry, before, mails)
        return "moved"

    def _unmoved(self, before: tuple[str, int], mails: int, answer: str) -> str:
        self.dossier.refresh_from_db()
        assert (self.dossier.stage, self.dossier.version) == before
        assert OutgoingMail.objects.count() == mails, "a letter without its move"
        return answer

    def _moved(self, move: Move, entry: JournalEntry, before: tuple[str, int], mails: int) -> None:
        self.made.append(move.key)
        self.received |= move.freezes and not move.external
        self.decided |= move.decides
        self.handed |= {move.hands_to} if move.hands_to else set()
        self.dossier.refresh_from_db()
        assert (self.dossier.stage, self.dossier.version) == (move.to, before[1] + 1)
        assert entry.party in move.by
        subjects = OutgoingMail.objects.order_by("pk").values_list("subject", flat=True)[mails:]
        letters = [LETTERS[key] for key in LETTERS]
        for subject in subjects:
            told = [letter for letter in letters if subject.startswith(letter.subject)]
            assert self.decided or not any(
                letter.after_decision and letter is LETTERS.get(move.letter) for letter in told
            )
        assert self.decided or not move.after_decision, f"{move.key} speaks of a decision that was not taken"

    def try_act(self, act: Act, name: str) -> None:
        """Do something beside moves as somebody, and check that it is let through where the matrix says so."""
        stage = self.dossier.stage_now
        cells = [cell(self.procedure, stage, one, received=self.received) for one in self.parties(name)]
        allowed = any(act in one.acts for one in cells if one.party is not Party.SYSTEM)
        try:
            with act_on(self.dossier.pk, act, self.world.people[name], self.now) as desk:
                desk.write(JournalEntry.Kind.MESSAGE)
        except NotAllowed:
            assert not allowed, (act, name, stage.key)
        else:
            assert allowed, (act, name, stage.key)
            self.dossier.refresh_from_db()

    def check(self) -> None:
        """Assert what must hold whatever happened."""
        dossier, stage = self.dossier, self.dossier.stage_now
        assert dossier.stage in reached(self.procedure)
        assert (dossier.macro, dossier.turn) == (stage.macro, stage.turn)
        assert verify(dossier).is_whole, verify(dossier)
        assert (dossier.deposited_at is not None) == self.received
        assert (dossier.ended_at is not None) == (stage.macro in FINAL)
        entries = list(dossier.journal.order_by("seq"))
        assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
        clock = clock_of(self.procedure, entries)
        earliest = (
            NOW + timedelta(days=min(DAYS)) if any(self.procedure.move(key).counted_from for key in self.made) else NOW
        )
        assert timedelta() <= clock.elapsed(self.now) <= self.now - earliest
        assert clock.due_at is None or clock.started_at is not None
        assert not (stage.macro in FINAL and clock.is_running), "an end while the legal delay runs"
        assert dossier.legal_due_at == (clock.due_at if clock.is_running else None)
        assert dossier.completion_requests.filter(answered_at=None).count() <= 1
        assert dossier.snapshots.count() == sum(self.procedure.move(key).freezes for key in self.made)

    def check_seen(self, name: str) -> None:
        """Assert that somebody sees the dossier where the matrix says so, and not otherwise."""
        cells = [
            cell(self.procedure, self.dossier.stage_now, one, received=self.received) for one in self.parties(name)
        ]
        expected = any(one.acts for one in cells)
        seen = Dossier.objects.visible_to(self.world.people[name].holdings).filter(pk=self.dossier.pk).exists()
        assert seen == expected, (name, self.dossier.stage)
