"""One part in full: where it comes from, when it is due and why, who was told, every answer, what comes next."""

import re

from starlette.responses import Response

from usecases.page_inbox import unit_names
from usecases.page_part import part_page
from web.plan_words import PlanWords
from web.render import page
from web.visit import Missing, Visit

UID = re.compile(r"[0-9a-f-]{36}")


def part(visit: Visit) -> Response:
    uid = visit.params["uid"]
    if not UID.fullmatch(uid):
        raise Missing
    with visit.look() as (desk, officer):
        shown = part_page(desk, officer, uid)
        names = unit_names(desk) if "answer" in shown.offers else ()
    return page(visit, "part.html", shown=shown, part=shown.part, unit_names=names, p=PlanWords(visit.language))
