"""Another process that changes levers through the models, as an import or the admin of another worker would.

One order a line on the standard input, in JSON: ``{"slug": "new title", …}``. All the
titles of a line are changed in one transaction; then a line with the time at which it
was committed is written, on the clock that all processes of the machine share.
"""

import json
import time
from typing import TextIO

from django.db import transaction

from levers.models import Lever


def obey(orders: TextIO, answers: TextIO) -> None:
    """Carry out each order and say when it was done."""
    for order in orders:
        change_titles(json.loads(order))
        print(time.monotonic(), file=answers, flush=True)


def change_titles(titles: dict[str, str]) -> None:
    """Give these levers these titles, all of them or none."""
    with transaction.atomic():
        for lever in Lever.objects.filter(slug__in=titles).order_by("slug"):
            lever.title = titles[lever.slug]
            lever.save()
