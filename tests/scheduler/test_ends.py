"""What the end of one message asks of the beat: nothing, a look at the next moment, or a turn."""

import asyncio

import pytest

from scheduler import postman
from scheduler.beat import Beat
from schedules.retry import Again, Outcome, Refused, Sent, Unknown
from tests.scheduler.office import Bureau, Chat


@pytest.mark.parametrize(
    ("said", "turns", "looks"),
    [
        (Sent("1"), False, False),
        (Again(after=60), False, True),
        (Unknown("reset"), False, True),
        (Refused("", gone=True), True, True),
    ],
    ids=["sent: nothing to do", "put off: another moment", "lost: the same", "refused: it may go another way"],
)
async def test_what_came_of_one_message_keeps_the_next_from_no_moment(
    quick: Bureau, *, said: Outcome, turns: bool, looks: bool
) -> None:
    """A turn is three transactions: after each message it made the ones that fell due meanwhile late."""
    beat = Beat(quick.office, quick.clock, messengers=[Chat([said])])
    quick.say("一")
    await beat.turn()
    await until(lambda: not beat.busy)
    assert beat.is_woken == turns
    assert await beat.woken(within=0.2) == (turns or not looks), "true also when the time is over"


async def test_what_was_left_for_want_of_room_is_claimed_when_a_batch_has_room(
    quick: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postman, "MOST", 4)
    monkeypatch.setattr(postman, "BATCH", 2)
    chat = Chat()
    gates = [chat.hold(address) for address in "abcdef"]
    beat = Beat(quick.office, quick.clock, messengers=[chat])
    for address in "abcdef":
        quick.say("你好", address)
    assert await beat.turn() == 4
    woken = []
    for n in range(2):
        await until(lambda: len(chat.tried) == 4)
        gates[n].set()
        await until(lambda n=n: len(chat.sent) > n)
        await until(lambda n=n: quick.delivery(n + 1).state == "sent")
        await asyncio.sleep(0.05)
        woken.append(beat.is_woken)
    assert woken == [False, True]
    assert await beat.turn() == 2
    for gate in gates:
        gate.set()
    await until(lambda: not beat.busy)


async def until(condition: object, limit: float = 60.0) -> None:
    assert callable(condition)
    async with asyncio.timeout(limit):
        while not condition():  # noqa: ASYNC110 - what is waited for is in the database
            await asyncio.sleep(0.01)
