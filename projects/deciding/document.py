"""A decision as a document: the frozen words, then what the law wants said; a draft says on top that it is one."""

from collections.abc import Iterator, Mapping
from datetime import date

from levers.documents.blocks import Block, Document, Heading, Words, items, line, paragraph, prose
from projects.engine.decisions import in_words

TO_CHECK = "à vérifier"
NOT_SIGNED = "Projet, non signé : ce document n'engage personne."


def document_of(content: Mapping[str, str], day: date) -> Document:
    """Return a decision from its frozen content: the same content gives the same document, years later.

    Without a number, it is a draft.
    """
    number = content["number"]
    blocks: list[Block] = []
    for part in (_head, _words, _signature, mentions_of):
        blocks += part(content)
    title = content["subject"] or f"Décision {number}"
    summary = f"Décision n° {number}, dossier {content['reference']}." if number else NOT_SIGNED
    foot = f"{content['body']} · {number or 'projet non signé'} · dossier {content['reference']}"
    return Document(title, summary, day, foot, tuple(blocks))


def _head(content: Mapping[str, str]) -> Iterator[Block]:
    if content["number"]:
        signed = in_words(date.fromisoformat(content["signed_on"]))
        yield paragraph(Words(f"{content['body']}. Décision n° {content['number']} du {signed}.", strong=True))
    else:
        yield paragraph(Words(NOT_SIGNED, strong=True))
    if content["corrects"]:
        yield paragraph(f"Cette décision rectifie la décision n° {content['corrects']}.")


def _words(content: Mapping[str, str]) -> Iterator[Block]:
    yield from prose(content["text"])


def _signature(content: Mapping[str, str]) -> Iterator[Block]:
    if not content["number"]:
        return
    yield Heading("Signature")
    by = content["signed_by"] or "La direction"
    under = f"par délégation ({content['delegation']})" if content["delegation"] else "pour la direction"
    yield paragraph(f"Signée sur le portail le {in_words(date.fromisoformat(content['signed_on']))} : {by}, {under}.")


def mentions_of(content: Mapping[str, str]) -> Iterator[Block]:
    """Give what the law wants said with a decision, whatever its template holds; what is not known says so."""
    yield Heading("Comment contester")
    yield items(
        (
            line(Words("Délais : ", strong=True), content["appeal"] or TO_CHECK),
            line(Words("Juge : ", strong=True), content["court"] or TO_CHECK),
        )
    )
    if content["source"]:
        yield paragraph(f"Source : {content['source']}", quiet=True)
