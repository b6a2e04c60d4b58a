"""Keep of a style sheet what rendered pages can use, and nothing else.

A selector is kept when each of its compounds (``a.fr-btn[href]``) fits an element that was
seen: one tag with these classes, this id, these attributes. What is inside ``:not()``,
``:is()`` and the like, and states such as ``:hover``, are taken as possible; ``:disabled``
asks for the attribute, without which nothing is disabled.
"""

import re
from collections.abc import Iterable
from functools import cache
from html.parser import HTMLParser

from css_text import Node, pieces

Seen = frozenset[str]
"""One kind of element: ``a``, ``.fr-btn``, ``#menu``, ``[href]``, ``[type=submit]``."""

FUNCTION = re.compile(r":(?:not|is|where|has|matches|-webkit-any|nth-[a-z-]+|host|lang|dir)\((?:[^()]|\([^()]*\))*\)")
DISABLED = re.compile(r":disabled(?![\w-])")
PSEUDO = re.compile(r"::?[\w-]+(?:\([^()]*\))?")
ATTRIBUTE = re.compile(r"\[([\w-]+)\s*(?:([~|^$*]?=)\s*[\"']?([^\"'\]]*)[\"']?)?[^\]]*\]")
SIMPLE = re.compile(r"[.#]?[\w-]+|\\.")
#: What stands between the spaces and signs of a selector; those inside brackets are no separators.
COMPOUND = re.compile(r"(?:\[[^\]]*\]|[^\s>~+\[])+")


class _Reader(HTMLParser):
    """Note each kind of element of a page once."""

    def __init__(self, scripted: dict[str, tuple[str, ...]]):
        super().__init__()
        self.scripted = scripted
        self.kinds: set[Seen] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element by its tag, classes, id and attributes."""
        kind = {tag, *self.scripted.get(tag, ())}
        for name, value in attrs:
            kind |= {f"[{name}]", f"[{name}={value or ''}]"}
            if name == "class":
                kind |= {f".{word}" for word in (value or "").split()}
            elif name == "id":
                kind.add(f"#{value}")
        self.kinds.add(frozenset(kind))


def kinds_of_elements(pages: Iterable[str], scripted: dict[str, tuple[str, ...]]) -> frozenset[Seen]:
    """Return every kind of element of these pages; ``scripted``: what scripts add to a tag later."""
    reader = _Reader(scripted)
    for page in pages:
        reader.feed(page)
        reader.close()
        reader.reset()
    return frozenset(reader.kinds)


def wanted_by(compound: str) -> Seen:
    """Return what a compound asks of one element; operators other than ``=`` only ask for the attribute."""
    compound = PSEUDO.sub("", DISABLED.sub("[disabled]", compound))
    asked = {
        f"[{name}={value}]" if operator == "=" else f"[{name}]" for name, operator, value in ATTRIBUTE.findall(compound)
    }
    return frozenset(asked | set(SIMPLE.findall(ATTRIBUTE.sub("", compound))))


class Purge:
    """Decides which rules of a sheet stay."""

    def __init__(self, kinds: frozenset[Seen]):
        self.kinds = kinds
        self.fits = cache(self._fits)

    def _fits(self, compound: str) -> bool:
        wanted = wanted_by(compound)
        return any(wanted <= kind for kind in self.kinds)

    def keeps(self, selector: str) -> bool:
        """Tell whether a page can hold what the selector names."""
        if ":-ms-" in selector or "::-ms-" in selector:  # browsers that read it cannot read the rest
            return False
        plain = FUNCTION.sub("", selector).strip()
        return all(map(self.fits, COMPOUND.findall(plain)))

    def keep(self, nodes: list[Node]) -> list[Node]:
        """Return the rules and blocks that stay, without the selectors that nothing fits."""
        kept: list[Node] = []
        for head, body in nodes:
            if isinstance(body, list):
                if inner := self.keep(body):
                    kept.append((head, inner))
            elif head.startswith("@"):
                if not head.startswith("@-moz-document"):
                    kept.append((head, body))
            elif selectors := [one for one in pieces(head, ",") if self.keeps(one)]:
                kept.append((",".join(selectors), body))
        return kept


def without_unused_names(css: str) -> str:
    """Drop the custom properties and animations that nothing reads any more, until none is left."""
    declaration = re.compile(r"(?<=[{;])(--[\w-]+):(?:\"[^\"]*\"|'[^']*'|[^;{}\"'])*(?:;|(?=}))")
    while unread := set(declaration.findall(css)) - set(re.findall(r"var\(\s*(--[\w-]+)", css)):
        css = declaration.sub(lambda found, drop=unread: "" if found[1] in drop else found[0], css)
    for name in re.findall(r"@keyframes ([\w-]+)", css):
        if not re.search(rf"animation(?:-name)?:[^;}}]*\b{name}\b", css):
            css = re.sub(rf"@(?:-webkit-)?keyframes {name}\{{(?:[^{{}}]*\{{[^{{}}]*\}})*\s*\}}\n?", "", css)
    while (tidy := re.sub(r"(?<=[}\n])[^{}\n]+\{\s*\}\n?|;(?=\})", "", css)) != css:
        css = tidy
    return css
