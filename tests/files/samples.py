"""Small files of every kind, made by hand: what a person sends, and what somebody who means harm would."""

import io
import struct
import zipfile
import zlib

from openpyxl import Workbook
from pypdf import PdfWriter

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
ODF = "application/vnd.oasis.opendocument."
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
WINDOWS = b"MZ" + b"\0" * 58 + struct.pack("<I", 64) + b"PE\0\0" + b"\0" * 200


def pdf(*, password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 1, height: int = 1, *, more: bytes = b"") -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + more + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg(width: int = 8, height: int = 8, *, comment: bytes = b"") -> bytes:
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\0")
    scan = segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
        + segment(0xFE, comment)
        + frame
        + scan
        + b"\xff\xd9"
    )


def zipped(members: dict[str, bytes], *, stored: tuple[str, ...] = (), comment: bytes = b"") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), data, compress_type=method)
        archive.comment = comment
    return written.getvalue()


def types(content_type: str, part: str) -> bytes:
    return f'<?xml version="1.0"?><Types xmlns="{TYPES}"><Override PartName="/{part}" ContentType="{content_type}"/></Types>'.encode()


def docx(more: dict[str, bytes] | None = None, *, content_type: str = WORD, part: str = "word/document.xml") -> bytes:
    return zipped(
        {"[Content_Types].xml": types(content_type, part), "word/document.xml": b"<w:document/>"} | (more or {})
    )


def pptx() -> bytes:
    return zipped({"[Content_Types].xml": types(SLIDES, "ppt/presentation.xml"), "ppt/presentation.xml": b"<p/>"})


def xlsx() -> bytes:
    book = Workbook()
    book.active["A1"] = "Dépense"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def odf(kind: str = "text", more: dict[str, bytes] | None = None, *, manifest: bytes = b"<manifest/>") -> bytes:
    members = {"mimetype": f"{ODF}{kind}".encode(), "content.xml": b"<office/>", "META-INF/manifest.xml": manifest}
    return zipped(members | (more or {}), stored=("mimetype",))


def marked(data: bytes, at: int, value: bytes, *, every: bytes) -> bytes:
    """Overwrite a field of every header that begins so: what a library refuses to write."""
    changed, position = bytearray(data), data.find(every)
    while position >= 0:
        changed[position + at : position + at + len(value)] = value
        position = data.find(every, position + 1)
    return bytes(changed)


def locked_zip() -> bytes:
    """An archive whose headers say that a password is needed."""
    return marked(docx(), 8, b"\x01\x00", every=b"PK\x01\x02")


def lying_zip() -> bytes:
    """A bomb whose headers announce ten bytes."""
    data = zipped({"[Content_Types].xml": types(WORD, "bombe.xml"), "bombe.xml": b"\0" * 1_000_000})
    return marked(data, 24, struct.pack("<I", 10), every=b"PK\x01\x02")


def nested_bomb() -> bytes:
    """Documents in documents, each reasonable, together too much."""
    inside = docx({f"word/media/{n}.xml": b"\0" * 9_000_000 for n in range(2)})
    middle = docx({f"word/embeddings/{n}.docx": inside for n in range(12)})
    return docx({"word/embeddings/a.docx": middle})


def old_office(*, encrypted: bool = False) -> bytes:
    body = "EncryptedPackage".encode("utf-16-le") if encrypted else b"WordDocument"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + body + b"\0" * 512
