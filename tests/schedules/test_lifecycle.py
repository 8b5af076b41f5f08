"""The life of a part: every state × verb × actor, and the words derived from dates."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.civil import NaiveInstant
from schedules.lifecycle import (
    MOVES,
    Actor,
    BadAmount,
    IllegalMove,
    Phase,
    State,
    Verb,
    after_report,
    allowed,
    extension_problem,
    is_settled,
    may_ever,
    may_undo,
    move,
    needs_reason,
    phase,
    undo_refusal,
)

UNIT = "officer head bureau"

# The picture of the design, typed again by hand: from, verb, to, who, reason.
PICTURE = """
open      receive  received  officer head bureau  -
open      report   reported  officer head bureau  -
open      snooze   open      officer head bureau  -
open      extend   open      officer head bureau  reason
open      delegate open      officer head bureau  -
open      refuse   refused   officer head bureau  reason
open      grant    open      bureau               -
open      decline  open      bureau               reason
open      reroute  waived    bureau               -
open      waive    waived    bureau               reason
open      lapse    lapsed    system               -
received  report   reported  officer head bureau  -
received  snooze   received  officer head bureau  -
received  extend   received  officer head bureau  reason
received  delegate received  officer head bureau  -
received  refuse   refused   officer head bureau  reason
received  grant    received  bureau               -
received  decline  received  bureau               reason
received  reroute  waived    bureau               -
received  waive    waived    bureau               reason
reported  verify   verified  bureau               -
reported  return   received  bureau               reason
refused   reroute  waived    bureau               -
refused   reopen   open      bureau               reason
refused   waive    waived    bureau               reason
verified  reopen   received  bureau               reason
waived    reopen   open      bureau               reason
lapsed    reopen   open      bureau               reason
"""
LEGAL = {
    (State(state), Verb(verb), Actor(actor)): (State(to), reason == "reason")
    for state, verb, to, *actors, reason in (line.split() for line in PICTURE.strip().splitlines())
    for actor in actors
}


@pytest.mark.parametrize(("state", "verb", "actor"), [*product(State, Verb, Actor)])
def test_every_state_verb_and_actor(state: State, verb: Verb, actor: Actor) -> None:
    if (state, verb, actor) in LEGAL:
        assert (move(state, verb, actor), needs_reason(state, verb)) == LEGAL[state, verb, actor]
        return
    with pytest.raises(IllegalMove) as refused:
        move(state, verb, actor)
    assert set(refused.value.allowed) == {other for other in Verb if (state, other, actor) in LEGAL}
    somebody = any((state, verb, other) in LEGAL for other in Actor)
    assert (refused.value.key == "not_yours") is somebody


@pytest.mark.parametrize(
    ("state", "verb", "actor", "key", "reason"),
    [
        (State.REPORTED, Verb.REPORT, Actor.OFFICER, "already", "the second press of 办结"),
        (State.RECEIVED, Verb.RECEIVE, Actor.OFFICER, "already", "the second press of 签收"),
        (State.VERIFIED, Verb.VERIFY, Actor.BUREAU, "already", "two people at the bureau"),
        (State.REPORTED, Verb.RECEIVE, Actor.OFFICER, "not_now", "reporting included receiving"),
        (State.REPORTED, Verb.VERIFY, Actor.OFFICER, "not_yours", "only the bureau closes"),
        (State.VERIFIED, Verb.REPORT, Actor.OFFICER, "not_now", "it is closed"),
        (State.OPEN, Verb.REROUTE, Actor.OFFICER, "not_yours", "the unit refuses, the bureau reroutes"),
        (State.OPEN, Verb.UNDO, Actor.OFFICER, "not_now", "undo reads the timeline, not this table"),
    ],
)
def test_a_refusal_says_why(state: State, verb: Verb, actor: Actor, key: str, reason: str) -> None:
    with pytest.raises(IllegalMove) as refused:
        move(state, verb, actor)
    assert refused.value.key == key, reason
    assert str(state) in str(refused.value)


@pytest.mark.parametrize(("verb", "actor"), [*product(Verb, Actor)])
def test_whose_a_verb_is_at_all(verb: Verb, actor: Actor) -> None:
    assert may_ever(verb, actor) is any((state, verb, actor) in LEGAL for state in State)


def test_every_state_can_be_reached_and_left() -> None:
    reached, border = {State.OPEN}, [State.OPEN]
    while border:
        state = border.pop()
        new = {found.to for (at, _), found in MOVES.items() if at is state} - reached
        reached |= new
        border += new
    assert reached == set(State)
    assert {state for state, _ in MOVES} == set(State), "the bureau can reopen whatever has ended"


def test_buttons_come_in_the_tables_order() -> None:
    unit = (Verb.RECEIVE, Verb.REPORT, Verb.SNOOZE, Verb.EXTEND, Verb.DELEGATE, Verb.REFUSE)
    assert allowed(State.OPEN, Actor.OFFICER) == unit
    assert allowed(State.REPORTED, Actor.OFFICER) == ()
    assert allowed(State.REPORTED, Actor.BUREAU) == (Verb.VERIFY, Verb.RETURN)


@pytest.mark.parametrize(
    ("state", "none", "bureau"),
    [
        (State.OPEN, False, False),
        (State.RECEIVED, False, False),
        (State.REPORTED, True, False),
        (State.VERIFIED, True, True),
        (State.REFUSED, False, False),
        (State.WAIVED, True, True),
        (State.LAPSED, True, True),
    ],
)
def test_what_counts_as_settled(state: State, none: bool, bureau: bool) -> None:
    assert (is_settled(state, "none"), is_settled(state, "bureau")) == (none, bureau)


DUE = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("today", "state", "verification", "reported_on", "expected", "reason"),
    [
        ("2026-12-23", State.OPEN, "none", None, Phase.UPCOMING, "8 days ahead"),
        ("2026-12-24", State.OPEN, "none", None, Phase.DUE_SOON, "7 days ahead"),
        ("2026-12-31", State.RECEIVED, "none", None, Phase.DUE_SOON, "前 includes the day named"),
        ("2027-01-01", State.RECEIVED, "none", None, Phase.OVERDUE, "the day after"),
        ("2027-01-01", State.REFUSED, "none", None, Phase.OVERDUE, "nobody has decided whose it is"),
        ("2027-02-01", State.REPORTED, "none", "2026-12-31", Phase.SETTLED, "reported on the last day"),
        ("2027-02-01", State.REPORTED, "bureau", "2026-12-31", Phase.WAITING, "in time; the bureau takes its time"),
        ("2027-02-01", State.REPORTED, "bureau", "2027-01-01", Phase.LATE, "reported a day late"),
        ("2027-02-01", State.VERIFIED, "bureau", "2027-01-01", Phase.LATE, "verifying does not make it punctual"),
        ("2027-02-01", State.VERIFIED, "bureau", "2026-12-01", Phase.SETTLED, "punctual"),
        ("2027-02-01", State.RECEIVED, "bureau", "2026-12-01", Phase.OVERDUE, "returned, and due again"),
        ("2027-02-01", State.WAIVED, "bureau", None, Phase.SETTLED, "not asked any longer"),
        ("2027-02-01", State.LAPSED, "none", None, Phase.SETTLED, "the period is over"),
    ],
)
def test_how_a_part_stands_to_its_due_date(
    *, today: str, state: State, verification: str, reported_on: str | None, expected: Phase, reason: str
) -> None:
    first = date.fromisoformat(reported_on) if reported_on else None
    found = phase(DUE, date.fromisoformat(today), state=state, verification=verification, reported_on=first)
    assert found is expected, reason


@pytest.mark.parametrize(
    ("counted", "target", "amount", "expected", "reason"),
    [
        (0, 1, 1, (1, True), "once"),
        (0, 2, 1, (1, False), "1 of 2 done"),
        (1, 2, 1, (2, True), "2 of 2"),
        (4, 5, 3, (7, True), "more than asked is counted too"),
        (Decimal("52.5"), 60, Decimal("7.5"), (Decimal(60), True), "exact, not almost"),
        (0, Decimal(60), 59, (59, False), "whole numbers against an amount"),
    ],
)
def test_counting_reports(
    counted: int | Decimal,
    target: int | Decimal,
    amount: int | Decimal,
    expected: tuple[int | Decimal, bool],
    reason: str,
) -> None:
    assert after_report(counted, target, amount) == expected, reason


@given(st.integers(1, 50), st.lists(st.integers(1, 9), min_size=1, max_size=60))
def test_the_order_of_reports_does_not_matter_and_done_stays_done(target: int, amounts: list[int]) -> None:
    counted: int | Decimal = 0
    flags = []
    for amount in amounts:
        counted, done = after_report(counted, target, amount)
        flags.append(done)
    assert counted == sum(amounts)
    assert flags == sorted(flags)
    assert flags[-1] is (sum(amounts) >= target)


@pytest.mark.parametrize("amount", [0, -1, Decimal(0)])
def test_a_report_of_nothing_is_refused(amount: int | Decimal) -> None:
    with pytest.raises(BadAmount, match="adds nothing"):
        after_report(0, 5, amount)


NOW = datetime(2026, 11, 23, 9, 14, tzinfo=UTC)
TEN = timedelta(minutes=10)


@pytest.mark.parametrize(
    ("ago", "person", "refusal", "reason"),
    [
        (0, 7, "", "at once"),
        (10, 7, "", "the last moment of the window"),
        (11, 7, "too_late", "a minute later"),
        (1, 8, "not_yours", "somebody else's act"),
        (11, 8, "not_yours", "whose it is matters before when"),
        (-1, 7, "", "clocks of two nodes differ a little"),
    ],
)
def test_undo(ago: int, person: int, refusal: str, reason: str) -> None:
    acted = NOW - timedelta(minutes=ago)
    assert undo_refusal(acted, NOW, TEN, 7, person) == refusal, reason
    assert may_undo(acted, NOW, TEN, 7, person) is (refusal == "")


def test_undo_refuses_naive_moments() -> None:
    with pytest.raises(NaiveInstant):
        may_undo(datetime(2026, 11, 23, 9), NOW, TEN, 7, 7)


@pytest.mark.parametrize(
    ("asked", "today", "words", "problem", "reason"),
    [
        ("2027-01-15", "2026-12-20", "缺印章", "", "in time, with a reason"),
        ("2027-01-15", "2027-01-04", "缺印章", "", "an overdue part may still ask"),
        ("2027-01-15", "2026-12-20", "  ", "no_reason", "blanks are no reason"),
        ("2026-12-31", "2026-12-20", "缺印章", "not_later", "the same day is no extension"),
        ("2027-01-04", "2027-01-04", "缺印章", "", "today is not over"),
        ("2027-01-02", "2027-01-04", "缺印章", "past", "already over"),
    ],
)
def test_asking_for_more_time(asked: str, today: str, words: str, problem: str, reason: str) -> None:
    found = extension_problem(DUE, date.fromisoformat(asked), date.fromisoformat(today), words)
    assert found == problem, reason
