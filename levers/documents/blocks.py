"""What a document holds: headings, paragraphs, lists, tables, links. Pure data, which a template of typst sets.

Words are data all the way: what a curator or a visitor typed is never read as markup,
whatever it looks like. Two things are decided here for every document: which
characters its fonts can show, and where a paragraph or a list begins in plain text.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

SHOWN = (
    (0x20, 0x7E),
    (0xA0, 0x36F),
    (0x391, 0x3A1),
    (0x3A3, 0x45F),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
    (0x202F, 0x2040),
    (0x2074, 0x208E),
    (0x20A0, 0x20BF),
    (0x2190, 0x22FF),
    (0x2500, 0x25FF),
    (0xFFFD, 0xFFFD),
)
"""The characters that the embedded fonts draw; PDF/UA refuses a document that asks for one they lack."""

UNSHOWN = "\ufffd"
WHITE = re.compile(r"[^\S\xa0\u202f]+")
"""What separates words; spaces that do not break (« 10 000 € ») stay as they are."""

SILENT = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Kinds of characters that show nothing by themselves: controls, marks of direction, halves of others."""


@dataclass(frozen=True, slots=True)
class Words:
    """A few words: plain, strong, or a link where there is an address."""

    text: str
    url: str = ""
    strong: bool = False


Line = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a part; the title of the document is level 1, and stands alone at it."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``quiet`` ones say where something comes from, in smaller letters."""

    line: Line
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered where the order matters. Each item is some paragraphs."""

    items: tuple[tuple[Paragraph, ...], ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the headers of its columns."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Paragraph | Items | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A document: what it is called, of which day it is, what it holds."""

    title: str
    summary: str
    on: date
    foot: str
    """Stands at the foot of every page, beside its number."""
    blocks: tuple[Block, ...]


def clean(text: str) -> str:
    """Return a text on one line, without what shows nothing; what the fonts cannot draw becomes « � »."""
    kept = []
    for character in unicodedata.normalize("NFC", WHITE.sub(" ", text)):
        if any(first <= ord(character) <= last for first, last in SHOWN):
            kept.append("" if character == "\xad" else character)
        elif unicodedata.category(character) not in SILENT:
            kept.append(UNSHOWN)
    return re.sub(" +", " ", "".join(kept)).strip(" ")


def line(*parts: str | Words) -> Line:
    """Return words one after the other; empty ones are left out."""
    words = (part if isinstance(part, Words) else Words(part) for part in parts)
    return tuple(one for one in words if one.text)


def paragraph(*parts: str | Words, quiet: bool = False) -> Paragraph:
    """Return a paragraph of these words."""
    return Paragraph(line(*parts), quiet)


def items(texts: Iterable[str | Line | Paragraph], *, numbered: bool = False) -> Items:
    """Return a list whose items are one paragraph each."""
    return Items(tuple((_paragraph_of(text),) for text in texts), numbered)


def _paragraph_of(text: str | Line | Paragraph) -> Paragraph:
    if isinstance(text, Paragraph):
        return text
    return paragraph(text) if isinstance(text, str) else Paragraph(text)


def prose(text: str) -> list[Paragraph | Items]:
    """Return plain text as paragraphs and lists, cut where the pages cut it (apist/templatetags/portal.py)."""
    blocks = [block for block in (text or "").replace("\r\n", "\n").split("\n\n") if block.strip()]
    return [part for block in blocks for part in _parts_of(block.split("\n"))]


def _parts_of(lines: list[str]) -> list[Paragraph | Items]:
    parts: list[tuple[bool, list[str]]] = []
    for one in lines:
        stripped = one.strip()
        in_list = bool(parts) and parts[-1][0]
        if stripped.startswith("- "):
            if not in_list:
                parts.append((True, []))
            parts[-1][1].append(stripped[2:])
        elif in_list and one.startswith("  "):
            parts[-1][1][-1] += f" {stripped}"
        elif stripped:
            if in_list or not parts:
                parts.append((False, []))
            parts[-1][1].append(stripped)
    return [items(texts) if listed else paragraph(" ".join(texts)) for listed, texts in parts]


def as_data(document: Document) -> dict:
    """Return a document as the template reads it, in plain values, every text cleaned."""
    return {
        "title": clean(document.title) or UNSHOWN,
        "summary": clean(document.summary),
        "day": [document.on.year, document.on.month, document.on.day],
        "foot": clean(document.foot),
        "blocks": [data for block in document.blocks if (data := _block_as_data(block))],
    }


def _block_as_data(block: Block) -> dict:
    """Return a block in plain values; one that holds no words holds nothing."""
    match block:
        case Heading(text, level):
            return {"kind": "heading", "level": level, "text": clean(text)} if clean(text) else {}
        case Paragraph():
            said = _paragraph_as_data(block)
            return said if said["words"] else {}
        case Items(entries, numbered):
            told = [[_paragraph_as_data(one) for one in entry] for entry in entries]
            told = [kept for entry in told if (kept := [one for one in entry if one["words"]])]
            return {"kind": "items", "numbered": numbered, "items": told} if told else {}
    rows = [[clean(cell) for cell in row] for row in block.rows]
    head = [clean(cell) for cell in block.head]
    return {"kind": "table", "caption": clean(block.caption), "head": head, "rows": rows} if rows else {}


def _paragraph_as_data(one: Paragraph) -> dict:
    words = []
    for part in one.line:
        text = clean(part.text)
        # A space at the edge of a part separates it from the next one: cleaning takes it away, it is put back.
        before, after = (" " * bool(WHITE.fullmatch(edge)) for edge in (part.text[:1], part.text[-1:]))
        text = f"{before}{text}{after}" if text else ""
        if text:
            words.append({"text": text, "url": clean(part.url).replace(" ", "%20"), "strong": part.strong})
    return {"kind": "paragraph", "quiet": one.quiet, "words": words}
