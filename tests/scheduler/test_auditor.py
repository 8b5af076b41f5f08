"""The auditor beside the beat: only a clean pass is told outside, and no failure ends it."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from scheduler.auditor import Auditor
from tests.scheduler.office import Bureau


class Monitor:
    """An outside service that counts."""

    def __init__(self, fails: int = 0) -> None:
        self.heard = asyncio.Event()
        self.count = 0
        self._fails = fails

    async def tell(self) -> None:
        if self._fails:
            self._fails -= 1
            raise OSError("no way out")
        self.count += 1
        self.heard.set()


async def seen(auditor: Auditor) -> None:
    while auditor.report is None:  # noqa: ASYNC110 - a test looks
        await asyncio.sleep(0.01)


async def test_a_clean_pass_is_told_outside(here: Bureau) -> None:
    here.enroll()
    here.assign(here.clock.now().date() + timedelta(days=40))
    monitor = Monitor(fails=1)
    auditor = Auditor(here.office, here.clock, tell=monitor.tell, every=0.01)
    running = asyncio.create_task(auditor.run())
    await monitor.heard.wait()
    running.cancel()
    assert auditor.report
    assert auditor.report.clean
    assert auditor.trouble == ""


async def test_a_finding_is_silence_outside_and_no_closed_door(here: Bureau, caplog: pytest.LogCaptureFixture) -> None:
    number = here.queue({})
    with here.office.write(here.clock.now()) as desk:
        desk.tx.execute(text("UPDATE delivery SET state = 'dead'"))
    monitor = Monitor()
    auditor = Auditor(here.office, here.clock, tell=monitor.tell, every=0.01)
    running = asyncio.create_task(auditor.run())
    await seen(auditor)
    await asyncio.sleep(0.05)
    running.cancel()
    assert monitor.count == 0
    assert "1 findings" in auditor.trouble
    assert auditor.well
    said = [line for line in caplog.messages if line.startswith("audit:")]
    assert said == [f"audit: unraised: row {number} of delivery"], "once, however often it is seen"


async def test_an_engine_that_stands_is_not_well(quick: Bureau) -> None:
    quick.say("收到")
    auditor = Auditor(quick.office, quick.clock, every=0.01)
    running = asyncio.create_task(auditor.run())
    await seen(auditor)
    quick.later(minutes=11)
    while is_well(auditor):
        quick.later(minutes=2)
        await asyncio.sleep(0.03)
    running.cancel()


def is_well(auditor: Auditor) -> bool:
    return not auditor.trouble or auditor.well


async def test_no_pass_is_a_trouble(quick: Bureau) -> None:
    auditor = Auditor(quick.office, quick.clock)
    assert auditor.trouble == ""
    quick.later(minutes=4)
    assert not auditor.well
    assert "no pass" in auditor.trouble
