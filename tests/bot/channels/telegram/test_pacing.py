"""How fast we write, on a clock that only the test moves."""

import asyncio
import random
from bisect import bisect_left
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from heapq import heappop, heappush

import pytest

from bot.channels.common.pacing import PATIENCE, Pacing
from bot.channels.pacing import Arrivals, Bucket, Pace
from bot.channels.telegram.pacing import AT_ONCE, GROUP_SPACE, MARGIN, MOST, for_chat, overall, pacing

SLOW_SERVER = 12.0


def sent(window: Pace, seconds: float) -> list[float]:
    """When a window lets messages out that are all ready at 0 and answered at once."""
    now, out = 0.0, []
    while now <= seconds:
        if wait := window.wait(now):
            now += wait
        else:
            window.take(now)
            window.answered(now, now)
            out.append(now)
    return out


@dataclass
class Way:
    """Messages that are all ready at 0, each with its way there and back; when they left, and when they arrived."""

    pace: Pace
    way: Callable[[], tuple[float, float]]
    late: Callable[[], float] = lambda: 0.0
    now: float = 0.0
    left: list[float] = field(default_factory=list)
    arrived: list[float] = field(default_factory=list)
    _answers: list[tuple[float, float]] = field(default_factory=list)

    def send(self, count: int) -> "Way":
        while len(self.left) < count:
            wait = self.pace.wait(self.now)
            if self._answers and self._answers[0][0] <= self.now + wait:
                answered, left = heappop(self._answers)
                self.now = max(self.now, answered)
                self.pace.answered(left, self.now)
            elif wait:
                self.now += wait + self.late()
            else:
                self._leave()
        return self

    def _leave(self) -> None:
        there, back = self.way()
        self.pace.take(self.now)
        self.left.append(self.now)
        self.arrived.append(self.now + there)
        heappush(self._answers, (self.now + there + back, self.now))

    @property
    def of_the_limit(self) -> float:
        settled = self.left[MOST:]
        return len(settled) / (settled[-1] - settled[0]) / MOST


def most_in_a_second(moments: list[float]) -> int:
    arrived = sorted(moments)
    return max(bisect_left(arrived, begin + 1.0) - n for n, begin in enumerate(arrived))


def test_a_group_gets_no_more_than_twenty_a_minute() -> None:
    out = sent(for_chat("-100200300"), 600.0)
    assert max(sum(begin <= at < begin + 60.0 for at in out) for begin in out) == 20
    assert len(out) >= 200


@pytest.mark.parametrize("seed", range(5))
def test_whoever_is_late_and_catches_up_lets_no_31_arrive_in_a_second(seed: int) -> None:
    """Timers end late, the loop stands still, the way is longer for some: seen at the server all the same."""
    chance = random.Random(seed)

    def late() -> float:
        return chance.choice([0.0, 0.001, 0.002, 0.004, *[0.030] * (chance.random() < 0.05)])

    way = Way(overall(), lambda: (chance.uniform(0.050, 0.080), chance.uniform(0.050, 0.080)), late).send(900)
    assert most_in_a_second(way.arrived) == MOST
    assert way.of_the_limit > 0.96


@pytest.mark.parametrize("seed", range(5))
def test_what_is_held_up_after_its_turn_meets_no_30_others(seed: int) -> None:
    """Between the turn and the first byte lie a new connection, a full disk's commit, a walk of the collector."""
    chance = random.Random(seed)

    def way() -> tuple[float, float]:
        held_up = chance.choice([0.1, 0.3, 0.9]) if chance.random() < 0.05 else 0.0
        return held_up + chance.uniform(0.003, 0.010), chance.uniform(0.002, 0.005)

    made = Way(overall(), way).send(900)
    assert most_in_a_second(made.arrived) == MOST
    assert made.of_the_limit > 0.93


def test_a_quick_way_lets_it_write_close_to_the_limit() -> None:
    chance = random.Random(5)
    made = Way(overall(), lambda: (chance.uniform(0.003, 0.010), 0.002)).send(900)
    assert most_in_a_second(made.arrived) == MOST
    assert made.of_the_limit > 0.98


