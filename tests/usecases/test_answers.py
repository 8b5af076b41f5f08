"""Answers: who may do what to a part, what it leads to, and that a second press changes nothing."""

from datetime import timedelta

import pytest

from storage import timeline
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by, moment
from tests.usecases.world import Verb, World
from usecases import answer
from usecases.answer import Act
from usecases.errors import NotAllowed, NotYours, ReasonMissing, Refused

PLAN = a_plan(a_duty("1", by("2025-06-27"), roles=ENFORCERS))
VERIFIED = a_plan(a_duty("1", by("2025-06-27"), roles=ENFORCERS), verification="bureau")


@pytest.mark.parametrize(
    ("who", "verb", "outcome", "why"),
    [
        ("张敏", "receive", "received", "the liaison officer answers for the unit"),
        ("王副", "receive", "received", "so does the deputy"),
        ("赵局", "receive", "received", "and the head"),
        ("刘强", "receive", NotYours, "another unit's officer does not"),
        ("李督办", "receive", NotYours, "nor the bureau, unless on somebody's behalf"),
        ("周审计", "receive", NotYours, "an auditor only reads"),
        ("吴管理", "receive", NotYours, "an administrator runs the program"),
        ("张敏", "report", "reported", "reporting includes receiving"),
        ("赵局", "report", "reported", "the head may report"),
        ("刘强", "report", NotYours, "not for another unit"),
        ("李督办", "report", NotYours, "nor the bureau"),
        ("张敏", "verify", NotAllowed, "nobody verifies their own report"),
        ("李督办", "verify", NotAllowed, "there is nothing to verify yet"),
        ("刘强", "verify", NotYours, "a foreign part is not even seen"),
        ("周审计", "verify", NotAllowed, "an auditor sees everything and changes nothing"),
        ("张敏", "return", NotAllowed, "returning is the bureau's"),
        ("李督办", "return", NotAllowed, "there is nothing to return yet"),
        ("周审计", "return", NotAllowed, "an auditor changes nothing"),
    ],
)
def test_who_may_do_what_to_an_open_part(
    quick: World, who: str, verb: Verb, outcome: str | type[Refused], why: str
) -> None:
    quick.take(VERIFIED)
    before = quick.part()
    if isinstance(outcome, str):
        assert quick.do(who, verb, before).part.state == outcome, why
        return
    with pytest.raises(outcome):
        quick.do(who, verb, before, "理由")
    assert quick.part() == before, why


@pytest.mark.parametrize(
    ("who", "verb", "outcome", "why"),
    [
        ("李督办", "verify", "verified", "the bureau closes it"),
        ("李督办", "return", "received", "or sends it back"),
        ("张敏", "verify", NotAllowed, "the unit does not close its own"),
        ("赵局", "return", NotAllowed, "nor send it back"),
        ("吴管理", "verify", NotAllowed, "an administrator is not the bureau"),
        ("周审计", "return", NotAllowed, "an auditor changes nothing"),
    ],
)
def test_who_may_decide_on_a_report(quick: World, who: str, verb: Verb, outcome: str | type[Refused], why: str) -> None:
    quick.take(VERIFIED)
    quick.do("张敏", "report", quick.part())
    before = quick.part()
    if isinstance(outcome, str):
        assert quick.do(who, verb, before, "缺附件").part.state == outcome, why
        return
    with pytest.raises(outcome):
        quick.do(who, verb, before, "缺附件")
    assert quick.part() == before, why


def test_a_refusal_says_whether_the_person_or_the_moment_is_wrong(world: World) -> None:
    """The sentence differs: verifying is the bureau's, or there is nothing to verify now."""
    world.take(VERIFIED)
    with pytest.raises(NotAllowed) as too_early:
        world.do("李督办", "verify", world.part())
    world.do("张敏", "report", world.part())
    with pytest.raises(NotAllowed) as not_theirs:
        world.do("张敏", "verify", world.part())
    assert too_early.value.values["state"] == "open"
    assert "state" not in not_theirs.value.values


def test_a_report_settles_where_nobody_verifies(world: World) -> None:
    world.take(PLAN)
    done = world.do("张敏", "report", world.part(), "见司法〔2025〕3号")
    part = world.part()
    assert (done.verb, done.by, done.repeated) == ("report", "张敏", False)
    assert (part.state, part.settled_at, part.note) == ("reported", world.now, "见司法〔2025〕3号")
    assert (part.received_name, part.reported_name, part.reported_at) == ("张敏", "张敏", world.now)
    assert world.part(unit="交通局").state == "open", "one unit's report is one unit's"


def test_a_report_waits_where_the_bureau_verifies(world: World) -> None:
    world.take(VERIFIED)
    world.do("张敏", "report", world.part())
    assert (world.part().state, world.part().settled_at) == ("reported", None)
    world.set("2025-03-04 10:00")
    world.do("李督办", "verify", world.part())
    assert (world.part().state, world.part().settled_at) == ("verified", world.now)


@pytest.mark.parametrize("verb", ["receive", "report"])
def test_the_second_press_says_who_was_first_and_changes_nothing(world: World, verb: Verb) -> None:
    world.take(PLAN)
    world.do("张敏", verb, world.part())
    before, first = world.part(), world.now
    world.set("2025-03-03 09:14")
    for who in ("王副", "张敏"):
        again = world.do(who, verb, before)
        assert (again.repeated, again.by, again.at, again.undo_until) == (True, "张敏", first, None)
    assert world.part() == before


def test_receiving_what_is_reported_says_so(world: World) -> None:
    world.take(PLAN)
    world.do("王副", "report", world.part())
    again = world.do("张敏", "receive", world.part())
    assert (again.repeated, again.by, again.part.state) == (True, "王副", "reported")


