"""People and Ruqi in WeCom, DingTalk and Feishu, from the screen to the database and back, by the real libraries."""

import hashlib

from storage import group_chats
from tests.china.screens import Bubble
from tests.rigs.china import ChinaPerson, ChinaRig
from tests.rigs.rig import until
from tests.sample_files import PDF

BUSY = {"wecom": 846607, "dingtalk": "Forbidden.AccessDenied.QpsLimitForApi", "feishu": 99991400}
SEND = {"wecom": "aibot_send_msg", "dingtalk": "POST", "feishu": "create"}
REMINDED = "收到请回复“收1”"
NINE = "2026-11-18 09:00"


async def bound(rig: ChinaRig, name: str = "张敏") -> ChinaPerson:
    person = rig.person(name)
    person.says(f"绑定 {rig.town.invite(name)}")
    await person.sees("绑定成功")
    return person


async def reminded(rig: ChinaRig) -> ChinaPerson:
    person = await bound(rig)
    await rig.at(NINE)
    await person.sees(REMINDED)
    await until(lambda: all(row.state == "sent" for row in rig.town.deliveries("张敏")))
    return person


def reminders(person: ChinaPerson) -> list[Bubble]:
    return [bubble for bubble in person.hears() if REMINDED in bubble.text]


async def test_a_code_binds_once(rig: ChinaRig) -> None:
    thief, person = rig.person("小偷"), rig.person("张敏")
    code = rig.town.invite("张敏")
    async with rig.running():
        person.says(f"绑定 {code}")
        welcome = await person.sees("绑定成功", "教育局")
        thief.says(f"绑定 {code}")
        await thief.sees("邀请码无效")
    assert "订阅日历" in welcome.labels
    assert rig.town.contact(rig.channel, thief.address) is None


async def test_told_received_reported_and_taken_back(rig: ChinaRig) -> None:
    async with rig.running():
        person = await reminded(rig)
        reminder = reminders(person)[0]
        person.presses("签收")
        await person.is_told("已签收")
        assert rig.town.part().state == "received"
        person.says("完成 红司发〔2026〕5号", quoting=reminder)
        await person.sees("已记录", "报结")
        assert (rig.town.part().state, rig.town.part().note) == ("reported", "红司发〔2026〕5号")
        person.says("撤销")
        await person.sees("已撤销")
    assert rig.town.part().state == "received"


async def test_the_card_changes_in_place(rig: ChinaRig) -> None:
    async with rig.running():
        person = await reminded(rig)
        person.presses("签收")
        await until(lambda: any(bubble.edited for bubble in person.hears()))
        changed = next(bubble for bubble in person.hears() if bubble.edited)
    assert "签收" not in changed.labels


async def test_a_second_press_says_who_did_it(rig: ChinaRig) -> None:
    async with rig.running():
        person = await reminded(rig)
        before = next(bubble for bubble in reversed(person.hears()) if "签收" in bubble.labels)
        person.press(before, "签收")
        await person.is_told("已签收")
        assert not any("张敏" in said for said in answers(person))
        person.press(before, "签收")
        await until(lambda: any("张敏" in said and "签收" in said for said in answers(person)))


def answers(person: ChinaPerson) -> list[str]:
    """What was said in return: new messages and words over buttons, not the cards that changed."""
    return [*(bubble.text for bubble in person.hears() if not bubble.edited), *person.toasts()]


async def test_a_stranger_changes_nothing(rig: ChinaRig) -> None:
    stranger = rig.person("路人")
    async with rig.running():
        person = await reminded(rig)
        card = next(bubble for bubble in person.hears() if "签收" in bubble.labels)
        stranger.says("办1 我办的")
        await stranger.sees("邀请码")
        told = len(stranger.hears()) + len(stranger.toasts())
        stranger.press(card, "签收")
        await until(lambda: len(stranger.hears()) + len(stranger.toasts()) > told)
        assert "办1" not in stranger.page()
    assert rig.town.part().state == "open"


async def test_a_group_hears_only_what_is_asked_and_nothing_personal(rig: ChinaRig) -> None:
    group = {"wecom": "wr1", "dingtalk": "cid1", "feishu": "oc_group"}[rig.channel]
    chat = f"group:{group}" if rig.channel == "dingtalk" else group
    async with rig.running():
        person = await bound(rig)
        rig.fake.says("somebody", "办1 完成了", group=group)
        await until(lambda: any("绑定" in bubble.text for bubble in rig.fake.screens.seen(chat)))
        rig.fake.says(person.address, "登录", group=group)
        await until(lambda: len(rig.fake.screens.seen(chat)) >= 2)
        link = await person.sees("/in/")
    shown = "\n".join(bubble.text for bubble in rig.fake.screens.seen(chat))
    assert "/in/" in link.text
    assert "/in/" not in shown
    assert "私聊" in shown


