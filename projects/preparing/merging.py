"""Two people, or two tabs, wrote in the same section: what is put together, and what needs a choice. Pure.

A page remembers, for each question, a digest of the answer that it showed (its *base*). A question changed on one
side only is merged. One that both changed keeps what is stored; what came later is a conflict, to be kept aside and
shown: no character of either side is ever lost.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from projects.content.answers import FALSE, TRUE, Raw

DIGEST_LENGTH = 16


def plain(raw: Raw) -> str | list[str]:
    """Return an answer in the one form under which two of them are compared: nothing is the empty text."""
    if raw is True:
        return TRUE
    if raw is False:
        return FALSE
    return raw or ""


def digest(raw: Raw) -> str:
    """Return what stands for an answer in a page: the same for the same answer."""
    text = json.dumps(plain(raw), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST_LENGTH]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question that both sides changed, each its own way."""

    stored: Raw
    posted: Raw


@dataclass(frozen=True, slots=True)
class Merged:
    """What a section holds after two sides wrote in it."""

    answers: Mapping[str, Raw]
    conflicts: Mapping[str, Conflict]


def merge(base: Mapping[str, str], stored: Mapping[str, Raw], posted: Mapping[str, Raw]) -> Merged:
    """Put together what is stored and what a page sent, given the digests of what that page had shown.

    A question that the page did not send stays as it is. One of which the page does not say what it had shown is
    taken where nothing is stored; else it is a conflict, unless the two are equal or nothing was sent.
    """
    answers, conflicts = dict(stored), {}
    for key, sent in posted.items():
        here, there = digest(stored.get(key)), digest(sent)
        before = base.get(key)
        if there in (here, before) or (before is None and plain(sent) == ""):
            continue
        if here == before or (before is None and plain(stored.get(key)) == ""):
            answers[key] = sent
        else:
            conflicts[key] = Conflict(stored.get(key), sent)
    return Merged(answers, conflicts)


def merge_marks(base: frozenset[str], stored: frozenset[str], posted: frozenset[str]) -> frozenset[str]:
    """Return the marks (business secrets) after two sides set or took away some: yes or no never disagree."""
    return (stored | (posted - base)) - (base - posted)


def bases_of(answers: Mapping[str, Raw], keys) -> dict[str, str]:
    """Return what a page remembers of the answers it shows, by question."""
    return {key: digest(answers.get(key)) for key in keys}
