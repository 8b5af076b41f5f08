"""Turning values into HTML: one Jinja environment that escapes everything, and the words of the catalogue."""

import hashlib
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from texts.catalogue import say
from texts.unseen import without_unseen
from usecases.evidence import MOST_BYTES
from usecases.look import SEES_ALL
from web import summing, wording
from web.forms import new_once
from web.visit import Visit

HERE = Path(__file__).parent
STATIC = HERE / "static"
MOST_FILES = 5
"""Files of one form."""
FILE_KINDS = "image/*,.pdf,.ofd,.doc,.docx,.wps,.xls,.xlsx,.et,.ppt,.pptx,.dps,.txt,.csv,.md"
"""What a browser offers; what is taken is decided by the bytes."""
HTML_LANG = {"zh": "zh-CN", "en": "en"}

_INBOX, _LEDGER, _SUBSCRIBE = ("inbox", "/inbox"), ("ledger", "/ledger"), ("subscribe", "/subscribe")
_PLANS, _ROSTER, _REPORTS = ("plans", "/plans"), ("roster", "/roster"), ("reports", "/reports")
_DECISIONS = ("decisions", "/decisions")
OWN = (_INBOX, _REPORTS, _SUBSCRIBE)
TABS = {
    "bureau": (_LEDGER, _DECISIONS, _PLANS, _ROSTER, _REPORTS, _INBOX, _SUBSCRIBE),
    "auditor": (_LEDGER, _DECISIONS, _REPORTS, _SUBSCRIBE),
    "administrator": (_LEDGER, _PLANS, _ROSTER, _REPORTS, ("state", "/status"), _SUBSCRIBE),
}
"""The pages of each role, its own first; whoever is not listed has an inbox."""


@cache
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=without_controls,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        static=static_url,
        together=summing.together,
        count=summing.counts,
        file_kinds=FILE_KINDS,
        most_bytes=MOST_BYTES,
        most_files=MOST_FILES,
    )
    return made


def without_controls(value: object) -> object:
    """Text without the signs that reorder or hide what stands beside them (bidi and control characters)."""
    return without_unseen(value) if type(value) is str else value


def page(visit: Visit, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    return HTMLResponse(html(visit, template, **values), status_code=status)


def html(visit: Visit, template: str, **values: object) -> str:
    return environment().get_template(template).render(**_common(visit), **values)


def _common(visit: Visit) -> dict[str, Any]:
    return {
        "visit": visit,
        "officer": visit.officer,
        "unit_name": visit.unit.name if visit.unit else "",
        "tabs": _tabs(visit),
        "html_lang": HTML_LANG[visit.language],
        "t": partial(words, visit.language),
        "e": partial(say, visit.language),
        "w": wording.Wording(visit.language, visit.site.office.zone, visit.now),
        "once": new_once,
        "token": visit.token,
        "sees_all": SEES_ALL,
        "movable": visit.site.movable is not None,
    }


def _tabs(visit: Visit) -> tuple[tuple[str, str], ...]:
    if visit.officer is None:
        return ()
    found = TABS.get(visit.officer.role, OWN)
    return found if visit.has_all else tuple(tab for tab in found if tab != _PLANS)


def words(language: str, key: str, **values: object) -> str:
    """A sentence of the pages: the catalogue's keys under ``web.``."""
    return say(language, f"web.{key}", **values)


@cache
def static_url(name: str) -> str:
    """The address of a static file with its fingerprint, so that browsers may keep it for ever."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"
