"""The policies that a project may be asked to serve, what replaced them, and the objectives of each region."""

from itertools import groupby

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apist.clock import today, tomorrow
from apist.list_parts import options_html
from apist.sharing import content_token, share
from levers.models import Policy
from levers.policies.book import Asked, Policies, Standing, current_policies
from levers.policies.status import STATUS_LABELS

EVERYTHING = {"status": "Tous", "kind": "Toutes", "region": "Toutes"}
"""The words of the line that chooses nothing, in the gender of the question."""


@login_not_required
@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """Show the texts that the address asks for, as they stand today, and the objectives of the regions."""
    book, at = current_policies(content_token(request)), today()
    asked = Asked(**{name: request.GET.get(name, "") for name in EVERYTHING})
    found = book.found(asked, at)
    context = {
        "asked": asked,
        "on": at,
        "found": len(found),
        "total": len(book.policies),
        "kinds": by_kind(found, asked.region),
        "selects": selects(book, asked),
        "regions": book.of_regions(asked.region, at),
    }
    return share(render(request, "policies/page.html", context), book.token, tomorrow())


def by_kind(found: list[Standing], region: str) -> list[tuple[str, list[Standing]]]:
    """Return texts under the name of their kind; those of the chosen region come first."""
    ordered = sorted(found, key=lambda standing: standing.policy.region is None) if region else found
    groups = groupby(ordered, key=lambda standing: standing.policy.kind)
    return [(Policy.Kind(kind).label, list(standings)) for kind, standings in groups]


def selects(book: Policies, asked: Asked) -> list[tuple[str, str, str]]:
    """Return each filter: its name, its question, its lines with the chosen one."""
    choices = {
        "status": ("Situation", [(status.value, label) for status, label in STATUS_LABELS.items()]),
        "kind": ("Nature", Policy.Kind.choices),
        "region": ("Région", [(agency.region.code, agency.region.name) for agency in book.agencies]),
    }
    return [
        (name, label, options_html([("", EVERYTHING[name]), *lines], getattr(asked, name)))
        for name, (label, lines) in choices.items()
    ]
