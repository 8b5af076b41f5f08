"""The life of a part: every verb undone exactly, pressed twice, done on behalf, and said in both languages."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from schedules.plan import Plan
from storage import timeline
from storage.rows import PartRow
from tests.usecases.deeds import BY_BUREAU, BY_UNIT, DEEDS
from tests.usecases.office import ENFORCERS, a_duty, a_plan, by
from tests.usecases.world import World
from texts import answers
from texts.reader import Reader
from usecases.acting import UNDOABLE, Act
from usecases.delegate import delegate
from usecases.errors import NothingToUndo, Refused

DUTY = a_duty("1", by("2025-06-27"), title="机密案卷评查")
PLAN = a_plan(DUTY, a_duty("2", by("2025-09-30"), roles=ENFORCERS), verification="bureau")
BEFORE = {
    "verify": ["report"],
    "return": ["report"],
    "grant": ["extend"],
    "decline": ["extend"],
    "reopen": ["refuse"],
    "reroute": ["refuse"],
    "waive": ["receive"],
    "skip": ["receive"],
}
"""What has to be done to an open part before."""
VERBS = [*BY_UNIT, *BY_BUREAU]
ONE_WAY = {"snooze"}
"""Putting off again is another wish, not a second press."""


def actor(verb: str) -> str:
    return "李督办" if verb in BY_BUREAU else "张敏"


def ready(world: World, verb: str, plan: Plan = PLAN) -> PartRow:
    """A part to which the verb may be done, its first message sent."""
    world.take(plan)
    world.beat()
    for step in BEFORE.get(verb, []):
        world.deed(actor(step), step, world.part(), "事由")
    world.now += timedelta(minutes=30)
    return world.part()


def seen(world: World, part: PartRow) -> tuple[object, ...]:
    """Everything of it that counts: the row but for its clock, its reminders, what is asked for it."""
    row = world.part(part.item)
    columns = [getattr(row, name) for name in PartRow.__slots__ if name not in {"sequence", "changed_at"}]
    view = world.view(row)
    promised = sorted((r.rung, r.due, r.officer_id, r.push_at) for r in world.reminders(row))
    return (*columns, view.asked_due, view.extension_reason, tuple(promised))


@pytest.mark.parametrize("verb", VERBS)
def test_undone_everything_is_exactly_as_it_was(world: World, verb: str) -> None:
    part = ready(world, verb)
    before = seen(world, part)
    done = world.deed(actor(verb), verb, part, "事由")
    assert done.undo_until == world.now + timedelta(minutes=10)
    world.now += timedelta(minutes=10)
    assert world.do(actor(verb), "undo", part).verb == "undo"
    assert seen(world, part) == before


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_else_and_not_later(quick: World, verb: str) -> None:
    part = ready(quick, verb)
    quick.deed(actor(verb), verb, part, "事由")
    with pytest.raises(NothingToUndo):
        quick.do("赵局", "undo", part)
    quick.now += timedelta(minutes=10, seconds=1)
    after = seen(quick, part)
    with pytest.raises(NothingToUndo):
        quick.do(actor(verb), "undo", part)
    assert seen(quick, part) == after


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in ONE_WAY])
def test_the_second_press_says_who_did_it_and_when(world: World, verb: str) -> None:
    part, before = ready(world, verb), world.now
    world.deed(actor(verb), verb, part, "事由")
    world.now += timedelta(minutes=14)
    after = seen(world, part)
    again = world.deed("李督办" if verb in BY_BUREAU else "王副", verb, part, "事由")
    assert (again.repeated, again.by, again.at, again.undo_until) == (True, actor(verb), before, None)
    assert seen(world, part) == after
    for language in ("zh", "en"):
        said = answers.repeated(Reader(language, world.today), again)
        assert actor(verb) in said, said


@pytest.mark.parametrize("verb", BY_UNIT)
def test_on_behalf_both_names_are_kept(quick: World, verb: str) -> None:
    part = ready(quick, verb)
    quick.deed("李督办", verb, part, "电话报告", on_behalf_of="张敏")
    with quick.desk() as desk:
        row = timeline.of_part(desk.tx, part.id)[-1]
    names = quick.officer("李督办").id, quick.officer("张敏").id
    assert (row.verb, row.officer_id, row.on_behalf_of, row.words) == (verb, *names, "电话报告")


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_said_of_it(quick: World, verb: str, language: str) -> None:
    part = ready(quick, verb)
    done = quick.deed(actor(verb), verb, part, "事由")
    reader = Reader(language, quick.today)
    message = answers.done(reader, done)
    assert "机密案卷评查" in message.lines[0]
    assert 1 < len(message.lines) <= 4
    assert answers.toast(reader, done)


@pytest.mark.parametrize("verb", VERBS)
def test_a_confidential_plan_tells_number_and_date_only(quick: World, verb: str) -> None:
    part = ready(quick, verb, replace(PLAN, confidential=True))
    done = quick.deed(actor(verb), verb, part, "涉密事由")
    quick.until("2025-03-03 10:30")
    texts = [*(heard.text for heard in quick.told(kind="")), answers.done(Reader("zh", quick.today), done).text]
    told = "\n".join(texts)
    assert "机密案卷评查" not in told
    assert "涉密事由" not in told
    assert f"办{part.code}" in told


def test_every_verb_that_can_be_undone_is_undone_here() -> None:
    assert {"skip", *UNDOABLE} == set(VERBS)
    assert set(DEEDS) == {*VERBS, "undo"}


def test_an_occurrence_is_skipped_for_all_units(world: World) -> None:
    world.take(PLAN)
    world.beat()
    world.do("刘强", "report", world.part("2", "交通局"))
    world.deed("李督办", "skip", world.part("2"), "今年不再开展")
    assert (world.part("2").state, world.part("2", "交通局").state) == ("waived", "reported")
    world.take(PLAN)
    assert world.part("2").state == "waived", "an import does not bring it back"
    assert world.part("1").state == "open"


def test_a_skip_taken_back_is_taken_back_for_all_units(world: World) -> None:
    world.take(PLAN)
    world.beat()
    world.deed("李督办", "skip", world.part("2"), "今年不再开展")
    assert world.part("2", "交通局").state == "waived"
    world.do("李督办", "undo", world.part("2"))
    assert states(world.parts(item="2") + world.parts("交通局", "2")) == ["open", "open"]


def test_reopened_after_being_closed_it_has_to_be_reported_again(world: World) -> None:
    part = ready(world, "verify")
    world.deed("李督办", "verify", part)
    first = world.part().reported_at
    world.set("2025-06-26 10:00")
    world.deed("李督办", "reopen", part, "材料不实")
    again = world.part()
    assert (again.state, again.reason, again.settled_at) == ("received", "材料不实", None)
    world.until("2025-06-27 10:00")
    assert world.told("张敏")[-1].rungs == (("1", "d0"),)
    world.do("张敏", "report", part, "已重报")
    assert world.part().reported_at == first, "the history is not deleted"


def test_a_colleague_is_told_what_was_handed_to_them(world: World) -> None:
    part = ready(world, "delegate")
    done = world.deed("张敏", "delegate", part, "请你办")
    assert done.part.delegate == "王副"
    world.beat()
    assert "转交给您：办1" in world.told("王副", kind="say")[-1].text


@pytest.mark.parametrize("who", ["刘强", "周审计"])
def test_only_a_colleague_can_take_it_over(quick: World, who: str) -> None:
    part = ready(quick, "delegate")
    act, other = Act(quick.officer("张敏"), "chat"), quick.officer(who).id
    with pytest.raises(Refused), quick.desk() as desk:
        delegate(desk, act, part.id, other)
    assert quick.part().delegate_id is None


def states(found: Iterable[PartRow]) -> list[str]:
    return [part.state for part in found]
