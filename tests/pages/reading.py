"""Read a page as a person or a reading aid would: a small tree of what the server sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass(eq=False)
class Element:
    """A tag, what it says of itself and what it holds."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)
    parent: Element | None = None

    def __getitem__(self, name: str) -> str:
        return self.attributes[name]

    def __iter__(self) -> Iterator[Element]:
        """Yield every element inside, in the order of the page."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child

    def get(self, name: str) -> str | None:
        return self.attributes.get(name)

    @property
    def classes(self) -> list[str]:
        return (self.get("class") or "").split()

    @property
    def text(self) -> str:
        """The words, as they read on the screen: spaces and line ends made one; a mark changes no word."""
        parts = (
            child if isinstance(child, str) else child.text if child.tag == "mark" else f" {child.text} "
            for child in self.children
        )
        return re.sub(r"\s+", " ", "".join(parts)).strip()

    def all(self, tag: str = "", css: str = "", **attributes: str) -> list[Element]:
        """Every element inside with this tag, this class and these attributes (``for_`` for ``for``)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self
            if (not tag or element.tag == tag)
            and (not css or css in element.classes)
            and all(element.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str = "", css: str = "", **attributes: str) -> Element:
        """The only element of its kind; an error where there are none or several."""
        found = self.all(tag, css, **attributes)
        assert len(found) == 1, f"{len(found)} × {tag} .{css} {attributes}"
        return found[0]

    def __str__(self) -> str:
        return f"<{self.tag} {self.attributes}>"


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("", {})

    def handle_starttag(self, tag, attrs):
        element = Element(tag, {name: value or "" for name, value in attrs}, parent=self.here)
        self.here.children.append(element)
        if tag not in VOID:
            self.here = element

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.here.tag == tag, f"</{tag}> ends <{self.here.tag}>"
        self.here = self.here.parent

    def handle_data(self, data):
        self.here.children.append(data)


def read(answer) -> Element:
    """Return the tree of an answer of the test client; tags must be closed in order."""
    reader = _Reader()
    reader.feed(answer.content.decode())
    reader.close()
    assert reader.here is reader.root, f"{reader.here} is never closed"
    return reader.root


def visit(client, address: str, *, status: int = 200) -> Element:
    """Open an address and read its page."""
    answer = client.get(address)
    assert answer.status_code == status, f"{address}: {answer.status_code}"
    return read(answer)


def query(address: str) -> list[tuple[str, str]]:
    """Return the parameters of an address, sorted: their order means nothing."""
    return sorted(parse_qsl(urlsplit(address).query, keep_blank_values=True))


def link(page: Element, words: str) -> Element:
    """Return the link that reads exactly like this."""
    found = [element for element in page.all("a") if element.text == words]
    assert len(found) == 1, f"{len(found)} links read « {words} »"
    return found[0]


def fields(form: Element) -> list[tuple[str, str]]:
    """Return what a browser would send if the form was submitted now, controls that name it from afar included."""
    root = form
    while root.parent:
        root = root.parent
    afar = [element for element in root if form.get("id") and element.get("form") == form["id"]]
    sent = []
    for element in [*form, *afar]:
        name = element.get("name")
        if not name or element.get("disabled") is not None:
            continue
        if element.tag == "input" and element.get("type") in ("radio", "checkbox"):
            if element.get("checked") is not None:
                sent.append((name, "on" if element.get("value") is None else element["value"]))
        elif element.tag == "input" or element.tag == "button":
            if element.tag == "input" and element.get("type") != "submit":
                sent.append((name, element.get("value") or ""))
        elif element.tag == "textarea":
            sent.append((name, element.text))
        elif element.tag == "select":
            chosen = [option for option in element.all("option") if option.get("selected") is not None]
            chosen = chosen or element.all("option")[:1]
            sent += [(name, option.get("value") or "") for option in chosen]
    return sent
