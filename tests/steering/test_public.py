"""What everybody may read of the counts: never under five, never a confidential dossier, and no query when hot."""

import re
from datetime import timedelta

import pytest

from apist.sharing import PAGES
from projects.models import SteeringCell, SteeringRun
from projects.procedures.vocabulary import Macro
from projects.steering import running
from projects.steering.disclosure import FEWEST
from projects.steering.public import current_public, forget_public
from tests.dossier_factories import NOW
from tests.people_factories import make_agency_body
from tests.steering.conftest import deposited
from tests.steering.test_pages import HOSTILE

PAGE = "/statistiques/"
MOST_ELEMENTS = 170
"""The budget of the page (``tests/journeys/test_weight.py``)."""


@pytest.fixture(autouse=True)
def no_page_kept():
    """Keep no whole page from one test to the next."""
    PAGES.clear()
    yield
    PAGES.clear()


def counted(*rows: dict) -> SteeringRun:
    """Return a run that counted this for everybody."""
    run = SteeringRun.objects.create(at=NOW, dossiers=sum(row.get("n", 0) for row in rows))
    defaults = {"run": run, "scope": SteeringCell.EVERYBODY, "block": "dossiers", "macro": Macro.REVIEW}
    SteeringCell.objects.bulk_create(SteeringCell(**defaults | row) for row in rows)
    forget_public()
    PAGES.clear()
    return run


def text_of(client, address: str = PAGE) -> str:
    html = client.get(address).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_before_any_count_the_page_says_so(catalogue, client):
    assert "Aucun dossier n'a encore été compté" in text_of(client)
    assert "Délais constatés" not in text_of(client, "/leviers/fir/")


def test_numbers_under_five_are_hidden_and_another_with_them(catalogue, client):
    counted(
        {"lever": "fir", "region": "76", "n": 40, "granted": 3, "decided": 4},
        {"lever": "article-51", "region": "53", "n": 12, "granted": 6, "decided": 8},
        {"lever": "tiga", "region": "53", "n": 3},
        {"lever": "fir", "block": "decision", "days": 30, "n": 4},
        {"lever": "article-51", "block": "decision", "days": 90, "n": 8},
    )
    public = current_public(NOW, 0)
    said = {one.lever: (one.dossiers, one.delays and one.delays.median, one.granted) for one in public.levers}
    assert public.total == 55
    assert said["fir"] == (40, None, None)
    assert said["tiga"] == (None, None, None)
    assert said["article-51"][1:] == (90, 75)
    hidden = [one for one in public.levers if one.dossiers is None]
    assert len(hidden) > 1
    assert 55 - sum(one.dossiers or 0 for one in public.levers) >= FEWEST
    text = text_of(client)
    assert "En tout, 55 dossiers" in text
    assert "Masqués :" in text


def test_confidential_dossiers_reach_no_public_figure(catalogue, client):
    body = make_agency_body("76")
    for _ in range(7):
        deposited(body, "cpom", lever=catalogue["cpom"])
    running.refresh(NOW)
    forget_public()
    public = current_public(NOW, 0)
    assert public.total is None
    assert public.of_lever("cpom") is None
    assert [one for one in public.levers if one.dossiers] == []
    assert "Délais constatés" not in text_of(client, "/leviers/cpom/")


def test_a_sheet_tells_its_own_delays_or_that_there_are_too_few(catalogue, client):
    counted(
        {"lever": "fir", "region": "76", "n": 12, "granted": 9, "decided": 10},
        *({"lever": "fir", "block": "decision", "days": days, "n": 1} for days in range(10, 110, 10)),
    )
    text = text_of(client, "/leviers/fir/")
    assert "en 50 jours au plus après leur dépôt, neuf sur dix en 90 jours" in text
    assert "Sur cent décisions, 90 accordent" in text
    assert "Moins de 5 décisions ont été prises ici" in text_of(client, "/leviers/article-51/")
    assert "Délais constatés" not in text_of(client, "/leviers/achats-innovants/")


def test_a_page_that_is_kept_asks_nothing_more_and_a_new_one_asks_nothing_of_the_counts(
    catalogue, client, django_assert_num_queries
):
    counted({"lever": "fir", "region": "76", "n": 12})
    client.get(PAGE)
    with django_assert_num_queries(1):
        client.get(PAGE)
    PAGES.clear()
    with django_assert_num_queries(3):  # the version of the content, the two tables of the catalogue
        client.get(PAGE)


def test_figures_are_made_again_after_an_hour(catalogue):
    counted({"lever": "fir", "region": "76", "n": 12})
    first = current_public(NOW, 0)
    SteeringCell.objects.update(n=20)
    assert current_public(NOW + timedelta(minutes=59), first.token).total == 12
    assert current_public(NOW + timedelta(hours=1), first.token).total == 20


def test_the_page_keeps_its_budget_where_everything_may_be_said(catalogue, client):
    counted(
        *(
            row
            for slug in catalogue
            for row in (
                {"lever": slug, "region": "76", "n": 30, "granted": 10, "decided": 20},
                {"lever": slug, "region": "53", "n": 30},
                {"lever": slug, "block": "decision", "days": 30, "n": 9},
            )
        )
    )
    html = client.get(PAGE).content.decode()
    assert len(re.findall(r"<[a-z]", html)) <= MOST_ELEMENTS


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(name, catalogue, client):
    catalogue["fir"].short_name = name
    catalogue["fir"].save()
    counted({"lever": "fir", "region": "76", "n": 12})
    assert "<script>alert" not in client.get(PAGE).content.decode()
