"""For whoever watches the program: alive, ready, and a few counts in Prometheus' text format. No names, no titles."""

from starlette.responses import PlainTextResponse, Response

from storage import deliveries, reminders
from web.visit import Visit

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def alive(_: Visit) -> Response:
    return PlainTextResponse("ok\n")


def ready(visit: Visit) -> Response:
    """200 while the database answers; a chat that hears nobody is named, and no reason to stop the pages."""
    try:
        with visit.site.office.read(visit.now) as desk:
            deliveries.counts(desk.tx)
    except Exception:  # noqa: BLE001 - whatever is the matter, the answer is "not ready"
        return PlainTextResponse("the database does not answer\n", status_code=503)
    return PlainTextResponse("\n".join(["ready", *visit.site.troubles()]) + "\n")


def metrics(visit: Visit) -> Response:
    with visit.site.office.read(visit.now) as desk:
        counts = deliveries.counts(desk.tx)
        waiting = reminders.next_at(desk.tx)
    late = max(0.0, (visit.now - waiting).total_seconds()) if waiting else 0.0
    lines = ["# HELP ruqi_deliveries Messages by state.", "# TYPE ruqi_deliveries gauge"]
    lines += [f'ruqi_deliveries{{state="{state}"}} {number}' for state, number in sorted(counts.items())]
    lines += [
        "# HELP ruqi_oldest_due_seconds How long the oldest reminder has been due.",
        "# TYPE ruqi_oldest_due_seconds gauge",
    ]
    lines += [f"ruqi_oldest_due_seconds {late:.0f}"]
    return PlainTextResponse("\n".join(lines) + "\n", media_type=METRICS_TYPE)
