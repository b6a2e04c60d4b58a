"""What somebody hostile writes in a field, and what tells that it got out of its place.

Every sentence carries ``zq7``: an element, an attribute, a script, a header or a line that holds it, and that only a
text of the corpus could make, is an escape that was forgotten.
"""

import csv
import io
from html.parser import HTMLParser

MARK = "zq7"
COMPUTED = "4133341374"
"""What the templates, the typesetting and the sheets of the corpus would make, were they run.

Ten digits: a page also prints fingerprints, and five digits in a row are found in one of them now and then.
"""

STARTS = ("=", "+", "-", "@", "\t=", "\r=")
MARKUP = (
    "\"><script>zq7(1)</script><b zq7='1'>",
    "' onfocus='zq7(2)' x=\" onmouseover=\"zq7(3) ",
    "{{ 41|add:4133341333 }}{% debug %} ",
    '#eval("4133341333+41") $x$ *a* @zq7 <zq7> ',
    "\r\nBcc: zq7@exemple.invalid\r\nSUMMARY:zq7 ",
    "\u202egnirts\u200b]]>--></title></textarea><!-- ",
)
URL = "https://exemple.invalid/?a=\"><b/zq7='1'>&b='onfocus='zq7(2)"
FILE_NAME = "=1+1\"><b zq7='1'>\r\nBcc: zq7@exemple.invalid {{ 41|add:4133341333 }} \u202efdp.pdf"


def hostile(rank: int = 0, longest: int = 6000) -> str:
    """Return a text of the corpus that fits in a field; ``rank`` chooses how a sheet would take it for a formula."""
    whole = f"{STARTS[rank % len(STARTS)]}4133341333+41 zq7 {''.join(MARKUP)}"
    return (f"{whole} {'é' * 400}{'W' * 400}" if longest >= 2000 else whole)[:longest]


def literal(text: str) -> str:
    """Return what is compared in a text set in lines: its characters that are seen, without spaces."""
    return "".join(character for character in text if character.isprintable() and not character.isspace())


class Page(HTMLParser):
    """Reads a page: ``faults`` says what the corpus could have made, ``text`` what is read or typed on it."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.said: list[str] = []
        self._script = ""
        self.feed(html)
        self.close()

    @property
    def text(self) -> str:
        return " ".join(self.said)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what no template of the portal writes: the house has no inline script and no handler of events."""
        names = dict(attrs)
        if MARK in tag or any(MARK in name or name.startswith("on") for name in names):
            self.faults.append(self.get_starttag_text())
        if tag == "script" and "src" not in names:
            self._script = names.get("type") or "text/javascript"
            if self._script not in ("application/ld+json", "application/json"):
                self.faults.append(self.get_starttag_text())
        for name in ("href", "src", "action", "formaction"):
            if (names.get(name) or "").strip().lower().startswith(("javascript:", "data:text")):
                self.faults.append(self.get_starttag_text())
        self.said += [value for value in names.values() if value]

    def handle_endtag(self, tag: str) -> None:
        """Leave a script."""
        if tag == "script":
            self._script = ""

    def handle_data(self, data: str) -> None:
        """Keep what is read; a script that holds a word of the corpus may not hold markup."""
        if self._script and MARK in data and "<" in data:
            self.faults.append(data)
        self.said.append(data)

    def handle_comment(self, data: str) -> None:
        """Note a comment that the corpus opened."""
        if MARK in data:
            self.faults.append(f"<!--{data}-->")


def faults_of_html(html: str) -> list[str]:
    """Return what a page or the HTML part of a mail holds that it should not."""
    page = Page(html)
    return page.faults + ([f"{COMPUTED}: a text was run"] if COMPUTED in page.text else [])


def faults_of_headers(headers) -> list[str]:
    """Return the headers of an answer that the corpus broke or made."""
    return [
        f"{name}: {value}"
        for name, value in headers.items()
        if "\r" in value or "\n" in value or name.lower() == "bcc" or "zq7(" in name
    ]


def cells_of(data: bytes, delimiter: str = ";") -> list[list[str]]:
    """Return the lines of a sheet, as a spreadsheet reads them."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def faults_of_cells(lines: list[list[str]]) -> list[str]:
    """Return the cells that a spreadsheet would run, and the lines that are longer or shorter than the first."""
    run = [cell for line in lines for cell in line if cell[:1] in tuple("=+-@\t\r\n") and not _is_number(cell)]
    return run + [str(line) for line in lines if len(line) != len(lines[0])]


def _is_number(cell: str) -> bool:
    return cell.lstrip("-").replace(",", "").replace(".", "").replace("\u202f", "").isdigit() and cell[:1] != "+"
