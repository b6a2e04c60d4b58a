"""The conditions of moves: each a question about facts, and what is said where the answer is no. Pure.

A condition names no lever. One that a single procedure needs is built here all the same, from what it asks.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from projects.procedures.types import Condition, Facts, Move
from projects.procedures.vocabulary import Channel, Value

FRANCE = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A condition that does not hold, in words for the person; ``key`` is the condition's."""

    key: str
    words: str


COMPLETE = Condition(
    "complete",
    "Il manque encore des réponses ou des pièces obligatoires : la page du dossier en donne la liste.",
    lambda facts: not facts.missing,
)

HERE = Condition(
    "deposited-here",
    "Ce dossier ne se dépose pas sur le portail : la page du dossier dit où le déposer.",
    lambda facts: facts.channel is Channel.PORTAL,
)

NOT_HERE = Condition(
    "deposited-elsewhere",
    "Ce dossier se dépose sur le portail : il n'y a pas de dépôt à noter ailleurs.",
    lambda facts: facts.channel is Channel.EXTERNAL,
)


def _is_open(facts: Facts) -> bool:
    """Tell whether the window holds the moment: from its opening, up to its end excluded."""
    return (facts.opens_at is None or facts.opens_at <= facts.at) and (
        facts.closes_at is None or facts.at < facts.closes_at
    )


OPEN = Condition("open", "Le dépôt n'est pas ouvert : il n'a pas commencé, ou il est terminé.", _is_open)

RECEIVED_ON = "received_on"
"""The field that holds the day on which the agency received what it enters for somebody."""


def _has_come(facts: Facts) -> bool:
    day = facts.given.get(RECEIVED_ON)
    return not isinstance(day, date) or day <= facts.at.astimezone(FRANCE).date()


def _came_in_time(facts: Facts) -> bool:
    """Tell whether the day of receipt has a moment inside the window: the hour of a letter is not known."""
    day = facts.given.get(RECEIVED_ON)
    if not isinstance(day, date):
        return True
    begins, ends = (datetime.combine(one, time.min, FRANCE) for one in (day, day + timedelta(days=1)))
    return (facts.opens_at is None or facts.opens_at < ends) and (facts.closes_at is None or begins < facts.closes_at)


def has_come(field: str, key: str) -> Condition:
    """Return the condition that the day given in a field is not still to come, in France."""

    def test(facts: Facts) -> bool:
        day = facts.given.get(field)
        return not isinstance(day, date) or day <= facts.at.astimezone(FRANCE).date()

    return Condition(key, "Ce jour n'est pas encore venu.", test, fields=(field,))


def not_before(field: str, other: str, refusal: str, days: int = 0) -> Condition:
    """Return the condition that the day given in a field is so many days at least after a recorded one.

    Nothing is asked where either is unknown.
    """

    def test(facts: Facts) -> bool:
        day, first = facts.given.get(field), facts.records.get(other)
        return not (isinstance(day, date) and isinstance(first, date)) or (day - first).days >= days

    return Condition(f"{field}-not-before-{other}", refusal, test, fields=(field, other))


def before_due(field: str, refusal: str) -> Condition:
    """Return the condition that the day given in a field, in France, begins before what the stage lasts is over."""

    def test(facts: Facts) -> bool:
        day = facts.given.get(field)
        if not isinstance(day, date) or facts.due_at is None:
            return True
        return datetime.combine(day, time.min, FRANCE) < facts.due_at

    return Condition(f"{field}-before-due", refusal, test, fields=(field,))


HAS_COME = Condition("received", "Le jour de réception n'est pas encore venu.", _has_come, fields=(RECEIVED_ON,))

CAME_IN_TIME = Condition(
    "received-in-time",
    "Ce jour-là, le dépôt n'était pas ouvert : il n'avait pas commencé, ou il était terminé.",
    _came_in_time,
    fields=(RECEIVED_ON,),
)

KNOWN_ORGANISATION = Condition(
    "organisation",
    "Dites d'abord au nom de quel organisme vous déposez.",
    lambda facts: facts.organisation_is_known,
)

NO_EXCLUSION = Condition(
    "no-exclusion",
    "Ce projet a déjà un dossier pour un levier qui ne se cumule pas avec celui-ci.",
    lambda facts: not facts.excludes,
)

NO_OPEN_REQUEST = Condition(
    "no-open-request",
    "Une demande de compléments attend encore sa réponse.",
    lambda facts: facts.open_requests == 0,
)

FUNDABLE = Condition(
    "fundable",
    "Le plan de financement demande à un financeur ce qu'il ne peut pas payer : la page du dossier dit quelle ligne.",
    lambda facts: not facts.unfundable,
)

IN_TIME = Condition(
    "in-time",
    "La date limite de cette étape est passée.",
    lambda facts: facts.due_at is None or facts.at < facts.due_at,
)

OVERDUE = Condition(
    "overdue",
    "La date limite laissée au porteur n'est pas encore passée.",
    lambda facts: facts.due_at is not None and facts.due_at <= facts.at,
)

DEPOSITABLE = (HERE, OPEN, KNOWN_ORGANISATION, NO_EXCLUSION, COMPLETE, FUNDABLE)
"""What a deposit on the portal asks for, whatever the lever."""


def done(move: str, refusal: str) -> Condition:
    """Return the condition that an earlier move was made."""
    return Condition(f"done-{move}", refusal, lambda facts: move in facts.done, moves=(move,))


