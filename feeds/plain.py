"""The same feed as JSON, for a program instead of a calendar."""

import json
from typing import Any

from feeds import wording
from usecases.feed_view import FeedEntry, FeedView


def as_json(view: FeedView) -> bytes:
    """``{"title", "changed_at", "entries": [...]}`` in UTF-8; days are ISO dates, moments ISO instants in UTC."""
    naming_unit = wording.several_units(view)
    content = {
        "title": view.title,
        "changed_at": view.changed_at.isoformat(),
        "entries": [_entry(view.language, entry, naming_unit=naming_unit) for entry in view.entries],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _entry(language: str, entry: FeedEntry, *, naming_unit: bool) -> dict[str, Any]:
    part = entry.part
    return {
        "uid": part.uid,
        "code": part.code,
        "due": part.due.isoformat(),
        "summary": wording.summary(language, entry, naming_unit=naming_unit),
        "categories": wording.categories(language, part),
        "cancelled": entry.cancelled,
        "sequence": entry.sequence,
        "created_at": entry.created_at.isoformat(),
        "changed_at": entry.changed_at.isoformat(),
        "url": entry.url,
    }
