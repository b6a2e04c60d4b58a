"""The first use of an acronym on a page, followed by what it stands for. Pure.

A page is text that a template made; what is added is one element after the acronym, in
the running text, so that it is read by everybody: on paper, on a phone, aloud, without a
script. A ``title`` would be none of that.

What keeps long pages light: running text only (paragraphs, items, definitions), never a
link, a heading, a form or a source; a term is developed once where one reads, and at
most once more in a part that is folded; where the author already wrote it out, nothing
is added; an acronym with two meanings is left alone.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import takewhile

from levers.words import fold

RUNNING = ("p", "li", "dd")
"""The elements whose text is read as sentences."""

SILENT = (
    "a abbr button caption code dfn form h1 h2 h3 h4 h5 h6 kbd label legend nav noscript option pre samp script select "
    "style summary svg template textarea th title var"
).split()
"""The elements in which nothing is ever added. None of them holds another of its name."""

GLOSS = "portal-gloss"
SILENT_CLASSES = (GLOSS, "fr-badge", "fr-tag", "fr-sr-only", "portal-source", "portal-on-paper")
"""The same for elements by their class: labels, names of sources, what only reading aids are told."""

REST = r"""[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>"""
"""What is left of a tag after its name."""


def _whole(names: Iterable[str], group: str, attributes: str = "") -> str:
    """Return a pattern of an element until its end, written so that the engine goes from ``<`` to ``<``."""
    end = rf"</(?P={group})\s*>"
    return rf"(?P<{group}>{'|'.join(names)})\b{attributes}{REST}[^<]*(?:<(?!{end[1:]})[^<]*)*{end}"


SILENT_CLASS = rf'\s[^<>]*?class="(?:[^"<>]*\s)?(?:{"|".join(SILENT_CLASSES)})(?:\s[^"<>]*)?"'

MARKUP = re.compile(
    rf"<(?:{_whole(SILENT, 'silent')}|{_whole(('span', *RUNNING), 'named', SILENT_CLASS)}"
    rf"|(?P<close>/?)(?P<name>{'|'.join(RUNNING)}|details)\b(?P<rest>{REST})|!--.*?-->)",
    re.DOTALL,
)
"""What decides where one is in a page: parts to leave whole, and the tags of running text and of what is folded."""

TAG = re.compile(rf"<!--.*?-->|</?[a-zA-Z]{REST}", re.DOTALL)
GLOSSED = re.compile(rf'\s*<span class="{GLOSS}">[^<]*</span>')
"""What an earlier pass added: invisible to the checks, so that a second pass changes nothing."""

APOSTROPHE = "(?:'|’|&#x27;|&#39;)"
JOINED_BEFORE = re.compile(r"[\w/&#@.\-]\Z")
JOINED_AFTER = re.compile(rf"[\w/@\-]|\.\w|{APOSTROPHE}\w")
"""Neighbours that make another word of it: a code, an address, a compound, a list with slashes."""

NEAR_BEFORE, NEAR_AFTER, FAR_AFTER = 200, 250, 4000
"""How many characters around an acronym may already spell it out."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a spelling stands for: the term, and its words; no words where it is known but never developed."""

    term: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The spellings of the acronyms, and the pattern that finds them."""

    meanings: Mapping[str, Meaning]
    pattern: re.Pattern[str]


def words_of(meanings: Mapping[str, Meaning]) -> Words:
    """Return acronyms ready to be looked for, the longest first where one begins another."""
    by_letter: dict[str, list[str]] = {}
    for spelling in sorted(meanings, key=lambda text: (-len(text), text)):
        by_letter.setdefault(spelling[0], []).append(_as_written(spelling[1:]))
    choices = [f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in sorted(by_letter.items())]
    return Words(dict(meanings), re.compile("|".join(choices) or r"(?!)"))


def _as_written(text: str) -> str:
    """Return a pattern of a spelling as templates write it: an apostrophe may be escaped, a space may be a wide one."""
    return re.escape(text).replace("'", APOSTROPHE).replace(r"\ ", r"\s+")


def explain(html: str, words: Words) -> str:
    """Return a page, or a part of one, in which the first use of each acronym is followed by its meaning.

    Tags and what is between them are kept as they are; explaining twice changes nothing.
    """
    anywhere: set[str] = set()
    unfolded: set[str] = set()
    parts, last = [], 0
    for found, block, folded in _in_running_text(html, words.pattern.finditer(html)):
        meaning = words.meanings.get(found[0]) or words.meanings[_spelling(found[0])]
        known = anywhere if folded else unfolded
        if meaning.term in known or not meaning.words or _is_joined(html, found) or _is_in_a_tag(html, block, found):
            continue
        addition = _addition(html, block, found, meaning)
        if addition is None:
            continue
        anywhere.add(meaning.term)
        if not folded:
            unfolded.add(meaning.term)
        parts += (html[last : found.end()], addition)
        last = found.end()
    return "".join([*parts, html[last:]])


def _in_running_text(html: str, candidates: Iterator[re.Match]) -> Iterator[tuple[re.Match, int, bool]]:
    """Yield the acronyms that stand in sentences: where their paragraph begins, and whether it is in a folded part."""
    marks, stack, last = MARKUP.finditer(html), [], 0
    running, folded, block = False, False, 0
    mark = next(marks, None)
    for found in candidates:
        while mark is not None and mark.start() < found.start():
            last = mark.end()
            if (name := mark["name"]) is not None:
                if mark["close"]:
                    running, folded = _closed(stack, name, (running, folded))
                elif name == "details":
                    stack.append((name, running, folded))
                    folded = folded or not re.search(r"\sopen\b", mark["rest"])
                else:
                    stack.append((name, running, folded))
                    running, block = True, last
            mark = next(marks, None)
        if running and found.start() >= last:
            yield found, block, folded


def _closed(stack: list, name: str, state: tuple[bool, bool]) -> tuple[bool, bool]:
    """Return where one is after an end tag: before the start of the innermost element of that name, if any is open."""
    for number in range(len(stack) - 1, -1, -1):
        if stack[number][0] == name:
            state = stack[number][1:]
            del stack[number:]
            break
    return state


def _spelling(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(APOSTROPHE, "'", text))


def _is_in_a_tag(html: str, start: int, found: re.Match) -> bool:
    """Tell whether an acronym is a part of a tag of the paragraph that begins at ``start``: no tag is ever touched."""
    opened = html.rfind("<", start, found.start())
    return opened >= 0 and any(tag.end() > found.start() for tag in _tags_before(html, start, found.start()))


def _tags_before(html: str, start: int, end: int) -> Iterator[re.Match]:
    return takewhile(lambda tag: tag.start() < end, TAG.finditer(html, start))


def _is_joined(html: str, found: re.Match) -> bool:
    before = html[max(0, found.start() - 1) : found.start()]
    return bool(JOINED_BEFORE.search(before) or JOINED_AFTER.match(html, found.end()))


def _addition(html: str, block: int, found: re.Match, meaning: Meaning) -> str | None:
    """Return what is added after an acronym: nothing where it is written out already, None where one had better wait.

    One waits when a parenthesis that says something else follows: two in a row would not be read.
    """
    if GLOSSED.match(html, found.end()):
        return ""
    before = _plain(html[block : found.start()]).rstrip()
    after = _plain(html[found.end() : found.end() + FAR_AFTER])[:NEAR_AFTER].lstrip()
    if _says(before[-NEAR_BEFORE:], meaning.words):
        return ""
    if before.endswith("(") and after.startswith(")"):
        return "" if _begins_as(found[0], before[-NEAR_BEFORE:-1]) else None
    if after.startswith("("):
        inside = after[1:].partition(")")[0]
        return "" if _says(inside, meaning.words) or _begins_as(found[0], inside) else None
    if _says(after[: len(meaning.words) + 10], meaning.words):
        return ""
    first, final = "[]" if before.count("(") > before.count(")") else "()"
    return f' <span class="{GLOSS}">{first}{escape(meaning.words)}{final}</span>'


def _plain(html: str) -> str:
    """Return the words of a stretch as its author wrote them: without tags, nor anything added here."""
    return TAG.sub(" ", GLOSSED.sub("", html)).replace("&#x27;", "'").replace("&#39;", "'").replace("&quot;", '"')


def _roots(text: str) -> list[str]:
    """Return the words of a text so that a plural is its singular: without accents, nor a last s or x."""
    return [word.rstrip("sx") or word for word in re.findall(r"[a-z0-9]+", fold(text))]


def _says(text: str, meaning: str) -> bool:
    """Tell whether a text holds the words of a meaning, in its order."""
    return f" {' '.join(_roots(meaning))} " in f" {' '.join(_roots(text))} "


def _begins_as(acronym: str, text: str) -> bool:
    """Tell whether the words of a text begin with the letters of an acronym, in its order: it spells it out."""
    initials = iter([root[0] for root in _roots(text)])
    return all(letter in initials for letter in re.findall(r"[a-z0-9]", fold(acronym)))


def spellings(acronym: str, aliases: Iterable[str]) -> list[str]:
    """Return how a term is written in pages: its acronym, and those aliases that look like one (two capitals)."""
    return [acronym, *(alias for alias in aliases if sum(letter.isupper() for letter in alias) >= 2)]
