"""The auditor: apart from the beat, once a minute, it recomputes what must hold; only a clean pass is told outside.

Silence outside is the alarm: a machine that is off, a program that hangs and a reminder that is lost look alike there.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta

from scheduler.clock import Clock
from usecases.audit import Report, Rounds, audit_pass
from usecases.office import Office

log = logging.getLogger(__name__)

EVERY = 60.0
"""Seconds from one pass to the next."""
OLD = timedelta(seconds=3 * EVERY)
"""A report older than this says nothing any more."""

Tell = Callable[[], Awaitable[None]]


class Auditor:
    """`tell` is called after each clean pass; `channels` are those that run here."""

    def __init__(
        self,
        office: Office,
        clock: Clock,
        *,
        channels: Collection[str] | None = None,
        tell: Tell | None = None,
        every: float = EVERY,
    ) -> None:
        self._office = office
        self._clock = clock
        self._channels = channels
        self._tell = tell
        self._every = every
        self._rounds = Rounds()
        self._known: frozenset[object] = frozenset()
        self._began = clock.now()
        self.report: Report | None = None
        """What the last pass found; None before the first."""

    @property
    def trouble(self) -> str:
        """Why the program should not count as well, in one line; empty while all is well."""
        last = self.report.at if self.report else self._began
        if self._clock.now() - last > OLD:
            return "audit: no pass since " + _moment(last)
        if self.report and not self.report.clean:
            return f"audit: {len(self.report.findings)} findings, see the page /status or ruqi audit"
        return ""

    @property
    def well(self) -> bool:
        """Whether the engine moves: a row that is wrong is no reason to keep people out of the pages."""
        return not self.trouble or bool(self.report and not self.report.stuck and self._is_fresh(self.report))

    async def run(self) -> None:
        """Look, tell, wait, until cancelled. No failure ends it: each is logged, and is silence outside."""
        while True:
            try:
                report = await asyncio.to_thread(self._pass)
                self._note(report)
                if report.clean and self._tell:
                    await self._tell()
            except Exception:
                log.exception("the audit could not be made; trying again in %s s", self._every)
            await asyncio.sleep(self._every)

    def _pass(self) -> Report:
        with self._office.read(self._clock.now()) as desk:
            return audit_pass(desk, self._rounds, channels=self._channels)

    def _note(self, report: Report) -> None:
        """Log what is new, once."""
        for finding in report.findings:
            if finding not in self._known:
                log.error("audit: %s: row %s of %s", finding.check, finding.row, finding.table)
        self._known = frozenset(report.findings)
        self.report = report

    def _is_fresh(self, report: Report) -> bool:
        return self._clock.now() - report.at <= OLD


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