def done_since(move: str, since: str, refusal: str) -> Condition:
    """Return the condition that a move was made, and made again since the last time that another one was."""

    def test(facts: Facts) -> bool:
        order = {key: rank for rank, key in enumerate(facts.done)}
        return move in order and order[move] > order.get(since, -1)

    return Condition(f"done-{move}-since-{since}", refusal, test, moves=(move, since))


def closed_again(key: str, opening: tuple[str, ...], closing: tuple[str, ...], refusal: str) -> Condition:
    """Return the condition that what some moves open was closed since by others, or was never opened."""

    def test(facts: Facts) -> bool:
        last = next((one for one in reversed(facts.done) if one in opening or one in closing), None)
        return last not in opening

    return Condition(key, refusal, test, moves=(*opening, *closing))


def answered(question: str, values: tuple[Value, ...], refusal: str) -> Condition:
    """Return the condition that the dossier's answer to a question is one of some values."""

    def test(facts: Facts) -> bool:
        answer = facts.answers.get(question)
        return bool(set(answer) & set(values)) if isinstance(answer, tuple) else answer in values

    return Condition(f"answered-{question}", refusal, test, questions=(question,), values=values)


def recorded(field: str, values: tuple[Value, ...], refusal: str) -> Condition:
    """Return the condition that a field given with this move or an earlier one is one of some values."""
    return Condition(
        f"recorded-{field}", refusal, lambda facts: record(facts, field) in values, fields=(field,), values=values
    )


def recorded_all(field: str, values: tuple[str, ...], refusal: str) -> Condition:
    """Return the condition that a field of several choices holds all of some values: a checklist that is complete."""

    def test(facts: Facts) -> bool:
        found = record(facts, field)
        return isinstance(found, tuple) and set(values) <= set(found)

    return Condition(f"recorded-all-{field}", refusal, test, fields=(field,), values=values)


def only_where(field: str, values: tuple[Value, ...], condition: Condition) -> Condition:
    """Return a condition that binds only where a field of this move is one of some values (a favourable proposal)."""
    return Condition(
        condition.key,
        condition.refusal,
        lambda facts: facts.given.get(field) not in values or condition.test(facts),
        moves=condition.moves,
        questions=condition.questions,
        fields=(*condition.fields, field),
        values=condition.values,
    )


def only_if(question: str, values: tuple[Value, ...], condition: Condition) -> Condition:
    """Return a condition that binds only under some answers of the dossier."""
    asked = answered(question, values, "")
    return Condition(
        condition.key,
        condition.refusal,
        lambda facts: not asked.test(facts) or condition.test(facts),
        moves=condition.moves,
        questions=(*condition.questions, question),
        fields=condition.fields,
        values=condition.values,
    )


def record(facts: Facts, field: str) -> Value:
    """Return a field as given with this move, or else with the last move that gave it."""
    return {**facts.records, **facts.given}.get(field)


def private_above(field: str, amount: int, unless_done: str, refusal: str) -> Condition:
    """Return the condition that, for a private body and above an amount, an earlier move was made.

    Article 10 of law 2000-321 and decree 2001-495: above 23,000 € a year, an agreement comes before any payment.
    """

    def test(facts: Facts) -> bool:
        value = record(facts, field)
        must = facts.organisation_is_private and value is not None and value > amount
        return not must or unless_done in facts.done

    return Condition(f"{unless_done}-above-{amount}", refusal, test, moves=(unless_done,), fields=(field,))


def refusals(move: Move, facts: Facts) -> tuple[Refusal, ...]:
    """Return why a move may not be made now; nothing where it may."""
    failed = (Refusal(condition.key, condition.refusal) for condition in move.conditions if not condition.test(facts))
    return (*failed, *of_the_person(move, facts))


RECEIVED_ANYWAY = frozenset({COMPLETE.key, FUNDABLE.key})
"""What does not prevent recording what came by post: it was received all the same, and the agency asks for the rest."""


BY_THE_DAY = frozenset({OPEN.key, IN_TIME.key})
"""What depends on the day of receipt: nothing is said of it before the day is given."""


def on_receipt(move: Move, *, before: bool = False) -> Move:
    """Return a move with what recording it asks for; ``before`` the day is known, without what looks at it."""
    apart = RECEIVED_ANYWAY | BY_THE_DAY if before else RECEIVED_ANYWAY
    return replace(move, conditions=tuple(one for one in move.conditions if one.key not in apart))


OTHER_PERSON = Refusal(
    "other-person", "Ce geste revient à une autre personne : vous avez fait vous-même une étape de cette décision."
)
OLD_DRAFT = Refusal(
    "old-draft", "Le texte de la décision a été écrit avant la proposition actuelle : il faut d'abord le reprendre."
)


def of_the_person(move: Move, facts: Facts) -> tuple[Refusal, ...]:
    """Return why this person may not make a move that another could: separate acts, by separate people."""
    found = [OTHER_PERSON] if set(move.other_than) & set(facts.own) else []
    return (*found, OLD_DRAFT) if facts.draft_is_old else tuple(found)


def standing_in_window(opens_at: datetime | None, closes_at: datetime | None, at: datetime) -> str:
    """Return ``before``, ``open`` or ``over``: where a moment stands in a window, its end excluded."""
    if opens_at is not None and at < opens_at:
        return "before"
    if closes_at is not None and at >= closes_at:
        return "over"
    return "open"