async def test_a_units_group_hears_once_answers_and_is_seen_when_it_is_lost(rig: ChinaRig) -> None:
    group = {"wecom": "wr1", "dingtalk": "cid1", "feishu": "oc_group"}[rig.channel]
    chat = f"group:{group}" if rig.channel == "dingtalk" else group

    def shown(*words: str) -> list[Bubble]:
        return [bubble for bubble in rig.fake.screens.seen(chat) if all(word in bubble.text for word in words)]

    async with rig.running():
        person = await bound(rig)
        rig.fake.says("somebody", "绑定本群", group=group)
        await until(lambda: shown("私聊"))
        rig.fake.says(person.address, "绑定本群", group=group)
        await until(lambda: shown("本群已绑定示例区教育局"))
        await rig.at(NINE)
        await until(lambda: shown("年度案卷评查", "收到请回复"))
        await until(lambda: any("签收" in bubble.labels for bubble in rig.fake.screens.seen(chat)))
        rig.fake.says("somebody", "收1", group=group)
        await until(lambda: len(shown("私聊")) == 2)
        assert rig.town.part().state == "open"
        rig.fake.says(person.address, "收1", group=group)
        await until(lambda: shown("已签收"))
        assert rig.town.part().state == "received"
        assert len(shown("收到请回复")) <= 1, "one card, changed where the platform can"

        rig.fake.blocked.add(chat)
        await rig.at("2026-12-15 09:00")
        await until(lambda: _group(rig, chat) == "dead")
        rig.fake.blocked.clear()
        rig.fake.says(person.address, "今天", group=group)
        await until(lambda: _group(rig, chat) == "live")


async def test_who_blocks_the_bot_is_shown_as_unreachable(rig: ChinaRig) -> None:
    async with rig.running():
        person = await bound(rig)
        rig.fake.blocked.add(person.address)
        await rig.at(NINE)
        await until(lambda: _contact(rig, person) == "dead")
        rig.fake.blocked.clear()
        person.says("今天")
        await until(lambda: _contact(rig, person) == "live")


async def test_too_fast_means_later(rig: ChinaRig) -> None:
    async with rig.running():
        person = await bound(rig)
        rig.fake.fail(BUSY[rig.channel], "frequency limit", only=SEND[rig.channel])
        await rig.at(NINE)
        await until(lambda: any(row.state == "due" and row.attempt == 1 for row in rig.town.deliveries("张敏")))
        assert not reminders(person)
        rig.two_way.messenger._pacing._rests.clear()  # type: ignore[attr-defined]  # noqa: SLF001 - the wait is in real seconds
        await rig.at("2026-11-18 09:01")
        await person.sees(REMINDED)
    assert len(reminders(person)) == 1


async def test_a_lost_answer_comes_again_and_says_so(rig: ChinaRig) -> None:
    """Where a message has a name of its own, the second one is not shown at all."""
    async with rig.running():
        person = await bound(rig)
        rig.fake.fail(lost=True, only=SEND[rig.channel])
        await rig.at(NINE)
        await until(lambda: any(row.ambiguous for row in rig.town.deliveries("张敏")), 15.0)
        await rig.at("2026-11-18 09:05")
        await until(lambda: all(row.state == "sent" for row in rig.town.deliveries("张敏")))
    shown = reminders(person)
    assert len(shown) == (1 if rig.channel == "feishu" else 2)
    assert ("重复" in shown[-1].text) == (rig.channel != "feishu")


async def test_a_cut_line_comes_back(rig: ChinaRig) -> None:
    async with rig.running():
        person = await bound(rig)
        taken = rig.fake.connected
        rig.fake.drop()
        await until(lambda: rig.fake.connected > taken)
        await rig.connected()
        person.says("帮助")
        await person.sees("10 分钟内")


async def test_a_restart_between_arrival_and_handling_loses_and_doubles_nothing(rig: ChinaRig) -> None:
    async with rig.running():
        person = await reminded(rig)
        reminder = reminders(person)[0]
    await rig.renew()
    async with rig.receiving():
        person.says("完成 案卷已评查", quoting=reminder)
        await until(lambda: rig.waiting() == 1)
    await rig.renew()
    async with rig.running():
        await person.sees("已记录", "报结")
    assert rig.town.part().state == "reported"
    assert sum("10 分钟内" in bubble.text for bubble in person.hears()) == 1


async def test_a_file_is_kept_with_the_duty_it_is_said_to_belong_to(rig: ChinaRig) -> None:
    async with rig.running():
        person = await bound(rig)
        rig.fake.sends_file(person.address, PDF)
        question = await person.sees("办1", "哪")
        person.press(question, next(label for label in question.labels if "办1" in label))
        await until(lambda: [file.state for file in rig.town.files()] == ["stored"])
    (file,) = rig.town.files()
    assert file.sha256 == hashlib.sha256(PDF).hexdigest()
    assert file.name.endswith(".pdf")


async def test_a_file_that_is_gone_is_said(rig: ChinaRig) -> None:
    async with rig.running():
        person = await bound(rig)
        rig.fake.sends_file(person.address, PDF)
        rig.fake.files.clear()
        question = await person.sees("办1", "哪")
        person.press(question, next(label for label in question.labels if "办1" in label))
        await until(lambda: [file.state for file in rig.town.files()] == ["refused"])
        await person.sees("请重新发")


async def test_a_sticker_is_not_taken_for_an_answer(rig: ChinaRig) -> None:
    async with rig.running():
        person = await bound(rig)
        rig.fake.sends_sticker(person.address)
        await person.sees("没有看懂")


async def test_a_wrong_secret_is_said_and_waited_out(rig: ChinaRig) -> None:
    rig.fake.refuse_secret = True
    async with rig.receiving(connected=False):
        await until(lambda: "refused" in rig.two_way.trouble)
    assert "canary" not in rig.two_way.trouble


def _group(rig: ChinaRig, chat: str) -> str:
    with rig.town.desk() as desk:
        found = group_chats.at(desk.tx, rig.channel, chat)
    return found.state if found else ""


def _contact(rig: ChinaRig, person: ChinaPerson) -> str:
    found = rig.town.contact(rig.channel, person.address)
    return found.state if found else ""
