"""Delivering: each outcome leads where it should, what changed since the claim is seen, cards follow the parts."""

from datetime import timedelta

import pytest

from schedules.retry import Again, Outcome, Refused, Unknown
from storage import deliveries, people
from storage.rows import DeliveryRow
from tests.usecases.office import ENFORCERS, ROSTER, SCHOOLS, a_duty, a_plan, by
from tests.usecases.test_roster import without
from tests.usecases.world import CHAT, Verb, World
from texts.values import Message
from usecases import deliver, enroll
from usecases.remind import hand_over

PLAN = a_plan(a_duty("1", by("2025-06-27"), roles=ENFORCERS), a_duty("2", by("2025-09-30")))


@pytest.fixture
def ready(world: World) -> World:
    """A plan is taken in and its first digests wait to be sent."""
    world.take(PLAN)
    with world.desk() as desk:
        hand_over(desk)
    return world


def rows(world: World, who: str = "张敏") -> list[DeliveryRow]:
    officer = world.officer(who)
    with world.office.read(world.now) as desk:
        return deliveries.to_officer(desk.tx, officer.id)[::-1]


def claimed(world: World, who: str = "张敏") -> DeliveryRow:
    return next(row for row in world.claim() if row.address == who)


@pytest.mark.parametrize(
    ("outcome", "state", "seconds", "contact"),
    [
        pytest.param(Again(), "due", 5, "live", id="surely not sent: again soon"),
        pytest.param(Again(90), "due", 90, "live", id="the messenger names its own wait"),
        pytest.param(Unknown("reset"), "due", 5, "live", id="perhaps sent: twice rather than never"),
        pytest.param(Refused("too long"), "dead", 0, "live", id="this message can never be sent"),
        pytest.param(Refused("blocked", gone=True), "dead", 0, "dead", id="nobody is there any more"),
    ],
)
def test_what_an_outcome_leads_to(ready: World, outcome: Outcome, state: str, seconds: float, contact: str) -> None:
    ready.chat.says["张敏"] = [outcome]
    ready.beat()
    (row,) = rows(ready)
    assert (row.state, row.attempt, row.owner) == (state, 1, "")
    assert row.ambiguous == isinstance(outcome, Unknown)
    assert row.next_try_at == ready.now + timedelta(seconds=seconds)
    with ready.office.read(ready.now) as desk:
        held = people.contact_at(desk.tx, CHAT, "张敏")
    assert held is not None
    assert held.state == contact
    assert len(ready.told("刘强")) == 1, "one chat's trouble is nobody else's"


def test_a_possible_repeat_says_so_and_a_sure_one_does_not(ready: World) -> None:
    ready.chat.says = {"张敏": [Unknown("reply lost")], "刘强": [Again()]}
    ready.until("2025-03-03 09:01")
    assert [(m.who, m.repeat) for m in ready.told()] == [("张敏", True), ("刘强", False)]


def test_a_dead_chat_is_left_in_peace_and_the_web_inbox_goes_on(ready: World) -> None:
    ready.chat.says["张敏"] = [Refused("blocked", gone=True)]
    ready.until("2025-07-01 10:00")
    assert ready.told("张敏", kind="") == []
    assert [row.reason for row in ready.reminders(ready.part("1"), "handed")][1:] == ["inbox"] * 7


def test_what_is_dead_can_be_listed_for_a_person(ready: World) -> None:
    ready.chat.says["张敏"] = [Refused("message is too long")]
    ready.beat()
    with ready.office.read(ready.now) as desk:
        assert [row.reason for row in deliveries.dead(desk.tx)] == ["message is too long"]


def test_settled_between_claim_and_sending_nothing_is_sent(ready: World) -> None:
    row = claimed(ready, "刘强")
    ready.do("刘强", "report", ready.part(unit="交通局"))
    ready.carry(row)
    assert ready.told("刘强") == []
    assert [(r.state, r.reason) for r in rows(ready, "刘强")] == [("superseded", "settled")]


