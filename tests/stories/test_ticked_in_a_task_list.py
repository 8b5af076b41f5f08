"""A duty ticked off in a phone's reminders: the ledger has it, and the message in the chat changes where it stands.

The app is the caldav library on a real port; the chat is the real Telegram channel on the fake Bot API.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import caldav
import pytest

from tests.feeds.tasks.serving import on_a_port
from tests.rigs.cast import a_duty, a_plan, by
from tests.rigs.office import Town
from tests.rigs.telegram import TelegramRig
from usecases import page_ledger
from usecases.enroll import find_officer
from usecases.task_list import give_password, user_name
from web.limits import Misses

TITLE = "年度案卷评查"
PLAN = a_plan(a_duty("1", TITLE, by("2026-12-18")), a_duty("2", "年度集中宣誓", by("2026-12-25")))


@pytest.fixture
async def telegram(town: Town) -> AsyncIterator[TelegramRig]:
    rig = TelegramRig(town)
    yield rig
    await rig.close()


class Phone:
    """An app that knows the server, a user and a password, and finds the rest."""

    def __init__(self, port: int, user: tuple[str, str]) -> None:
        address = f"http://127.0.0.1:{port}/.well-known/caldav"
        self._client: Any = caldav.DAVClient(url=address, username=user[0], password=user[1])  # type: ignore[operator]  # caldav hands its classes out lazily

    def titles(self) -> list[str]:
        return sorted(str(todo.icalendar_component["SUMMARY"]) for todo in self._todos())

    def tick(self, title: str) -> None:
        next(todo for todo in self._todos() if title in todo.icalendar_component["SUMMARY"]).complete()

    def close(self) -> None:
        self._client.close()

    def _todos(self) -> list[Any]:
        (held,) = self._client.principal().calendars()
        return list(held.todos(include_completed=True))


def user(town: Town, name: str) -> tuple[str, str]:
    with town.desk() as desk:
        officer = find_officer(desk, name)
        return user_name(officer), give_password(desk, officer)


def in_ledger(town: Town) -> dict[str, tuple[str, int, int]]:
    """By title, as the bureau's ledger has it: the part's state, and how many of how many are done."""
    with town.desk() as desk:
        rows = page_ledger.ledger(desk, find_officer(desk, "王芳")).rows
    return {row.line.title: (row.parts[0].state, row.done, row.total) for row in rows}


async def test_a_tick_is_seen_in_the_ledger_and_on_the_card(telegram: TelegramRig) -> None:
    town = telegram.town
    async with telegram.begin("2026-11-18 08:00", PLAN, "张敏") as (officer,):
        await telegram.at("2026-11-18 09:00")
        card = await officer.sees("新任务", TITLE)
        with on_a_port(town.office, town.clock, Misses()) as port:
            phone = Phone(port, user(town, "张敏"))
            titles = await asyncio.to_thread(phone.titles)
            assert [title for title in titles if TITLE in title] == [f"办1 {TITLE}"]
            await asyncio.to_thread(phone.tick, TITLE)
            assert in_ledger(town)[TITLE] == ("reported", 1, 1)
            changed = await officer.sees(TITLE, "已报结", "年度集中宣誓")
            assert (changed.ref, changed.edited) == (card.ref, True), "the same message, not another one"
            assert f"✅ 办1 {TITLE}" in await asyncio.to_thread(phone.titles)
            assert in_ledger(town)["年度集中宣誓"] == ("open", 0, 1)
            phone.close()
