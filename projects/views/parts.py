"""What the register adds to pages of the catalogue: the experiments of a lever, those that a profile may join.

Named in the settings (``SHEET_PARTS``, ``RESULT_PARTS``): the catalogue does not know the register.
"""

from datetime import date
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse

from apist.clock import now
from apist.page_parts import Part
from levers.matching import Answers
from levers.models import Lever
from projects.register import wording
from projects.register.board import current_register
from projects.register.near import DEPARTMENT, REGION, Near, near

OF_A_LEVER, FOR_A_PROFILE = 5, 4
"""How many experiments a sheet and the results tell; the list tells them all."""

PLACES = {DEPARTMENT: "dans votre département", REGION: "dans votre région"}


def experiments_of(lever: Lever, token: int) -> Part:
    """Return the experiments of a lever, those that one may join first; nothing where it has none."""
    register = current_register(now(), token)
    own = register.of_lever(lever.slug)
    context = {
        "cards": own[:OF_A_LEVER],
        "total": len(own),
        "address": f"{reverse('experiments')}?{urlencode({'lever': lever.slug})}",
    }
    return Part(render_to_string("experiments/of_lever.html", context) if own else "", register.until)


def experiments_near(answers: Answers, on: date, token: int) -> Part:
    """Return the experiments that a profile may be able to join on a day, the nearest first; none without a region."""
    register = current_register(now(), token)
    found = near(register.in_order(), answers, on) if "region" in answers else []
    context = {
        "rows": [row_of(one) for one in found[:FOR_A_PROFILE]],
        "total": len(found),
        "region_known": "region" in answers,
        "address": address_of(answers),
    }
    return Part(render_to_string("experiments/near.html", context), register.until)


def row_of(one: Near) -> dict:
    """Return what the results say of an experiment: its name, whether one may join it, how near it is."""
    return {
        "card": one.card,
        "headline": wording.join_headline(one.answer),
        "kind": wording.JOIN_KINDS[one.answer.join],
        "reason": wording.join_reason(one.answer),
        "place": PLACES[one.distance],
        "known": one.known,
    }


def address_of(answers: Answers) -> str:
    """Return the list of the experiments of this region that one may join or may be able to."""
    asked = [("joining", "yes"), ("joining", "soon"), ("joining", "to-check")]
    asked += [("region", answers["region"])] if "region" in answers else []
    return f"{reverse('experiments')}?{urlencode(asked)}"
