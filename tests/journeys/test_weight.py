"""What each public page costs, as Chromium receives it from the portal served for good.

The first visit has an empty cache; the next one has what a visit of another page left in
it. A budget is a promise: before raising one, look for what grew.
"""

from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import Watch
from tests.journeys.ecoindex import ecoindex, grade
from tests.journeys.measure import Cost, Meter
from tests.journeys.production import served
from tests.pages.addresses import FORMS, PAGES, PASSWORD_PAGES, READ


class Budget(NamedTuple):
    """The most that a page may cost, and the worst letter it may have."""

    first: float  # kilobytes of a first visit
    next: float  # kilobytes when another page was seen before
    requests: int  # of a first visit; the next one makes a single request
    elements: int
    letter: str


PLAIN = Budget(109, 5, 6, 170, "A")
QUESTIONS = Budget(110, 6, 6, 200, "A")
LIST = Budget(130, 15, 8, 360, "A")
RESULTS = Budget(124, 20, 6, 1350, "D")

BUDGETS = {
    "": PLAIN,
    "leviers/": LIST,
    "leviers/<slug:slug>/": Budget(120, 16, 6, 740, "C"),
    "leviers/comparer/": Budget(120, 14, 6, 560, "B"),
    "leviers/parcours/": Budget(118, 12, 6, 420, "B"),
    "diagnostic/": QUESTIONS,
    "diagnostic/resultats/": RESULTS,
    "commande-publique/": Budget(116, 12, 6, 620, "B"),
    "appels/": Budget(130, 11, 8, 560, "B"),
    "appels/<slug:slug>/": Budget(110, 8, 6, 260, "A"),
    "preparer/": Budget(110, 7, 6, 260, "A"),
    "preparer/bilan/": Budget(115, 11, 6, 520, "B"),
    "preparer/numerique/": Budget(115, 11, 6, 560, "B"),
    "preparer/former-un-groupe/": Budget(115, 11, 6, 480, "B"),
    "preparer/levier/<slug:slug>/": Budget(118, 14, 6, 620, "B"),
    "preparer/<slug:slug>/": Budget(114, 9, 6, 460, "B"),
    "preparer/message/": PLAIN,
    "glossaire/": Budget(123, 20, 6, 1340, "C"),
    "textes-et-strategies/": Budget(116, 12, 6, 760, "C"),
    "experimentations/": Budget(134, 16, 8, 560, "B"),
    "experimentations/<slug:slug>/": Budget(112, 9, 6, 320, "A"),
    "retours-d-experience/": Budget(116, 12, 6, 400, "A"),
    "annuaire/": Budget(114, 11, 6, 490, "B"),
    "annuaire/<str:code>/": Budget(114, 11, 6, 420, "B"),
    "sources/": Budget(123, 20, 6, 1110, "C"),
    "statistiques/": PLAIN,
    "alertes/nouvelle/": PLAIN,
    "alertes/envoyee/": PLAIN,
    "alertes/arretee/": PLAIN,
    "plan-du-site/": PLAIN,
    "accessibilite/": PLAIN,
    "mentions-legales/": PLAIN,
    "donnees-personnelles/": PLAIN,
    "compte/connexion/": Budget(110, 5, 7, 170, "A"),
    "compte/inscription/": PLAIN,
    "compte/ferme/": PLAIN,
    "compte/fournisseurs/annule/": PLAIN,
    "compte/donnees/supprime/": PLAIN,
    "avis/merci/": PLAIN,
    "compte/mot-de-passe/oublie/": PLAIN,
    "compte/mot-de-passe/envoye/": PLAIN,
    "compte/mot-de-passe/nouveau/<uidb36>/<key>/": PLAIN,
    "compte/mot-de-passe/change/": PLAIN,
}
REPORTS = {"/leviers/?q=xylophone"}
"""Pages that say to the curators that a search finds nothing: one request more, sent by htmx (views/nothing_found.py)."""

