"""What goes into a column comes out of it: instants as the same instant, amounts to the last digit."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from schedules.civil import NaiveInstant
from storage import claims, parts, people
from storage.engine import Store
from tests.storage.seeds import NOW, Seeds, add_delivery

SHANGHAI = ZoneInfo("Asia/Shanghai")
ON_EACH = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])


def keep(store: Store, moment: datetime) -> datetime:
    with store.write() as tx:
        people.bind_contact(tx, officer_id=1, channel="telegram", address="1", now=moment)
    with store.read() as tx:
        found = people.contact_at(tx, "telegram", "1")
    assert found is not None
    return found.bound_at


def test_a_naive_moment_is_refused(store: Store, seeds: Seeds) -> None:
    with pytest.raises((StatementError, NaiveInstant)) as refusal:
        keep(store, datetime(2025, 3, 3, 9, 0))
    assert isinstance(getattr(refusal.value, "orig", refusal.value), NaiveInstant)


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(NOW, id="UTC itself"),
        pytest.param(datetime(2025, 3, 3, 9, 0, tzinfo=SHANGHAI), id="an office's wall clock"),
        pytest.param(datetime(2025, 3, 3, 0, 30, tzinfo=timezone(timedelta(hours=-11))), id="another date there"),
        pytest.param(datetime(2025, 3, 3, 1, 0, 0, 123456, tzinfo=UTC), id="with microseconds"),
        pytest.param(datetime(1986, 5, 4, 12, 0, tzinfo=SHANGHAI), id="when Shanghai had summer time"),
    ],
)
def test_an_instant_comes_back_as_itself_in_utc(store: Store, seeds: Seeds, moment: datetime) -> None:
    kept = keep(store, moment)
    assert kept == moment
    assert kept.utcoffset() == timedelta(0)


@ON_EACH
@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.timezones()))
def test_every_instant_comes_back(store: Store, seeds: Seeds, moment: datetime) -> None:
    assert keep(store, moment) == moment.astimezone(UTC)  # a doubled hour equals nothing in another zone (PEP 495)


@pytest.mark.parametrize("earlier", [timedelta(0), timedelta(microseconds=1), timedelta(hours=8)])
def test_instants_compare_as_instants_in_queries(store: Store, seeds: Seeds, earlier: timedelta) -> None:
    """09:00 in Shanghai is 01:00 UTC: both databases must see that, whatever zone the question is asked in."""
    nine = datetime(2025, 3, 3, 9, 0, tzinfo=SHANGHAI)
    with store.write() as tx:
        add_delivery(tx, seeds, at=nine)
        assert claims.next_at(tx, ["telegram"]) == nine
        claim = partial(claims.claim, tx, owner="a", lease=timedelta(minutes=1), limit=9, channels=["telegram"])
        assert len(claim(now=NOW - earlier)) == (earlier == timedelta(0))


@pytest.mark.parametrize("amount", ["0.1", "60", "1.50", "100", "1E+2", "999999.999999", "0"])
def test_an_amount_stays_what_it_is(store: Store, seeds: Seeds, amount: str) -> None:
    with store.write() as tx:
        parts.change_part(tx, seeds.part, counted=Decimal(amount))
        kept = parts.by_id(tx, seeds.part)
    assert kept is not None
    assert kept.counted == Decimal(amount)


def test_ten_tenths_are_one(store: Store, seeds: Seeds) -> None:
    for _ in range(10):
        with store.write() as tx:
            held = parts.by_id(tx, seeds.part)
            assert held is not None
            parts.change_part(tx, seeds.part, counted=held.counted + Decimal("0.1"))
    with store.read() as tx:
        held = parts.by_id(tx, seeds.part)
    assert held is not None
    assert held.counted == 1
