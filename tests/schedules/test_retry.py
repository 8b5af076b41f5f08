"""After a try to send: outcomes in, decisions out."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.civil import NaiveInstant
from schedules.retry import (
    LEAST_TRIES,
    MOST_TRIES,
    PATIENCE,
    WAITS,
    Again,
    Dead,
    Decision,
    Done,
    Outcome,
    Refused,
    RetryAt,
    Sent,
    Unknown,
    decide,
)

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def after(seconds: float, reason: str = "busy", *, repeat: bool = False) -> RetryAt:
    return RetryAt(NOW + timedelta(seconds=seconds), repeat, reason)


@pytest.mark.parametrize(
    ("outcome", "attempt", "age", "expected", "reason"),
    [
        (Sent("77"), 1, 0 * MINUTE, Done("77"), "sent"),
        (Sent("77"), 500, 9 * PATIENCE, Done("77"), "sent at last is sent"),
        (Refused("blocked"), 1, 0 * MINUTE, Dead("blocked"), "no patience helps"),
        (Again(reason="busy"), 1, 0 * MINUTE, after(5), "the first wait"),
        (Again(reason="busy"), 2, MINUTE, after(30), "longer"),
        (Again(reason="busy"), 3, MINUTE, after(120), "two minutes"),
        (Again(reason="busy"), 4, MINUTE, after(600), "ten"),
        (Again(reason="busy"), 5, MINUTE, after(1800), "half an hour"),
        (Again(reason="busy"), 40, 20 * 60 * MINUTE, after(1800), "and no longer"),
        (Again(37, "busy"), 5, MINUTE, after(37), "the server's own wait, shorter than ours"),
        (Again(7200, "busy"), 1, MINUTE, after(7200), "the server's own wait, longer than ours"),
        (Again(0, "busy"), 1, MINUTE, after(0), "the server says: now"),
        (Again(-3, "busy"), 1, MINUTE, after(0), "a wait cannot be negative"),
        (Unknown("busy"), 1, MINUTE, after(5, repeat=True), "may have arrived: again, and say so"),
        (Again(reason="busy"), 50, PATIENCE, Dead("busy"), "a day is enough"),
        (Unknown("busy"), 50, PATIENCE, Dead("busy"), "for the unknown as well"),
        (Again(1, "busy"), 50, PATIENCE, Dead("busy"), "and for a server that keeps us waiting"),
        (Again(reason="busy"), 50, PATIENCE - MINUTE, after(1800), "a minute short of a day"),
        (Again(reason="busy"), LEAST_TRIES - 1, 3 * PATIENCE, after(1800), "a weekend lay between: few tries so far"),
        (Again(1, "busy"), MOST_TRIES, MINUTE, Dead("busy"), "a server that says 'in a second' for ever"),
        (Again(reason="busy"), 0, 0 * MINUTE, after(5), "a try that was never counted"),
    ],
)
def test_what_follows(outcome: Outcome, attempt: int, age: timedelta, expected: Decision, reason: str) -> None:
    assert decide(outcome, attempt=attempt, now=NOW, first_at=NOW - age) == expected, reason


@given(
    outcome=st.one_of(st.builds(Again, st.none() | st.floats(0, 1e6)), st.builds(Unknown, st.text())),
    attempt=st.integers(1, 300),
    hours=st.floats(0, 100),
    jitter=st.floats(0, 1),
)
def test_a_retry_is_never_too_early_and_a_try_never_vanishes(
    outcome: Again | Unknown, attempt: int, hours: float, jitter: float
) -> None:
    decision = decide(outcome, attempt=attempt, now=NOW, first_at=NOW - timedelta(hours=hours), jitter=jitter)
    assert isinstance(decision, (RetryAt, Dead))
    if isinstance(decision, RetryAt):
        named = outcome.after if isinstance(outcome, Again) else None
        least = WAITS[0] if named is None else timedelta(seconds=named)
        most = WAITS[-1] * 1.25 if named is None else timedelta(seconds=named + 1)
        assert NOW + least <= decision.at <= NOW + most
        assert decision.possible_repeat is isinstance(outcome, Unknown)


@pytest.mark.parametrize("wait", [None, 0.5, 3600.0])
def test_every_queue_of_failures_ends_with_a_person(wait: float | None) -> None:
    now, attempt = NOW, 1
    while isinstance(decision := decide(Again(wait), attempt=attempt, now=now, first_at=NOW), RetryAt):
        now, attempt = decision.at, attempt + 1
        assert attempt <= MOST_TRIES
    assert isinstance(decision, Dead)
    assert now - NOW < PATIENCE + timedelta(hours=2)


def test_jitter_spreads_a_crowd() -> None:
    decisions = [decide(Again(), attempt=3, now=NOW, first_at=NOW, jitter=step / 10) for step in range(11)]
    moments = [decision.at for decision in decisions if isinstance(decision, RetryAt)]
    assert moments == sorted(set(moments))
    assert (moments[0] - NOW, moments[-1] - NOW) == (timedelta(seconds=120), timedelta(seconds=150))


def test_naive_moments_are_refused() -> None:
    with pytest.raises(NaiveInstant):
        decide(Again(), attempt=1, now=datetime(2026, 11, 23), first_at=NOW)
