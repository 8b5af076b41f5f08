"""The parts of a Word document, found by its relationships: the text, its styles and numbering, headers and footers.

Read straight from the archive: python-docx takes three times as long as the reading, for every part is made an object.
"""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from plans.reading.errors import Damaged

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_USED = ("styles", "numbering", "header", "footer")


@dataclass(frozen=True, slots=True)
class Parts:
    """lxml's elements. `margins`: the headers and footers that some section shows.

    `styles` is not parsed yet, empty where there are none: it is the largest part, and a plain table needs none of it.
    """

    body: Any
    styles: bytes
    numbering: Any
    margins: tuple[Any, ...]


def open_parts(path: Path) -> Parts:
    """Raises Damaged where there is no text, and what zipfile and lxml raise of what cannot be read."""
    with zipfile.ZipFile(path) as archive:
        main = next((place for _, kind, place in _related(archive, "") if kind == "officeDocument"), None)
        body = None if main is None else _root(archive, main).find(f"{_W}body")
        if main is None or body is None:
            raise Damaged
        found = {name: (kind, place) for name, kind, place in _related(archive, main) if kind in _USED}
        by_kind = dict(found.values())
        shown = [ref.get(_ID) for ref in body.iter(f"{_W}headerReference", f"{_W}footerReference")]
        return Parts(
            body,
            archive.read(by_kind["styles"]) if "styles" in by_kind else b"",
            _root(archive, by_kind["numbering"]) if "numbering" in by_kind else None,
            tuple(_root(archive, found[name][1]) for name in dict.fromkeys(shown) if name in found),
        )


def _related(archive: zipfile.ZipFile, source: str) -> Iterator[tuple[str, str, str]]:
    """The id, the kind and the place of what a part, or the whole package, refers to inside the archive."""
    folder, name = posixpath.split(source)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    held = frozenset(archive.namelist())
    for one in _root(archive, listed) if listed in held else ():
        target = one.get("Target", "")
        place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if place in held:
            yield one.get("Id", ""), posixpath.basename(one.get("Type", "")), place


def _root(archive: zipfile.ZipFile, place: str) -> Any:  # noqa: ANN401 - lxml's elements
    return parsed(archive.read(place))


def parsed(part: bytes) -> Any:  # noqa: ANN401 - lxml's elements
    from lxml import etree  # noqa: PLC0415 - only for documents

    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
