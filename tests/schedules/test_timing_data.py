"""A timing survives being written as data, and data that say no timing are refused by the name of the entry."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from schedules.errors import RuqiError
from schedules.timing import AfterDone, BadTiming, By, Event, Every, EveryNYears, Period, Quantity, Timing
from schedules.timing_data import BadTimingData, timing_from_dict, timing_to_dict
from tests.plans.strategies import timings

SPELT: list[tuple[Timing, dict[str, Any]]] = [
    (
        By(date(2024, 2, 29), stage="完成", month_end=True),
        {"type": "by", "date": "2024-02-29", "month_end": True, "stage": "完成"},
    ),
    (By(date(2024, 1, 5)), {"type": "by", "date": "2024-01-05"}),
    (
        Every(Period.YEAR, 10, 31, month_end=True),
        {"type": "yearly", "month": 10, "day": 31, "month_end": True},
    ),
    (Every(Period.YEAR, min_count=5), {"type": "yearly", "min_count": 5}),
    (Every(Period.HALF), {"type": "half_yearly"}),
    (Every(Period.QUARTER, day=20), {"type": "quarterly", "day": 20}),
    (Every(Period.MONTH, day=5), {"type": "monthly", "day": 5}),
    (EveryNYears(2), {"type": "every_n_years", "n": 2}),
    (EveryNYears(2, 2024, 6, 30), {"type": "every_n_years", "n": 2, "anchor": 2024, "month": 6, "day": 30}),
    (Event("发布", 15), {"type": "event", "event": "发布", "days": 15}),
    (Event("通知", 5, "working"), {"type": "event", "event": "通知", "days": 5, "day_kind": "working"}),
    (AfterDone(date(2026, 3, 31), months=3), {"type": "after_done", "first": "2026-03-31", "months": 3}),
    (
        AfterDone(date(2026, 3, 31), days=10, day_kind="working"),
        {"type": "after_done", "first": "2026-03-31", "days": 10, "day_kind": "working"},
    ),
    (Quantity(60, "学时", "person-year"), {"type": "quantity", "amount": 60, "unit": "学时", "per": "person-year"}),
    (Quantity(Decimal("1.50"), "天", "month"), {"type": "quantity", "amount": "1.50", "unit": "天", "per": "month"}),
]


@pytest.mark.parametrize(("timing", "data"), SPELT)
def test_every_timing_is_spelt_like_the_plan_file(timing: Timing, data: dict[str, Any]) -> None:
    assert timing_to_dict(timing) == data
    assert timing_from_dict(data) == timing


@given(timings)
def test_round_trip_through_json_is_exact(timing: Timing) -> None:
    again = timing_from_dict(json.loads(json.dumps(timing_to_dict(timing))))
    assert again == timing
    assert repr(again) == repr(timing)


def test_what_is_the_default_may_be_spelt_out() -> None:
    assert timing_from_dict({"type": "half_yearly", "min_count": 1, "month_end": False}) == Every(Period.HALF)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({}, "type"),
        ({"type": "weekly"}, "type"),
        ({"type": ["by"]}, "type"),
        ({"type": "by"}, "date"),
        ({"type": "by", "date": "2024-02-30"}, "date"),  # no such day
        ({"type": "by", "date": "20240229"}, "date"),  # another ISO form: one is enough
        ({"type": "by", "date": date(2024, 2, 29)}, "date"),  # data are JSON, not Python
        ({"type": "by", "date": "2024-02-29", "day": 1}, "day"),
        ({"type": "by", "date": "2024-02-29", "month_end": 1}, "month_end"),
        ({"type": "monthly", "month": 3, "day": 5}, "month"),  # only a yearly timing names a month
        ({"type": "yearly", "month": "10"}, "month"),
        ({"type": "yearly", "month": True}, "month"),
        ({"type": "event", "event": "发布"}, "days"),
        ({"type": "event", "event": 5, "days": 1}, "event"),
        ({"type": "quantity", "amount": 1.5, "unit": "天", "per": "month"}, "amount"),  # a float is not exact
        ({"type": "quantity", "amount": "NaN", "unit": "天", "per": "month"}, "amount"),
        ({"type": "quantity", "amount": "1e9", "unit": "天", "per": "month"}, "amount"),
    ],
)
def test_bad_data_are_refused_by_the_name_of_the_entry(data: dict[str, Any], key: str) -> None:
    with pytest.raises(BadTimingData) as refused:
        timing_from_dict(data)
    assert refused.value.key == key
    assert isinstance(refused.value, RuqiError)
    assert repr(key) in str(refused.value) or key == "type"


def test_values_that_contradict_are_refused_by_the_timing_itself() -> None:
    with pytest.raises(BadTiming):
        timing_from_dict({"type": "yearly", "month": 13})
