"""How fast we write, on a clock that only the test moves."""

import random
from bisect import bisect_left

import pytest

from bot.channels.common.pacing import PATIENCE
from bot.channels.pacing import Bucket, Pace
from bot.channels.telegram.pacing import GROUP_SPACE, SPREAD, for_chat, overall, pacing


def sent(window: Pace, seconds: float) -> list[float]:
    """When a window lets messages out that are all ready at 0."""
    now, out = 0.0, []
    while now <= seconds:
        if wait := window.wait(now):
            now += wait
        else:
            window.take(now)
            out.append(now)
    return out


@pytest.mark.parametrize(
    ("window", "most", "span"),
    [(overall(), 30, 1.0 + SPREAD), (for_chat("-100200300"), 20, 60.0)],
    ids=["everybody", "a group"],
)
def test_no_span_holds_more_than_it_may(window: Pace, most: int, span: float) -> None:
    out = sent(window, 10 * span)
    assert max(sum(begin <= at < begin + span for at in out) for begin in out) == most
    assert len(out) >= 10 * most


def most_in_a_second(moments: list[float]) -> int:
    arrived = sorted(moments)
    return max(bisect_left(arrived, begin + 1.0) - n for n, begin in enumerate(arrived))


@pytest.mark.parametrize("seed", range(5))
def test_whoever_is_late_and_catches_up_lets_no_31_arrive_in_a_second(seed: int) -> None:
    """Timers end late, the loop stands still, the way is longer for some: seen at the server all the same."""
    pace, chance = overall(), random.Random(seed)
    now = 0.0
    out: list[float] = []
    while len(out) < 900:
        if wait := pace.wait(now):
            now += wait + chance.choice([0.0, 0.001, 0.002, 0.004, *[0.030] * (chance.random() < 0.05)])
        else:
            pace.take(now)
            out.append(now)
    assert most_in_a_second([at + chance.uniform(0.050, 0.080) for at in out]) <= 30
    assert most_in_a_second([at + (0.08 if n % 2 else 0.05) for n, at in enumerate(out)]) <= 30


def test_a_rush_is_let_out_evenly_and_at_096_of_the_limit() -> None:
    out = sent(overall(), 31.1)
    assert max(bisect_left(out, begin + 0.1) - n for n, begin in enumerate(out)) <= 4
    assert len(out) > 0.96 * 30 * 31.1


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


@pytest.mark.timeout(5)
async def test_a_long_wait_is_given_back_at_once() -> None:
    paced = pacing(lambda: 100.0)
    paced.rest("1001", PATIENCE + 1)
    assert await paced.admit("1001") == PATIENCE + 1
    assert await paced.admit("1002") == 0.0
    paced.rest_all(3600)
    assert await paced.admit("1002") == 3600


async def test_a_shorter_wait_does_not_end_a_longer_one() -> None:
    paced = pacing(lambda: 0.0)
    paced.rest("1001", 3600)
    paced.rest("1001", 5)
    assert await paced.admit("1001") == 3600
