"""What is known of a dossier, gathered for rules: answers, records of earlier moves, window, place of deposit."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from levers.calls.cards import moment_of
from levers.calls.status import CLOSING, OPENING
from projects.channels import Place, current_place
from projects.content.answers import Raw, typed, typed_answers
from projects.content.completeness import Missing, missing
from projects.engine.amended import prepared
from projects.engine.chain import canonical
from projects.engine.clock import Clock, Tick, replay
from projects.engine.deadlines import counted_from
from projects.engine.paying import money_facts
from projects.engine.received import day_of_receipt, without_righted
from projects.letters.choosing import sort_of
from projects.models import DecisionDraft, Dossier, JournalEntry, Section
from projects.procedures.citing import cited
from projects.procedures.funding import Line, refusals
from projects.procedures.types import Facts, Move, Procedure
from projects.procedures.vocabulary import FINAL, ClockEffect, Value

FIELDS = "fields"
"""Under which key of an entry's ``data`` the fields of a move are held, texts apart."""

Kept = dict[str, dict[str, Raw]]


def kept_answers(dossier: Dossier) -> Kept:
    """Return the raw answers by section, those of the project and those of the dossier (one query)."""
    rows = Section.objects.filter(project_id=dossier.project_id, dossier__in=[dossier.pk]) | Section.objects.filter(
        project_id=dossier.project_id, dossier=None
    )
    return {row.key: row.answers for row in rows}


def joined_pieces(dossier: Dossier) -> set[str]:
    """Return the keys of the pieces that are joined (one query)."""
    return set(dossier.attachments.present().exclude(scan="infected").values_list("piece", flat=True))


def window(dossier: Dossier) -> tuple[datetime | None, datetime | None]:
    """Return when the call opens and when it is over, on the clocks of its place; without call, always open.

    Of a call with several windows, the last closing counts, and the first opening: in between, a curator
    unpublishes or adopts another channel.
    """
    if dossier.call is None:
        return None, None
    zone = ZoneInfo(dossier.call.time_zone)
    moments = [moment_of(event) for event in dossier.call.events.all()]
    opens = [moment.instants(zone)[0] for moment in moments if moment.kind == OPENING]
    closes = [moment.instants(zone)[1] for moment in moments if moment.kind == CLOSING]
    return min(opens, default=None), max(closes, default=None)


def place(dossier: Dossier, at: datetime) -> Place:
    """Return where this dossier is deposited at a moment (three queries); the day is the day in France."""
    on = timezone.localtime(at).date()
    return current_place(dossier.procedure, call_id=dossier.call_id, body=dossier.body, region=dossier.region, on=on)


def records(procedure: Procedure, entries: Iterable[JournalEntry]) -> dict[str, Value]:
    """Return the fields given with earlier moves, the last one of each name; texts are read where they still are.

    What a move gave and, made again, gives no longer is gone: a refusal proposed after a grant has no amount.
    """
    found: dict[str, Value] = {}
    given_by: dict[str, str] = {}
    for entry in entries:
        if not entry.move or entry.kind != JournalEntry.Kind.MOVE:
            continue
        move, own = procedure.move(entry.move), {}
        given = entry.data.get(FIELDS, {}) | {text.field: text.text for text in entry.texts.all()}
        for question in move.fields:
            if (value := typed(question, given.get(question.key))) is not None:
                own[question.key] = found[question.key] = value
                given_by[question.key] = entry.move
            elif given_by.get(question.key) == entry.move:
                del found[question.key], given_by[question.key]
        for record, value in move.renewed(own).items():
            found[record], given_by[record] = value, ""
        for record in move.voids:
            found.pop(record, None)
            given_by.pop(record, None)
    return found


def known_after(move: Move, facts: Facts) -> dict[str, Value]:
    """Return the records as they are once a move is made: those before, what is given, what that renews or voids."""
    after = {**facts.records, **facts.given, **move.renewed(facts.given)}
    return {name: value for name, value in after.items() if name not in move.voids}


