"""Where a form leads afterwards: back to one of our own pages, never anywhere else."""

import re
from http import HTTPStatus

from starlette.responses import RedirectResponse

from web.visit import Visit

_OURS = re.compile(
    r"/(inbox|ledger|letters|decisions|announce|pause|me|subscribe|plans(/drafts/[0-9]{1,9}(/[a-z]{2,8})?)?|"
    r"parts/[0-9a-f-]{1,36}|roster(/lists/[\w-]{12,60}|/people/[0-9]{1,9})?|reports)?"
    r"(\?[\w=&.%-]*)?(#[\w-]*)?"
)


def see(path: str) -> RedirectResponse:
    """After a POST, look there: reloading the page sends nothing again (303)."""
    return RedirectResponse(path, HTTPStatus.SEE_OTHER)


def done(visit: Visit, otherwise: str, rather: str = "") -> RedirectResponse:
    """Back to where the form was, which now says what came of it; the inbox shows it in its conversation.

    `rather`: a page of ours where what was done goes on.
    """
    path = rather or back(visit, otherwise)
    if path.startswith("/inbox"):
        return see(path)
    path, joins = path.partition("#")[0], "&" if "?" in path else "?"
    return see(f"{path}{joins}said={visit.form.get('once', '')}#said")


def back(visit: Visit, otherwise: str) -> str:
    """The page a form names as the one to return to, if it is one of ours."""
    asked = visit.form.get("back", "")
    return asked if asked and _OURS.fullmatch(asked) else otherwise
