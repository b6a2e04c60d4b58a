"""A source as people read it on a page: the name of the document, without its number here nor its lines. Pure.

Procedures name a founding document as their reviewers find it, « Guide APIST (000), ligne 143 »: that stays in
``docs/procedures``. Officers and applicants read the title that the page of sources gives it.
"""

import re

DOCUMENTS = {
    "000": "Guide pratique APIST, « Favoriser les collaborations ARS et acteurs économiques »",
    "001": "Article 51, page de l'agence régionale de santé Occitanie",
    "003": "Instruction SG/DSSIS/2017/8 du 10 janvier 2017 sur l'e-santé en région",
}
"""The founding documents that procedures cite, by their number: the titles of ``fixtures/sources.yaml`` (tested)."""

STUDY = "étude interne du portail"

_LINES = r"(?:, (?:lignes? )?\d+(?:(?:,| à| et) \d+)*)?"
_NAMED = re.compile(rf"(?:Guide APIST|[Gg]uide|ARS Occitanie|Cadre d'action des GRADeS) \((000|001|003)\){_LINES}")
_CITED = re.compile(rf"\(cité en (000|001|003){_LINES}\)")
_STUDY = re.compile(r"étude du domaine(?:, §\d+)?")


def cited(source: str) -> str:
    """Return a source in words that a reader knows: several stay parted by « ; », the same document is said once."""
    plain = _NAMED.sub(lambda found: DOCUMENTS[found[1]], source)
    plain = _CITED.sub(lambda found: f"(cité par : {DOCUMENTS[found[1]]})", plain)
    return " ; ".join(dict.fromkeys(_STUDY.sub(STUDY, plain).split(" ; ")))