def clock_of(procedure: Procedure, entries: Iterable[JournalEntry]) -> Clock:
    """Return where the legal clock stands, replayed from the journal."""
    ticks = []
    for entry in without_righted(entries):
        if entry.clock:
            move = procedure.move(entry.move)
            given = next((one for one in move.fields if one.key == move.counted_from), None)
            day = typed(given, entry.data.get(FIELDS, {}).get(given.key)) if given else None
            day = day_of_receipt(entry.data) or day
            start, ground = counted_from(day, entry.at), cited(move.source) or move.label
            ticks.append(Tick(ClockEffect(entry.clock), start, ground, move.clock_delay, start < entry.at))
    return replay(ticks)


def legally_due(dossier: Dossier, entries: Iterable[JournalEntry]) -> datetime | None:
    """Return when the legal delay that runs now is over; None where none runs, or the dossier is finished."""
    clock = clock_of(dossier.procedure, entries)
    return clock.due_at if clock.is_running and dossier.ended_at is None else None


@dataclass(frozen=True, slots=True)
class Known:
    """A dossier with what its page and its moves ask of it."""

    dossier: Dossier
    entries: list[JournalEntry]
    kept: Kept
    pieces: set[str]
    missing: list[Missing]
    place: Place
    facts: Facts

    @property
    def clock(self) -> Clock:
        """Return where the legal clock stands."""
        return clock_of(self.dossier.procedure, self.entries)


def known(
    dossier: Dossier, at: datetime, given: Mapping[str, Value] | None = None, *, move: str | None = None,
    by: UUID | None = None,
) -> Known:  # fmt: skip
    """Gather what is known of a dossier at a moment, with what is given with the move that is wanted.

    What is missing depends on the move: without one, it is what the stage itself asks to write. ``by``: the pseudonym
    of who would act, which says what they did already.
    """
    procedure = dossier.procedure
    asked = procedure.asked_by(move) if move else procedure.written_in(dossier.stage)
    entries = list(dossier.journal.order_by("seq").prefetch_related("texts"))
    kept, pieces = kept_answers(dossier), joined_pieces(dossier)
    answers = typed_answers(procedure.sections, kept)
    lacks = missing(asked, kept, pieces)
    where = place(dossier, at)
    opens_at, closes_at = window(dossier)
    organisation = dossier.organisation
    waiting = prepared(entries)
    if move and procedure.move(move).amends:
        given = waiting.values if waiting else {}
    facts = Facts(
        at=at,
        answers=answers,
        missing=tuple(one.key for one in lacks),
        records=records(procedure, entries),
        done=tuple(entry.move for entry in entries if entry.move and entry.kind == JournalEntry.Kind.MOVE),
        channel=where.channel,
        opens_at=opens_at,
        closes_at=closes_at,
        organisation_is_private=bool(organisation and organisation.is_private),
        organisation_is_known=organisation is not None,
        excludes=excluded_by(dossier),
        open_requests=dossier.completion_requests.filter(answered_at=None).count(),
        due_at=dossier.due_at,
        unfundable=unfundable(dossier, answers),
        given=given or {},
        amendment=waiting.values if waiting else {},
        **money_facts(dossier, entries),
        own=own_moves(entries, by),
        draft_is_old=draft_is_old(dossier, entries, procedure.move(move)) if move else False,
    )
    return Known(dossier, entries, kept, pieces, lacks, where, facts)


def own_moves(entries: Iterable[JournalEntry], by: UUID | None) -> tuple[str, ...]:
    """Return the moves of which somebody made the last one; nothing for the portal, which is nobody."""
    last = {entry.move: entry.actor for entry in entries if entry.move and entry.kind == JournalEntry.Kind.MOVE}
    return tuple(key for key, actor in last.items() if by is not None and actor == by)


