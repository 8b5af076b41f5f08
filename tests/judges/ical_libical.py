"""libical (Debian's libical3), which GNOME and KDE read calendars with, through ctypes: what it reads, what it minds.

What it cannot parse it marks with X-LIC-ERROR; `icalrestriction_check` applies RFC 5546's table of what each needs.
"""

import ctypes
import ctypes.util
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

ANY = 1
"""ICAL_ANY_COMPONENT of icalenums.h."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """(uid, summary) of each entry; complaints as libical words them."""

    entries: tuple[tuple[str, str], ...]
    complaints: tuple[str, ...]
    restrictions_kept: bool


def find_library() -> str | None:
    return ctypes.util.find_library("ical")


def judge(library: str, content: bytes) -> Verdict:
    """Raises ValueError where libical reads no calendar at all."""
    lib = _declared(library)
    calendar = lib.icalparser_parse_string(content)
    if not calendar:
        raise ValueError("libical found no calendar")
    try:
        entries = tuple(_entries(lib, calendar))
        kept = bool(lib.icalrestriction_check(calendar))
        written = re.sub(r"\r?\n[ \t]", "", lib.icalcomponent_as_ical_string(calendar).decode())
        complaints = re.findall(r"^X-LIC-ERROR.*", written, re.MULTILINE)
        counted = [f"{n} parse errors"] if (n := lib.icalcomponent_count_errors(calendar)) else []
        return Verdict(entries, (*counted, *complaints), kept)
    finally:
        lib.icalcomponent_free(calendar)


def _entries(lib: Any, calendar: int) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - a loaded C library
    component = lib.icalcomponent_get_first_component(calendar, ANY)
    while component:
        yield lib.icalcomponent_get_uid(component).decode(), lib.icalcomponent_get_summary(component).decode()
        component = lib.icalcomponent_get_next_component(calendar, ANY)


def _declared(library: str) -> Any:  # noqa: ANN401 - a loaded C library
    lib = ctypes.CDLL(library)
    pointer, text = ctypes.c_void_p, ctypes.c_char_p
    signatures: dict[str, tuple[Any, list[Any]]] = {
        "icalparser_parse_string": (pointer, [text]),
        "icalcomponent_as_ical_string": (text, [pointer]),
        "icalcomponent_count_errors": (ctypes.c_int, [pointer]),
        "icalcomponent_free": (None, [pointer]),
        "icalcomponent_get_first_component": (pointer, [pointer, ctypes.c_int]),
        "icalcomponent_get_next_component": (pointer, [pointer, ctypes.c_int]),
        "icalcomponent_get_summary": (text, [pointer]),
        "icalcomponent_get_uid": (text, [pointer]),
        "icalrestriction_check": (ctypes.c_int, [pointer]),
    }
    for name, (gives, takes) in signatures.items():
        function = getattr(lib, name)
        function.restype, function.argtypes = gives, takes
    return lib
