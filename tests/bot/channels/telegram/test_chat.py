"""People and Ruqi in Telegram, from the screen to the database and back: the real beat, real HTTP, real databases."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.channels.common.floods import STRANGE
from storage import deliveries, inbox, parts, people, timeline
from storage.rows import Contact, DeliveryRow, InboxRow, PartRow, TimelineRow
from tests.bot.channels.telegram.rig import Rig
from tests.bot_api import faults
from tests.bot_api.client import BotApi
from tests.bot_api.people import Person
from tests.bot_api.seen import Seen
from tests.scheduler.office import Bureau
from usecases import enroll

STRANGER = 1002
ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what has nothing to do with the database."""


@pytest.fixture
def officer(bot_api: BotApi) -> Person:
    return bot_api.person(id=1001, name="张敏", started=True)


@pytest.fixture
def assigned(here: Bureau) -> Bureau:
    """张敏 is bound and has one duty, due in sixteen days."""
    here.enroll("telegram", "1001")
    here.assign(date(2024, 1, 31))
    return here


def part(here: Bureau) -> PartRow:
    with here.office.read(here.clock.now()) as desk:
        return parts.by_ids(desk.tx, [1])[1]


def contact(here: Bureau, address: str = "1001") -> Contact | None:
    with here.office.read(here.clock.now()) as desk:
        return people.contact_at(desk.tx, "telegram", address)


def history(here: Bureau) -> list[TimelineRow]:
    with here.office.read(here.clock.now()) as desk:
        return timeline.of_part(desk.tx, 1)


def says(*words: str) -> Callable[[Seen], bool]:
    return lambda seen: all(word in seen.text for word in words)


async def card(person: Person) -> Seen:
    return await person.waits_for_async(lambda seen: "签收" in seen.buttons)


async def test_a_code_binds_once(rig: Rig, bot_api: BotApi, officer: Person) -> None:
    rig.here.enroll("web", "web:1")
    with rig.here.office.write(rig.here.clock.now()) as desk:
        code = enroll.invite(desk, people.officers_named(desk.tx, "张敏")[0])
    thief = bot_api.person(id=STRANGER, name="马兰")
    async with rig.running():
        officer.says(f"/start {code}")
        welcome = await officer.waits_for_async(says("绑定成功", "司法局"))
        thief.says(f"/start {code}")
        await thief.waits_for_async(says("邀请码无效"))
    assert "订阅日历" in welcome.buttons
    bound = contact(rig.here)
    assert bound is not None
    assert bound.state == "live"
    assert contact(rig.here, str(STRANGER)) is None


async def test_received_by_button_and_the_card_changes_in_place(rig: Rig, assigned: Bureau, officer: Person) -> None:
    async with rig.running():
        first = await card(officer)
        assert first.text.startswith("新任务")
        press = officer.presses(first, "签收")
        assert "已签收" in (await press.answered_async()).text
        await rig.api.waits_for_async(lambda: "签收" not in officer.last().buttons)
    now = officer.now(first)
    assert now is not None
    assert now.edited
    assert part(rig.here).state == "received"
    assert len(officer.hears()) == 1, "a toast and the changed card are enough"


async def test_done_by_replying_with_text_and_taken_back(rig: Rig, assigned: Bureau, officer: Person) -> None:
    async with rig.running():
        reminder = await card(officer)
        officer.replies(reminder, "完成 红司发〔2024〕5号")
        await officer.waits_for_async(says("已记录", "报结"))
        assert part(rig.here).state in {"reported", "verified"}
        assert part(rig.here).note == "红司发〔2024〕5号"
        assert [row.answered for row in history(rig.here) if row.verb == "report"] == [str(reminder.message_id)]
        officer.says("撤销")
        await officer.waits_for_async(says("已撤销"))
    assert part(rig.here).state in {"open", "received"}


