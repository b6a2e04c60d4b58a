"""What was learnt, for anyone to read: published evaluations and feedback, by experiment and by lever."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apist.list_parts import options_html, pagination_html
from apist.sharing import content_token, share
from levers.models import Lever
from levers.views.lists import page_address, said
from projects.models import Experiment, Feedback

PAGE_SIZE = 15
FILTERS = {"kind": ("Nature", "Toutes"), "experiment": ("Expérimentation", "Toutes"), "lever": ("Levier", "Tous")}
WAYS = {"kind": "kind", "experiment": "experiments__slug", "lever": "levers__slug"}


@login_not_required
@require_safe
def feedback_list(request: HttpRequest) -> HttpResponse:
    """Show all the texts, or those of a kind, an experiment or a lever; a value that does not exist finds none."""
    token, data = content_token(request), said(request.GET)
    choices = choices_of()
    asked = {name: data.get(name, "") for name in FILTERS}
    page = Paginator(found_by(asked, choices), PAGE_SIZE).get_page(data.get("page"))
    context = {
        "page": page,
        "total": page.paginator.count,
        "filters": [
            (name, label, options_html([("", every), *choices[name]], asked[name]))
            for name, (label, every) in FILTERS.items()
        ],
        "filtered": any(asked.values()),
        "everything": reverse("feedback"),
        "pagination": pagination_html(
            page.number, page.paginator.num_pages, lambda number: page_address(data, number), "Pages de textes"
        ),
    }
    return share(render(request, "feedback/list.html", context), token, until=None)


def found_by(asked: dict[str, str], choices: dict[str, list[tuple[str, str]]]) -> QuerySet[Feedback]:
    """Return the texts that are asked for, in the order of the page."""
    given = {name: value for name, value in asked.items() if value}
    if any(value not in dict(choices[name]) for name, value in given.items()):
        return Feedback.objects.none()
    experiments, levers = Experiment.objects.published(), Lever.objects.published()
    return (
        Feedback.objects.filter(**{WAYS[name]: value for name, value in given.items()})
        .select_related("source")
        .prefetch_related(Prefetch("experiments", experiments), Prefetch("levers", levers))
        .order_by("kind", "title", "pk")
        .distinct()
    )


def choices_of() -> dict[str, list[tuple[str, str]]]:
    """Return what one may choose among: the experiments and the levers about which there is a text."""
    experiments = Experiment.objects.published().filter(feedback__isnull=False).order_by("short_name", "pk")
    levers = Lever.objects.published().filter(feedback__isnull=False).order_by("position", "slug")
    return {
        "kind": list(Feedback.Kind.choices),
        "experiment": list(experiments.values_list("slug", "short_name").distinct()),
        "lever": list(levers.values_list("slug", "short_name").distinct()),
    }
