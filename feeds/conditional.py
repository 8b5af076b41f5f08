"""Answering "has it changed?": entity tags and If-None-Match (RFC 9110 sections 8.8.3 and 13.1.2)."""

import hashlib
import re
from collections.abc import Mapping, Sequence

_TAG = re.compile(r'(?:W/)?"([\x21\x23-\x7e\x80-\xff]*)"')
KEPT = frozenset({"cache-control", "content-location", "date", "etag", "expires", "vary"})
"""What a 304 repeats of the headers a 200 would have had (RFC 9110 section 15.4.5); the client has the rest."""


def entity_tag(content: bytes, coding: str = "") -> str:
    """A strong tag over the content; another content coding is another representation, so it has its own."""
    digest = hashlib.sha256(content).hexdigest()
    return f'"{digest}-{coding}"' if coding else f'"{digest}"'


def has_it(if_none_match: Sequence[str], tag: str) -> bool:
    """Whether the client already holds the representation `tag`, by its If-None-Match lines, compared weakly.

    Anything that is no entity tag is skipped: at worst the client gets the content once more.
    """
    said = ",".join(if_none_match)
    return said.strip() == "*" or tag.strip('"') in _TAG.findall(said)


def kept(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers that a 304 may carry."""
    return {name: value for name, value in headers.items() if name.lower() in KEPT}
