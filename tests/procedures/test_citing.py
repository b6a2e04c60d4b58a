"""A source is said on pages by the name of its document; where in it stays in the documentation."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import pytest
import yaml
from django.conf import settings

from projects.letters.defaults import DEFAULTS
from projects.procedures import grids
from projects.procedures.catalogue import PROCEDURES
from projects.procedures.citing import DOCUMENTS, STUDY, cited

GUIDE, OCCITANIE, GRADES = DOCUMENTS["000"], DOCUMENTS["001"], DOCUMENTS["003"]
TABLE = (
    ("Guide APIST (000), ligne 143", GUIDE),
    ("Guide APIST (000), lignes 163 et 176 ; loi n° 2000-321, article 9-1 (à vérifier)",
     f"{GUIDE} ; loi n° 2000-321, article 9-1 (à vérifier)"),
    ("ARS Occitanie (001), lignes 110 et 137 à 138", OCCITANIE),
    ("ARS Occitanie (001), ligne 60 ; durée maximale : guide (000), ligne 239",
     f"{OCCITANIE} ; durée maximale : {GUIDE}"),
    ("Cadre d'action des GRADeS (003), lignes 318 à 350", GRADES),
    ("Guide APIST (000), ligne 153 (« structurées »)", f"{GUIDE} (« structurées »)"),
    ("Guide APIST (000), 750", GUIDE),
    ("Guide APIST (000), ligne 279 ; étude du domaine, §2", f"{GUIDE} ; {STUDY}"),
    ("Guide APIST (000), ligne 1 ; Guide APIST (000), ligne 2", GUIDE),
    ("Code de la sécurité sociale, L. 162-31-1, IV (cité en 001, ligne 301)",
     f"Code de la sécurité sociale, L. 162-31-1, IV (cité par : {OCCITANIE})"),
    ("Code des relations entre le public et l'administration, L. 231-4, 3°",
     "Code des relations entre le public et l'administration, L. 231-4, 3°"),
    ("Source interne (009), ligne 4", "Source interne (009), ligne 4"),
    ("", ""),
)  # fmt: skip


def sources(thing: object) -> Iterator[str]:
    """Every source that something holds, however deep."""
    if is_dataclass(thing):
        for one in fields(thing):
            value = getattr(thing, one.name)
            yield from (value,) if one.name == "source" and value else sources(value)
    elif isinstance(thing, Mapping):
        yield from sources(tuple(thing.values()))
    elif isinstance(thing, tuple | list | frozenset):
        for one in thing:
            yield from sources(one)


@pytest.mark.parametrize(("source", "said"), TABLE)
def test_a_source_is_said_by_the_name_of_its_document(source, said):
    assert cited(source) == said
    assert cited(said) == said


def test_no_source_of_a_procedure_a_grid_or_a_letter_shows_a_number_or_a_line():
    kept = [one for one in vars(grids).values() if isinstance(one, grids.Grid)]
    found = set(sources((PROCEDURES, tuple(kept), DEFAULTS)))
    assert {"Guide APIST (000), ligne 143", grids.EXPERIMENT.source, "ARS Occitanie (001), ligne 24"} <= found
    assert [one for one in found if re.search(r"\b00\d\b|lignes? \d|étude du domaine", cited(one))] == []


def test_the_documents_are_named_as_the_page_of_sources_names_them():
    rows = yaml.safe_load((settings.BASE_DIR / "fixtures/sources.yaml").read_text())
    titles = {row["fields"]["document"][:3]: row["fields"]["title"] for row in rows if row["fields"].get("document")}
    assert titles | DOCUMENTS == titles
