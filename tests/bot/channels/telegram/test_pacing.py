"""How fast we write, on a clock that only the test moves."""

import pytest

from bot.channels.common.pacing import PATIENCE
from bot.channels.pacing import Bucket, Pace
from bot.channels.telegram.pacing import GROUP_SPACE, for_chat, overall, pacing


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
    [(overall(), 29, 1.0), (for_chat("-100200300"), 20, 60.0)],
    ids=["everybody", "a group"],
)
def test_no_span_holds_more_than_it_may(window: Pace, most: int, span: float) -> None:
    out = sent(window, 10 * span)
    assert max(sum(begin <= at < begin + span for at in out) for begin in out) == most
    assert len(out) >= 10 * most


def test_a_rush_is_let_out_evenly_and_leaves_less_than_a_thirtieth_of_the_limit_unused() -> None:
    """Messages that leave together may arrive with the next ones: 29 evenly, so that 30 ms of delay harm nothing."""
    out = sent(overall(), 31.1)
    arrived = sorted(at + (0.08 if n % 2 else 0.05) for n, at in enumerate(out[:900]))
    assert max(sum(begin <= at < begin + 1.0 for at in arrived) for begin in arrived) <= 30
    assert len(out) >= 900


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
