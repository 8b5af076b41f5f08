"""Prometheus' text format: families of samples, each with its help and type. Counts only, no names, no titles.

Source: prometheus.io/docs/instrumenting/exposition_formats, version 0.0.4.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import accumulate

from usecases.audit import EVERY, Report
from usecases.backup_schedule import BackupState
from usecases.measures import Measures
from usecases.tally import BOUNDS, Tally

TYPE = "text/plain; version=0.0.4; charset=utf-8"
Sample = tuple[Mapping[str, object], float]


def family(name: str, kind: str, about: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield f"# HELP {name} {about}"
    yield f"# TYPE {name} {kind}"
    for labels, value in samples:
        yield f"{name}{_labels(labels)} {value:.15g}"


def gauge(name: str, about: str, samples: Iterable[Sample]) -> Iterator[str]:
    return family(name, "gauge", about, samples)


def one(value: float) -> list[Sample]:
    return [({}, value)]


def measured(found: Measures) -> Iterator[str]:
    """What the database says."""
    yield from gauge("ruqi_deliveries", "Messages by state.", _by("state", found.deliveries))
    queue = [({"channel": channel, "state": state}, n) for (channel, state), n in sorted(found.queue.items())]
    yield from gauge("ruqi_queue_messages", "Messages not yet sent, by channel and state.", queue)
    yield from gauge("ruqi_oldest_due_seconds", "How long the oldest reminder has been due.", one(round(found.lag)))
    yield from gauge("ruqi_inbox_waiting", "What came in and is not handled yet.", _by("channel", found.inbox))
    yield from gauge("ruqi_inbox_set_aside", "What came in and failed again and again.", one(found.set_aside))
    ways = [({"channel": channel, "state": state}, n) for (channel, state), n in sorted(found.ways.items())]
    yield from gauge("ruqi_ways", "Chats of people and units, by channel and state.", ways)
    yield from gauge("ruqi_provisional_years", "Years with due dates whose notice is not out.", one(found.provisional))


def counted(tally: Tally) -> Iterator[str]:
    """What this process counted since it began."""
    sends = [({"channel": channel, "outcome": outcome}, n) for (channel, outcome), n in sorted(tally.sends.items())]
    yield from family("ruqi_sends_total", "counter", "Tries to send, by channel and what came of them.", sends)
    fetches = _by("answer", {answer: tally.fetches[answer] for answer in ("fresh", "unchanged", "unknown")})
    yield from family("ruqi_feed_fetches_total", "counter", "Calendars asked for, by answer.", fetches)
    yield "# HELP ruqi_send_lateness_seconds How long after its moment a message left."
    yield "# TYPE ruqi_send_lateness_seconds histogram"
    for channel, buckets in sorted(tally.late.items()):
        yield from _histogram("ruqi_send_lateness_seconds", channel, buckets, tally.late_seconds[channel])


def turned(beat: datetime | None, now: datetime) -> Iterator[str]:
    """Nothing before the first turn, so that silence is seen as silence."""
    age = [] if beat is None else one(max(0.0, (now - beat).total_seconds()))
    yield from gauge("ruqi_beat_age_seconds", "Seconds since the scheduler last finished a turn.", age)


def audited(report: Report | None) -> Iterator[str]:
    """What the auditor last found; nothing before its first pass."""
    if report is None:
        return
    yield from gauge(
        "ruqi_reminders", "Reminders by where they are: all that were planned.", _by("place", report.places)
    )
    found = Counter(finding.check for finding in report.findings)
    checks = {check: found[check] for check in EVERY}
    yield from gauge("ruqi_audit_findings", "Rows that break a promise; ruqi audit names them.", _by("check", checks))
    yield from gauge("ruqi_audit_timestamp_seconds", "When the last audit was made.", one(int(report.at.timestamp())))


def backed_up(state: BackupState, now: datetime) -> Iterator[str]:
    good = state.at is not None and not state.late
    about = "1 while the last backup is recent, was restored once, and none has failed since."
    yield from gauge("ruqi_backup_ok", about, one(good))
    age = [] if state.at is None else one(round((now - state.at).total_seconds()))
    yield from gauge("ruqi_backup_age_seconds", "Since the last good backup.", age)


def _by(label: str, counts: Mapping[str, int]) -> list[Sample]:
    return [({label: value}, counts[value]) for value in sorted(counts)]


def _labels(labels: Mapping[str, object]) -> str:
    shown = ",".join(f'{name}="{_escaped(str(value))}"' for name, value in labels.items())
    return f"{{{shown}}}" if shown else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _histogram(name: str, channel: str, buckets: list[int], seconds: float) -> Iterator[str]:
    upto = list(accumulate(buckets))
    for bound, count in zip([*(f"{b:g}" for b in BOUNDS), "+Inf"], upto, strict=True):
        yield f"{name}_bucket{_labels({'channel': channel, 'le': bound})} {count}"
    yield f"{name}_sum{_labels({'channel': channel})} {seconds:g}"
    yield f"{name}_count{_labels({'channel': channel})} {upto[-1]}"
