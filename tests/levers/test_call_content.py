"""The calls that the founding documents and the study name: their dates, their sources, and which are open."""

import re
from calendar import monthrange
from datetime import date

import pytest

from levers.models import Call, CallEvent, CallRelation, Category
from tests.conftest import FIXTURES

TODAY = date(2026, 11, 23)
"""The day on which the dates were read: what is open is judged on that day, never on the clock's."""

DATES = {
    "article-51-ipep-2018": ["opening 2018-05-01 month", "closing 2018-08-31 month"],
    "article-51-ipep-2019": ["opening 2019-07-03", "closing 2019-09-30"],
    "article-51-peps-2019": ["opening 2019-07-03", "closing 2019-09-30"],
    "camsp-martinique-2025": [
        "opening 2025-10-31", "closing 2025-12-29 16:00", "hearing 2026-02-28 month", "results 2026-06-29",
    ],
    "care-annuaires-exposition-internet-2024": ["opening 2024-03-18", "closing 2025-06-30", "results 2025-12-31"],
    "care-continuite-reprise-2025": ["information 2025-07-16", "opening 2025-09-02", "closing 2025-10-31"],
    "centres-sante-participatifs-2021": ["closing 2021-10-15"],
    "challenge-prevention-france-2030": [
        "opening 2024-01-01 year", "intermediate 2024-12-10", "intermediate 2025-06-17", "intermediate 2026-01-20",
        "intermediate 2026-06-16", "closing 2028-12-31 month",
    ],
    "conference-financeurs-alpes-maritimes-2024": ["opening 2023-11-07", "closing 2023-12-07 23:59"],
    "cooperation-hospitaliere-internationale": ["opening 2021-01-01 year", "closing 2021-12-31 year"],
    "ehpad-mayotte-2024": ["opening 2024-07-16", "closing 2024-09-16 11:00"],
    "ehpad-mayotte-2025": ["closing 2025-12-18 12:00"],
    "entrepots-donnees-sante-2022": [
        "opening 2022-07-22", "intermediate 2022-10-11 12:00", "results 2023-04-03", "closing 2023-04-12 12:00",
        "results 2023-12-14",
    ],
    "esms-numerique-amorcage-1-2021": ["opening 2021-02-01", "closing 2021-03-31"],
    "esms-numerique-amorcage-2-2021": ["opening 2021-07-01 month", "closing 2021-10-15"],
    "esms-numerique-national-2022": ["opening 2022-05-18", "closing 2022-07-18"],
    "esms-numerique-national-2024": ["opening 2024-02-15", "closing 2024-06-30 month"],
    "esms-numerique-regional-2022": ["opening 2022-03-14", "closing 2022-09-30"],
    "esms-numerique-regional-2024": ["opening 2024-01-15", "intermediate 2024-06-01", "closing 2024-09-15"],
    "facilisoins-2022": ["opening 2021-11-01 month", "intermediate 2022-01-15", "closing 2022-02-21"],
    "grand-age-ile-de-france-2019": ["opening 2019-10-01 month", "closing 2020-01-31"],
    "hopen-2-phase-2-2026": ["closing 2026-02-13"],
    "indemand-entreprises-ile-de-france-2018": ["closing 2018-06-08"],
    "innovateurs-ile-de-france-2022": ["opening 2022-06-23", "closing 2022-09-07", "hearing 2022-09-29"],
    "innovation-paca-2026": [],
    "innovations-organisationnelles-ile-de-france-2022": ["opening 2022-07-01 month", "closing 2022-09-19"],
    "precarite-corse-2025": ["closing 2025-11-05"],
    "prevention-normandie-2018": ["opening 2017-12-11", "letter 2018-01-11", "results 2018-01-26", "closing 2018-02-23"],
    "structures-3-0-2020": ["opening 2020-05-07", "closing 2020-10-01 12:00"],
    "sun-es-2021-2023": [
        "opening 2021-09-01", "closing 2021-10-31", "opening 2022-03-01", "closing 2022-04-30",
        "opening 2022-09-01", "closing 2022-10-31", "opening 2023-03-01", "closing 2023-04-30",
    ],
    "territoires-innovation-aap-2018": ["opening 2018-11-23", "closing 2019-04-26 17:00", "results 2019-09-13"],
    "territoires-innovation-ami-2017": ["opening 2017-03-24", "closing 2017-09-29 17:00", "results 2018-01-04"],
    "tiers-lieux-experimentation-2022": ["opening 2022-02-24", "closing 2022-05-25 12:00"],
    "tiers-lieux-experimentation-2024": ["closing 2024-05-31"],
    "transports-sanitaires-federation": [],
}  # fmt: skip
"""What the study and the pages say, copied from them and not from the fixtures."""

ZONES = {
    "ARS-01": "America/Guadeloupe", "ARS-02": "America/Martinique", "ARS-03": "America/Cayenne",
    "ARS-04": "Indian/Reunion", "ARS-06": "Indian/Mayotte",
}  # fmt: skip

pytestmark = pytest.mark.django_db


