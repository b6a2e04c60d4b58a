"""The catalogue: list, sheet, CSV, front page, where the content comes from."""

import csv
import unicodedata
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actors.models import Agency, Audience, Source
from levers.availability import CANNOT_ENTER, Status
from levers.catalogue import FACET_LABELS, Card, read_catalogue
from levers.filters import SORTS, LeverFilter
from levers.models import Lever
from levers.rulebook import availability_of, rules_of, rules_to_read

PAGE_SIZE = 20
ENTERABLE = "".join(f"&status={status.value}" for status in Status if status not in CANNOT_ENTER)
"""The part of an address that keeps the levers which one can enter, now or soon."""
FORMULA_STARTS = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet as the form shows it."""

    value: str
    label: str
    count: int
    chosen: bool
    address_without: str


def today() -> date:
    """Return the day in France: status and validity change at midnight there."""
    return timezone.localdate()


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the three doors, the search and what opens or closes soon."""
    at = today()
    levers = list(Lever.objects.published().prefetch_related("windows"))
    stated = [(lever, availability_of(lever, at)) for lever in levers]
    context = {
        "count": len(levers),
        "doors": doors(),
        "coming": [pair for pair in stated if pair[1].status is Status.UPCOMING],
        "closing": [
            (lever, status) for lever, status in stated if status.current is not None and status.current.closes_on
        ],
        "always": sum(status.status is Status.PERMANENT for _, status in stated),
    }
    return render(request, "levers/home.html", context)


def doors() -> list[dict]:
    """Return the entrances of the front page: who one is, where it leads."""
    diagnostic, levers = reverse("diagnostic"), reverse("lever-list")
    return [
        {
            "title": "Je soigne ou j'accompagne",
            "text": "Hôpital, clinique, EHPAD, service médico-social, cabinet, maison de santé, association…",
            "url": f"{levers}?audience={Audience.HEALTH_ACTOR}{ENTERABLE}",
            "start": f"{diagnostic}?porte={Audience.HEALTH_ACTOR}",
        },
        {
            "title": "Je développe une solution",
            "text": "Jeune entreprise, petite ou grande entreprise de la santé : produit, logiciel, service.",
            "url": f"{levers}?audience={Audience.INDUSTRY}{ENTERABLE}",
            "start": f"{diagnostic}?porte={Audience.INDUSTRY}",
        },
        {
            "title": "Je travaille dans une agence",
            "text": "Tenir à jour les fiches et les critères, orienter les porteurs de projet.",
            "url": reverse("admin:index"),
            "start": "",
        },
    ]


def address_with(data: QueryDict, **changes) -> str:
    """Return the same list with some parameters changed (None removes), from its first page."""
    changed = data.copy()
    changed.pop("page", None)
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        elif isinstance(value, list):
            changed.setlist(name, value)
        else:
            changed[name] = value
    return f"{reverse('lever-list')}?{changed.urlencode()}" if changed else reverse("lever-list")


def facets_of(data: QueryDict, choices: dict, counts) -> list[dict]:
    """Return the facets as the form shows them: values that would find something, and those chosen."""
    facets = []
    for name, label in FACET_LABELS.items():
        chosen = data.getlist(name)
        known = dict(choices[name])
        listed = [
            *choices[name],
            *((value, f"« {value} » (valeur inconnue)") for value in chosen if value not in known),
        ]
        options = [
            Option(
                value,
                words,
                counts.get(name, {}).get(value, 0),
                value in chosen,
                address_with(data, **{name: [other for other in chosen if other != value] or None}),
            )
            for value, words in listed
        ]
        options = [option for option in options if option.count or option.chosen]
        facets.append({"name": name, "label": label, "options": options, "chosen": any(o.chosen for o in options)})
    return facets


@login_not_required
@require_safe
def lever_list(request: HttpRequest) -> HttpResponse:
    """Show the catalogue that the address describes; unknown parameters are ignored."""
    catalogue = read_catalogue(today())
    filters = LeverFilter(request.GET, catalogue=catalogue)
    result = filters.result()
    cards = [catalogue.card(key) for key in result.keys]
    page = Paginator(cards, PAGE_SIZE).get_page(request.GET.get("page"))
    facets = facets_of(request.GET, catalogue.choices, result.counts)
    context = {
        "page": page,
        "sorts": SORTS,
        "sort": filters.query().sort,
        "total": result.total,
        "facets": facets,
        "tags": [(facet, option) for facet in facets for option in facet["options"] if option.chosen],
        "text": filters.query().text,
        "without_text": address_with(request.GET, q=None),
        "csv": f"{reverse('lever-csv')}?{request.GET.urlencode()}",
        "everything": reverse("lever-list"),
    }
    return render(request, "levers/list.html", context)