async def test_the_answer_takes_the_place_of_its_question(rig: Rig, assigned: Bureau, officer: Person) -> None:
    async with rig.running():
        await card(officer)
        officer.says("完成")
        question = await officer.waits_for_async(says("是报结"))
        officer.presses(question, "是，报结")
        await rig.api.waits_for_async(lambda: officer.last().text.startswith("已记录"))
    now = officer.now(question)
    assert now is not None
    assert now.text.startswith("已记录")
    assert now.buttons == ("撤销",)
    assert len(officer.hears()) == 2, "the reminder, and the question that became its answer"


async def test_an_answer_whose_question_is_gone_comes_by_itself(rig: Rig, assigned: Bureau, officer: Person) -> None:
    async with rig.running():
        await card(officer)
        officer.says("完成")
        question = await officer.waits_for_async(says("是报结"))
        officer.deletes(question)
        officer.presses(question, "是，报结", anyway=True)
        answer = await officer.waits_for_async(says("已记录"))
    assert answer.message_id > question.message_id
    assert not answer.edited
    assert part(rig.here).state in {"reported", "verified"}


async def test_a_strangers_press_changes_nothing_and_is_answered_politely(
    rig: Rig, assigned: Bureau, bot_api: BotApi, officer: Person
) -> None:
    stranger = bot_api.person(id=STRANGER, name="马兰")
    async with rig.running():
        press = stranger.presses(await card(officer), "签收")
        assert "邀请码" in (await press.answered_async()).text
    assert part(rig.here).state == "open"
    assert stranger.hears() == []


@ONE_DATABASE
async def test_a_forged_or_stale_press_changes_nothing(rig: Rig, assigned: Bureau, officer: Person) -> None:
    async with rig.running():
        reminder = await card(officer)
        for data in ("v1:report:999", "v0:report:1", "v1:report:1;drop", "🙂", "v1:verify:1"):
            await officer.presses(reminder, data, anyway=True).answered_async()
    assert part(rig.here).state == "open"


async def test_the_second_press_says_who_was_first(rig: Rig, assigned: Bureau, officer: Person) -> None:
    async with rig.running():
        reminder = await card(officer)
        first, second = officer.presses(reminder, "办结"), officer.presses(reminder, "办结", anyway=True)
        await first.answered_async()
        assert "张敏" in (await second.answered_async()).text
    assert len([row for row in history(rig.here) if row.verb == "report"]) == 1


async def test_poison_among_good_ones_is_set_aside(rig: Rig, assigned: Bureau, officer: Person) -> None:
    async with rig.running():
        await card(officer)
        for kind in ("no_date", "message_is_text", "no_chat", "press_without_sender", "date_in_year_58860"):
            rig.api.poison(kind)
        officer.says("收1")
        await officer.waits_for_async(says("已签收"))
        await rig.api.waits_for_async(lambda: len(poisoned(rig.here)) == 5)
    assert part(rig.here).state == "received"


def poisoned(here: Bureau) -> list[str]:
    with here.office.read(here.clock.now()) as desk:
        return [row.error for row in inbox.poison(desk.tx)]


async def test_stored_before_the_kill_handled_once_after_it(rig: Rig, assigned: Bureau, officer: Person) -> None:
    officer.says("办1 红司发5号")
    async with rig.receiving():
        await rig.api.waits_for_async(lambda: not rig.api.pending())
    assert part(rig.here).state == "open"
    again = Rig(rig.here, rig.api)
    async with again.running():
        await officer.waits_for_async(says("已记录"))
    async with again.running():
        officer.says("今天")
        await officer.waits_for_async(says("今天"), after=officer.last())
    await again.telegram.close()
    assert len([row for row in history(rig.here) if row.verb == "report"]) == 1
    assert len(officer.hears(says("已记录"))) == 1


