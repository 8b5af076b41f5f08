"""Looks into a docx or xlsx before a library opens it: real sizes, counts of rows, no entities, no odd paths."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from plans.reading import limits
from plans.reading.errors import Damaged, Encrypted, TooLarge, Unsafe

_CHUNK = 1 << 16
_OVERLAP = 16
_COUNTED = (
    (re.compile(rb"<(?:\w+:)?p[ >/]"), "word/document.xml", limits.MOST_PARAGRAPHS),
    (re.compile(rb"<(?:\w+:)?row[ >/]"), "xl/worksheets/", limits.MOST_ROWS),
    (re.compile(rb"<(?:\w+:)?c[ >/]"), "xl/worksheets/", limits.MOST_CELLS),
    (re.compile(rb"<(?:\w+:)?mergeCell[ >/]"), "xl/worksheets/", limits.MOST_ROWS),
)
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE = re.compile(rb"<\x00!\x00|\x00<\x00!")
_ENCRYPTED_FLAG = 1
_LINK_MODE = 0o120000


def inspect(path: Path) -> bool:
    """Refuse what is dangerous or too large; tells whether a worksheet holds formulas."""
    formulas = False
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.infolist()
            _refuse_shape(names)
            left = limits.MOST_UNPACKED
            for info in names:
                with archive.open(info) as part:
                    size, has_formula = _walk(info.filename, iter(lambda p=part: p.read(_CHUNK), b""), left)  # type: ignore[misc] # mypy cannot see the default's type
                left -= size
                formulas = formulas or has_formula
    except (zipfile.BadZipFile, EOFError, OSError, zipfile.LargeZipFile, NotImplementedError, ValueError) as error:
        if isinstance(error, Damaged | TooLarge | Unsafe | Encrypted):
            raise
        raise Damaged from None
    except RuntimeError:
        raise Encrypted from None
    return formulas


def _refuse_shape(infos: list[zipfile.ZipInfo]) -> None:
    names = [info.filename for info in infos]
    if len(names) > limits.MOST_FILES or sum(info.file_size for info in infos) > limits.MOST_UNPACKED:
        raise TooLarge
    if len(set(names)) != len(names) or any(_is_odd(info) for info in infos):
        raise Unsafe
    if any(info.flag_bits & _ENCRYPTED_FLAG for info in infos):
        raise Encrypted


def _is_odd(info: zipfile.ZipInfo) -> bool:
    name = info.filename
    is_link = (info.external_attr >> 16) & 0o170000 == _LINK_MODE
    return name.startswith(("/", "\\")) or ".." in name.split("/") or "\0" in name or ":" in name or is_link


def _walk(name: str, chunks: Iterator[bytes], left: int) -> tuple[int, bool]:
    size, tail, counts, formulas = 0, b"", [0] * len(_COUNTED), False
    is_xml = name.endswith((".xml", ".rels"))
    for chunk in chunks:
        size += len(chunk)
        if size > min(left, limits.MOST_PART):
            raise TooLarge
        if not is_xml:
            continue
        window = tail + chunk
        if _ENTITIES.search(window) or _WIDE.search(window[:4096]):
            raise Unsafe
        for index, (pattern, place, most) in enumerate(_COUNTED):
            if name.startswith(place):
                counts[index] += len(pattern.findall(window, max(0, len(tail) - 3)))
                if counts[index] > most:
                    raise TooLarge
        formulas = formulas or (name.startswith("xl/worksheets/") and b"<f" in window)
        tail = window[-_OVERLAP:]
    return size, formulas
