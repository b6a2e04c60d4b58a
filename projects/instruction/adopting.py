"""What curators decide about places of deposit: a row that changes is closed and followed, never overwritten."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from projects.models import Adoption


@transaction.atomic
def close_and_follow(adoption: Adoption, today: date) -> Adoption:
    """Close a place of deposit yesterday and return its successor, in force from today and the same until edited.

    No day is left without an answer. Refused for a row that is not in force today, and for one that began today:
    that one can be edited.
    """
    if not adoption.holds(today):
        raise ValidationError(f"« {adoption} » n'est pas en vigueur aujourd'hui : il n'y a rien à clore.")
    if adoption.valid_from == today:
        raise ValidationError(f"« {adoption} » est en vigueur depuis aujourd'hui seulement : modifiez-le.")
    fields = {field.name: getattr(adoption, field.name) for field in adoption._meta.concrete_fields}
    del fields["id"]
    successor = Adoption(**fields | {"valid_from": today})
    adoption.valid_to = today - timedelta(days=1)
    adoption.save(update_fields=["valid_to"])
    successor.full_clean()
    successor.save()
    return successor
