"""What a file is, told by its content and not by its name."""

import re
from pathlib import Path

from plans.reading import limits
from plans.reading.errors import Empty, Encrypted, Legacy, Missing, Scanned, TooLarge, Unsupported

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_OTHER = (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"\x7fELF", b"MZ", b"OggS", b"ID3", b"SQLite format 3")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|div|p)[\s>]", re.IGNORECASE)
_HEAD = 4096
_LEAST = 2
_CONTROLS = frozenset({*range(9), *range(14, 27)})


def kind_of_file(path: Path) -> str:
    """One of docx, xlsx, pdf, html, csv, md, txt. Raises what is the matter with any other file."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError):
        raise Missing from None
    if size > limits.MOST_BYTES:
        raise TooLarge
    if size < _LEAST or not head.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise Empty
    return _binary(head, path) or _text(head, path)


def _binary(head: bytes, path: Path) -> str:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _office(path)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(_OLE):
        raise Encrypted if _is_encrypted(path) else Legacy
    if head.startswith(b"{\\rtf"):
        raise Legacy
    if head.startswith(_PICTURES):
        raise Scanned
    if head.startswith(_OTHER):
        raise Unsupported
    return ""


def _office(path: Path) -> str:
    data = path.read_bytes()
    if b"word/document" in data:
        return "docx"
    if b"xl/workbook" in data:
        return "xlsx"
    raise Unsupported


def _is_encrypted(path: Path) -> bool:
    return "EncryptedPackage".encode("utf-16-le") in path.read_bytes()


def _text(head: bytes, path: Path) -> str:
    ending = path.suffix.lower()
    plain = head.replace(b"\x00", b"")
    if _HTML.search(plain) and ending not in {".md", ".csv"}:
        return "html"
    if ending in {".csv", ".tsv"}:
        return "csv"
    if ending in {".md", ".markdown"}:
        return "md"
    if head.count(b"\x00") > len(head) // 2 + 8 or _is_noise(plain):
        raise Unsupported
    return "txt"


def _is_noise(head: bytes) -> bool:
    odd = sum(byte in _CONTROLS for byte in head)
    return odd > len(head) // 10
