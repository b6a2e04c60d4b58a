"""What the portal publishes about itself: what it holds, never who reads it."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from apist.page_parts import parts_of
from apist.sharing import content_token, share
from levers.models import Criterion, Lever


@login_not_required
@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Publish what the portal counts: what it holds, never who reads it."""
    token = content_token(request)
    levers = Lever.objects.published()
    criteria = Criterion.objects.filter(lever__in=levers)
    by_nature = levers.order_by().values("nature").annotate(how_many=Count("pk")).order_by("-how_many", "nature")
    by_answer = criteria.order_by().values("nature").annotate(how_many=Count("pk")).order_by("-how_many")
    levers_rows = [{"label": Lever.Nature(row["nature"]).label, "how_many": row["how_many"]} for row in by_nature]
    criteria_rows = [{"label": Criterion.Nature(row["nature"]).label, "how_many": row["how_many"]} for row in by_answer]
    tables = [
        {"title": "Leviers publiés, selon ce qu'on en obtient", "head": "Ce qu'on obtient", "rows": levers_rows},
        {"title": "Critères, selon qui y répond", "head": "Qui répond", "rows": criteria_rows},
    ]
    for table in tables:
        table["total"] = sum(row["how_many"] for row in table["rows"])
    parts = parts_of(settings.STATISTICS_PARTS, token)
    answer = render(request, "pages/statistics.html", {"tables": tables, "parts": parts})
    return share(answer, token, min((part.until for part in parts), default=None))