ROUTES = PAGES | FORMS | PASSWORD_PAGES
ROUTE_OF = {address: route for route, addresses in ROUTES.items() for address in addresses}


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Serve the portal as an operator does, once a session."""
    with served(tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture(scope="module")
def regular(chromium, site):
    """Return somebody who came before, and has in the cache everything that any page loads."""
    context = chromium.new_context(base_url=site, locale="fr-FR", viewport={"width": 1280, "height": 800})
    meter = Meter(context)
    meter.visit("/leviers/?status=permanent")
    meter.visit("/compte/connexion/")
    yield meter
    context.close()


@pytest.fixture
def visitor(chromium, site):
    """Return a way to come as somebody new; what pages say against us fails the test."""
    contexts, watch = [], Watch(urlsplit(site).netloc)

    def come(script: str = "") -> Meter:
        context = chromium.new_context(base_url=site, locale="fr-FR", viewport={"width": 1280, "height": 800})
        contexts.append(context)
        if script:
            context.add_init_script(script)
        meter = Meter(context)
        watch.follow(meter.page)
        return meter

    yield come
    for context in contexts:
        context.close()
    assert watch.problems == []


def excess(budget: Budget, first: Cost, then: Cost, *, most_next: int = 1) -> list[str]:
    """Return what goes over the budget, in words."""
    limits = {
        "kilobytes at first": (first.kilobytes, budget.first),
        "kilobytes next": (then.kilobytes, budget.next),
        "requests at first": (first.requests, budget.requests),
        "requests next": (then.requests, most_next),
        "elements": (first.elements, budget.elements),
        "EcoIndex": (grade(first.score), budget.letter),
    }
    return [f"{name}: {value}, at most {limit}" for name, (value, limit) in limits.items() if value > limit]


@pytest.mark.parametrize("address", READ)
def test_a_page_keeps_to_its_budget(address, visitor, regular):
    first = visitor().visit(address)
    then = regular.visit(address)
    over = excess(BUDGETS[ROUTE_OF[address]], first, then, most_next=2 if address in REPORTS else 1)
    assert over == [], f"{address}\nfirst: {first}\nnext: {then}"


def test_every_public_page_has_a_budget():
    assert set(BUDGETS) == set(ROUTES)
    assert set(ROUTE_OF) == set(READ)


def test_the_first_visit_of_the_list_is_the_one_that_was_promised():
    assert BUDGETS["leviers/"] == (130, 15, 8, 360, "A")


def test_the_meter_sees_what_is_added(visitor):
    plain = visitor().visit("/plan-du-site/")
    heavier = visitor(
        "addEventListener('DOMContentLoaded', () => {"
        "  document.body.append(document.createElement('b'), document.createElement('b'));"
        "  fetch('/leviers.csv');"
        "})"
    ).visit("/plan-du-site/")
    assert heavier.elements == plain.elements + 2
    assert heavier.requests == plain.requests + 1
    assert heavier.kilobytes > plain.kilobytes + 2
    assert heavier.score < plain.score
    assert excess(Budget(plain.kilobytes, 5, plain.requests, plain.elements, "A"), heavier, plain) != []


@pytest.mark.parametrize(
    ("elements", "requests", "kilobytes", "score", "letter"),
    [
        (100, 100, 100, 72, "B"),  # the example of the package ecoindex_compute, by the same association
        (0, 0, 0, 100, "A"),
        (594601, 3920, 223212.26, 0, "G"),
        (358, 2, 1.37, 100 - 5 * (3 * 6 + 2 * 1 + 1) / 6, "A"),  # each stands on a quantile
    ],
)
def test_the_ecoindex_is_the_published_one(elements, requests, kilobytes, score, letter):
    found = ecoindex(elements, requests, kilobytes)
    assert found == pytest.approx(score, abs=0.05)
    assert grade(found) == letter
