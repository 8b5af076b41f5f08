"""A process that sleeps: paused by the machine, or for a debugger. What it holds is another's when it wakes."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy.exc import OperationalError

from scheduler import postman
from scheduler.beat import Beat
from scheduler.clock import SystemClock
from scheduler.leases import Leases
from storage import deliveries
from storage import inbox as storage_inbox
from storage.engine import open_store
from storage.rows import DeliveryRow
from tests.scheduler.office import Bureau, Chat, bureau
from usecases import deliver, inbox
from usecases.deliver import Outgoing
from usecases.office import Desk


async def test_a_process_that_slept_while_another_took_over_sends_nothing(
    quick: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It wrote the message, was paused, and woke when another node had it and may have sent it."""
    chat, extend = Chat(), Leases.extend
    beat = Beat(quick.office, quick.clock, messengers=[chat])

    def slept(self: Leases, row: DeliveryRow, until: datetime) -> None:
        extend(self, row, until)
        if quick.delivery(1).owner != "elsewhere":
            quick.later(seconds=70)
            claim_elsewhere(quick)

    monkeypatch.setattr(Leases, "extend", slept)
    quick.say("一")
    await beat.turn()
    await until(lambda: not beat.busy)
    assert chat.texts() == []
    taken = quick.delivery(1)
    assert (taken.owner, taken.attempt, taken.ambiguous) == ("elsewhere", 2, 1), "it may have left, so it is marked"


async def test_a_process_that_slept_and_lost_nothing_goes_on(quick: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    chat, prepare = Chat(), deliver.prepare_all
    written: list[int] = []

    def slept(desk: Desk, rows: Sequence[DeliveryRow]) -> list[Outgoing | None]:
        done = prepare(desk, rows)
        written.extend(row.attempt for row in rows)
        if len(written) == 1:
            quick.later(seconds=70)
        return done

    monkeypatch.setattr(deliver, "prepare_all", slept)
    beat = Beat(quick.office, quick.clock, messengers=[chat])
    quick.say("一")
    await beat.settled()
    assert chat.texts() == ["一"]
    assert written == [1, 1], "asked again whether it is still its own"
    assert quick.delivery(1).ambiguous == 0


async def test_what_waited_behind_a_slow_one_and_was_taken_over_is_not_sent_and_not_marked(quick: Bureau) -> None:
    chat = Chat()
    gate = chat.hold("a")
    beat = Beat(quick.office, quick.clock, messengers=[chat])
    quick.say("一")
    quick.say("二")
    await beat.turn()
    await until(lambda: chat.tried)
    quick.later(seconds=70)
    claim_elsewhere(quick)
    gate.set()
    await until(lambda: not beat.busy)
    assert chat.texts() == ["一"], "that one was on its way"
    assert [quick.delivery(n).ambiguous for n in (1, 2)] == [1, 0], "and the other had not begun"
    assert [quick.delivery(n).state for n in (1, 2)] == ["sending", "sending"], "no outcome over another's claim"


async def test_a_living_process_keeps_what_it_holds_however_long_it_takes(quick: Bureau) -> None:
    """Time passes, a first message hangs, a second waits behind it: nobody takes them over, and nothing is marked."""
    office = replace(quick.office, lease=timedelta(seconds=1))
    clock, chat = SystemClock(), Chat()
    gate = chat.hold("a")
    quick.clock.set(clock.now())
    beat = Beat(office, clock, messengers=[chat])
    quick.say("一")
    quick.say("二")
    await beat.turn()
    over = clock.now() + 2 * office.lease
    await until(lambda: all(row.lease_until and row.lease_until > over for row in quick.deliveries()))
    gate.set()
    await until(lambda: not beat.busy)
    assert chat.texts() == ["一", "二"]
    assert [(row.state, row.attempt, row.ambiguous) for row in quick.deliveries()] == [("sent", 1, 0)] * 2


async def test_what_is_held_is_renewed_by_a_claim_only_when_nobody_else_did(quick: Bureau) -> None:
    """While one chat is slow, each look for something due would write to the disk, and make the others late."""
    chat = Chat()
    gate = chat.hold("slow")
    beat = Beat(quick.office, quick.clock, messengers=[chat])
    quick.say("一", "slow")
    await beat.turn()
    await until(lambda: chat.tried)
    begun = quick.delivery(1).lease_until
    assert begun
    quick.clock.advance(quick.office.lease / 3)
    await beat.turn()
    assert quick.delivery(1).lease_until == begun
    quick.clock.advance(quick.office.lease / 3)
    await beat.turn()
    assert quick.delivery(1).lease_until == quick.clock.now() + quick.office.lease
    gate.set()
    await until(lambda: not beat.busy)


async def test_a_node_that_sleeps_over_an_update_holds_no_other_s_beat_up(made_postgres: str) -> None:
    """What came after it waits too, so that the order stays; reminders go out meanwhile."""
    store = open_store(made_postgres)
    here, chat, handled = bureau(store), Chat(), []
    beat = Beat(here.office, here.clock, messengers=[chat], handlers={"chat": lambda _, row: handled.append(row.id)})
    here.say("一")
    with here.office.write(here.clock.now()) as desk:
        for number in (1, 2):
            inbox.take_in(desk, channel="chat", account="a", source_id=str(number), payload={})
    with here.office.write(here.clock.now()) as asleep:
        assert storage_inbox.take(asleep.tx, 1)
        await beat.settled()
        assert chat.texts() == ["一"]
        assert handled == []
    await beat.settled()
    assert handled == [1, 2]
    store.close()


def claim_elsewhere(quick: Bureau) -> None:
    with quick.office.write(quick.clock.now()) as desk:
        deliver.claim(desk, owner="elsewhere", channels=["chat"])


async def until(condition: object, limit: float = 60.0) -> None:
    assert callable(condition)
    async with asyncio.timeout(limit):
        while not condition():  # noqa: ASYNC110 - what is waited for is in the database
            await asyncio.sleep(0.01)


async def test_a_database_that_is_away_sets_no_message_aside(quick: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was claimed often before; now the database throws everybody out while it is written, again and again."""
    chat, prepare, fails = Chat(), deliver.prepare_all, [1, 2, 3, 4]

    def cut(desk: Desk, rows: Sequence[DeliveryRow]) -> list[Outgoing | None]:
        if fails:
            fails.pop()
            raise OperationalError("SELECT", {}, Exception("terminating connection due to administrator command"))
        return prepare(desk, rows)

    monkeypatch.setattr(deliver, "prepare_all", cut)
    monkeypatch.setattr(postman, "PAUSE", 0.0)
    beat = Beat(quick.office, quick.clock, messengers=[chat])
    quick.say("一")
    with quick.office.write(quick.clock.now()) as desk:
        deliveries.change(desk.tx, 1, attempt=7)
    await beat.settled()
    assert quick.delivery(1).state == "sent"
    assert chat.texts() == ["一"]
