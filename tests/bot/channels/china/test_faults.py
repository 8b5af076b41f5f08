"""What breaks between a platform and Ruqi: nothing is lost, nothing has its effect twice, nothing stops the rest."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.channels.common.intake import Intake
from storage import inbox
from storage.engine import open_store
from storage.rows import InboxRow
from tests.bot.channels.china.test_chats import NINE, REMINDED, bound, reminded, reminders
from tests.rigs.china import CHINA, ChinaRig, DingTalkRig, FeishuRig, WeComRig
from tests.rigs.office import Town, town_on
from tests.rigs.rig import until

BIND = "绑定"


@pytest.fixture(params=["dingtalk", "feishu"])
async def telling(request: pytest.FixtureRequest, town: Town) -> AsyncIterator[ChinaRig]:
    """A platform that tells again what was not acknowledged."""
    made = CHINA[request.param](town)
    yield made
    await made.close()


@pytest.fixture
async def wecom(town: Town) -> AsyncIterator[WeComRig]:
    made = WeComRig(town)
    yield made
    await made.close()


@pytest.fixture
async def dingtalk(town: Town) -> AsyncIterator[DingTalkRig]:
    made = DingTalkRig(town)
    yield made
    await made.close()


@pytest.fixture
def both(database_url: str, tmp_path: Path) -> Iterator[Town]:
    """A town on SQLite, then on PostgreSQL."""
    store = open_store(database_url)
    store.create()
    yield town_on(store, tmp_path / "files")
    store.close()


def poison(town: Town) -> list[InboxRow]:
    with town.desk() as desk:
        return inbox.poison(desk.tx)


async def test_what_cannot_be_stored_is_not_acknowledged_and_told_again(
    telling: ChinaRig, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, broken = Intake._store, [True]  # noqa: SLF001 - the failpoint

    def fails(self: Intake, source: str, payload: dict[str, Any]) -> int:
        if broken[0]:
            raise OSError("the database is away")
        return store(self, source, payload)

    monkeypatch.setattr(Intake, "_store", fails)
    async with telling.running():
        person = telling.person("张敏")
        person.says(f"{BIND} {telling.town.invite('张敏')}")
        await until(lambda: telling.fake.unheard)
        broken[0] = False
        taken = telling.fake.connected
        telling.fake.drop()
        await until(lambda: telling.fake.connected > taken)
        await person.sees("绑定成功")
        await until(lambda: not telling.fake.unheard)


async def test_told_twice_it_has_its_effect_once(telling: ChinaRig) -> None:
    async with telling.running():
        person = await bound(telling)
        person.says("帮助")
        await person.sees("10 分钟内")
        with telling.town.desk() as desk:
            row = inbox.by_id(desk.tx, 2)
        assert row is not None
        intake = Intake(telling.channel, row.account, telling.town.office, telling.town.clock.now)
        assert intake.take(row.source_id, row.payload) == row.id
        person.says("今天")
        await until(lambda: telling.waiting() == 0)
    assert sum("10 分钟内" in bubble.text for bubble in person.hears()) == 1


async def test_a_malformed_event_is_set_aside_and_the_next_is_handled(dingtalk: DingTalkRig) -> None:
    async with dingtalk.running():
        dingtalk.fake._tell("/v1.0/im/bot/messages/get", {"msgId": "odd", "senderStaffId": "s", "msgtype": "text"})  # noqa: SLF001 - what the platform would not send
        await bound(dingtalk)
        await until(lambda: poison(dingtalk.town))
    assert [row.source_id for row in poison(dingtalk.town)] == ["odd"]


async def test_without_cards_the_buttons_are_links_that_say_words(dingtalk: DingTalkRig) -> None:
    dingtalk.fake.no_cards = True
    async with dingtalk.running():
        person = await reminded(dingtalk)
        assert not reminders(person)[0].ref.startswith("ruqi")
        person.presses("签收")
        await person.is_told("已签收")
        person.says("完成 已评查", quoting=reminders(person)[0])
        await person.sees("已记录")
    cards = [kind for kind, _ in dingtalk.fake.calls if kind.endswith("createAndDeliver")]
    assert len(cards) == 1, "not tried again and again"
    assert dingtalk.town.part().state == "reported"


async def test_a_stale_token_is_fetched_anew(dingtalk: DingTalkRig) -> None:
    async with dingtalk.running():
        person = await bound(dingtalk)
        dingtalk.fake.fail("InvalidAuthentication", "expired", only="POST")
        person.says("帮助")
        await person.sees("10 分钟内")


async def test_a_second_connection_pushes_the_first_out_and_that_is_said(wecom: WeComRig, town: Town) -> None:
    other = WeComRig.make(wecom)
    async with wecom.running():
        second = WeComRig(town)
        second.fake.stop()
        second.two_way, second.fake = other, wecom.fake
        async with second.receiving():
            await until(lambda: "only one live" in wecom.two_way.trouble)


async def test_after_an_outage_whoever_may_have_pressed_in_vain_is_told(wecom: WeComRig) -> None:
    """WeCom keeps nothing for later."""
    async with wecom.running():
        person = await reminded(wecom)
        told = len(person.hears())
    await wecom.renew()
    wecom.town.set("2026-11-18 15:00")
    queued = len(wecom.town.deliveries("张敏"))
    async with wecom.running():
        await until(lambda: len(wecom.town.deliveries("张敏")) > queued)
        await wecom.at("2026-11-18 15:10")
        await until(lambda: len(person.hears()) > told)
    assert "办1" in person.hears()[-1].text


async def test_a_card_that_is_refused_comes_as_text(wecom: WeComRig) -> None:
    async with wecom.running():
        wecom.fake.fail(42045, "card invalid", times=5, only='"template_card"')
        person = wecom.person("张敏")
        person.says(f"{BIND} {wecom.town.invite('张敏')}")
        await person.sees("绑定成功")
        await wecom.at(NINE)
        await person.sees(REMINDED)
        await until(lambda: all(row.state == "sent" for row in wecom.town.deliveries("张敏")))
    assert len(reminders(person)) == 1


@pytest.mark.parametrize("kind", [WeComRig, DingTalkRig, FeishuRig])
async def test_on_both_databases(kind: type[ChinaRig], both: Town) -> None:
    rig = kind(both)
    try:
        async with rig.running():
            person = await bound(rig)
            person.says("办1 材料\x00已交")
            await person.sees("已记录")
        assert rig.town.part().note == "材料已交"
    finally:
        await rig.close()
