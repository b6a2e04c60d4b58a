"""What the pages show of the documents of the instruction, by who reads."""

from projects.models import Dossier, Paper
from projects.papers.rules import Reader, may_open
from projects.procedures.types import Procedure

OF_ACTS = {"consented": "Réponse du porteur sur une publication"}
EVALUATION = "Évaluation notée dans le suivi"
"""What the documents of an act that is not a move go with, by the kind of the act; else an evaluation."""


def papers_for(dossier: Dossier, reader: Reader) -> list[Paper]:
    """Return the documents of a dossier that somebody may open, the last one first (one query)."""
    rows = dossier.papers.present().select_related("request__body", "request__user", "entry", "added_by")
    return [row for row in rows.order_by("-added_at", "-pk") if may_open(row, reader)]


def beside(paper: Paper, procedure: Procedure) -> str:
    """Return in words what a document goes with: an opinion, a move, or its own sort."""
    if paper.request:
        return f"Avis : {paper.request.recipient}"
    if paper.entry and paper.entry.move:
        return procedure.move(paper.entry.move).label
    return OF_ACTS.get(paper.entry.kind, EVALUATION) if paper.entry else paper.get_sort_display()


def of_opinions(papers: list[Paper]) -> dict[int, list[Paper]]:
    """Return documents by the opinion that they go with, in the order in which they came."""
    found: dict[int, list[Paper]] = {}
    for paper in reversed(papers):
        if paper.request_id:
            found.setdefault(paper.request_id, []).append(paper)
    return found
