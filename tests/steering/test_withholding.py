"""Whoever stepped back from a dossier reads no figure that would tell how it goes on."""

from datetime import timedelta

import pytest

from projects.models import Dossier, Recusal
from projects.steering import running
from projects.steering.figures import Block, Figures, Standing
from projects.steering.withholding import withheld
from tests.dossier_factories import NOW, drive, make_officer
from tests.steering.conftest import deposited
from tests.steering.test_pages import PAGE, cells_of, signed_in

COUNTS = ("Titre", "Dossiers", "En retard")


def block(key: str, *rows: tuple) -> Block:
    return Block(key, key, "", COUNTS, rows)


def figures_with(granted: int) -> Figures:
    return Figures(standing=(Standing("fir", "a", "granted", "", "", granted, 0, granted, granted),))


@pytest.mark.parametrize(
    ("key", "rows", "left"),
    [
        ("statuts", [("A", 9, 7), ("B", 8, 2)], [("A", 9, 7), ("B", 8, None)]),
        ("statuts", [("A", 9, 7), ("B", 8, 6), ("C", 1, 0)], [("A", 9, 7), ("B", None, None), ("C", None, None)]),
        ("etapes", [("A", "FIR", 6, 6), ("B", "FIR", 2, 1)], [("A", "FIR", None, None), ("B", "FIR", None, None)]),
        ("retards", [("FIR", 6, 12, "50 %")], [("FIR", 6, 12, "50 %")]),
        ("retards", [("FIR", 1, 12, "8 %")], [("FIR", None, 12, None)]),
        ("leviers", [("FIR", 12, 6, 2, "33 %")], [("FIR", 12, 6, None, None)]),
        ("delais", [("A", "FIR", 5, 1, 3), ("B", "FIR", 4, 9, 9)], [("A", "FIR", 5, 1, 3), ("B", "FIR", None, None, None)]),
    ],
)  # fmt: skip
def test_nothing_that_stands_for_under_five_is_left(key, rows, left):
    (found,) = withheld([block(key, *rows)], figures_with(9))
    assert list(found.rows) == left


@pytest.mark.parametrize(("granted", "shown"), [(4, []), (5, ["argent"])])
def test_amounts_are_told_where_enough_dossiers_were_granted(granted, shown):
    assert [one.key for one in withheld([block("argent", ("2026", 1, 1))], figures_with(granted))] == shown


@pytest.fixture
def closed(guadeloupe, agent) -> Dossier:
    """A dossier from which the agent stepped back, alone at its stage among eight."""
    dossiers = [deposited(guadeloupe) for _ in range(8)]
    colleague = make_officer(guadeloupe)
    drive(dossiers[0], "plan", colleague, NOW - timedelta(days=2))
    Recusal.objects.create(dossier=dossiers[0], user=agent, since=NOW)
    running.refresh(NOW)
    return dossiers[0]


def test_a_recused_person_cannot_tell_where_the_dossier_stands_and_a_colleague_can(closed, agent, guadeloupe):
    own = signed_in(agent).get(f"{PAGE}?year=2026")
    html = own.content.decode()
    assert [row[2] for row in cells_of(html, "etapes")] == ["–", "–"]
    assert "Vous vous êtes déporté" in html
    assert 'name="year"' not in html
    assert signed_in(agent).get(f"{PAGE}etapes.csv").content.decode().count(";1;") == 0
    theirs = signed_in(make_officer(guadeloupe)).get(PAGE).content.decode()
    assert sorted(row[2] for row in cells_of(theirs, "etapes")) == ["1", "7"]
    assert 'name="year"' in theirs
    assert "Vous vous êtes déporté" not in theirs


def test_once_the_dossier_is_over_or_in_another_administration_nothing_is_withheld(closed, agent, occitanie):
    assert "déporté" not in signed_in(make_officer(occitanie)).get(PAGE).content.decode()
    Dossier.objects.filter(pk=closed.pk).update(ended_at=NOW)
    assert "Vous vous êtes déporté" not in signed_in(agent).get(PAGE).content.decode()
