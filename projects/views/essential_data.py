"""Essential data of subsidy agreements: what will be published, for those who instruct; the files, for everybody.

The file of a year is worked out once an hour at most in a process: whoever asks again meanwhile is given the same.
"""

import hashlib
from datetime import datetime, timedelta

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from actors.models import Agency, Body
from apist.clock import now
from projects.following.agreements import agreements_of, years_of
from projects.following.essential import as_csv, as_json, days_of, row_of
from projects.views.envelopes import year_asked
from projects.views.instruction_desk import seat_of

LASTS = timedelta(hours=1)
MOST_KEPT = 200
FIRST_YEAR = 2017
FILES = {"csv": (as_csv, "text/csv; charset=utf-8"), "json": (as_json, "application/json; charset=utf-8")}

KEPT: dict[tuple[str, int, str], tuple[datetime, str]] = {}
"""What a process made: when, and the text. Never more than :data:`MOST_KEPT`."""


@never_cache
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the agreements of a year, what will be published of them, and what stands in the way of others."""
    seat = seat_of(request)
    agencies = [one for one in seat.bodies if one.kind == Body.Kind.AGENCY]
    if not agencies:
        raise Http404
    body = next((one for one in agencies if one.code == request.GET.get("agence")), agencies[0])
    today = timezone.localtime(seat.at).date()
    years = sorted({*years_of(body), today.year}, reverse=True)
    year = year_asked(request, years, today.year)
    found = agreements_of(body, year)
    context = {
        "seat": seat,
        "title": "Données essentielles",
        "agencies": agencies,
        "body": body,
        "years": years,
        "year": year,
        "found": found,
        "rows": [(one, row_of(one), *days_of(one)) for one in found.agreements],
    }
    return render(request, "instruction/following/essential.html", context)


@login_not_required
@require_safe
def download(request: HttpRequest, code: str, year: int, kind: str) -> HttpResponse:
    """Hand over the file of an administration and a year.

    404 where nobody is there, where the year cannot be, and where the administration has agreements to publish and
    no SIRET to publish them under: an empty file would say that there are none.
    """
    at = now()
    if not FIRST_YEAR <= year <= timezone.localtime(at).year:
        raise Http404
    key = (code, year, kind)
    made_at, text = KEPT.get(key, (None, ""))
    if made_at is None or not made_at <= at < made_at + LASTS:
        text = _made(code, year, kind)
        while len(KEPT) >= MOST_KEPT:
            KEPT.pop(next(iter(KEPT)), None)
        KEPT[key] = (at, text)
    answer = HttpResponse(text, content_type=FILES[kind][1])
    answer.headers["Content-Disposition"] = f'attachment; filename="subventions-{code}-{year}.{kind}"'
    answer.headers["Cache-Control"] = "public, no-cache"
    answer.headers["ETag"] = seal = quote_etag(hashlib.sha256(text.encode()).hexdigest())
    return get_conditional_response(request, etag=seal, response=answer)


def _made(code: str, year: int, kind: str) -> str:
    body = Body.objects.filter(code=code, kind=Body.Kind.AGENCY).first()
    if body is None:
        get_object_or_404(Agency, code=code.upper())  # an agency without a seat here signed nothing here
        return FILES[kind][0]([])
    agreements = agreements_of(body, year).agreements
    if agreements and not body.siret:
        raise Http404
    return FILES[kind][0](row_of(one) for one in agreements)
