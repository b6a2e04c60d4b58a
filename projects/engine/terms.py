"""What an agreement, an amendment or an acknowledgement holds besides its words: computed, frozen with them.

Amounts, the schedule in force, what is due, and what the law asks to be written, whatever a template says. What our
sources do not say is « à vérifier ».
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.utils import timezone

from projects.engine.amended import prepared
from projects.engine.committing import row_of
from projects.engine.paying import instalments_of
from projects.engine.reading import Known, known_after
from projects.engine.reports import reports_of
from projects.engine.schedule import Row, in_figures
from projects.letters.choosing import AGREEMENT, is_handed_over, makes_document
from projects.models import Instalment, JournalEntry
from projects.procedures.asked import Terms
from projects.procedures.types import Move
from projects.procedures.vocabulary import APPLICANTS, PARTY_LABELS, MoneyKind, Value

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
TO_CHECK = "à vérifier"
KINDS = dict(Instalment.Kind.choices)
HEAD = ("Ligne", "Nature", "Montant", "Année budgétaire", "Prévu le", "Condition")

LAW = (
    "Objet : celui que décrit le dossier ; l'argent ne sert qu'à lui.",
    "Conditions d'emploi, contrôle sur pièces et sur place, restitution de ce qui n'a pas servi : à vérifier.",
    "Imputation budgétaire : à vérifier.",
    "Au-delà de 153 000 € d'aides publiques par an, dépôt et publicité des comptes : à vérifier, nos sources se "
    "contredisent.",
)
"""What an agreement of subsidy says (law 2000-321, article 10; decree 2001-495), and what our sources leave open."""

Part = dict[str, object]


def parts_of(state: Known, move: Move) -> list[Part]:
    """Return the parts that follow the words of a document, as plain data; none for a decision."""
    match move.wording:
        case _ if move.terms:
            return [_stated(state, move, terms) for terms in move.terms]
        case "agreement":
            return [*_paid(state, move, _rows(state)), *_due(state, move), _part("Ce que prévoient les textes", LAW)]
        case _ if move.amends:
            return [*_changes(state, move), *_due(state, move)]
        case "acknowledgement":
            return [_received(state, move)]
    return []


def carrier_signed(state: Known) -> date | None:
    """Return the day on which the applicant's side signed what was sent last: their act, or what an officer noted."""
    at = _signature(state)
    if at is None:
        return state.facts.given.get("carrier_signed_on") or state.facts.given.get("agreement_on")
    said = at.data.get("fields", {}).get("carrier_signed_on")
    return date.fromisoformat(said) if said else timezone.localtime(at.at).date()


def signature_of_carrier(state: Known) -> dict[str, str]:
    """Return when the applicant's side signed, and how it is known."""
    entry, day = _signature(state), carrier_signed(state)
    how = ""
    if entry is not None:
        others = {one.signs_for for one in state.dossier.procedure.moves}
        noted = f"noté par : {PARTY_LABELS[entry.party]}" if entry.party in others else "noté par l'agence"
        how = "sur le portail" if entry.party in APPLICANTS else noted
    return {"on": day.isoformat() if day else "", "how": how}


def _signature(state: Known) -> JournalEntry | None:
    """Return the act by which what was sent last was signed for the applicant; None where it was not."""
    procedure, last = state.dossier.procedure, None
    for entry in state.entries:
        if entry.kind != JournalEntry.Kind.MOVE or not entry.move:
            continue
        move = procedure.move(entry.move)
        if move.wording == AGREEMENT and not move.sends:
            last = last if makes_document(move) else entry
        elif move.sends or not is_handed_over(procedure, entry.to_stage, AGREEMENT):
            last = None
    return last


def in_words(value: Value) -> str:
    """Return a day, an amount or a number as a letter writes it; empty where there is none."""
    if isinstance(value, date):
        first = "1er" if value.day == 1 else str(value.day)
        return f"{first} {MONTHS[value.month - 1]} {value.year}"
    if isinstance(value, Decimal):
        return f"{value:,.2f}".replace(",", "\u202f").replace(".", ",") + "\u00a0€"
    return "" if value is None else str(value)


def _part(title: str, lines: Iterable[str] = (), source: str = "") -> Part:
    return {"title": title, "lines": list(lines), "source": source}


def _stated(state: Known, move: Move, terms: Terms) -> Part:
    """Return what a move's document says of some records; one of its own fields is what is given with it, never before.

    What is said in several lines stays one: a document holds words, never a layout of them.
    """
    own = {one.key for one in move.fields}
    given, before = state.facts.given, state.facts.records
    values = [(label, (given if key in own else before).get(key)) for label, key in terms.lines]
    said = [(label, " ".join(value.split()) if isinstance(value, str) else in_words(value)) for label, value in values]
    return _part(terms.title, [f"{label} : {words.rstrip('.') or TO_CHECK}." for label, words in said], terms.source)