def written(event: CallEvent) -> str:
    """Return a date as the table above says it."""
    hour = event.hour.strftime(" %H:%M") if event.hour else ""
    return f"{event.kind} {event.day}{hour}{'' if event.precision == 'day' else f' {event.precision}'}"


def days(call: Call, kind: str) -> list[date]:
    return [event.day for event in call.events.all() if event.kind == kind]


@pytest.fixture
def calls(catalogue) -> dict[str, Call]:
    """Return the published calls of the real content by slug."""
    published = Call.objects.published().prefetch_related("events", "regions", "categories")
    return {call.slug: call for call in published}


def test_every_call_of_the_files_is_published_and_valid(calls):
    assert set(calls) == {path.stem for path in (FIXTURES / "calls").glob("*.yaml")}
    for call in calls.values():
        call.full_clean()
        for name in ("events", "amounts", "criteria", "pieces", "documents", "relations"):
            for row in getattr(call, name).all():
                row.full_clean()


def test_the_calls_have_the_dates_that_the_sources_give(calls):
    assert {slug: [written(event) for event in calls[slug].events.all()] for slug in DATES} == DATES


def test_every_date_says_where_in_its_source_it_was_read(catalogue):
    silent = CallEvent.objects.filter(locator="").values_list("call__slug", "key")
    assert list(silent) == []


def test_a_date_that_is_not_known_to_the_day_says_so_on_the_right_day(calls):
    """A month or a year counts whole: from its first day for an opening, to its last for anything else."""
    for call in calls.values():
        for event in call.events.exclude(precision="day"):
            first, last = (1, 12) if event.precision == "year" else (event.day.month, event.day.month)
            expected = (first, 1) if event.kind == "opening" else (last, monthrange(event.day.year, last)[1])
            assert (event.day.month, event.day.day) == expected, f"{call.slug} {event.key}"
            assert event.note, f"{call.slug} {event.key}"


def test_no_call_closes_before_it_opens_and_none_stays_open_for_want_of_a_closing(calls):
    for call in calls.values():
        opened, closed = days(call, "opening"), days(call, "closing")
        if opened:
            assert len(opened) == len(closed), call.slug
            between = [day for pair in zip(opened, closed, strict=True) for day in pair]
            assert between == sorted(between), call.slug


def test_one_call_is_open_and_two_are_awaited_on_the_day_of_reading(calls):
    """Bpifrance may stop the first before December 2028; the other two are announced, or yearly, with no date known."""
    published = Call.objects.published()
    assert [call.slug for call in published.open(TODAY)] == ["challenge-prevention-france-2030"]
    awaited = ["cooperation-hospitaliere-internationale", "innovation-paca-2026"]
    assert [call.slug for call in published.upcoming(TODAY)] == awaited
    assert published.closed(TODAY).count() == len(calls) - 3


@pytest.mark.parametrize(
    ("slug", "day", "stands_open"),
    [
        ("sun-es-2021-2023", date(2022, 3, 15), True),
        ("sun-es-2021-2023", date(2022, 6, 15), False),
        ("sun-es-2021-2023", date(2023, 4, 30), True),
        ("esms-numerique-regional-2024", date(2024, 6, 2), True),
        ("esms-numerique-regional-2024", date(2024, 9, 15), True),
        ("esms-numerique-regional-2024", date(2024, 9, 16), False),
        ("structures-3-0-2020", date(2020, 5, 6), False),
        ("structures-3-0-2020", date(2020, 5, 7), True),
    ],
)
def test_a_past_campaign_stands_as_it_stood_then(calls, slug, day, stands_open):
    assert Call.objects.open(day).filter(slug=slug).exists() is stands_open


def test_an_agencys_call_is_in_its_region_and_on_its_clocks(calls):
    for call in calls.values():
        if call.agency:
            assert call.agency.region in call.regions.all(), call.slug
            assert call.time_zone == ZONES.get(call.agency.code, "Europe/Paris"), call.slug


def test_every_call_has_a_theme_and_every_theme_a_call(calls):
    themes = set(Category.objects.filter(kind="theme").values_list("slug", flat=True))
    used = {slug: {c.slug for c in call.categories.all() if c.kind == "theme"} for slug, call in calls.items()}
    assert [slug for slug, own in used.items() if not own] == []
    assert set.union(*used.values()) == themes


def test_a_call_that_follows_another_closes_later(calls):
    followed = CallRelation.objects.filter(kind__in=("led-to", "followed-by"))
    ends = [(days(relation.call, "closing"), days(relation.other, "closing")) for relation in followed]
    dated = [(before[-1], after[-1]) for before, after in ends if before and after]
    assert len(dated) == 16
    assert [pair for pair in dated if pair[0] >= pair[1]] == []


def test_calls_carry_no_telephone_number():
    text = "\n".join(path.read_text(encoding="utf-8") for path in (FIXTURES / "calls").glob("*.yaml"))
    assert re.findall(r"(?<!\d)0[1-9](?:[ .]\d\d){4}(?!\d)", text) == []