@login_not_required
@require_safe
def lever_csv(request: HttpRequest) -> HttpResponse:
    """Give the same list as a table, in the same order, for a spreadsheet."""
    catalogue = read_catalogue(today())
    cards = [catalogue.card(key) for key in LeverFilter(request.GET, catalogue=catalogue).result().keys]
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="leviers.csv"'
    response.write("\ufeff")
    writer = csv.writer(response, delimiter=";")
    writer.writerow(
        ["Levier", "En une phrase", "Nature", "Situation", "Porteurs", "Montant", "Décision", "Vérifié le", "Adresse"]
    )
    writer.writerows([safe_cell(cell) for cell in csv_row(card, request)] for card in cards)
    return response


def csv_row(card: Card, request: HttpRequest) -> list[str]:
    """Return one line of the table."""
    lever = card.lever
    return [
        lever.title,
        lever.summary,
        lever.get_nature_display(),
        card.availability.label,
        card.carriers,
        lever.amount_summary or "Non financier",
        lever.get_decision_level_display(),
        lever.verified_on.isoformat(),
        request.build_absolute_uri(reverse("lever-detail", args=[lever.slug])),
    ]


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, even behind blanks or in wide characters."""
    begins = unicodedata.normalize("NFKC", text.lstrip())[:1]
    return f"'{text}" if begins in FORMULA_STARTS and begins else text


PARTS = dict.fromkeys(("roles", "steps", "amounts", "fundings", "examples", "references", "deposits", "relations"), ())
PARTS |= {"examples": ("region",), "relations": ("other",)}
"""The parts of a sheet, with what each points to besides its source."""


@login_not_required
@require_safe
def lever_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a sheet as a person reads it, in a fixed number of queries."""
    at = today()
    prefetches = [
        Prefetch(name, Lever._meta.get_field(name).related_model.objects.select_related("source", *also))
        for name, also in PARTS.items()
    ]
    lever = get_object_or_404(
        Lever.objects.published()
        .select_related("source")
        .prefetch_related(
            *prefetches, rules_to_read(), "windows", "categories", "regions", "relations__other", "examples__region"
        ),
        slug=slug,
    )
    rules = rules_of(lever, at)
    context = {
        "lever": lever,
        "availability": availability_of(lever, at),
        "overdue": lever.review_is_overdue(at),
        "can_enter": availability_of(lever, at).status not in CANNOT_ENTER,
        "about_actor": [rule for rule in rules if rule.about == "actor"],
        "about_project": [rule for rule in rules if rule.about == "project"],
        "paths": [way for rule in rules for way in rule.ways],
        "amounts": [amount for amount in lever.amounts.all() if amount.holds(at)],
        "other_amounts": [amount for amount in lever.amounts.all() if not amount.holds(at)],
        "agencies": Agency.objects.select_related("region"),
        "diagnostic": f"{reverse('diagnostic')}?{urlencode({'levier': lever.slug})}",
        "sources": sources_of(lever, rules),
    }
    return render(request, "levers/detail.html", context)


def sources_of(lever: Lever, rules) -> list[dict]:
    """Return every document that the sheet rests on, once, with the last day it was checked there."""
    rows = [lever, *(row for name in PARTS for row in getattr(lever, name).all()), *lever.criteria.all()]
    checked: dict[int, dict] = {}
    for row in rows:
        known = checked.setdefault(row.source_id, {"source": row.source, "verified_on": row.verified_on})
        known["verified_on"] = max(known["verified_on"], row.verified_on)
    return sorted(
        checked.values(), key=lambda item: (item["source"].kind != Source.Kind.FOUNDING, item["source"].title)
    )


@login_not_required
@require_safe
def provenance(request: HttpRequest) -> HttpResponse:
    """Say where the content comes from, who wrote it, what was corrected and under which terms."""
    sources = list(Source.objects.all())
    return render(
        request,
        "levers/provenance.html",
        {
            "founding": [source for source in sources if source.kind == Source.Kind.FOUNDING],
            "others": [source for source in sources if source.kind != Source.Kind.FOUNDING],
        },
    )
