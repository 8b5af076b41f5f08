"""A play by values decides what the engine decides: row by row the same as one through the store."""

from datetime import date

import pytest

from schedules.timing import Every, Period
from tests.usecases.office import ENFORCERS, ROSTER, a_duty, a_plan, by, yearly
from tests.usecases.world import World
from usecases.play import Play, by_values, play
from usecases.play_ground import Span, scratch_office
from usecases.play_store import through_store

MANY = a_plan(
    a_duty("1", by("2025-03-14", "初稿"), by("2025-04-30", "定稿"), roles=ENFORCERS),
    a_duty("2", yearly(3, 31), roles={"lead": ("教育局",), "support": ("交通局", "司法局")}),
    a_duty("3", Every(Period.MONTH, day=5), roles=ENFORCERS),
    a_duty("4", by("2025-01-20")),
)


@pytest.fixture(params=["2025-03-03 00:00", "2025-03-08 20:00"])
def span(quick: World, request: pytest.FixtureRequest) -> Span:
    quick.set(request.param)
    return Span(quick.now, date(2025, 4, 18), quick.office.zone)


@pytest.mark.parametrize("chase", [False, True])
def test_both_ways_tell_the_same(quick: World, span: Span, *, chase: bool) -> None:
    stored, valued = Play(), Play()
    with scratch_office(quick.office) as scratch:
        through_store(scratch, [MANY], ROSTER, span, stored, chase=chase)
    with scratch_office(quick.office) as scratch:
        by_values(scratch, [MANY], ROSTER, span, valued, chase=chase)
    assert len(stored.reminders) > 70
    assert valued.reminders == stored.reminders
    assert valued.messages == stored.messages
    assert valued.imports == stored.imports


def test_without_words_messages_are_counted(quick: World) -> None:
    full, short = (
        play(quick.office, [MANY], ROSTER, date(2025, 3, 3), date(2025, 3, 14), words=words) for words in (True, False)
    )
    assert short.messages == []
    assert short.as_data() == full.as_data()
    assert full.told == len(full.messages) > 0
