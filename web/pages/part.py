"""One part in full: where it comes from, when it is due and why, who was told, every answer, what comes next."""

from starlette.responses import Response

from usecases import pages
from web.going import back, see
from web.intake import DECISIONS, LONGEST, take
from web.pages.inbox import MOST_LABEL
from web.render import page
from web.visit import Malformed, Visit


def part(visit: Visit) -> Response:
    with visit.look() as (desk, officer):
        shown = pages.part_page(desk, officer, visit.params["uid"])
    return page(visit, "part.html", shown=shown, part=shown.part)


def decide(visit: Visit) -> Response:
    """销号 or 退回 with a reason: the bureau's to do, checked when it is done."""
    verb, number, words = (visit.form.get(name, "").strip() for name in ("verb", "part", "words"))
    if verb not in DECISIONS or not number.isdigit() or len(words) > LONGEST:
        raise Malformed
    take(visit, {"act": verb, "part": int(number), "label": visit.form.get("label", "")[:MOST_LABEL], "words": words})
    return see(back(visit, "/ledger"))
