"""A process that sleeps: paused by the machine, or for a debugger. What it holds is another's when it wakes."""

import asyncio

import pytest
from sqlalchemy.exc import OperationalError

from scheduler import postman
from scheduler.beat import Beat
from storage import deliveries
from storage.rows import DeliveryRow
from tests.scheduler.office import Bureau, Chat
from usecases import deliver
from usecases.deliver import Outgoing
from usecases.office import Desk


async def test_a_process_that_slept_over_its_lease_sends_nothing(
    quick: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It wrote the message, was paused, and woke when another node may have sent it already."""
    chat, written, prepare = Chat(), [], deliver.prepare

    def slept(desk: Desk, row: DeliveryRow) -> Outgoing | None:
        done = prepare(desk, row)
        written.append(row.attempt)
        if len(written) == 1:
            quick.later(seconds=70)
        return done

    monkeypatch.setattr(deliver, "prepare", slept)
    beat = Beat(quick.office, quick.clock, messengers=[chat])
    quick.say("一")
    await beat.turn()
    await until(lambda: quick.delivery(1).state == "due")
    assert chat.texts() == []
    await beat.settled()
    assert chat.texts() == ["一"]
    assert written == [1, 2]


async def until(condition: object, limit: float = 5.0) -> None:
    assert callable(condition)
    async with asyncio.timeout(limit):
        while not condition():  # noqa: ASYNC110 - what is waited for is in the database
            await asyncio.sleep(0.01)


async def test_a_database_that_is_away_sets_no_message_aside(quick: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was claimed often before; now the database throws everybody out while it is written, again and again."""
    chat, prepare, fails = Chat(), deliver.prepare, [1, 2, 3, 4]

    def cut(desk: Desk, row: DeliveryRow) -> Outgoing | None:
        if fails:
            fails.pop()
            raise OperationalError("SELECT", {}, Exception("terminating connection due to administrator command"))
        return prepare(desk, row)

    monkeypatch.setattr(deliver, "prepare", cut)
    monkeypatch.setattr(postman, "PAUSE", 0.0)
    beat = Beat(quick.office, quick.clock, messengers=[chat])
    quick.say("一")
    with quick.office.write(quick.clock.now()) as desk:
        deliveries.change(desk.tx, 1, attempt=7)
    await beat.settled()
    assert quick.delivery(1).state == "sent"
    assert chat.texts() == ["一"]
