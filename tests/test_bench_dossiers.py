"""The bench of dossiers: its data are dossiers like others, and whoever measures reads their own."""

import pytest
from django.test import Client

from projects.engine.verifying import verify
from projects.models import Dossier
from tests.bench import dossiers, steering
from tests.bench.lines import COOKIE, DOSSIER, DOSSIER_LINES, OFFICER, with_dossiers
from tests.bench.names import DOSSIERS, OWN_DOSSIERS, WITH_DOSSIERS, reference_of

FEW = 60


@pytest.fixture
def few(catalogue, monkeypatch) -> None:
    """The same invention, with fewer people and dossiers."""
    for name, value in {"DOSSIERS": FEW, "PEOPLE": 12, "ORGANISATIONS": 5, "BATCH": 40}.items():
        monkeypatch.setattr(dossiers, name, value)
    dossiers.install()


def test_references_are_known_without_the_base_and_each_its_own():
    assert len({reference_of(rank) for rank in range(DOSSIERS)}) == DOSSIERS
    assert [with_dossiers(size) for size in (12, WITH_DOSSIERS, 5_000)] == [False, True, False]


def test_every_copy_has_a_journal_that_verifies(few):
    assert Dossier.objects.count() == FEW + len(dossiers.PATHS)
    assert [dossier.reference for dossier in Dossier.objects.all() if not verify(dossier).is_whole] == []
    assert len(set(Dossier.objects.values_list("macro", flat=True))) >= 4


def test_whoever_measures_sees_their_list_and_each_of_their_dossiers(few):
    client = Client()
    client.cookies.load(COOKIE["Cookie"])
    mine, sheets, *_ = DOSSIER_LINES
    page = client.get(mine.make(WITH_DOSSIERS)[0], secure=True)
    assert page.status_code == 200
    assert len(set(DOSSIER.findall(page.content))) >= 20
    addresses = sheets.make(WITH_DOSSIERS)
    assert len(addresses) == OWN_DOSSIERS
    assert {client.get(address, secure=True).status_code for address in addresses[:7]} == {200}
    other = Dossier.objects.exclude(project__owner__email="mesure-0@exemple.invalid").filter(macro="draft").first()
    assert client.get(f"/dossiers/{other.reference}/", secure=True).status_code == 404


def test_an_officer_finds_what_each_line_is_about(few):
    steering.count_all()
    client = Client()
    client.cookies.load(OFFICER["Cookie"])
    for line in [one for one in DOSSIER_LINES if one.headers == OFFICER]:
        pages = [client.get(address, secure=True) for address in line.make(WITH_DOSSIERS)]
        assert {page.status_code for page in pages} == {200}, line.key
        assert any(line.must_show.search(page.content) for page in pages), line.key