def test_a_chat_that_moves_between_claim_and_sending_is_told_where_it_is_now(ready: World) -> None:
    """Else it looked like a chat of nobody's, and what it was to hear was let go."""
    row = claimed(ready, "刘强")
    with ready.desk() as desk:
        enroll.moved_chat(desk, CHAT, "刘强", "刘强的新聊天")
    with ready.desk() as desk:
        outgoing = deliver.prepare(desk, row)
    assert outgoing is not None
    assert outgoing.address == "刘强的新聊天"


def test_reported_to_the_bureau_between_claim_and_sending_nothing_is_sent(world: World) -> None:
    world.take(a_plan(a_duty("1", by("2025-06-27")), verification="bureau"))
    with world.desk() as desk:
        hand_over(desk)
    row = claimed(world)
    world.do("张敏", "report", world.part())
    world.carry(row)
    assert world.told("张敏") == []


def test_one_of_two_settled_the_other_is_still_told(ready: World) -> None:
    row = claimed(ready)
    ready.do("王副", "report", ready.part("1"))
    ready.carry(row)
    assert [message.rungs for message in ready.told("张敏")] == [(("2", "assigned"),)]


def test_a_digest_that_waited_into_the_night_waits_on_for_the_morning(ready: World) -> None:
    ready.chat.says["张敏"] = [Again(12 * 3600)]
    ready.until("2025-03-04 08:00")
    assert ready.told("张敏") == []
    ready.until("2025-03-04 09:00")
    assert [message.at.strftime("%H:%M") for message in ready.told("张敏")] == ["09:00"]


def test_a_claim_that_ran_out_goes_to_another_and_the_sleeper_is_too_late(ready: World) -> None:
    row = claimed(ready)
    with ready.desk() as desk:
        outgoing = deliver.prepare(desk, row)
    assert outgoing is not None
    ready.now += ready.office.lease
    ready.beat()
    assert [message.repeat for message in ready.told("张敏")] == [True]
    with ready.desk() as desk:
        assert deliver.record(desk, row, outgoing, Unknown("woke up")) is False
        assert deliver.prepare(desk, row) is None, "and it does not send what it claimed then"
    assert [r.state for r in rows(ready)] == ["sent"]


def test_releasing_gives_back_without_a_mark(ready: World) -> None:
    row = claimed(ready)
    with ready.desk() as desk:
        deliver.release(desk, row)
    ready.beat()
    assert [message.repeat for message in ready.told("张敏")] == [False]


def test_what_cannot_be_written_is_set_aside_and_seen(ready: World) -> None:
    row = claimed(ready)
    with ready.desk() as desk:
        deliver.park(desk, row, "could not be written")
    ready.beat()
    assert [(r.state, r.reason) for r in rows(ready)] == [("dead", "could not be written")]


def test_a_chat_bound_anew_does_not_hear_its_first_person_s_parts(ready: World) -> None:
    """张敏's phone goes to 刘强 of another unit: what was on its way to her, and edits of her cards, stay out of it."""
    with ready.desk() as desk:
        enroll.bind(desk, enroll.invite(desk, enroll.find_officer(desk, "刘强")), CHAT, "张敏")
    ready.beat()
    assert ready.told("张敏") == []
    assert [(r.state, r.reason) for r in rows(ready)] == [("superseded", "chat of somebody else")]


def test_an_edit_or_a_notice_does_not_follow_into_a_stranger_s_hands(ready: World) -> None:
    ready.beat()
    with ready.desk() as desk:
        deliver.say(
            desk, Message(("给张敏",)), officer_id=enroll.find_officer(desk, "张敏").id, channel=CHAT, address="张敏"
        )
        enroll.bind(desk, enroll.invite(desk, enroll.find_officer(desk, "刘强")), CHAT, "张敏")
    ready.do("张敏", "report", ready.part("1"))
    before = len(ready.chat.heard)
    ready.beat()
    assert ready.chat.heard[before:] == []


def test_what_waits_for_somebody_who_left_is_not_sent(ready: World) -> None:
    ready.enroll(without(SCHOOLS, "张敏"), chats=False)
    ready.beat()
    assert ready.told("张敏") == []
    ready.enroll(ROSTER, chats=False)


