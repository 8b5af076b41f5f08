"""One part in full: where it comes from, when it is due and why, who was told, every answer, what comes next."""

import re

from starlette.responses import Response

from usecases.page_part import part_page
from web.forms import whole_number
from web.going import done
from web.intake import DECISIONS, LONGEST, take
from web.pages.inbox import MOST_LABEL
from web.render import page
from web.visit import Malformed, Missing, Visit

UID = re.compile(r"[0-9a-f-]{36}")


def part(visit: Visit) -> Response:
    uid = visit.params["uid"]
    if not UID.fullmatch(uid):
        raise Missing
    with visit.look() as (desk, officer):
        shown = part_page(desk, officer, uid)
    return page(visit, "part.html", shown=shown, part=shown.part)


def decide(visit: Visit) -> Response:
    """销号 or 退回 with a reason: the bureau's to do, checked when it is done."""
    verb, words = (visit.form.get(name, "").strip() for name in ("verb", "words"))
    number = whole_number(visit.form.get("part", ""))
    if verb not in DECISIONS or number is None or len(words) > LONGEST:
        raise Malformed
    said = {"label": visit.form.get("label", "")[:MOST_LABEL], "words": words}
    take(visit, {"act": verb, "part": number, **said}, "bureau")
    return done(visit, "/ledger")
