"""Receiving: stored first, confirmed second, whatever happens in between. Over real HTTP, on both databases."""

import asyncio
import logging
from typing import Any

import pytest

from bot.channels.telegram import Telegram
from bot.channels.telegram.handling import Handling
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.translate import Me
from bot.channels.telegram.troubles import Pauses
from storage import inbox
from storage.rows import InboxRow
from tests.bot.channels.telegram.rig import Rig, stop
from tests.bot_api import faults
from tests.bot_api.client import BotApi
from tests.bot_api.faults import Fault
from tests.bot_api.people import Person
from tests.bot_api.poison import POISONS
from tests.scheduler.office import Bureau
from usecases.inbox import handle_one


@pytest.fixture
def officer(bot_api: BotApi) -> Person:
    return bot_api.person(id=1001, name="张敏", started=True)


def stored(here: Bureau) -> list[InboxRow]:
    with here.office.read(here.clock.now()) as desk:
        return inbox.waiting(desk.tx, "telegram")


def texts(here: Bureau) -> list[str]:
    return [row.payload.get("message", {}).get("text", "") for row in stored(here)]


async def arrives(rig: Rig, number: int) -> None:
    await rig.api.waits_for_async(lambda: len(stored(rig.here)) == number)


async def test_what_comes_in_is_stored_as_it_came_and_then_confirmed(rig: Rig, officer: Person) -> None:
    officer.says("收12")
    raw = rig.api.pending()[0]
    async with rig.receiving():
        await rig.api.waits_for_async(lambda: not rig.api.pending())
    row = stored(rig.here)[0]
    assert (row.channel, row.account, row.source_id) == ("telegram", str(rig.api.bot_id), str(raw["update_id"]))
    assert row.payload == raw
    assert rig.woken.is_set()


async def test_nothing_is_confirmed_before_it_is_stored(rig: Rig, officer: Person) -> None:
    """The fake forgets an update when the next offset confirms it: at each such moment it must be in our database."""
    async with rig.receiving():
        for number in range(20):
            officer.says(f"收{number}")
            waiting = {str(update["update_id"]) for update in rig.api.pending()}
            assert len(waiting | {row.source_id for row in stored(rig.here)}) == number + 1
            await asyncio.sleep(0.005)
        await arrives(rig, 20)
    assert texts(rig.here) == [f"收{number}" for number in range(20)]


async def test_an_update_handed_out_but_not_stored_comes_again(quick_rig: Rig, officer: Person) -> None:
    """The answer to getUpdates is lost on its way: nothing was confirmed, so nothing is missing."""
    officer.says("收12")
    quick_rig.api.inject(faults.lost_answer(), method="getUpdates")
    async with quick_rig.receiving():
        await arrives(quick_rig, 1)


async def test_a_new_process_goes_on_where_the_database_ends(rig: Rig, officer: Person) -> None:
    officer.says("收12")
    async with rig.receiving():
        await arrives(rig, 1)
    last = int(stored(rig.here)[-1].source_id)
    again = Rig(rig.here, rig.api)
    asked = len(rig.api.ledger("getUpdates"))
    async with again.receiving():
        await rig.api.waits_for_async(lambda: len(rig.api.ledger("getUpdates")) > asked)
        officer.says("收13")
        await arrives(rig, 2)
    await again.telegram.close()
    assert rig.api.ledger("getUpdates")[asked].params["offset"] == last + 1


async def test_the_same_update_twice_is_one_row(rig: Rig, officer: Person) -> None:
    """Stored, and killed before the confirming poll: Telegram hands it out again."""
    officer.says("收12")
    raw = rig.api.pending()
    intake = rig.telegram._receiver._intake  # noqa: SLF001 - the moment between storing and confirming
    await asyncio.to_thread(intake.take, str(rig.api.bot_id), raw)
    async with rig.receiving():
        officer.says("收13")
        await arrives(rig, 2)
    assert texts(rig.here) == ["收12", "收13"]


async def test_poison_holds_nobody_up(rig: Rig, officer: Person) -> None:
    for kind in POISONS:
        officer.says(kind)
        rig.api.poison(kind)
    async with rig.receiving():
        await arrives(rig, 2 * len(POISONS))
        await rig.api.waits_for_async(lambda: not rig.api.pending())
    assert len(rig.api.ledger("getUpdates")) < 6


