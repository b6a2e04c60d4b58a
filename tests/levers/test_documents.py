"""Documents: words are data, whatever they look like, and what comes out is PDF/UA."""

import json
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apist.templatetags.portal import prose as prose_html
from levers.documents.blocks import (
    SHOWN,
    Document,
    Heading,
    Items,
    Paragraph,
    Table,
    Words,
    as_data,
    clean,
    items,
    paragraph,
    prose,
)
from levers.documents.rendering import pdf_of
from tests.pages.documents import Pdf

DAY = date(2026, 6, 1)


def document(*blocks, title: str = "Un titre") -> Document:
    return Document(title, "Un résumé", DAY, "Pied", blocks)


def read_back(*blocks, title: str = "Un titre") -> Pdf:
    return Pdf(pdf_of(document(*blocks, title=title)))


def test_a_document_says_its_title_its_language_and_that_it_is_accessible():
    pdf = read_back(paragraph("Bonjour."), title="Fiche « été »")
    assert pdf.title == "Fiche « été »"
    assert pdf.root["/Lang"] == "fr-FR"
    assert pdf.root["/MarkInfo"]["/Marked"]
    assert pdf.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in pdf.xmp
    assert "<rdf:li>fr-FR</rdf:li>" in pdf.xmp
    assert "<xmpMM:DocumentID>" in pdf.xmp
    assert len(pdf.reader.trailer["/ID"]) == 2
    assert pdf.untagged() == []


def test_every_kind_of_block_has_its_tags_in_the_order_of_the_words():
    pdf = read_back(
        Heading("Deux"),
        paragraph("Avant ", Words("un lien", "https://exemple.invalid/?a=b&c=d"), " après."),
        Heading("Trois", 3),
        items(["premier", "second"]),
        Items(((paragraph("un"), paragraph("source", quiet=True)), (paragraph("deux"),)), numbered=True),
        Table("Légende", ("Colonne", "Autre"), (("a", "b"), ("cellule", "d"))),
    )
    assert pdf.headings() == [(1, "Un titre"), (2, "Deux"), (3, "Trois")]
    wanted = ["Document", "H1", "H2", "Link", "H3", "L", "LI", "LI", "L", "LI", "LI", "Table", "THead", "TBody"]
    assert [name for name in pdf.names() if name in wanted] == wanted
    assert pdf.names().count("TH") == 2
    assert pdf.names().count("TD") == 4
    assert pdf.links() == [("https://exemple.invalid/?a=b&c=d", "https://exemple.invalid/?a=b&c=d")]
    said = [
        "Un titre",
        "Deux",
        "Avant un lien après.",
        "Trois",
        "premier",
        "second",
        "source",
        "Légende",
        "Colonne",
        "cellule",
    ]
    places = [pdf.text.index(words) for words in said]
    assert places == sorted(places)
    assert "Pied Page 1 sur 1" in pdf.text


@pytest.mark.parametrize(
    "text",
    ["#panic()", "*gras* _italique_", "\\", "$x^2$", '"); #import "x"', "= Titre", "- item", "@ref <label>", "`code`"],
)
def test_what_looks_like_markup_is_printed_as_it_is(text):
    pdf = read_back(paragraph(text), items([text]), Table("t", ("a",), ((text,),)), title=text)
    assert pdf.title == text
    assert pdf.text.count(text) == 4
    assert {"Em", "Code", "Formula"}.isdisjoint(pdf.names())


ANY_TEXT = st.text(max_size=40)


@settings(max_examples=120, deadline=None)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, st.sampled_from(["", "https://exemple.invalid/é?x=#", "mailto:a@b.invalid"]))
def test_no_text_stops_a_document(title, text, other, url):
    words = (Words(text, url), Words(other, strong=True))
    blocks = (Heading(text), paragraph(*words), items([text, other]), Table(other, (text, "b"), ((other, text),)))
    assert pdf_of(document(*blocks, title=title)).startswith(b"%PDF-")


def test_every_character_that_is_let_through_is_drawn():
    characters = [chr(code) for first, last in SHOWN for code in range(first, last + 1)]
    texts = ["a" + "b".join(characters[n : n + 40]) for n in range(0, len(characters), 40)]
    assert read_back(*(paragraph(text) for text in texts)).names().count("P") == len(texts)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  deux\n lignes\t", "deux lignes"),
        ("e\u0301t\xe9", "été"),
        ("a\u200bb\u202ec\x00d\ue000\ud800", "abcd"),
        ("soft\xadhyphen", "softhyphen"),
        ("fusée \U0001f680 !", "fusée \ufffd !"),
        ("1\u202f000\xa0€", "1\u202f000\xa0€"),
    ],
)
def test_what_fonts_cannot_draw_is_seen_and_what_shows_nothing_goes(text, cleaned):
    assert clean(text) == cleaned


def test_a_block_without_words_leaves_no_empty_tag():
    empty = document(Heading(" "), paragraph(""), items([]), items(["\u200b"]), Table("t", ("a",), ()))
    assert as_data(empty)["blocks"] == []


def test_the_same_document_gives_the_same_bytes():
    blocks = (Heading("Deux"), paragraph("Bonjour."))
    assert pdf_of(document(*blocks)) == pdf_of(document(*blocks))


def test_what_goes_to_the_template_is_plain_data():
    data = as_data(document(paragraph("a ", Words("b", "https://exemple.invalid/x y"))))
    assert json.loads(json.dumps(data)) == data
    assert data["blocks"][0]["words"] == [
        {"text": "a ", "url": "", "strong": False},
        {"text": "b", "url": "https://exemple.invalid/x%20y", "strong": False},
    ]


class _Reader(HTMLParser):
    """Return paragraphs and items of HTML as the document cuts them."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[str, str]] = []

    def handle_starttag(self, tag, attrs):
        if tag in ("p", "li"):
            self.parts.append((tag, ""))

    def handle_data(self, data):
        tag, said = self.parts[-1]
        self.parts[-1] = (tag, said + data)


def _parts_of_page(text: str) -> list[tuple[str, str]]:
    reader = _Reader()
    reader.feed(prose_html(text))
    reader.close()
    return reader.parts


def _parts_of_document(text: str) -> list[tuple[str, str]]:
    found = []
    for part in prose(text):
        if isinstance(part, Paragraph):
            found.append(("p", "".join(one.text for one in part.line)))
        else:
            found += [("li", "".join(one.text for one in entry[0].line)) for entry in part.items]
    return found


LINES = st.lists(
    st.sampled_from(["", "une phrase", "- un point", "  la suite", "  - retrait", "-", "fin "]), max_size=9
)


@given(LINES.map("\n".join))
def test_text_is_cut_as_pages_cut_it(text):
    assert _parts_of_document(text) == _parts_of_page(text)
