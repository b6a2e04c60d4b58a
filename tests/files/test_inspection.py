"""What is accepted and refused among sent files: a corpus of honest and hostile ones, and any bytes at all."""

import contextlib
import hashlib
import io
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.files import inspection
from projects.files.inspection import MAX_SIZE, Inspection, inspect
from projects.files.kinds import DOCUMENTS, TRAITS, Kind, Refused
from projects.files.names import MAX_BYTES, MAX_CHARACTERS, safe_name
from tests.files import samples
from tests.files.samples import HTML, SVG, WINDOWS, docx, jpeg, odf, pdf, png, xlsx, zipped

EVERYTHING = DOCUMENTS | {Kind.ZIP}


def look(name: str, data: bytes, allowed: frozenset[Kind] = DOCUMENTS) -> Inspection:
    return inspect(name, io.BytesIO(data), allowed)


def refusal(name: str, data: bytes, allowed: frozenset[Kind] = DOCUMENTS) -> Refused:
    with pytest.raises(Refused) as caught:
        look(name, data, allowed)
    return caught.value


# --- Accepted --------------------------------------------------------------

ACCEPTED = {
    "budget.pdf": (pdf(), Kind.PDF),
    "PLAN.PDF": (pdf(), Kind.PDF),
    "logo.png": (png(), Kind.PNG),
    "photo.jpg": (jpeg(), Kind.JPEG),
    "photo.jpeg": (jpeg(), Kind.JPEG),
    "note.docx": (docx(), Kind.DOCX),
    "document de Word en ligne.docx": (docx({"word/document2.xml": b"<w/>"}, part="word/document2.xml"), Kind.DOCX),
    "graphique.docx": (docx({"word/embeddings/Feuille.xlsx": xlsx()}), Kind.DOCX),
    "budget.xlsx": (xlsx(), Kind.XLSX),
    "comité.pptx": (samples.pptx(), Kind.PPTX),
    "note.odt": (odf(), Kind.ODT),
    "budget.ods": (odf("spreadsheet"), Kind.ODS),
    "comité.odp": (odf("presentation", {"Basic/script-lc.xml": b"<l/>"}), Kind.ODP),
    "montants.csv": ("poste;montant\nsalaires;-12 000 €\n".encode(), Kind.CSV),
    "excel.csv": ("poste;montant\nmatériel;3 €\n".encode("windows-1252"), Kind.CSV),
    "lettre.txt": (b"\xef\xbb\xbfUn texte o\xc3\xb9 a < b et c > d.\r\n", Kind.TXT),
    "MZ.txt": (b"MZ est un debut de phrase", Kind.TXT),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_a_person_sends_is_recognised(name):
    data, kind = ACCEPTED[name]
    found = look(name, data)
    assert (found.kind, found.safe_name, found.size) == (kind, name, len(data))
    assert found.content_type.split(";")[0] == TRAITS[kind].content_type
    assert found.sha256 == hashlib.sha256(data).hexdigest()


def test_the_encoding_of_a_text_is_told():
    assert look("a.csv", "é".encode()).content_type == "text/csv; charset=utf-8"
    assert look("a.txt", "é".encode("windows-1252")).content_type == "text/plain; charset=windows-1252"


def test_a_name_without_an_extension_gets_that_of_the_content():
    assert look("Convention du 12. mars", pdf()).safe_name == "Convention du 12. mars.pdf"
    assert look("../..", png()).safe_name == "piece.png"


def test_the_file_is_left_at_its_beginning_and_read_from_there():
    file = io.BytesIO(pdf())
    file.read()
    assert inspect("a.pdf", file).kind == Kind.PDF
    assert file.tell() == 0


def test_the_photos_of_telephones_are_accepted_with_what_follows_them():
    assert look("a.jpg", jpeg() + jpeg() + b"\0" * 40).kind == Kind.JPEG
    assert look("a.jpg", jpeg() + b"\x01\x02SEFH\x00\x01SEFT").kind == Kind.JPEG


def test_an_archive_is_accepted_where_it_is_asked_for_and_each_of_its_files_is_looked_at():
    left = {"__MACOSX/._budget.pdf": b"\0\x05\x16\x07\0\x02\0\0", ".DS_Store": b"\0\0\0\x01Bud1\0"}
    assert look("pieces.zip", zipped({"a/budget.pdf": pdf(), "note.docx": docx()} | left), EVERYTHING).kind == Kind.ZIP


# --- Refused ---------------------------------------------------------------

REFUSED = {
    "empty": ("a.pdf", b"", "empty"),
    "Windows program": ("a.pdf", WINDOWS, "executable"),
    "Linux program": ("a.txt", b"\x7fELF\x02\x01\x01" + b"\0" * 60, "executable"),
    "script": ("a.txt", b"#!/bin/sh\nrm -rf /\n", "script"),
    "SVG": ("a.svg", SVG, "svg"),
    "SVG as an image": ("a.png", b'<?xml version="1.0"?>' + SVG, "svg"),
    "HTML": ("a.html", HTML, "html"),
    "HTML as a text": ("a.txt", b"Bonjour\n" * 500 + HTML, "html"),
    "HTML as a PDF": ("a.pdf", HTML, "html"),
    "XML": ("a.txt", b'\xef\xbb\xbf <?xml version="1.0"?><a/>', "html"),
    "PHP": ("a.txt", b"GIF89a? <?php system($_GET[0]);", "html"),
    "command in a cell": ("a.csv", b"poste;montant\nx;=cmd|'/C calc'!A0\n", "commands"),
    "UTF-16": ("a.csv", "poste".encode("utf-16"), "format"),
    "zeros": ("a.txt", b"texte\0texte", "format"),
    "noise": ("a.pdf", bytes(range(256)) * 9, "format"),
    "GIF": ("a.gif", b"GIF89a\x01\0\x01\0\0\0\0;", "format"),
    "RTF": ("a.txt", b"{\\rtf1 texte}", "format"),
    "RAR": ("a.zip", b"Rar!\x1a\x07\x01\0", "archive"),
    "gzip": ("a.csv", b"\x1f\x8b\x08\0\0\0\0\0", "archive"),
    "old Word": ("a.doc", samples.old_office(), "format"),
    "Word with a password": ("a.docx", samples.old_office(encrypted=True), "encrypted"),
    # PDF
    "PDF cut": ("a.pdf", pdf()[:-20], "damaged"),
    "PDF in name only": ("a.pdf", b"%PDF-1.7\n", "damaged"),
    "PDF with a password": ("a.pdf", pdf(password="secret"), "encrypted"),
    "PDF after a page": ("a.pdf", HTML + pdf(), "polyglot"),
    "PDF after blanks": ("a.pdf", b"\n\n" + pdf(), "polyglot"),
    "PDF after an image": ("a.jpg", jpeg(comment=pdf()), "polyglot"),
    "PDF and a page": ("a.pdf", pdf() + HTML, "polyglot"),
    "PDF and an archive": ("a.pdf", pdf() + zipped({"a.txt": b"a"}), "polyglot"),
    "PDF and an archive that ends as a PDF": ("a.pdf", pdf() + zipped({"a.txt": b"a"}, comment=b"startxref 0 %%EOF"), "polyglot"),
    "PDF that begins a page": ("a.pdf", pdf().replace(b"\n", b"\n<script src=x>", 1), "polyglot"),
    # Images
    "PNG cut": ("a.png", png()[:-5], "damaged"),
    "PNG altered": ("a.png", png()[:20] + b"\x01" + png()[21:], "damaged"),
    "PNG that would be huge": ("a.png", png(60_000, 60_000), "pixels"),
    "PNG and a page": ("a.png", png() + HTML, "polyglot"),
    "PNG and an archive": ("a.png", png() + zipped({"a.txt": b"a"}), "polyglot"),
    "PNG around a page": ("a.png", png(more=samples.chunk(b"tEXt", b"Comment\0<script>alert(1)</script>")), "polyglot"),
    "PNG of many nothings": ("a.png", lambda: png(more=samples.chunk(b"tEXt", b"") * 30_000), "damaged"),
    "JPEG cut": ("a.jpg", jpeg()[:-2], "damaged"),
    "JPEG without pixels": ("a.jpg", b"\xff\xd8\xff\xd9", "damaged"),
    "JPEG of many nothings": ("a.jpg", lambda: b"\xff\xd8" + samples.segment(0xFE, b"") * 30_000 + jpeg()[2:], "damaged"),
    "JPEG that would be huge": ("a.jpg", jpeg(60_000, 60_000), "pixels"),
    "JPEG and a program": ("a.jpg", jpeg() + WINDOWS, "polyglot"),
    "JPEG and an archive": ("a.jpg", jpeg() + zipped({"a.txt": b"a"}), "polyglot"),
    "JPEG and an archive as a telephone's trailer": ("a.jpg", jpeg() + zipped({"a.txt": b"a"}, comment=b"SEFT"), "polyglot"),
    "JPEG around a page": ("a.jpg", jpeg(comment=b"<script>alert(1)</script>"), "polyglot"),
    # Office documents
    "macros": ("a.docx", docx({"word/vbaProject.bin": b"x"}), "macros"),
    "macros under another name": ("a.docx", docx(content_type="application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
    "macros of Excel 4": ("a.xlsx", docx({"xl/macrosheets/sheet1.xml": b"x"}), "macros"),
    "macros in a document inside": ("a.docx", docx({"word/embeddings/a.bin": docx({"word/vbaProject.bin": b"x"})}), "macros"),
    "macros of OpenDocument": ("a.odt", odf(more={"Basic/Standard/Module1.xml": b"x"}), "macros"),
    "scripts of OpenDocument": ("a.odt", odf(more={"Scripts/python/a.py": b"x"}), "macros"),
    "OpenDocument with a password": ("a.odt", odf(manifest=b"<m:encryption-data/>"), "encrypted"),
    "template": ("a.docx", docx(content_type="application/x-template"), "format"),
    "OpenDocument template": ("a.odt", odf("text-template"), "format"),
    "main part missing": ("a.docx", docx(part="word/absent.xml"), "format"),
    "types that expand": ("a.docx", zipped({"[Content_Types].xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "damaged"),
    "types that are no XML": ("a.docx", zipped({"[Content_Types].xml": b"<Types"}), "damaged"),
    "mimetype not first": ("a.odt", zipped({"content.xml": b"x", "mimetype": b"x"}), "damaged"),
    "program inside": ("a.docx", docx({"word/media/a.png": WINDOWS}), "executable"),
    "archive inside": ("a.docx", docx({"word/media/a.png": zipped({"a": b"a"})}), "archive"),
    "documents too deep": ("a.docx", docx({"a": docx({"a": docx({"a": docx()})})}), "archive"),
    "password": ("a.docx", samples.locked_zip(), "encrypted"),
    "cut archive": ("a.docx", docx()[:-30], "damaged"),
    "altered archive": ("a.docx", docx().replace(b"PK\x03\x04", b"PK\x03\x05").replace(b"PK\x03\x05", b"PK\x03\x04", 1), "damaged"),
    "archive and a page": ("a.docx", docx() + HTML, "polyglot"),
    "page as a comment": ("a.docx", zipped({"a": b"a"}, comment=HTML), "polyglot"),
    "two archives": ("a.docx", docx() + docx(), "polyglot"),
    "two members of one name": ("a.docx", zipped({"A.xml": b"a", "a.xml": b"b"}), "damaged"),
    # Bombs
    "bomb by ratio": ("a.docx", lambda: docx({"word/a.xml": b"\0" * 30_000_000}), "bomb"),
    "bomb that lies": ("a.docx", lambda: samples.lying_zip(), "damaged"),
    "bomb of documents": ("a.docx", lambda: samples.nested_bomb(), "bomb"),
    "bomb of members": ("a.docx", lambda: zipped({str(n): b"" for n in range(3_001)}), "bomb"),
    # Names inside
    "name that climbs": ("a.docx", zipped({"../../etc/passwd": b"a"}), "names"),
    "name that climbs, in Windows": ("a.docx", zipped({"..\\a": b"a"}), "names"),
    "name from the root": ("a.docx", zipped({"/etc/passwd": b"a"}), "names"),
    "name of a disk": ("a.docx", zipped({"C:a": b"a"}), "names"),
    "name with a control": ("a.docx", zipped({"a\x1b[2J": b"a"}), "names"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_hostile_or_damaged_is_refused_and_told(case):
    name, data, code = REFUSED[case]
    refused = refusal(name, data() if callable(data) else data)
    assert refused.code == code
    assert refused.reason[0].isupper()
    assert refused.reason.endswith(".")
    assert refused.reason.isprintable()


IN_ARCHIVES = {
    "program": ({"a.exe": WINDOWS}, "executable"),
    "page": ({"note.txt": HTML}, "html"),
    "archive": ({"a.zip": zipped({"a.txt": b"a"})}, "kind"),
    "macros": ({"a.docx": docx({"word/vbaProject.bin": b"x"})}, "macros"),
    "extension": ({"a.png": pdf()}, "extension"),
    "empty file": ({"a.txt": b""}, "empty"),
    "program in the folder that a Mac leaves": ({"__MACOSX/._a": WINDOWS}, "executable"),
}


@pytest.mark.parametrize("case", IN_ARCHIVES)
def test_an_archive_holds_only_what_would_be_accepted_alone_and_the_file_is_named(case):
    members, code = IN_ARCHIVES[case]
    refused = refusal("pieces.zip", zipped({"bon.pdf": pdf()} | members), EVERYTHING)
    assert refused.code == code
    assert f"« {safe_name(next(iter(members)))} »" in refused.reason


def test_an_archive_is_refused_where_it_is_not_asked_for():
    refused = refusal("a.zip", zipped({"a.pdf": pdf()}))
    assert refused.code == "kind"
    assert "C'est une archive ZIP. Sont acceptés les fichiers .pdf, .png," in refused.reason


def test_a_kind_that_the_piece_does_not_ask_for_is_refused_with_those_it_does():
    refused = refusal("a.png", png(), frozenset({Kind.PDF, Kind.DOCX}))
    assert refused.reason == "C'est une image PNG. Sont acceptés les fichiers .pdf ou .docx."


@pytest.mark.parametrize("name", ["a.docx", "a.exe", "facture.pdf.exe", "facture\u202efdp.exe", "a.pdf.png"])
def test_an_extension_that_contradicts_the_content_is_refused_with_what_to_do(name):
    refused = refusal(name, pdf())
    assert refused.code == "extension"
    assert "un document PDF" in refused.reason
    assert "« .pdf »" in refused.reason


def test_the_largest_file_is_accepted_and_a_byte_more_is_not():
    assert look("a.txt", b"a" * MAX_SIZE).size == MAX_SIZE
    assert refusal("a.txt", b"a" * (MAX_SIZE + 1)).code == "size"


BUSY = {
    "ratio": lambda: docx({"word/a.xml": b"\0" * 30_000_000}),
    "documents in documents": samples.nested_bomb,
    "one long tag": lambda: b"<" + b" " * (MAX_SIZE - 1),
    "many tags": lambda: b"< " * (MAX_SIZE // 2),
    "cells": lambda: b"=a|" * (MAX_SIZE // 3),
    "directory": lambda: b"PK\x03\x04" + (b"PK\x01\x02" + b"\0" * 42) * 500_000,
    "end records": lambda: pdf() + b"PK\x05\x06" * 5_000_000,
    "fill": lambda: b"\xff\xd8" + b"\xff" * (MAX_SIZE - 2),
    "images": lambda: jpeg() * 300_000,
    "encryption": lambda: b"%PDF-1.7" + b"/Encrypt " * 2_700_000 + b"startxref 0 %%EOF",
}


@pytest.mark.parametrize("case", BUSY)
def test_a_file_made_to_keep_the_server_busy_does_not(case):
    data = BUSY[case]()
    began = time.process_time()
    with contextlib.suppress(Refused):
        look("a.csv", data)
    assert time.process_time() - began < 5


# --- Any bytes, any name ---------------------------------------------------

STARTS = [
    b"",
    b"%PDF-1.7\n",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"PK\x03\x04",
    b"MZ",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
]
WHOLE = [pdf(), png(), jpeg(), docx(), odf(), xlsx(), zipped({"a.pdf": pdf()})]


@settings(max_examples=300, deadline=None)
@given(name=st.text(max_size=30), start=st.sampled_from(STARTS), rest=st.binary(max_size=300))
def test_any_bytes_are_accepted_or_refused_and_nothing_else(name, start, rest):
    with contextlib.suppress(Refused):
        assert look(name, start + rest, EVERYTHING).kind in EVERYTHING


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_good_file_altered_anywhere_is_accepted_or_refused_and_nothing_else(data):
    whole = bytearray(data.draw(st.sampled_from(WHOLE)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    with contextlib.suppress(Refused):
        assert look("piece", bytes(whole), EVERYTHING).kind in EVERYTHING


NAMES = {
    "budget.pdf": "budget.pdf",
    "../../etc/passwd": "passwd",
    "C:\\Users\\Nom\\Bureau\\budget.pdf": "budget.pdf",
    "a\0b\r\n\tc.pdf": "ab c.pdf",
    "facture\u202efdp.exe": "facturefdp.exe",
    "a\u200b\ufeffb.pdf": "ab.pdf",
    "Cafe\u0301.pdf": "Caf\u00e9.pdf",
    "un\u00a0deux\u2003trois.pdf": "un deux trois.pdf",
    'a<b>:"|?*.pdf': "a_b______.pdf",
    "CON.pdf": "_CON.pdf",
    "nul": "_nul",
    "com1.tar.gz": "_com1.tar.gz",
    " . budget.pdf . ": "budget.pdf",
    "budget .pdf": "budget.pdf",
    ".htaccess": "piece.htaccess",
    "..pdf": "piece.pdf",
    "": "piece",
    "///": "piece",
    "\u202e\u200b": "piece",
    "é" * 300 + ".pdf": "é" * 98 + ".pdf",
    "a" * 300 + ".pdf": "a" * 116 + ".pdf",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_becomes_one_that_can_be_shown_and_downloaded(name):
    assert safe_name(name) == NAMES[name]


HOSTILE = st.text(max_size=400) | st.text(alphabet="./\\ \0\u202eéCONnul1:e\u0301\ud800", max_size=200)


@given(name=HOSTILE)
def test_any_name_becomes_a_safe_one_and_stays_so(name):
    safe = safe_name(name)
    assert 0 < len(safe) <= MAX_CHARACTERS
    assert len(safe.encode()) <= MAX_BYTES
    assert safe == safe.strip(" .")
    assert not set(safe) & set('/\\<>:"|?*')
    assert not [c for c in safe if unicodedata.category(c)[0] == "C"]
    assert unicodedata.is_normalized("NFC", safe)
    assert safe_name(safe) == safe


@given(stem=HOSTILE, extension=st.sampled_from([end for traits in TRAITS.values() for end in traits.extensions]))
def test_a_name_keeps_its_extension_however_long_it_is(stem, extension):
    assert safe_name(f"a{stem}{extension}").endswith(extension)


def test_every_kind_is_described_and_no_two_share_an_extension():
    ends = [end for traits in TRAITS.values() for end in traits.extensions]
    assert set(TRAITS) == set(Kind)
    assert len(set(ends)) == len(ends)
    assert inspection.accepted(frozenset({Kind.PDF})) == ".pdf"
