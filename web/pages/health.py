"""For whoever watches the program: alive, ready, and a few counts in Prometheus' text format. No names, no titles."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from starlette.responses import PlainTextResponse, Response

from storage import deliveries, reminders
from usecases.audit import EVERY, Report
from usecases.backup_schedule import BackupState, backup_state
from web.visit import Visit

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def alive(_: Visit) -> Response:
    return PlainTextResponse("ok\n")


def ready(visit: Visit) -> Response:
    """200 while the database answers and what is due moves; a deaf chat or a wrong row is only named."""
    try:
        with visit.site.office.read(visit.now) as desk:
            deliveries.counts(desk.tx)
    except Exception:  # noqa: BLE001 - whatever is the matter, the answer is "not ready"
        return PlainTextResponse("the database does not answer\n", status_code=503)
    audit = visit.site.audit
    said = [*([audit.trouble] if audit.trouble else []), *visit.site.troubles()]
    if not audit.well:
        return PlainTextResponse("\n".join(said) + "\n", status_code=503)
    return PlainTextResponse("\n".join(["ready", *said]) + "\n")


def metrics(visit: Visit) -> Response:
    with visit.site.office.read(visit.now) as desk:
        counts = deliveries.counts(desk.tx)
        waiting = reminders.next_at(desk.tx)
        backup = backup_state(desk, desk.office.backups_every)
    late = max(0.0, (visit.now - waiting).total_seconds()) if waiting else 0.0
    lines = ["# HELP ruqi_deliveries Messages by state.", "# TYPE ruqi_deliveries gauge"]
    lines += [f'ruqi_deliveries{{state="{state}"}} {number}' for state, number in sorted(counts.items())]
    lines += [
        "# HELP ruqi_oldest_due_seconds How long the oldest reminder has been due.",
        "# TYPE ruqi_oldest_due_seconds gauge",
    ]
    lines += [f"ruqi_oldest_due_seconds {late:.0f}", *_audited(visit.site.audit.report)]
    lines += _backup(backup, visit.now)
    return PlainTextResponse("\n".join(lines) + "\n", media_type=METRICS_TYPE)


def _audited(report: Report | None) -> Iterator[str]:
    """What the auditor last found; nothing before its first pass, so that silence is seen as silence."""
    if report is None:
        return
    yield "# HELP ruqi_reminders Reminders by where they are; together they are all that were planned."
    yield "# TYPE ruqi_reminders gauge"
    yield from (f'ruqi_reminders{{place="{place}"}} {count}' for place, count in sorted(report.places.items()))
    yield "# HELP ruqi_audit_findings Rows that break a promise; the page /status and ruqi audit name them."
    yield "# TYPE ruqi_audit_findings gauge"
    counts = Counter(finding.check for finding in report.findings)
    yield from (f'ruqi_audit_findings{{check="{check}"}} {counts[check]}' for check in sorted(EVERY))
    yield "# HELP ruqi_audit_timestamp_seconds When the last audit was made."
    yield "# TYPE ruqi_audit_timestamp_seconds gauge"
    yield f"ruqi_audit_timestamp_seconds {report.at.timestamp():.0f}"


def _backup(state: BackupState, now: datetime) -> Iterator[str]:
    yield "# HELP ruqi_backup_ok 1 while the last backup is recent, was restored once, and none has failed since."
    yield "# TYPE ruqi_backup_ok gauge"
    yield f"ruqi_backup_ok {int(state.at is not None and not state.late)}"
    if state.at is not None:
        yield "# HELP ruqi_backup_age_seconds Since the last good backup."
        yield "# TYPE ruqi_backup_age_seconds gauge"
        yield f"ruqi_backup_age_seconds {(now - state.at).total_seconds():.0f}"
