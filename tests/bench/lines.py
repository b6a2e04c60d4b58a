"""The lines of the report: what is asked, at which sizes, and how each answer is known to be a real one."""

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from tests.bench import addresses, around_addresses, call_addresses
from tests.bench.databases import REAL
from tests.bench.names import (
    DOSSIERS,
    FEW_DOSSIERS,
    MOST_CALLS,
    OFFICER_SESSION,
    OWN_DOSSIERS,
    SESSION,
    WITH_DOSSIERS,
    calls_wanted,
    published_slugs,
    received_references,
    reference_of,
)

LIGHTEST = 2_000
"""No page and no JSON of the portal is lighter, in bytes: less is an error page or a redirection."""
SHORT = 50
"""The same for feeds and JSON, which may be as short as an empty list."""
CARD = re.compile(rb'href="/leviers/[a-z0-9-]+/"')
CALL = re.compile(rb'href="/appels/[a-z0-9-]+/"')
DATE = re.compile(rb"BEGIN:V(EVENT|TODO)")
ITEM = re.compile(rb"<item>")
ENTRY = re.compile(rb'"slug":')
GZIP = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True)
class Line:
    """A row of the report.

    ``fresh`` lines never ask twice for the same address; ``cold`` ones start a new worker
    for each round; ``conditional`` ones send back the ETag that they were given. An
    address whose answer does not hold ``must_show`` finds nothing and is left out.
    ``entries`` tells how many things the line is about, which the report names by it.
    """

    key: str
    label: str
    make: Callable[[int], list[str]] = field(repr=False)
    sizes: Callable[[int], bool] = field(default=lambda size: True, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    must_show: re.Pattern[bytes] | None = field(default=None, repr=False)
    lightest: int = LIGHTEST
    entries: Callable[[int], int] = field(default=lambda size: size, repr=False)
    fresh: bool = False
    cold: bool = False
    conditional: bool = False
    information: bool = False


def invented(size: int) -> bool:
    """Tell whether there are more levers than the real ones."""
    return size > REAL


def real(size: int) -> bool:
    """Tell whether there are only the real levers: the twelve that the contract's diagnostic is about."""
    return size == REAL


def middle(size: int) -> bool:
    """Tell whether the size is one of those that the targets name."""
    return size in (1_000, 5_000)


def for_calls(size: int) -> bool:
    """Tell whether calls are measured there: the real ones, a thousand, as many as there ever are."""
    return size in (REAL, 1_000) or size >= MOST_CALLS


def rotation(parameters: Callable[[random.Random], Iterator[list]], path: str = addresses.LIST):
    """Return what makes a line's addresses: more than the rotation needs, since those that find nothing are left out."""
    return lambda size: addresses.distinct(path, parameters(random.Random(f"{path}{size}")), 2 * addresses.ROTATION)


def sheet_rotation(size: int) -> list[str]:
    """Return sheets spread over the catalogue, the real ones first."""
    slugs = [*addresses.REAL_SLUGS, *islice(published_slugs(size - REAL), 0, None, max(1, (size - REAL) // 48))]
    return addresses.sheets(slugs[: addresses.ROTATION])


def conditional_rotation(size: int) -> list[str]:
    """Return the pages that a returning visitor asks for again."""
    return [addresses.LIST, *sheet_rotation(size)[:19]]


def calls(key: str, label: str, make: Callable[[int], list[str]], **more) -> Line:
    """Return a line about calls: measured for information, named by how many calls there are."""
    return Line(key, label, make, for_calls, entries=calls_wanted, information=True, **more)


def need_rotation(path: str) -> Callable[[int], list[str]]:
    """Return what makes needs to buy, put to the page or to the JSON."""
    return lambda size: addresses.distinct(path, call_addresses.needs(random.Random(path)), addresses.ROTATION)


CALL_LINES = (
    calls(
        "calls-filter-1", "appels, 1 filtre", rotation(call_addresses.one_filter, call_addresses.LIST), must_show=CALL
    ),
    calls(
        "calls-filter-3",
        "appels, 3 filtres",
        rotation(lambda draw: call_addresses.filters(draw, 3), call_addresses.LIST),
        must_show=CALL,
    ),
    calls("calls-text", "appels, texte", rotation(addresses.texts, call_addresses.LIST), must_show=CALL),
    calls("calls-unfiltered", "appels sans filtre", lambda size: [call_addresses.LIST], must_show=CALL),
    calls("calls-month", "appels, vue par mois", rotation(call_addresses.months, call_addresses.LIST)),
    calls("call", "pages d'appels", call_addresses.call_pages),
    calls(
        "calls-not-modified",
        "requête conditionnelle, 304 (appels)",
        lambda size: [call_addresses.LIST, *call_addresses.call_pages(size)[:19]],
        conditional=True,
    ),
    calls(
        "calls-api-filter-3",
        "API des appels, 3 filtres",
        rotation(lambda draw: call_addresses.filters(draw, 3), call_addresses.API),
        must_show=ENTRY,
        lightest=SHORT,
    ),
    *(
        line
        for key, name, path, holds in (
            ("ics", "calendrier", call_addresses.ICS, DATE),
            ("rss", "flux", call_addresses.RSS, ITEM),
        )
        for line in (
            calls(
                f"calls-{key}-filter",
                f"{name} des appels, filtré",
                rotation(call_addresses.followed, path),
                must_show=holds,
                lightest=SHORT,
            ),
            calls(f"calls-{key}", f"{name} de tous les appels", lambda size, path=path: [path], must_show=holds),
        )
    ),
    Line("procurement", "commande publique", need_rotation(call_addresses.PROCUREMENT), real, information=True),
    Line(
        "procurement-api",
        "API de la commande publique",
        need_rotation(call_addresses.PROCUREMENT_API),
        real,
        lightest=SHORT,
        information=True,
    ),
)
"""The calls and public procurement: no target names them."""


def around(key: str, label: str, make: Callable[[int], list[str]], **more) -> Line:
    """Return a line about what surrounds a lever: the real content, measured for information."""
    return Line(key, label, make, real, information=True, **more)


AROUND_LINES = (
    around("experiments", "expérimentations, 2 filtres", rotation(around_addresses.filters, around_addresses.REGISTER)),
    around("experiments-all", "expérimentations sans filtre", lambda size: [around_addresses.REGISTER]),
    around("experiment", "pages d'expérimentations", around_addresses.experiments),
    around(
        "experiments-api",
        "API des expérimentations, 2 filtres",
        rotation(around_addresses.filters, around_addresses.REGISTER_API),
        lightest=SHORT,
    ),
    around("glossary", "glossaire, texte", rotation(around_addresses.words, around_addresses.GLOSSARY)),
    around("directory", "annuaire", around_addresses.agencies),
    around("preparation", "préparer, listes à cocher", around_addresses.preparations),
    around("compare", "deux leviers côte à côte", rotation(around_addresses.pairs, around_addresses.COMPARE)),
    around("sheet-pdf", "fiches en PDF", around_addresses.documents),
    around(
        "roadmap-pdf",
        "feuilles de route en PDF, jamais demandées",
        lambda size: addresses.profiles(around_addresses.ROADMAP, 500, "c"),
        fresh=True,
    ),
)
"""The register, the words, the directory, preparation and documents: no target names them."""

COOKIE = {"Cookie": f"sessionid={SESSION}"}
"""Whoever measures is signed in."""
DOSSIER = re.compile(rb'href="/dossiers/[0-9A-Z]{8}/')
OFFICER = {"Cookie": f"sessionid={OFFICER_SESSION}"}
INSTRUCTED = re.compile(rb'href="/instruction/[0-9A-Z]{8}/')
STEERED = re.compile(rb'class="portal-chart__bar')
"""Bars: there are figures on the page."""
JOURNALED = re.compile(rb'id="journal"')


def with_dossiers(size: int) -> bool:
    """Tell whether the base of this size holds the fifty thousand dossiers."""
    return size == WITH_DOSSIERS


def signed_in(key: str, label: str, make: Callable[[int], list[str]], **more) -> Line:
    """Return a line that a signed-in applicant asks for, among all the dossiers."""
    return Line(
        key, label, make, with_dossiers, headers=COOKIE, entries=lambda size: DOSSIERS, information=True, **more
    )


def instructed(
    key: str, label: str, make: Callable[[int], list[str]], must_show: re.Pattern[bytes] = INSTRUCTED
) -> Line:
    """Return a line that an officer asks for, among all the dossiers and among a few: a target compares them."""
    return Line(
        key,
        label,
        make,
        lambda size: size == REAL or with_dossiers(size),
        headers=OFFICER,
        must_show=must_show,
        entries=lambda size: FEW_DOSSIERS if size == REAL else DOSSIERS,
    )


LIST_QUERIES = (
    "",
    "?standing=mine",
    "?macro=review&macro=admissibility",
    "?procedure=fir&due=month",
    "?sort=deposited",
)

DOSSIER_LINES = (
    signed_in("my-dossiers", "mes dossiers", lambda size: ["/dossiers/"], must_show=DOSSIER),
    signed_in(
        "dossier",
        "pages de dossiers",
        lambda size: [f"/dossiers/{reference_of(rank)}/" for rank in range(OWN_DOSSIERS)],
    ),
    instructed(
        "officer-list",
        "dossiers à instruire, liste",
        lambda size: [f"/instruction/dossiers/{one}" for one in LIST_QUERIES],
    ),
    instructed(
        "officer-board",
        "dossiers à instruire, tableau",
        lambda size: [f"/instruction/tableau/{one}" for one in LIST_QUERIES],
    ),
    instructed(
        "officer-dossier",
        "un dossier, devant qui l'instruit",
        lambda size: [f"/instruction/{reference}/" for reference in received_references()],
        JOURNALED,
    ),
    instructed("officer-home", "première page de qui instruit", lambda size: ["/instruction/"]),
    instructed(
        "officer-steering",
        "pilotage d'une agence",
        lambda size: [f"/instruction/pilotage/{one}" for one in ("", "?year=2026")],
        STEERED,
    ),
)
"""An applicant's list and dossiers, for information; then what an officer reads, which targets judge."""

LINES = (
    Line("filter-1", "catalogue, 1 filtre", rotation(addresses.one_filter), must_show=CARD),
    Line("filter-3", "catalogue, 3 filtres", rotation(lambda draw: addresses.filters(draw, 3)), must_show=CARD),
    Line("text", "catalogue, texte", rotation(addresses.texts), must_show=CARD),
    Line("text-filter-2", "catalogue, texte et 2 filtres", rotation(addresses.texts_with_filters), must_show=CARD),
    Line("page-2", "catalogue, 1 filtre, page 2", rotation(addresses.second_pages), invented, must_show=CARD),
    Line(
        "fresh",
        "catalogue, adresses jamais demandées",
        lambda size: addresses.distinct(addresses.LIST, addresses.never_asked(random.Random(f"fresh{size}")), 20_000),
        invented,
        fresh=True,
    ),
    Line("cold-cards", "catalogue, cartes froides", addresses.card_pages, middle, must_show=CARD, cold=True),
    Line("unfiltered", "catalogue sans filtre", lambda size: [addresses.LIST], must_show=CARD),
    Line("sheet", "fiches", sheet_rotation),
    Line("not-modified", "requête conditionnelle, 304 (catalogue et fiches)", conditional_rotation, conditional=True),
    Line("results", "résultats du diagnostic", lambda size: addresses.profiles(addresses.RESULTS, 200, "a"), real),
    Line("matches", "API des verdicts", lambda size: addresses.profiles(addresses.MATCHES, 200, "a"), real),
    Line(
        "results-fresh",
        "résultats, profils jamais vus",
        lambda size: addresses.profiles(addresses.RESULTS, 10_000, "b"),
        real,
        fresh=True,
        information=True,
    ),
    Line(
        "matches-fresh",
        "API des verdicts, profils jamais vus",
        lambda size: addresses.profiles(addresses.MATCHES, 10_000, "b"),
        real,
        fresh=True,
        information=True,
    ),
    Line(
        "api-filter-3",
        "API du catalogue, 3 filtres",
        rotation(lambda draw: addresses.filters(draw, 3), addresses.API),
        middle,
        information=True,
    ),
    Line(
        "filter-3-gzip",
        "catalogue, 3 filtres, gzip",
        rotation(lambda draw: addresses.filters(draw, 3)),
        middle,
        headers=GZIP,
        information=True,
    ),
    Line(
        "unfiltered-gzip",
        "catalogue sans filtre, gzip",
        lambda size: [addresses.LIST],
        middle,
        headers=GZIP,
        information=True,
    ),
    Line("sheet-gzip", "fiches, gzip", sheet_rotation, middle, headers=GZIP, information=True),
    *CALL_LINES,
    *AROUND_LINES,
    *DOSSIER_LINES,
)
"""Every line, in the order of the report."""

CATALOGUE = ("filter-1", "filter-3", "text", "text-filter-2", "page-2", "fresh")
"""The lines that « catalogue with any filter or text » is about."""
OFFICER_LINES = tuple(line for line in DOSSIER_LINES if line.headers is OFFICER)
"""What an officer reads: list, board, dossier, first page, steering."""