async def test_what_the_database_will_not_take_is_noted_and_holds_nobody_up(here: Bureau) -> None:
    batch: list[dict[str, Any]] = [{"update_id": 1}, {"update_id": 2, "what": {1, 2}}, {"update_id": 3}]
    Intake(here.office, here.clock.now).take("770001", batch)
    assert [(row.source_id, sorted(row.payload)) for row in stored(here)] == [
        ("1", ["update_id"]),
        ("2", ["unreadable", "update_id"]),
        ("3", ["update_id"]),
    ]
    with here.office.read(here.clock.now()) as desk:
        noted = inbox.waiting(desk.tx, "telegram")[1]
    handling = Handling(lambda: Me(770001), lambda *_: None)
    for _ in range(3):
        assert not handle_one(here.office, here.clock.now(), noted.id, handling.handle)
    with here.office.read(here.clock.now()) as desk:
        assert [row.id for row in inbox.poison(desk.tx)] == [noted.id]


async def test_numbers_that_start_again_lower_are_followed(quick_rig: Rig, officer: Person) -> None:
    """After a quiet week Telegram's numbers begin anywhere."""
    officer.says("收12")
    async with quick_rig.receiving():
        await arrives(quick_rig, 1)
        quick_rig.api.queue_raw({"update_id": 5, "message": stored(quick_rig.here)[0].payload["message"]})
        officer.says("收13")
        await arrives(quick_rig, 3)
        await asyncio.sleep(0.3)
    assert len(quick_rig.api.ledger("getUpdates")) < 8


async def test_a_webhook_is_taken_away_without_dropping_what_waits(quick_rig: Rig, officer: Person) -> None:
    await quick_rig.telegram._wire.call("setWebhook", url="http://127.0.0.1:9/hook")  # noqa: SLF001 - as somebody else would
    officer.says("收12")
    async with quick_rig.receiving():
        await arrives(quick_rig, 1)
        await quick_rig.telegram._wire.call("setWebhook", url="http://127.0.0.1:9/hook")  # noqa: SLF001 - and again
        officer.says("收13")
        await arrives(quick_rig, 2)


async def test_the_menu_speaks_both_languages(quick_rig: Rig) -> None:
    async with quick_rig.receiving():
        groups = {"language": "en", "scope": "all_group_chats"}
        await quick_rig.api.waits_for_async(lambda: bool(quick_rig.api.commands(**groups)))
    assert quick_rig.api.commands()["today"] == "今天要办的"
    assert quick_rig.api.commands(language="en")["help"] == "How it works"
    assert quick_rig.api.commands(scope="all_group_chats")["bind"] == "本群绑定到单位"
    assert "bind" not in quick_rig.api.commands()


async def test_a_menu_that_cannot_be_set_is_no_reason_not_to_receive(quick_rig: Rig, officer: Person) -> None:
    quick_rig.api.inject(faults.too_many(3600), method="setMyCommands", times=None)
    officer.says("收12")
    async with quick_rig.receiving():
        await arrives(quick_rig, 1)


TROUBLES = [
    ("nobody there", faults.reset(), "network", 8),
    ("a gateway's page", faults.bad_gateway(), "network", 8),
    ("200 with a page", faults.junk(), "network", 8),
    ("200 with something else", faults.junk(body='{"ok": true, "result": {"a": 1}}'), "network", 8),
    ("updates without numbers", faults.junk(body='{"ok": true, "result": [1, {"update_id": "7"}]}'), "network", 8),
    ("another poller", faults.conflict(), "conflict", 8),
    ("the token is refused", faults.unauthorized(), "token", 8),
    ("a wrong address", faults.refusal(404, "Not Found"), "token", 8),
    ("asked to wait", faults.too_many(1), "flood", 2),
]


