"""Another process that changes levers and calls through the models, as an import or the admin of another worker would.

One order a line on the standard input, in JSON: ``{"model": "lever" or "call", "titles":
{"slug": "new title", …}}``. All the titles of a line are changed in one transaction; then
a line with the time at which it was committed is written, on the clock that all
processes of the machine share.
"""

import json
import time
from typing import TextIO

from django.db import models, transaction

from levers.models import Call, Lever

MODELS: dict[str, type[models.Model]] = {"lever": Lever, "call": Call}


def obey(orders: TextIO, answers: TextIO) -> None:
    """Carry out each order and say when it was done."""
    for order in map(json.loads, orders):
        change_titles(MODELS[order["model"]], order["titles"])
        print(time.monotonic(), file=answers, flush=True)


def change_titles(model: type[models.Model], titles: dict[str, str]) -> None:
    """Give these levers, or calls, these titles, all of them or none."""
    with transaction.atomic():
        for row in model.objects.filter(slug__in=titles).order_by("slug"):
            row.title = titles[row.slug]
            row.save()