def draft_is_old(dossier: Dossier, entries: Iterable[JournalEntry], move: Move) -> bool:
    """Tell whether the words of the decision are older than what is proposed, where a move is about it (one query)."""
    if move.amends and (waiting := prepared(entries)):
        return _drafts(dossier, move).filter(written_at__lt=waiting.at).exists()
    made = [entry for entry in entries if entry.kind == JournalEntry.Kind.MOVE and entry.move in move.other_than]
    proposed = [entry.at for entry in made if dossier.procedure.move(entry.move).fields]
    if not proposed:
        return False
    return _drafts(dossier, move).filter(written_at__lt=max(proposed)).exists()


def _drafts(dossier: Dossier, move: Move) -> QuerySet[DecisionDraft]:
    return DecisionDraft.objects.filter(dossier=dossier, sort=sort_of(move))


def unfundable(dossier: Dossier, answers: Mapping[str, Value]) -> tuple[str, ...]:
    """Return why the financing plan asks of somebody what they may not pay; nothing where it does not."""
    rules = dossier.procedure.funding_rules
    if not rules:
        return ()
    lines = [Line(one.expense, one.payer, one.amount) for one in dossier.project.financing.order_by("pk")]
    return tuple(remark.words for remark in refusals(rules, lines, answers))


def excluded_by(dossier: Dossier) -> tuple[str, ...]:
    """Return the references of the project's other dossiers, deposited and not ended, that exclude this one."""
    excludes = dossier.procedure.excludes
    if not excludes:
        return ()
    others = dossier.project.dossiers.exclude(pk=dossier.pk).exclude(deposited_at=None).exclude(macro__in=FINAL)
    return tuple(others.filter(lever__slug__in=excludes).values_list("reference", flat=True))


def frozen_content(known: Known) -> dict:
    """Return what a deposit freezes, as JSON: the answers, the financing plan, the files by their digests.

    And the figures of the financing model, where the procedure asks for them.
    """
    dossier = known.dossier
    figures = {"figures": figures_of(dossier)} if any(one.figures for one in dossier.procedure.sections) else {}
    return figures | {
        "reference": dossier.reference,
        "procedure": {"key": dossier.procedure_key, "version": dossier.procedure_version},
        "project": {"title": dossier.project.title},
        "organisation": _organisation(dossier),
        "answers": {
            section.key: {
                question.key: known.kept.get(section.key, {}).get(question.key)
                for question in section.asked(known.facts.answers)
            }
            for section in dossier.procedure.sections
        },
        "secrets": sorted(
            f"{section.key}.{key}"
            for section in Section.objects.filter(project_id=dossier.project_id)
            if section.dossier_id in (None, dossier.pk)
            for key in section.secrets
        ),
        "financing": [
            {"expense": line.expense, "label": line.label, "year": line.year, "amount": str(line.amount),
             "payer": line.payer, "state": line.state, "here": line.dossier_id == dossier.pk}
            for line in dossier.project.financing.order_by("pk")
        ],
        "files": [
            {"piece": file.piece, "name": file.name, "size": file.size, "sha256": file.sha256, "secret": file.is_secret}
            for file in dossier.attachments.present().order_by("piece", "added_at", "pk")
        ],
    }  # fmt: skip


def figures_of(dossier: Dossier) -> list[dict]:
    """Return the years of the financing model as JSON (one query)."""
    return [
        {"year": line.year, "patients": line.patients, "package": str(line.package),
         "substituted": str(line.substituted), "other": str(line.other)}
        for line in dossier.model_lines.order_by("year")
    ]  # fmt: skip


def _organisation(dossier: Dossier) -> dict | None:
    one = dossier.organisation
    if one is None:
        return None
    return {"name": one.name, "siret": one.siret, "finess": one.finess, "rpps": one.rpps}


def content_digest(known: Known) -> str:
    """Return the digest of what a deposit would freeze now; a page holds it: nobody deposits what they did not see."""
    return digest_of_content(frozen_content(known))


def digest_of_content(content: dict) -> str:
    """Return the digest of a content that is frozen."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
