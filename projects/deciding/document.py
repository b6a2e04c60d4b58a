"""A document as it is drawn: the frozen words, then what the law wants said; a draft says on top that it is one.

Decisions, agreements, amendments and acknowledgements are drawn alike, from what was frozen and nothing else.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from levers.documents.blocks import Block, Document, Heading, Table, Words, items, line, paragraph, prose
from projects.engine.terms import TO_CHECK, in_words
from projects.letters.choosing import UNSIGNED
from projects.letters.naming import name_of
from projects.procedures.citing import cited

NOT_SIGNED = "Projet, non signé : ce document n'engage personne."


def document_of(content: Mapping, day: date) -> Document:
    """Return a document from its frozen content: the same content gives the same document, years later.

    Without a number, it is a draft.
    """
    number, name = content["number"], name_of(content.get("key", ""))
    blocks: list[Block] = []
    for part in (_head, _words, _parts, _signature, mentions_of):
        blocks += part(content)
    title = content["subject"] or f"{name.title} {number}"
    summary = f"{name.title} n° {number}, dossier {content['reference']}." if number else NOT_SIGNED
    foot = f"{content['body']} · {number or 'projet non signé'} · dossier {content['reference']}"
    return Document(title, summary, day, foot, tuple(blocks))


def _head(content: Mapping) -> Iterator[Block]:
    name = name_of(content.get("key", ""))
    if content["number"]:
        signed = in_words(date.fromisoformat(content["signed_on"]))
        words = f"{content['body']}. {name.title} n° {content['number']} du {signed}."
        yield paragraph(Words(words, strong=True))
    else:
        yield paragraph(Words(NOT_SIGNED, strong=True))
    if content["corrects"]:
        yield paragraph(f"{name.replaces} {content['corrects']}.")


def _words(content: Mapping) -> Iterator[Block]:
    yield from prose(content["text"])


def _parts(content: Mapping) -> Iterator[Block]:
    for part in content.get("parts", ()):
        yield Heading(part["title"])
        if part.get("lines"):
            yield items(part["lines"])
        if part.get("rows"):
            yield Table(part["title"], tuple(part["head"]), tuple(tuple(row) for row in part["rows"]))
        if part.get("source"):
            yield paragraph(f"Source : {cited(part['source'])}", quiet=True)


def signatures_of(content: Mapping) -> list[str]:
    """Return who signed, side by side; nothing of a draft but what the applicant's side did already."""
    name, found = name_of(content.get("key", "")), []
    carrier = content.get("carrier")
    if carrier is not None:
        on = in_words(date.fromisoformat(carrier["on"])) if carrier["on"] else ""
        how = f" ({carrier['how']})" if carrier["how"] else ""
        found.append(f"Pour le porteur : le {on}{how}." if on else f"Pour le porteur : date de signature {TO_CHECK}.")
    if content["number"]:
        by = content["signed_by"] or "La direction"
        under = f"par délégation ({content['delegation']})" if content["delegation"] else "pour la direction"
        if content.get("key") in UNSIGNED:
            by, under = content["signed_by"] or "L'agence", "pour le service"
        on = in_words(date.fromisoformat(content["signed_on"]))
        if content.get("signed_for"):
            found.append(f"Signée sur le portail le {on} : {by}, pour {content['body']}.")
            return found
        found.append(f"{name.signed} le {on} : {by}, {under}.")
    return found


def _signature(content: Mapping) -> Iterator[Block]:
    said = signatures_of(content)
    if said:
        yield Heading("Signatures" if "carrier" in content else "Signature")
        yield from (paragraph(words) for words in said)


def mentions_of(content: Mapping) -> Iterator[Block]:
    """Give what the law wants said with a document, whatever its template holds; what is not known says so."""
    yield Heading(name_of(content.get("key", "")).appeal)
    silence = (line(Words("Silence : ", strong=True), content["silence"] or TO_CHECK),) if "silence" in content else ()
    yield items(
        (
            *silence,
            line(Words("Délais : ", strong=True), content["appeal"] or TO_CHECK),
            line(Words("Juge : ", strong=True), content["court"] or TO_CHECK),
        )
    )
    if content["source"]:
        yield paragraph(f"Source : {cited(content['source'])}", quiet=True)
