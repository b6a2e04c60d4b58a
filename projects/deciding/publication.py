"""What is said of an act that takes effect once it is published (an order): published or not yet. Pure."""

from collections.abc import Mapping

from projects.procedures.types import Procedure
from projects.procedures.vocabulary import Value

REFERENCE = "publication_reference"


def publication_said(procedure: Procedure, records: Mapping[str, Value]) -> str:
    """Return where the act was published, or that it is not yet; empty for a procedure that publishes nothing."""
    if not any(one.key == REFERENCE for move in procedure.moves for one in move.fields):
        return ""
    reference, on, url = (records.get(name) for name in (REFERENCE, "published_on", "publication_url"))
    if not reference:
        return "La décision prend effet après sa publication, qui n'est pas encore notée."
    day = f", le {on:%d/%m/%Y}" if on else ""
    where = f" : {url}" if url else ""
    return f"Publiée : {reference}{day}{where}."