def test_a_second_press_does_not_name_whoever_took_theirs_back(world: World) -> None:
    world.take(a_plan(a_duty("1", by("2025-06-27"))))
    world.do("张敏", "receive", world.part())
    world.do("张敏", "undo", world.part())
    world.set("2025-03-03 09:05")
    world.do("王副", "receive", world.part())
    assert world.do("赵局", "receive", world.part()).by == "王副"


def test_verifying_twice_changes_nothing(world: World) -> None:
    world.take(VERIFIED)
    world.do("张敏", "report", world.part())
    world.do("李督办", "verify", world.part())
    before = world.part()
    again = world.do("李督办", "verify", before)
    assert (again.repeated, again.by) == (True, "李督办")
    assert world.part() == before


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_a_return_needs_a_reason(quick: World, reason: str) -> None:
    quick.take(VERIFIED)
    quick.do("张敏", "report", quick.part())
    with pytest.raises(ReasonMissing):
        quick.do("李督办", "return", quick.part(), reason)
    assert quick.part().state == "reported"


def test_a_returned_report_is_asked_for_again_with_the_reason(world: World) -> None:
    world.take(VERIFIED)
    world.do("张敏", "report", world.part(), "第一稿")
    world.do("李督办", "return", world.part(), "缺少附件")
    part = world.part()
    assert (part.state, part.reason) == ("received", "缺少附件")
    assert part.counted == 0
    assert world.view(part, "张敏").reason == "缺少附件"
    world.do("张敏", "report", part, "第二稿")
    assert (world.part().state, world.part().reason, world.part().note) == ("reported", "", "第二稿")


def test_a_report_returned_and_mended_after_the_due_date_is_still_in_time(quick: World) -> None:
    """Design section 4: in time is judged by the first report that was not undone."""
    quick.set("2025-06-27 16:00")
    quick.take(VERIFIED)
    quick.do("张敏", "report", quick.part())
    quick.do("李督办", "return", quick.part(), "缺少附件")
    quick.set("2025-07-01 09:00")
    assert quick.view(quick.part()).phase == "overdue"
    quick.do("张敏", "report", quick.part(), "补齐")
    assert quick.view(quick.part()).phase == "waiting"


def test_the_bureau_hears_of_a_report_and_the_unit_of_the_decision(world: World) -> None:
    world.take(VERIFIED)
    world.do("张敏", "report", world.part())
    world.beat()
    world.do("李督办", "return", world.part(), "缺少附件")
    world.do("张敏", "report", world.part())
    world.beat()
    world.do("李督办", "verify", world.part())
    world.beat()
    assert len(world.told("李督办", kind="say")) == 2
    returned, closed = world.told("张敏", kind="say")
    assert "缺少附件" in returned.text
    assert "销号" in closed.text


def test_the_bureau_acts_on_behalf_of_a_unit_and_both_names_are_kept(world: World) -> None:
    world.take(PLAN)
    done = world.do("李督办", "report", world.part(), on_behalf_of="张敏")
    assert done.part.state == "reported"
    with world.office.read(world.now) as desk:
        (row,) = timeline.of_part(desk.tx, done.part.id)
    assert (row.officer_id, row.on_behalf_of) == (world.officer("李督办").id, world.officer("张敏").id)


@pytest.mark.parametrize(
    ("who", "behalf", "why"),
    [
        ("李督办", "刘强", "on behalf of another unit's person"),
        ("刘强", "张敏", "only the bureau acts on behalf"),
        ("吴管理", "张敏", "not the administrator"),
    ],
)
def test_acting_on_behalf_has_limits(quick: World, who: str, behalf: str, why: str) -> None:
    quick.take(a_plan(a_duty("1", by("2025-06-27"))))
    with pytest.raises(NotYours):
        quick.do(who, "report", quick.part(), on_behalf_of=behalf)
    assert quick.part().state == "open", why


def test_every_act_is_one_row_with_the_words_as_typed(world: World) -> None:
    world.take(PLAN)
    act, part = Act(world.officer("张敏"), "telegram", "完成 12 见附件", answered="77"), world.part()
    with world.desk() as desk:
        answer.receive(desk, act, part.id)
        answer.receive(desk, act, part.id)
        answer.report(desk, act, part.id)
        rows = timeline.of_part(desk.tx, part.id)
    assert [row.verb for row in rows] == ["receive", "report"]
    assert {(row.door, row.words, row.answered, row.at) for row in rows} == {
        ("telegram", "完成 12 见附件", "77", world.now)
    }


def test_what_was_written_in_time_counts_from_then(world: World) -> None:
    """Down over the due day: who wrote on the evening of the 27th was in time, although it was read on the 28th."""
    world.take(PLAN)
    world.set("2025-06-28 09:00")
    said_at = moment("2025-06-27 18:00")
    act, part = Act(world.officer("张敏"), "telegram", said_at=said_at), world.part()
    with world.desk() as desk:
        answer.report(desk, act, part.id)
    assert world.part().reported_at == said_at
    assert world.view(part).phase == "settled"


@pytest.mark.parametrize("hours", [-1, 25, 1000])
def test_nobody_writes_in_the_future_or_long_ago(quick: World, hours: int) -> None:
    quick.take(PLAN)
    act = Act(quick.officer("张敏"), "telegram", said_at=quick.now - timedelta(hours=hours))
    part = quick.part()
    with quick.desk() as desk:
        answer.report(desk, act, part.id)
    assert quick.part().reported_at == quick.now