def test_what_waits_follows_a_chat_that_moved(ready: World) -> None:
    row = claimed(ready)
    with ready.desk() as desk:
        enroll.moved_chat(desk, CHAT, "张敏", "-100张敏")
        outgoing = deliver.Outgoing(row.id, "digest", "张敏", Message(()))
        deliver.record(desk, row, outgoing, Again(0.0))
    ready.beat()
    assert [message.who for message in ready.told()].count("-100张敏") == 1
    assert ready.told("张敏") == []


def test_a_card_follows_its_part(ready: World) -> None:
    ready.beat()
    ready.do("张敏", "receive", ready.part("1"))
    ready.beat()
    (edit,) = ready.told("张敏", kind="edit")
    assert "◐ 办1 任务1" in edit.text
    assert "○ 新 办2" in edit.text
    assert [row.kind for row in rows(ready)] == ["digest", "edit"]


def test_edits_that_wait_become_one(ready: World) -> None:
    """Received, reported, taken back and reported again within a minute: one edit, with the last state."""
    ready.beat()
    part = ready.part("2")
    verbs: list[Verb] = ["receive", "report", "undo", "report"]
    for verb in verbs:
        ready.do("张敏", verb, part)
    assert [row.kind for row in rows(ready)] == ["digest", "edit"]
    ready.beat()
    (edit,) = ready.told("张敏", kind="edit")
    assert "✓" in edit.text


def test_a_change_while_an_edit_is_on_its_way_makes_another(ready: World) -> None:
    ready.beat()
    ready.do("张敏", "receive", ready.part("1"))
    row = claimed(ready)
    with ready.desk() as desk:
        outgoing = deliver.prepare(desk, row)
    ready.do("张敏", "report", ready.part("1"))
    assert outgoing is not None
    with ready.desk() as desk:
        deliver.record(desk, row, outgoing, ready.chat.take(ready.now, outgoing))
    ready.beat()
    assert len(ready.told("张敏", kind="edit")) == 2
    assert "✓" in ready.told("张敏", kind="edit")[-1].text


def test_everybody_s_card_of_a_part_is_edited(ready: World) -> None:
    """The head was told of it too: their card must not go on asking."""
    ready.until("2025-07-10 10:00")
    ready.do("张敏", "report", ready.part("1"))
    ready.beat()
    assert {message.who for message in ready.told(kind="edit")} == {"张敏", "赵局", "李督办"}


def test_a_keyed_message_is_said_once(world: World) -> None:
    officer = world.officer("张敏")
    for _ in range(3):
        with world.desk() as desk:
            deliver.say(desk, Message(("好",)), officer_id=officer.id, channel=CHAT, address="张敏", key="reply:1")
    world.beat()
    assert [message.text for message in world.told("张敏", kind="say")] == ["好"]


def test_an_answer_leaves_at_night_and_a_digest_does_not(world: World) -> None:
    world.set("2025-03-03 22:00")
    world.take(PLAN)
    officer = world.officer("张敏")
    with world.desk() as desk:
        deliver.say(desk, Message(("收到",)), officer_id=officer.id, channel=CHAT, address="张敏")
    world.beat()
    assert [(message.kind, message.text) for message in world.told("张敏", kind="")] == [("say", "收到")]


def test_stranger_s_answers_need_no_officer(world: World) -> None:
    with world.desk() as desk:
        deliver.say(desk, Message(("您好",)), officer_id=None, channel=CHAT, address="路人")
    world.beat()
    assert [message.who for message in world.told(kind="say")] == ["路人"]


def test_a_dead_message_keeps_no_address_that_opens_something(ready: World) -> None:
    secret = "A" * 43
    said = Message((f"https://ruqi.example/in/{secret}", f"webcal://ruqi.example/feeds/{secret}.ics"))
    with ready.desk() as desk:
        officer = enroll.find_officer(desk, "张敏")
        deliver.say(desk, said, officer_id=officer.id, channel=CHAT, address="张敏")
    ready.chat.says["张敏"] = [Refused("too long"), Refused("too long")]
    ready.beat()
    dead = [row for row in rows(ready) if row.kind == "say"]
    assert [row.state for row in dead] == ["dead"]
    assert secret not in str(dead[0].body)
    assert "/in/…" in str(dead[0].body)