@pytest.mark.parametrize(("why", "fault", "kind", "most"), TROUBLES, ids=[row[0] for row in TROUBLES])
async def test_trouble_is_told_once_waited_out_and_left_behind(
    quick: Bureau,
    bot_api: BotApi,
    officer: Person,
    caplog: pytest.LogCaptureFixture,
    *,
    why: str,
    fault: Fault,
    kind: str,
    most: int,
) -> None:
    rig = Rig(quick, bot_api)
    trouble = bot_api.inject(fault, method="getUpdates", times=None)
    if '"ok": true' in fault.body:
        bot_api.expect_complaint("answer to getUpdates")  # the judge rightly has something against such answers
    with caplog.at_level(logging.INFO, logger="bot"):
        async with rig.receiving():
            await bot_api.waits_for_async(lambda: bool(rig.telegram.trouble))
            await asyncio.sleep(0.8)
            assert trouble.hits() <= most, why
            trouble.clear()
            officer.says("收12")
            await arrives(rig, 1)
            await bot_api.waits_for_async(lambda: not rig.telegram.trouble)
    await rig.telegram.close()
    told = [record for record in caplog.records if "nothing comes in" in record.message]
    assert [record.levelname for record in told] == ["CRITICAL" if kind == "token" else "WARNING"]


async def test_telegram_away_at_the_start_is_waited_for(quick: Bureau, bot_api: BotApi, officer: Person) -> None:
    rig = Rig(quick, bot_api)
    down = bot_api.inject(faults.reset(), method="getMe", times=3)
    officer.says("收12")
    async with rig.receiving():
        await arrives(rig, 1)
    await rig.telegram.close()
    assert down.hits() == 3


async def test_a_server_that_does_not_hold_is_not_asked_in_circles(quick: Bureau, bot_api: BotApi) -> None:
    hasty = Pauses(hold=0, first=0.2)
    telegram = Telegram(bot_api.token, bot_api.url, quick.office, quick.clock, wake=lambda: None, pauses=hasty)
    task = asyncio.create_task(telegram.run())
    await asyncio.sleep(1)
    await stop(task)
    await telegram.close()
    assert 2 <= len(bot_api.ledger("getUpdates")) <= 6


async def test_two_pollers_lose_and_double_nothing(quick_rig: Rig, officer: Person) -> None:
    other = Rig(quick_rig.here, quick_rig.api)
    async with quick_rig.receiving(), other.receiving():
        for number in range(10):
            officer.says(f"收{number}")
            await asyncio.sleep(0.05)
        await arrives(quick_rig, 10)
    await other.telegram.close()
    assert sorted(texts(quick_rig.here)) == [f"收{number}" for number in range(10)]


async def test_a_database_that_is_away_confirms_nothing(rig: Rig, officer: Person) -> None:
    async with rig.receiving():
        await rig.api.waits_for_async(lambda: bool(rig.api.ledger("getUpdates")))
        away = rig.here.office.store.engine
        rig.here.office.store.engine = None  # type: ignore[assignment]  # whatever is asked of it fails
        officer.says("收12")
        await rig.api.waits_for_async(lambda: bool(rig.telegram.trouble))
        assert len(rig.api.pending()) == 1
        rig.here.office.store.engine = away
        await arrives(rig, 1)
        await rig.api.waits_for_async(lambda: not rig.api.pending())


async def test_it_stops_at_once_in_the_middle_of_a_held_poll(quick: Bureau, bot_api: BotApi) -> None:
    patient = Pauses(hold=50)
    telegram = Telegram(bot_api.token, bot_api.url, quick.office, quick.clock, wake=lambda: None, pauses=patient)
    task = asyncio.create_task(telegram.run())
    await bot_api.waits_for_async(lambda: bool(bot_api.ledger("getMe")))
    await asyncio.sleep(0.2)
    began = asyncio.get_running_loop().time()
    await stop(task)
    await telegram.close()
    assert asyncio.get_running_loop().time() - began < 1


async def test_old_messages_and_presses_have_died_at_telegram(quick_rig: Rig, officer: Person) -> None:
    """What our absence costs, so that nobody thinks otherwise: a press lives 150 s there, a message a day."""
    officer.says("收12")
    quick_rig.api.advance(seconds=25 * 3600)
    officer.says("收13")
    async with quick_rig.receiving():
        await arrives(quick_rig, 1)
    assert texts(quick_rig.here) == ["收13"]
