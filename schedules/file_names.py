"""File names as people gave them, made safe to show and to save: no path, no invisible signs, the right ending."""

import unicodedata

from schedules.file_kinds import FileKind

MOST_BYTES = 200
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_FORBIDDEN = frozenset('<>:"|?*')
"""What Windows does not take in a name."""


def clean_name(name: str, kind: FileKind | None = None, *, instead: str = "file") -> str:
    """The last part of the name, at most 200 bytes, with an ending that fits the kind; `instead` where none is left."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    shown = "".join(sign for sign in last if unicodedata.category(sign) not in _INVISIBLE and sign not in _FORBIDDEN)
    tidy = " ".join(shown.split()).strip(". ")
    stem, ending = _split(tidy, kind)
    tail = f".{ending}" if ending else ""
    return _cut(stem or instead, MOST_BYTES - len(tail.encode())) + tail


def _split(name: str, kind: FileKind | None) -> tuple[str, str]:
    """The stem and the ending. A name whose ending does not fit keeps it as a part of the stem."""
    stem, dot, ending = name.rpartition(".")
    if kind is None:
        short = dot and len(ending.encode()) <= 10  # noqa: PLR2004 - longer ones are no endings
        return (stem, ending) if short else (name, "")
    return (stem, ending) if dot and ending.lower() in kind.endings else (name, kind.endings[0])


def _cut(text: str, most: int) -> str:
    """At most so many bytes, never half a character."""
    return text.encode()[:most].decode(errors="ignore").rstrip(". ")