@ONE_DATABASE
async def test_a_blocked_bot_is_seen_and_an_unblocked_one_too(rig: Rig, assigned: Bureau, officer: Person) -> None:
    officer.blocks_bot()
    async with rig.running():
        await rig.api.waits_for_async(lambda: contact(rig.here).state == "dead")  # type: ignore[union-attr]  # it is bound
        officer.unblocks_bot()
        await rig.api.waits_for_async(lambda: contact(rig.here).state == "live")  # type: ignore[union-attr]  # it is bound


async def test_a_send_refused_for_good_marks_the_contact_and_calls_stop(
    rig: Rig, assigned: Bureau, officer: Person
) -> None:
    rig.api.inject(faults.forbidden("blocked"), method="sendMessage", times=None)
    async with rig.running():
        await rig.api.waits_for_async(lambda: contact(rig.here).state == "dead")  # type: ignore[union-attr]  # it is bound
        assert len(rig.api.ledger("sendMessage")) == 1
        rig.api.clear_faults()
        officer.says("今天")
        await officer.waits_for_async()
    revived = contact(rig.here)
    assert revived is not None
    assert revived.state == "live", "whoever writes to us can be reached"


async def test_a_lost_answer_costs_one_marked_repeat(rig: Rig, assigned: Bureau, officer: Person) -> None:
    lost = rig.api.inject(faults.lost_answer(), method="sendMessage")
    async with rig.running():
        first = await card(officer)
        rig.here.later(seconds=10)
        second = await officer.waits_for_async(after=first)
        rig.here.later(seconds=60)
    assert (lost.hits(), len(officer.hears())) == (1, 2)
    assert "可能重复" not in first.text
    assert "可能重复" in second.text
    assert sent(rig.here)[0].ambiguous == 1


def sent(here: Bureau) -> list[DeliveryRow]:
    with here.office.read(here.clock.now()) as desk:
        return [row for row in deliveries.to_officer(desk.tx, 1) if row.state == "sent"]


@ONE_DATABASE
async def test_an_edited_message_has_no_second_effect(rig: Rig, assigned: Bureau, officer: Person) -> None:
    async with rig.running():
        said = officer.says("收1")
        answered = await officer.waits_for_async(says("已签收"))
        officer.edits(said, "办1")
        await officer.waits_for_async(says("没有改动"), after=answered)
    assert part(rig.here).state == "received"


@ONE_DATABASE
async def test_a_voice_is_said_not_to_be_kept(rig: Rig, assigned: Bureau, officer: Person) -> None:
    async with rig.running():
        said = officer.replies(await card(officer), "/today").raw
        spoken = {name: value for name, value in said.items() if name not in {"text", "entities", "reply_markup"}}
        voice = {"file_id": "V", "file_unique_id": "v", "duration": 3}
        rig.api.queue_raw({"message": spoken | {"voice": voice}})
        await officer.waits_for_async(says("收不下", "没有保存"))
        sticker = {"file_id": "S", "file_unique_id": "s", "type": "regular", "width": 9, "height": 9}
        sticker |= {"is_animated": False, "is_video": False}
        rig.api.queue_raw({"message": spoken | {"sticker": sticker}})
        await officer.waits_for_async(says("可以发文字、图片或文件"))


