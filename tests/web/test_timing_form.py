"""Timings through the fields of a form and back: nothing is lost, and what is wrong is named."""

from datetime import date

import pytest
from hypothesis import given, settings

from schedules.timing import AfterDone, By, Event, Every, EveryNYears, Period, Quantity, Timing
from tests.plans.strategies import timings
from web.timing_form import BadTimingForm, day_in, fields_of, timings_in


@settings(max_examples=150)
@given(timings)
def test_a_form_sent_back_as_it_was_changes_nothing(timing: Timing) -> None:
    assert timings_in(fields_of([timing]), [timing]) == (timing,)


@pytest.mark.parametrize(
    ("fields", "made"),
    [
        ({"type": "by", "date": "2027-01-29"}, By(date(2027, 1, 29))),
        ({"type": "by", "date": "2027年1月29日", "stage": "初稿"}, By(date(2027, 1, 29), "初稿")),
        ({"type": "yearly", "month": "10", "day": "", "min_count": ""}, Every(Period.YEAR, month=10)),
        ({"type": "monthly", "day": "５", "date": "不看这一格"}, Every(Period.MONTH, day=5)),
        ({"type": "quarterly", "min_count": "2"}, Every(Period.QUARTER, min_count=2)),
        ({"type": "every_n_years"}, EveryNYears(2)),
        ({"type": "after", "event": "收到通知", "days": "5", "day_kind": "working"}, Event("收到通知", 5, "working")),
        ({"type": "after_done", "first": "2026-03-31", "months": "3"}, AfterDone(date(2026, 3, 31), months=3)),
        (
            {"type": "after_done", "first": "2026-03-31", "days": "9", "day_kind": "working"},
            AfterDone(date(2026, 3, 31), days=9, day_kind="working"),
        ),
        ({"type": "before", "event": "上岗", "days": "9"}, Event("上岗", 0)),
        (
            {"type": "quantity", "amount": "60", "unit": "学时", "per": "person-year"},
            Quantity(60, "学时", "person-year"),
        ),
    ],
)
def test_what_is_typed_becomes_a_timing(fields: dict[str, str], made: Timing) -> None:
    assert timings_in({"timings": "0"} | {f"t0_{name}": value for name, value in fields.items()}, []) == (made,)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"type": "by"}, "date"),
        ({"type": "by", "date": "2027-02-30"}, "date"),
        ({"type": "yearly", "month": "13"}, "timing"),
        ({"type": "yearly", "month": "十月"}, "number"),
        ({"type": "monthly", "day": "32"}, "timing"),
        ({"type": "monthly", "min_count": "0"}, "timing"),
        ({"type": "after", "event": "", "days": "3"}, "event"),
        ({"type": "after", "event": "收到通知"}, "timing"),
        ({"type": "after_done", "months": "3"}, "date"),
        ({"type": "after_done", "first": "2026-03-31"}, "timing"),
        ({"type": "quantity", "amount": "NaN", "unit": "学时", "per": "year"}, "number"),
        ({"type": "quantity", "amount": "-1", "unit": "学时", "per": "year"}, "number"),
        ({"type": "quantity", "amount": "1", "unit": "学时", "per": "世纪"}, "timing"),
    ],
)
def test_what_makes_no_timing_says_why(fields: dict[str, str], wrong: str) -> None:
    with pytest.raises(BadTimingForm) as caught:
        timings_in({"timings": "0"} | {f"t0_{name}": value for name, value in fields.items()}, [])
    assert caught.value.key == wrong


def test_a_timing_is_deleted_by_its_type_and_a_new_one_stands_last() -> None:
    before = (By(date(2027, 1, 29)), Every(Period.HALF))
    form = fields_of(before) | {"t0_type": "", "t2_type": "by", "t2_date": "2027-05-01"}
    assert timings_in(form, before) == (before[1], By(date(2027, 5, 1)))


def test_the_memory_of_a_month_end_stays_only_with_its_own_date() -> None:
    before = (By(date(2027, 3, 31), month_end=True),)
    assert timings_in(fields_of(before), before) == before
    assert timings_in(fields_of(before) | {"t0_date": "2027-04-30"}, before) == (By(date(2027, 4, 30)),)


@pytest.mark.parametrize(
    "text", ["2026-12-31", "2026/12/31", "2026.12.31", "2026年12月31日", "20261231", " 2026-12-31 "]
)
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    assert day_in(text) == date(2026, 12, 31)
