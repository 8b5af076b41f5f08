"""送达记录: did they get it. Every message with what came of it, the same as a file, and the timeline as a file.

Each piece of a file is read in a transaction of its own and asks anew who is reading.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from starlette.responses import Response

from storage import plans
from storage.delivery_log import OUTCOMES
from usecases import timeline_export as acts
from usecases.delivery_log import Asked, delivery_log
from usecases.delivery_sheet import delivery_sheet
from usecases.remit import OVERSEERS
from web.address import Address
from web.forms import whole_number
from web.render import page
from web.streaming import streamed
from web.visit import Visit

ROLES = tuple(sorted(OVERSEERS))
FILTERS = ("unit", "who", "outcome", "channel", "from", "to", "find")
CHANNELS = (
    *("telegram", "wecom", "dingtalk", "feishu", "mail", "notify"),
    *("wecom_robot", "dingtalk_robot", "feishu_robot", "webhook"),
)
LONGEST_WORDS = 60
CSV, JSON_LINES = "text/csv; charset=utf-8", "application/jsonl; charset=utf-8"


def deliveries(visit: Visit) -> Response:
    """Filters stand in the address; what nobody knows is no filter. ``before`` is where the page begins."""
    picked = _picked(visit)
    with visit.look(*ROLES) as (desk, officer):
        shown = delivery_log(desk, officer, _asked(picked))
        known = plans.all_plans(desk.tx)
    return page(
        visit,
        "deliveries.html",
        shown=shown,
        plans=known,
        picked=picked,
        at=Address("/deliveries", {name: picked[name] for name in FILTERS}),
        file=Address("/deliveries/deliveries.csv", {name: picked[name] for name in FILTERS}),
        filtered=any(picked[name] for name in FILTERS),
        outcomes=OUTCOMES,
        channels=CHANNELS,
    )


def sheet(visit: Visit) -> Response:
    """What the page shows, from the newest to the oldest."""
    return streamed(_sheet(visit, _asked(_picked(visit) | {"before": ""})), CSV, f"送达记录-{_day(visit)}.csv")


def timeline_csv(visit: Visit) -> Response:
    return streamed(_timeline(visit, "csv"), CSV, f"办理记录-{_day(visit)}.csv")


def timeline_jsonl(visit: Visit) -> Response:
    return streamed(_timeline(visit, "jsonl"), JSON_LINES, f"办理记录-{_day(visit)}.jsonl")


def _sheet(visit: Visit, asked: Asked) -> Iterator[bytes]:
    then: Asked | None = asked
    while then:
        with visit.look(*ROLES) as (desk, officer):
            piece = delivery_sheet(desk, officer, then, visit.language)
        yield piece.data
        then = piece.then


def _timeline(visit: Visit, kind: acts.Kind) -> Iterator[bytes]:
    picked = _picked(visit)
    after: int | None = 0
    asked = acts.Asked(
        first=_date(picked["from"]), last=_date(picked["to"]), plan_key=picked["plan"], unit=picked["unit"]
    )
    while after is not None:
        with visit.look(*ROLES) as (desk, officer):
            piece = acts.timeline_export(desk, officer, replace(asked, after=after), kind, visit.language)
        yield piece.data
        after = piece.after


def _asked(picked: dict[str, str]) -> Asked:
    return Asked(
        unit=picked["unit"],
        who=picked["who"],
        outcome=picked["outcome"],
        channel=picked["channel"],
        first=_date(picked["from"]),
        last=_date(picked["to"]),
        find=picked["find"],
        before=whole_number(picked["before"]) if picked["before"] else None,
    )


def _picked(visit: Visit) -> dict[str, str]:
    names = (*FILTERS, "before", "plan")
    picked = {name: " ".join(visit.query.get(name, "").replace("\0", "").split()) for name in names}
    known = {"outcome": OUTCOMES, "channel": CHANNELS}
    picked |= {name: "" for name, those in known.items() if picked[name] not in those}
    picked |= {name: "" for name in ("from", "to") if _date(picked[name]) is None}
    picked |= {name: picked[name][:LONGEST_WORDS] for name in ("find", "who")}
    return picked


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day(visit: Visit) -> str:
    return visit.now.astimezone(visit.site.office.zone).date().isoformat()
