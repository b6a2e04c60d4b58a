"""Read a style sheet into rules and write it back. Knows nothing of which rules are wanted."""

import re

Node = tuple[str, "str | list[Node]"]
"""``(selectors, declarations)`` for a rule, ``(prelude, nodes)`` for a block such as ``@media``."""


def parse(css: str) -> list[Node]:
    """Return the rules and blocks of a sheet, comments and statements without a block left out."""
    return _parse(re.sub(r"/\*.*?\*/", "", css, flags=re.S))


def _parse(css: str) -> list[Node]:
    nodes: list[Node] = []
    start = at = 0
    while (opening := find(css, "{;", at)) < len(css):
        prelude = css[start:opening].strip()
        if css[opening] == ";":
            start = at = opening + 1
            continue
        closing = _matching_brace(css, opening)
        body = css[opening + 1 : closing]
        nested = prelude.startswith(("@media", "@supports"))
        nodes.append((prelude, _parse(body) if nested else body))
        start = at = closing + 1
    return nodes


def find(css: str, characters: str, at: int) -> int:
    """Return where one of ``characters`` is next outside quotes, parentheses and brackets, else the length."""
    quoted, depth = "", 0
    while at < len(css):
        char = css[at]
        if quoted:
            at += char == "\\"
            quoted = "" if char == quoted else quoted
        elif char in "\"'":
            quoted = char
        elif char in characters and not depth:
            return at
        elif char in "()[]":
            depth += 1 if char in "([" else -1
        at += 1
    return at


def _matching_brace(css: str, opening: int) -> int:
    at, depth = opening, 0
    while True:
        depth += 1 if css[at] == "{" else -1
        if not depth:
            return at
        at = find(css, "{}", at + 1)


def pieces(text: str, separator: str) -> list[str]:
    """Split at the separators that stand outside quotes and parentheses."""
    found, at = [], 0
    while at <= len(text):
        end = find(text, separator, at)
        found.append(text[at:end].strip())
        at = end + 1
    return [piece for piece in found if piece]


def tighten(nodes: list[Node]) -> list[Node]:
    """Leave out the spaces that only a person reads."""
    tight: list[Node] = []
    for head, body in nodes:
        head = re.sub(r"\s*([,>~+])\s*", r"\1", re.sub(r"\s+", " ", head)) if not head.startswith("@") else head
        if isinstance(body, list):
            tight.append((head, tighten(body)))
        else:
            declarations = (declaration.partition(":") for declaration in pieces(body, ";"))
            tight.append((head, ";".join(f"{name.strip()}:{value.strip()}" for name, _, value in declarations)))
    return tight


def write(nodes: list[Node]) -> str:
    """Return the rules as text, one a line; neighbours in the same block share it."""
    lines: list[str] = []
    for number, (head, body) in enumerate(nodes):
        if isinstance(body, str):
            lines.append(head + "{" + body.strip(";") + "}")
            continue
        if not (number and nodes[number - 1][0] == head):
            lines.append(head + "{")
        lines.append(write(body).rstrip("\n"))
        if not (number + 1 < len(nodes) and nodes[number + 1][0] == head):
            lines.append("}")
    return "".join(line + "\n" for line in lines)