def _rows(state: Known) -> tuple[int, Sequence[Row]]:
    rows = instalments_of(state.dossier)
    return (rows[0].schedule.number if rows else 0), [row_of(one) for one in rows]


def _paid(state: Known, move: Move, schedule: tuple[int, Sequence[Row]]) -> list[Part]:
    number, rows = schedule
    said = known_after(move, state.facts)
    own = next((said.get(one.amount) for one in move.money if one.kind is MoneyKind.GRANTED), None)
    lines = [
        f"Montant accordé : {in_words(own or state.facts.granted or said.get('amount_granted')) or TO_CHECK}.",
        f"Montant pour une année : {in_words(said.get('amount_per_year')) or TO_CHECK}.",
        f"Fin de l'exercice financé : {in_words(said.get('exercise_ends_on')) or TO_CHECK}.",
    ]
    if not rows:
        return [_part("Ce que verse l'agence", [*lines, "Calendrier des versements : à vérifier, aucun n'est écrit."])]
    table = _table(state, f"Échéancier des versements, version {number}", rows)
    return [_part("Ce que verse l'agence", lines), table]


def _table(state: Known, title: str, rows: Sequence[Row]) -> Part:
    """Return rows of a schedule as a table; a payment that waits for a target says which."""
    labels = {one.pk: str(one) for one in state.dossier.indicators.all()} if any(one.indicator for one in rows) else {}
    return {"title": title, "head": list(HEAD), "rows": [_cells(row, labels) for row in rows]}


def _cells(row: Row, labels: Mapping[int, str]) -> list[str]:
    target = f"{labels.get(row.indicator, 'indicateur')} : cible {in_figures(row.target)}" if row.indicator else ""
    condition = " ; ".join(words for words in (row.condition, target) if words)
    return [
        str(row.rank), KINDS.get(row.kind, row.kind), in_words(row.amount), str(row.year), in_words(row.due_on),
        condition or "Aucune",
    ]  # fmt: skip


def _due(state: Known, move: Move) -> list[Part]:
    owed = reports_of(state.dossier.procedure, known_after(move, state.facts))
    lines = [f"{one.label} : au plus tard le {in_words(one.on)}." for one in owed]
    sources = list(dict.fromkeys(one.source for one in owed if one.source))
    return [_part("Ce que rend le porteur", lines or ["Comptes rendus : à vérifier."], " ; ".join(sources))]


def _received(state: Known, move: Move) -> Part:
    """Return what an acknowledgement says by law (CRPA, R. 112-5): the day, the service, when silence is an answer."""
    dossier, clock, given = state.dossier, state.clock, state.facts.given
    received = dossier.received_on or (
        timezone.localtime(dossier.deposited_at).date() if dossier.deposited_at else None
    )
    silence = timezone.localtime(clock.due_at).date() if clock.due_at else None
    lines = (
        f"Demande reçue le : {in_words(received) or TO_CHECK}.",
        f"Service chargé du dossier : {given.get('service') or TO_CHECK}.",
        f"Pour le joindre : {given.get('service_contact') or TO_CHECK}.",
        f"Sans réponse le {in_words(silence)}, la demande est réputée refusée."
        if silence
        else f"Ce que vaut le silence, et à partir de quand : {TO_CHECK}.",
    )
    return _part("Ce que la loi demande de dire", lines, move.source)


def _changes(state: Known, move: Move) -> list[Part]:
    before, after = state.facts.records, state.facts.given
    granted = state.facts.granted if state.facts.granted is not None else before.get("amount_granted")
    rows = (
        ("Montant accordé", granted, after.get("amended_amount")),
        ("Montant pour une année", before.get("amount_per_year"), after.get("amount_per_year")),
        ("Fin de l'exercice financé", before.get("exercise_ends_on"), after.get("exercise_ends_on")),
    )
    changed = {
        "title": "Ce qui change",
        "head": ["Quoi", "Avant", "Après"],
        "rows": [[label, in_words(old) or TO_CHECK, in_words(new) or TO_CHECK] for label, old, new in rows],
    }
    waiting = prepared(state.entries)
    found = [changed]
    if waiting and waiting.amended.rows:
        moved = list(waiting.amended.rows) != _rows(state)[1]
        number = waiting.schedule + moved
        found.append(_table(state, f"Échéancier des versements, version {number}", waiting.amended.rows))
    return [*found, _part("Ce qui ne change pas", ["Le reste de la convention demeure."])]
