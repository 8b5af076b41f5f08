"""Written together: alone at once, in company in one transaction, and one that fails takes nobody along."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from scheduler import together
from scheduler.together import MOST, Together


class Pen:
    """Writes numbers as words, each batch when it is let; what stands in `bad` cannot be written."""

    def __init__(self, *bad: int) -> None:
        self.bad = bad
        self.batches: list[list[int]] = []
        self.free = threading.Event()

    def write(self, batch: Sequence[int]) -> list[str]:
        self.batches.append(list(batch))
        assert self.free.wait(30)
        if set(batch) & set(self.bad):
            raise ValueError(batch)
        return [str(one) for one in batch]


async def written(pen: Pen, numbers: Sequence[int], *, writers: int = 1) -> list[str | BaseException]:
    """The first is being written when the others are asked for, all at one moment."""
    one = Together(pen.write, writers=writers)
    asked = [asyncio.create_task(one.write(numbers[0]))]
    await begun(pen)
    asked += [asyncio.create_task(one.write(number)) for number in numbers[1:]]
    await asyncio.sleep(0)
    pen.free.set()
    done = await asyncio.gather(*asked, return_exceptions=True)
    await one.empty()
    return done


async def begun(pen: Pen) -> None:
    while not pen.batches:  # noqa: ASYNC110 - it begins in a thread
        await asyncio.sleep(0.001)


async def test_the_first_goes_alone_and_those_that_came_meanwhile_go_together() -> None:
    pen = Pen()
    assert await written(pen, [1, 2, 3]) == ["1", "2", "3"]
    assert pen.batches == [[1], [2, 3]]


async def test_more_than_fit_are_written_one_lot_after_the_other() -> None:
    pen = Pen()
    assert await written(pen, range(2 * MOST)) == [str(n) for n in range(2 * MOST)]
    assert [len(batch) for batch in pen.batches] == [1, MOST, MOST - 1]


async def test_what_is_quick_is_not_shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "LONG", 30.0)
    pen = Pen()
    assert await written(pen, range(5), writers=2) == [str(n) for n in range(5)]
    assert pen.batches == [[0], [1, 2, 3, 4]]


async def test_what_takes_long_is_shared_out_where_several_may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(together, "LONG", 0.0001)
    pen = Pen()
    assert await written(pen, range(5), writers=2) == [str(n) for n in range(5)]
    assert max(map(len, pen.batches)) == 2


async def test_one_that_hangs_holds_nobody_up_where_several_may_write() -> None:
    """A row may be locked by a node that sleeps: what comes meanwhile is written, however often something comes."""
    busy, over = threading.Event(), threading.Event()

    def write(batch: Sequence[int]) -> list[str]:
        if 0 in batch:
            busy.set()
            assert over.wait(30)
        return [str(one) for one in batch]

    both = Together(write, writers=2)
    first = asyncio.create_task(both.write(0))
    await asyncio.to_thread(busy.wait, 30)
    async with asyncio.timeout(20):
        assert [await both.write(number) for number in (1, 2)] == ["1", "2"]
        assert not first.done()
        over.set()
        assert await first == "0"


async def test_one_that_cannot_be_written_takes_nobody_along() -> None:
    pen = Pen(3)
    one, two, three, four = await written(pen, [1, 2, 3, 4])
    assert [one, two, four] == ["1", "2", "4"]
    assert isinstance(three, ValueError)
    assert pen.batches == [[1], [2, 3, 4], [2], [3], [4]]


async def test_what_comes_the_moment_the_last_is_done_is_written_too() -> None:
    pen = Pen()
    pen.free.set()
    one = Together(pen.write, writers=1)
    async with asyncio.timeout(30):
        assert [await one.write(number) for number in range(3)] == ["0", "1", "2"]


async def test_whoever_gave_up_waiting_disturbs_nobody() -> None:
    pen = Pen()
    one = Together(pen.write, writers=1)
    first = asyncio.create_task(one.write(0))
    await begun(pen)
    gone, last = (asyncio.create_task(one.write(number)) for number in (1, 2))
    await asyncio.sleep(0)
    gone.cancel()
    pen.free.set()
    assert [await first, await last] == ["0", "2"]
    with pytest.raises(asyncio.CancelledError):
        await gone
    assert pen.batches == [[0], [1, 2]], "what was to be recorded is, whoever waits for it"
