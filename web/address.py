"""The address of a view: what was picked stands in it, so that a view can be kept, sent, and gone back to."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode


@dataclass(frozen=True, slots=True)
class Address:
    """What templates call as ``at``: ``at.to(page=2)`` is this view, changed."""

    path: str
    picked: Mapping[str, str]

    def __str__(self) -> str:
        return self.to()

    def to(self, **changes: object) -> str:
        """The same view with these differences; an empty one is left out. Another filter begins at the first page."""
        fresh = {} if "page" in changes else {"page": ""}
        said = {
            name: str(value) for name, value in {**self.picked, **fresh, **changes}.items() if value not in ("", None)
        }
        return f"{self.path}?{urlencode(said, quote_via=quote)}" if said else self.path
