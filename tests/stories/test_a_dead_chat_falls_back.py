"""A dead chat: 张敏 blocks the bot, her other phone takes over, then that is lost too; nobody is left in silence."""

from schedules.retry import Again, Refused
from storage import people
from tests.stories.telling import Teller, diary, presses, says
from tests.usecases.office import a_duty, a_plan, by
from tests.usecases.world import CHAT, World
from texts import buttons
from usecases import enroll
from usecases.unreachable import unreachable

PHONE = "张敏的手机"
PLAN = a_plan(a_duty("1", by("2025-03-14")), a_duty("2", by("2025-03-21")))
BLOCKED = Refused("Forbidden: bot was blocked by the user", gone=True)


def second_phone(world: World) -> None:
    """Her second choice: bound, and then put behind the first."""
    with world.desk() as desk:
        officer = enroll.find_officer(desk, "张敏")
        people.bind_contact(desk.tx, officer_id=officer.id, channel=CHAT, address=PHONE, now=desk.now, last=True)


def lost(world: World) -> list[tuple[str, str]]:
    with world.desk() as desk:
        return [(one.officer, one.why) for one in unreachable(desk)]


def test_the_other_phone_takes_over_and_the_card_lives_there(teller: Teller) -> None:
    world = teller.begin("2025-03-03 08:00")
    second_phone(world)
    world.take(PLAN)
    world.until("2025-03-06 18:00")
    assert [len(world.told(who)) for who in ("张敏", PHONE)] == [1, 0]

    world.chat.says["张敏"] = [BLOCKED] * 9
    world.until("2025-03-07 18:00")
    assert diary(world, PHONE) == [("03-07 09:00", ["1 d7", "2 d14"])], "within the same minute, once"
    (digest,) = world.told(PHONE)
    assert not digest.repeat
    assert not digest.late
    assert "手机" not in digest.text, "nothing is said of machinery"
    assert lost(world) == []

    part = world.part("1")
    assert "报结" in presses(world, PHONE, buttons.data("report", part.id))
    world.beat()
    assert "✓" in world.told(PHONE, kind="edit")[-1].text, "the card that is edited is the one she has"
    world.until("2025-03-21 18:00")
    assert len(world.told("张敏")) == 1, "the dead chat is left in peace"
    assert diary(world, PHONE, since="2025-03-08") == [
        ("03-14 09:00", ["2 d7"]),
        ("03-18 09:00", ["2 d3"]),
        ("03-20 09:00", ["2 d1"]),
        ("03-21 09:00", ["2 d0"]),
    ]


def test_when_the_last_way_is_lost_the_bureau_sees_it_and_a_new_code_ends_it(teller: Teller) -> None:
    world = teller.begin("2025-03-03 08:00")
    second_phone(world)
    world.take(PLAN)
    world.until("2025-03-06 18:00")
    world.chat.says = {who: [BLOCKED] * 9 for who in ("张敏", PHONE)}
    world.until("2025-03-07 18:00")
    assert lost(world) == [("张敏", "blocked")]
    with world.desk() as desk:
        code = enroll.invite(desk, enroll.find_officer(desk, "张敏"))
    assert "绑定成功" in says(world, "新手机", f"/start {code}")
    assert lost(world) == []
    world.until("2025-03-14 09:00")
    assert diary(world, "新手机")[-1] == ("03-14 09:00", ["1 d0", "2 d7"])


def test_a_morning_without_the_messenger_is_bridged_and_its_return_is_no_surprise(teller: Teller) -> None:
    """The service is down from nine to eleven; on the due date ten minutes are long enough."""
    world = teller.begin("2025-03-03 08:00")
    second_phone(world)
    world.take(PLAN)
    world.until("2025-03-14 08:00")
    before = len(world.told("张敏"))
    world.chat.says["张敏"] = [Again()] * 7
    world.until("2025-03-14 18:00")
    assert diary(world, PHONE) == [("03-14 09:10", ["1 d0", "2 d7"])]
    (back,) = world.told("张敏")[before:]
    assert back.repeat, "when it comes through at last, it says that it may be a repeat"