def test_the_quickest_way_is_learned_from_sixty_and_forgotten_after_three_hundred() -> None:
    pace = Arrivals(MOST, 1.0, MARGIN)

    def answered(took: float, times: int) -> float:
        for _ in range(times):
            pace.take(0.0)
            pace.answered(0.0, took)
        return pace.quickest

    assert answered(0.2, 2 * MOST - 1) == 0.0, "of a few nothing is known, and the way counts as none"
    assert answered(0.2, 1) == 0.2
    assert answered(0.1, 1) == 0.1
    assert answered(0.4, 299) == 0.1
    assert answered(0.4, 1) == 0.4


def test_those_who_never_answer_keep_no_place_for_long() -> None:
    """30 chats that take 12 s each: the others go on after two."""
    pace = overall()
    now = 0.0
    for _ in range(MOST):
        now += pace.wait(now)
        pace.take(now)
    began = now
    while wait := pace.wait(now):
        now += wait
    assert now - began < 3.1 < SLOW_SERVER


def test_a_rush_is_let_out_evenly_and_at_096_of_the_limit() -> None:
    out = sent(overall(), 31.1)
    assert max(bisect_left(out, begin + 0.1) - n for n, begin in enumerate(out)) <= AT_ONCE + 3
    assert len(out) > 0.96 * MOST * 31.1


def test_a_person_gets_three_at_once_and_then_one_a_second() -> None:
    assert sent(for_chat("1001"), 4.0) == pytest.approx([0, 0, 0, 1, 2, 3, 4])


def test_a_group_gets_one_a_second_until_its_minute_is_full() -> None:
    out = sent(for_chat("-100200300"), 62.0)
    assert out[:20] == pytest.approx([number * GROUP_SPACE for number in range(20)])
    assert out[20] == pytest.approx(60)


def test_after_a_rest_the_burst_is_whole_again_and_no_larger() -> None:
    bucket = Bucket(3, 1.0)
    for _ in range(3):
        bucket.take(0.0)
    assert bucket.wait(100.0) == 0.0
    for _ in range(3):
        bucket.take(100.0)
    assert bucket.wait(100.0) == 1.0


async def admitted(paced: Pacing, chat: str) -> float:
    async with paced.turn(chat) as wait:
        return wait


@pytest.mark.timeout(5)
async def test_a_long_wait_is_given_back_at_once() -> None:
    paced = pacing(lambda: 100.0)
    paced.rest("1001", PATIENCE + 1)
    assert await admitted(paced, "1001") == PATIENCE + 1
    assert await admitted(paced, "1002") == 0.0
    paced.rest_all(3600)
    assert await admitted(paced, "1002") == 3600


async def test_a_shorter_wait_does_not_end_a_longer_one() -> None:
    paced = pacing(lambda: 0.0)
    paced.rest("1001", 3600)
    paced.rest("1001", 5)
    assert await admitted(paced, "1001") == 3600


async def test_what_was_written_has_arrived_when_its_turn_ends_whichever_way_that_is() -> None:
    clock = [0.0]
    overall_pace = Arrivals(1, 1.0, 0.0)
    paced = Pacing(overall_pace, for_chat, lambda: clock[0])
    with suppress(ConnectionError):
        async with paced.turn("1001"):
            clock[0] = 0.5
            assert overall_pace.wait(0.5) == 1.0, "not before a second after an answer that came at once"
            raise ConnectionError
    clock[0] = 0.75
    assert overall_pace.wait(0.75) == 0.75


@pytest.mark.timeout(10)
async def test_whoever_came_first_writes_first_and_a_chat_that_rests_keeps_nobody_waiting() -> None:
    paced = Pacing(Bucket(1, 0.002), for_chat)
    written: list[int] = []

    async def write(chat: int) -> None:
        async with paced.turn(str(chat)):
            written.append(chat)

    paced.rest("7", 0.3)
    await asyncio.gather(*(write(chat) for chat in range(40)))
    assert written == [*range(7), *range(8, 40), 7]
