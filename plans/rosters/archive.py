"""The door for office files: a zip archive is measured and searched before any library opens it.

Python's zipfile gives no more of an entry than its declared size, so the declared sizes bound what can come out.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from lzma import LZMAError

from plans.rosters.refusals import NotRead

MOST_BYTES = 20 * 1024 * 1024
MOST_ENTRIES = 2_000
MOST_UNPACKED = 64 * 1024 * 1024
_STEP = 1 << 16
_TAIL = 32
_DTD = re.compile(b"|".join(b"\x00?".join(bytes((sign,)) for sign in word) for word in (b"<!DOCTYPE", b"<!ENTITY")))
"""In UTF-16 each sign has a zero beside it."""
_CODED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_CODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"utf8"}

_BROKEN = (zipfile.BadZipFile, zlib.error, LZMAError, EOFError, OSError, NotImplementedError, RuntimeError)


def open_archive(data: bytes) -> zipfile.ZipFile:
    """The archive, when it is one, is small enough unpacked, and holds no document type definition."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise NotRead("list_damaged") from error
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise NotRead("list_too_large", most=MOST_UNPACKED // 1024**2)
    if any(entry.flag_bits & 1 for entry in entries):
        raise NotRead("list_encrypted")
    if len(set(names)) < len(names) or any(_strays(name) for name in names):
        raise NotRead("list_unsafe")
    for entry in entries:
        if entry.filename.endswith((".xml", ".rels")):
            _search(archive, entry)
    return archive


def _strays(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.split("/") or ":" in name or "\0" in name


def _search(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse entities before a parser could meet them. No office program writes them."""
    tail, first = b"", True
    for block in _blocks(archive, entry):
        coded = _CODED.match(block.lstrip(b"\xef\xbb\xbf \r\n\t")) if first else None
        if _DTD.search(tail + block) or (coded and coded[1].lower() not in _CODINGS):
            raise NotRead("list_unsafe")
        tail, first = block[-_TAIL:], False


def _blocks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(entry) as stream:
            while block := stream.read(_STEP):
                yield block
    except _BROKEN as error:
        raise NotRead("list_damaged") from error
