"""Forms that only our own pages can send, and that have their effect once.

Each carries a token bound to the session, and an id of its own. The token is an HMAC of the session secret, so nothing
needs storing. Browsers say besides where a form comes from: in Sec-Fetch-Site (https and localhost only), or else in
Origin. Our Referrer-Policy makes Origin ``null`` on our own forms (Fetch, "append a request Origin header"), so over
plain http ``null`` proves nothing and the token decides alone.
"""

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlsplit

MAX_FIELDS = 40
MOST_FIGURES = 9
_ONCE = re.compile(r"[A-Za-z0-9_-]{12,60}")


def form_token(secret: str) -> str:
    """The token that forms carry for the session (or guest mark) `secret`."""
    return hmac.new(secret.encode(), b"ruqi form", hashlib.sha256).hexdigest()


def token_fits(secret: str, token: str) -> bool:
    return bool(secret) and hmac.compare_digest(form_token(secret).encode(), token.encode())


def comes_from_us(headers: Mapping[str, str]) -> bool:
    """Whether the browser does not say that another site sent this form. `headers` has lower-case names."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site == "same-origin"
    return origin in (None, "null") or urlsplit(origin).netloc == headers.get("host")


def new_once() -> str:
    """An id for one rendered form: sent twice, it has one effect."""
    return secrets.token_urlsafe(12)


def is_once(text: str) -> bool:
    return _ONCE.fullmatch(text) is not None


def whole_number(text: str) -> int | None:
    """The number of a row, as our forms carry it; None for anything else, however long."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_FIGURES else None


def parse_form(body: bytes, most: int = MAX_FIELDS) -> dict[str, str]:
    """The fields of an urlencoded form, the last value of each name; unreadable bytes become �. Raises ValueError."""
    pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=most, errors="replace")
    return {name: clean(value) for name, value in pairs}


def clean(value: str) -> str:
    """A field as people mean it: line ends are one sign, and no NUL, which no database takes."""
    return value.replace("\x00", "").replace("\r\n", "\n")
