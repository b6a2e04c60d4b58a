"""Delegations and templates that change: a row is closed, and another follows; nothing is overwritten."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from projects.models import LetterTemplate, SignatureDelegation


@transaction.atomic
def close_and_follow(row: LetterTemplate | SignatureDelegation, today: date):
    """Close a row yesterday and return its successor, in force from today and the same until edited.

    Refused for a row that is not in force today, or that began today: that one can be edited.
    """
    if not type(row).objects.in_force(today).filter(pk=row.pk).exists():
        raise ValidationError(f"« {row} » n'est pas en vigueur aujourd'hui : il n'y a rien à clore.")
    if row.valid_from == today:
        raise ValidationError(f"« {row} » est en vigueur depuis aujourd'hui seulement : modifiez-la.")
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    del fields["id"]
    if "version" in fields:
        fields["version"] += 1
    successor = type(row)(**fields | {"valid_from": today})
    row.valid_to = today - timedelta(days=1)
    row.save(update_fields=["valid_to"])
    successor.full_clean()
    successor.save()
    for field in row._meta.many_to_many:
        getattr(successor, field.name).set(getattr(row, field.name).all())
    return successor
