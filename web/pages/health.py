"""For whoever watches the program: alive, ready, and a few counts in Prometheus' text format. No names, no titles."""

from starlette.responses import PlainTextResponse, Response

from storage import deliveries
from storage.writable import writable
from usecases.backup_schedule import backup_state
from usecases.measures import measure
from web.exposition import TYPE, audited, backed_up, counted, measured, turned
from web.visit import Visit


def alive(_: Visit) -> Response:
    return PlainTextResponse("ok\n")


def ready(visit: Visit) -> Response:
    """200 while the database takes writes and what is due moves; a deaf chat or a wrong row is only named."""
    try:
        with visit.site.office.read(visit.now) as desk:
            deliveries.counts(desk.tx)
        takes_writes = writable(visit.site.office.store)
    except Exception:  # noqa: BLE001 - whatever is the matter, the answer is "not ready"
        return PlainTextResponse("the database does not answer\n", status_code=503)
    if not takes_writes:
        return PlainTextResponse("the database cannot be written\n", status_code=503)
    audit = visit.site.audit
    said = [*([audit.trouble] if audit.trouble else []), *visit.site.troubles()]
    if not audit.well:
        return PlainTextResponse("\n".join(said) + "\n", status_code=503)
    return PlainTextResponse("\n".join(["ready", *said]) + "\n")


def metrics(visit: Visit) -> Response:
    with visit.site.office.read(visit.now) as desk:
        found, backup = measure(desk), backup_state(desk, desk.office.backups_every)
    site = visit.site
    lines = [
        *turned(site.pulse(), visit.now),
        *measured(found),
        *counted(site.office.tally),
        *audited(site.audit.report),
        *backed_up(backup, visit.now),
    ]
    return PlainTextResponse("\n".join(lines) + "\n", media_type=TYPE)
