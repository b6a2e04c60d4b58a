"""What curators decide about the catalogue: the only door to publication and to succession.

The admin calls these functions and shows their refusals; nothing else changes
``publication``. A refusal is a ``ValidationError`` in words for a curator. The one
door that visitors use is here too: counting a search that found nothing.
"""

import re
from datetime import date, datetime, timedelta
from enum import Enum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from levers.models import Call, Criterion, Lever, Objective, Policy, SearchWithoutResult, Threshold
from levers.recording import ROWS_A_MONTH, first_month_kept, looks_personal, words_kept
from levers.search import Index, Query

KEY_LENGTH = 60


def publish(lever: Lever) -> None:
    """Show a sheet to the public; refused while visitors could not use it.

    A sheet needs one blocking criterion (else everybody would be eligible), one role
    and one place of deposit. Publishing again what is published changes nothing.
    """
    missing = []
    if not lever.criteria.filter(blocking=True).exists():
        missing.append("un critère obligatoire")
    if not lever.roles.exists():
        missing.append("un rôle possible")
    if not lever.deposits.exists():
        missing.append("un lieu de dépôt")
    if missing:
        raise ValidationError(f"« {lever.short_name} » ne peut pas être publié. Il manque : {', '.join(missing)}.")
    _set_publication(lever, Lever.Publication.PUBLISHED)


def unpublish(lever: Lever) -> None:
    """Hide a sheet from the public; always possible."""
    _set_publication(lever, Lever.Publication.DRAFT)


def publish_call(call: Call, at: datetime) -> None:
    """Show a call to the public; refused while nobody could tell when or where to answer.

    A call needs a date, or to be expected without one, and a place of deposit unless it
    is over. Publishing again what is published changes nothing.
    """
    missing = []
    if not call.expected and not call.events.exists():
        missing.append("une date, ou « prochaine édition attendue »")
    over = Call.objects.closed(at).filter(pk=call.pk).exists()
    if not over and not (call.deposit_title or call.deposit_url or call.deposit_email or call.deposit_text):
        missing.append("où répondre (même pour dire que c'est à vérifier)")
    if missing:
        raise ValidationError(f"« {call.title} » ne peut pas être publié. Il manque : {' ; '.join(missing)}.")
    _set_publication(call, Lever.Publication.PUBLISHED)


def unpublish_call(call: Call) -> None:
    """Hide a call from the public; always possible."""
    _set_publication(call, Lever.Publication.DRAFT)


def _set_publication(row: Lever | Call, publication: str) -> None:
    if row.publication != publication:
        row.publication = publication
        row.save(update_fields=["publication"])


@transaction.atomic
def close_and_follow(criterion: Criterion, today: date) -> Criterion:
    """Close a criterion yesterday and return its successor, in force from today.

    Nothing dated is overwritten: the successor is an exact copy, conditions and ways
    around included, under a key that ends with today's date. It is the successor that
    the curator then edits. Refused for a criterion that is not in force today, or that
    has been for less than a day: closing it would leave an empty period.
    """
    if not criterion.holds(today):
        raise ValidationError(f"« {criterion.label} » n'est pas en vigueur aujourd'hui : il n'y a rien à clore.")
    if criterion.valid_from == today:
        raise ValidationError(f"« {criterion.label} » est en vigueur depuis aujourd'hui seulement : modifiez-le.")
    conditions, paths = list(criterion.conditions.all()), list(criterion.paths.prefetch_related("actor_types"))
    successor = _copy(criterion, key=_next_key(criterion.key, today), valid_from=today)
    for condition in conditions:
        _copy(condition, criterion=successor)
    for path in paths:
        actor_types = list(path.actor_types.all())
        _copy(path, criterion=successor, key=_next_key(path.key, today)).actor_types.set(actor_types)
    criterion.valid_to = today - timedelta(days=1)
    criterion._change_reason = f"Clos ; la suite est « {successor.key} »"
    criterion.save()
    return successor


@transaction.atomic
def close_and_follow_dated(row: Threshold | Policy | Objective, today: date) -> Threshold | Policy | Objective:
    """Close a dated row yesterday and return its successor, in force from today.

    The successor says the same until the curator edits it, so that no day is left
    without an answer; a policy then says by what it is replaced. It is refused as
    :func:`close_and_follow` is, and where another row already says what comes next.
    """
    if not row.holds(today):
        raise ValidationError(f"« {row.slug} » n'est pas en vigueur aujourd'hui : il n'y a rien à clore.")
    if row.valid_from == today:
        raise ValidationError(f"« {row.slug} » est en vigueur depuis aujourd'hui seulement : modifiez-le.")
    last = row.valid_to
    slug = _next_key(row.slug, today)
    row.valid_to = today - timedelta(days=1)
    row._change_reason = f"Clos ; la suite est « {slug} »"
    row.save()
    successor = _copy(row, slug=slug, valid_from=today, valid_to=last)
    if isinstance(row, Policy):
        row.replaced_by = successor
        row.save()
    return successor


def _next_key(key: str, today: date) -> str:
    """Return the key with today's date at its end, in the place of the date it may already carry."""
    base = re.sub(r"-\d{8}$", "", key)
    return f"{base[: KEY_LENGTH - 9]}-{today:%Y%m%d}"


def _copy(row, **changes):
    """Save a new row like this one but for ``changes``; refused where its key is taken."""
    fields = {field.name: getattr(row, field.name) for field in row._meta.concrete_fields if not field.primary_key}
    copy = type(row)(**fields | changes)
    copy.full_clean()
    copy.save()
    return copy


class Recording(Enum):
    """What became of a search that somebody reported."""

    KEPT = "kept"
    FOUND = "found"
    PERSONAL = "personal"
    EMPTY = "empty"
    FULL = "full"


@transaction.atomic
def record_search_without_result(text: str, today: date, index: Index) -> Recording:
    """Count a search that finds nothing, by its words and the month alone; the only door to these counts.

    Kept only if neither the text nor what is left of it finds anything, so that a
    curator who tries it sees the same. Each call also forgets the months that are over
    their time, whatever becomes of the text. The number of rows a month is bounded; a
    text that is already known is counted even then.
    """
    SearchWithoutResult.objects.filter(month__lt=first_month_kept(today)).delete()
    if looks_personal(text):
        return Recording.PERSONAL
    words = words_kept(text)
    if not words:
        return Recording.EMPTY
    if any(index.search(Query(text=asked)).total for asked in (text, words)):
        return Recording.FOUND
    month = SearchWithoutResult.objects.filter(month=today.replace(day=1))
    if not month.filter(text=words).exists() and month.count() >= ROWS_A_MONTH:
        return Recording.FULL
    row, _ = SearchWithoutResult.objects.get_or_create(text=words, month=today.replace(day=1))
    SearchWithoutResult.objects.filter(pk=row.pk).update(times=F("times") + 1)
    return Recording.KEPT