@ONE_DATABASE
async def test_in_a_group_the_person_acts_and_the_answer_hangs_on_it(
    rig: Rig, assigned: Bureau, bot_api: BotApi, officer: Person
) -> None:
    stranger = bot_api.person(id=STRANGER, name="马兰")
    group = bot_api.group(-1000001, "联络群", members=[officer, stranger], bot="administrator")
    async with rig.running():
        await card(officer)
        officer.says("今天天气不错，办1", chat=group)
        order = officer.says(f"@{bot_api.username} 收1", chat=group)
        answer = await group.waits_for_async(says("已签收"))
        assert answer.reply_to == order.message_id
        stranger.says("/list", chat=group)
        await group.waits_for_async(says("还没有绑定"))
        officer.says("/start ABC", chat=group)
        await group.waits_for_async(says("邀请码不要发在群里"))
        nobody = {"sender_chat": order.raw["chat"], "from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}}
        spoken = {name: value for name, value in order.raw.items() if name != "reply_markup"}
        rig.api.queue_raw({"message": spoken | nobody | {"text": "/list"}})
        await group.waits_for_async(says("匿名身份"))
    assert part(rig.here).state == "received"
    assert len(group.hears()) == 4, "chatter is not answered"


@ONE_DATABASE
async def test_a_personal_link_never_stands_in_a_group(
    rig: Rig, assigned: Bureau, bot_api: BotApi, officer: Person
) -> None:
    group = bot_api.group(-1000001, "联络群", members=[officer])
    async with rig.running():
        officer.says("/calendar", chat=group)
        await officer.waits_for_async(says("webcal://"))
        await group.waits_for_async(says("私聊"))
    assert not [seen for seen in group.hears() if "://" in seen.text]


@ONE_DATABASE
async def test_a_group_that_moves_takes_its_contact_along(rig: Rig, bot_api: BotApi, officer: Person) -> None:
    group = bot_api.group(-1000001, "联络群", members=[officer], kind="group")
    rig.here.enroll("telegram", str(group.id))
    group.migrates(-100200300)
    async with rig.running():
        await rig.api.waits_for_async(lambda: contact(rig.here, "-100200300") is not None)
    assert contact(rig.here, str(group.id)) is None


@ONE_DATABASE
async def test_a_press_handled_too_late_is_answered_in_words(rig: Rig, assigned: Bureau, officer: Person) -> None:
    async with rig.running():
        reminder = await card(officer)
    officer.presses(reminder, "签收")
    async with rig.receiving():
        await rig.api.waits_for_async(lambda: not rig.api.pending())
    rig.here.later(minutes=5)
    rig.api.advance(seconds=300)
    again = Rig(rig.here, rig.api)
    async with again.running():
        await officer.waits_for_async(says("已签收"), after=reminder)
    await again.telegram.close()


@ONE_DATABASE
async def test_after_a_stop_of_minutes_people_are_told_that_a_press_may_be_lost(
    rig: Rig, assigned: Bureau, officer: Person
) -> None:
    async with rig.running():
        reminder = await card(officer)
    officer.presses(reminder, "签收")
    rig.api.advance(seconds=300)
    rig.here.later(minutes=5)
    again = Rig(rig.here, rig.api)
    async with again.running():
        await rig.api.waits_for_async(lambda: notice_waits(rig.here))
        rig.here.later(minutes=3)
        notice = await officer.waits_for_async(says("系统曾中断", "办1"), after=reminder)
        assert part(rig.here).state == "open", "Telegram forgot the press"
        officer.replies(notice, "收到")
        await officer.waits_for_async(says("已签收"), after=notice)
    await again.telegram.close()
    assert len(officer.hears(says("系统曾中断"))) == 1


def notice_waits(here: Bureau) -> bool:
    with here.office.read(here.clock.now()) as desk:
        return bool(deliveries.due_under(desk.tx, "outage:"))


async def test_whoever_pours_messages_in_is_told_once_and_costs_no_more(quick_rig: Rig, bot_api: BotApi) -> None:
    stranger = bot_api.person(id=STRANGER, name="马兰", started=True)
    async with quick_rig.running():
        for number in range(40):
            stranger.says(f"第{number}条")
        await stranger.waits_for_async(says("发得太快"))
        await bot_api.waits_for_async(lambda: not bot_api.pending() and not waiting(quick_rig.here))
    told = [seen.text for seen in stranger.hears()]
    assert len([text for text in told if "发得太快" in text]) == 1
    assert len(told) == STRANGE[0] + 1, "ten answers, and one that it is too much"


def waiting(here: Bureau) -> list[InboxRow]:
    with here.office.read(here.clock.now()) as desk:
        return inbox.waiting(desk.tx)
