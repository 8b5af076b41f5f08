"""Many at once from the ledger: first a page that shows what would be done, then the second confirmation."""

from starlette.responses import Response

from usecases import page_bulk
from usecases.page_bulk import MOST
from web.effects import MANY
from web.forms import whole_number
from web.going import back, done
from web.intake import LONGEST, take
from web.pages.ledger import FILTERS, PLACES, asked_in, month_in
from web.render import page
from web.visit import Malformed, Visit

EVERYTHING = "_all"


def check(visit: Visit) -> Response:
    """Shows and changes nothing, although it is a POST: thousands of ticks fit in no address."""
    asked = visit.form.get("do", "")
    verb = asked.removesuffix(EVERYTHING)
    if verb not in MANY:
        raise Malformed
    with visit.look(*MANY[verb]) as (desk, officer):
        if asked.endswith(EVERYTHING):
            shown = page_bulk.everything(desk, officer, verb, asked_in(_picked(visit)))
        else:
            shown = page_bulk.ticked(desk, officer, verb, _ticked(visit))
    return page(visit, "bulk.html", bulk=shown, back=back(visit, "/ledger"), most=MOST)


def act(visit: Visit) -> Response:
    verb, words = visit.form.get("do", ""), visit.form.get("words", "").strip()
    ids = [whole_number(part) for part in visit.form.get("parts", "").split(",")]
    if verb not in MANY or None in ids or len(ids) > MOST or len(words) > LONGEST:
        raise Malformed
    take(visit, {"act": verb, "parts": ids, "words": words, "label": visit.form.get("label", "")[:60]}, *MANY[verb])
    return done(visit, "/ledger")


def _ticked(visit: Visit) -> list[int]:
    numbers = (whole_number(name[1:]) for name in visit.form if name.startswith("p"))
    return [number for number in numbers if number is not None]


def _picked(visit: Visit) -> dict[str, str]:
    """The filters as the form carries them."""
    picked = {name: visit.form.get(name, "") for name in (*FILTERS, *PLACES)}
    return picked | {"month": picked["month"] if month_in(picked["month"]) else ""}
