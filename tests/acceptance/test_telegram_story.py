"""The main job over HTTP: a code binds a chat, the morning message comes, and what is answered is recorded, or not.

The real `ruqi run` as a process on a movable clock, its own page to move the days, and the fake Bot API as another.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tests.acceptance.trial import ZONE, Trial, trial
from tests.bot_api import Person, Seen

pytestmark = pytest.mark.timeout(120)
SATURDAY = datetime(2026, 11, 21, 8, 0, tzinfo=ZONE)
DUE = datetime(2026, 11, 30, 9, 0, tzinfo=ZONE)
OFFICER = "示例·吴国平"


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Trial]:
    with trial(tmp_path, SATURDAY) as started:
        yield started
        started.api.check()


def test_one_officers_week(running: Trial) -> None:
    officer, stranger = running.api.person(1001, "吴国平"), running.api.person(1002, "路人", started=True)
    welcome = binds(running, officer)
    new = the_morning_message(running, officer, welcome)
    a_stranger_is_refused(stranger, new)
    received_by_button(officer, new)
    due = the_day_it_is_due(running, officer)
    done_by_replying(running, officer, due)
    taken_back(officer, due)


def binds(running: Trial, officer: Person) -> Seen:
    command = running.invites(OFFICER)
    officer.says(command)
    welcome = officer.waits_for(lambda seen: seen.text.startswith("绑定成功：人力资源和社会保障局"))
    officer.says(command)
    officer.waits_for(lambda seen: "邀请码无效、已用过或已过期" in seen.text)
    return welcome


def the_morning_message(running: Trial, officer: Person, before: Seen) -> Seen:
    """Nothing on Saturday and Sunday; on Monday at 09:00 everything new in one message."""
    running.presses_clock("next-day")
    assert running.now.date().isoformat() == "2026-11-22"
    assert [seen.text for seen in officer.hears(lambda seen: seen.text.startswith("新任务"))] == []
    running.presses_clock("next-reminder")
    assert running.now == datetime(2026, 11, 23, 9, 0, tzinfo=ZONE)
    new = officer.waits_for(lambda seen: seen.text.startswith("新任务 7 件"), after=before)
    assert "办5 年度案卷评查 · 11月30日(周一) · 还有 5 个工作日" in new.text
    assert len(officer.hears(lambda seen: "新任务" in seen.text)) == 1
    return new


def a_stranger_is_refused(stranger: Person, new: Seen) -> None:
    toast = stranger.presses(new, "全部签收", anyway=True).answered()
    assert "邀请码" in toast.text
    stranger.says("办5 都办完了")
    assert "邀请码" in stranger.waits_for().text


def received_by_button(officer: Person, new: Seen) -> None:
    assert "○ 新 办5" in standing(officer, new), "the stranger changed nothing"
    assert officer.presses(new, "全部签收").answered().text.startswith("已签收 7 件")
    officer.waits_for(lambda seen: seen.message_id == new.message_id and "◐ 办5" in seen.text)
    assert "全部签收" not in standing_buttons(officer, new)


def the_day_it_is_due(running: Trial, officer: Person) -> Seen:
    while running.now < DUE:
        running.presses_clock("next-reminder")
    assert running.now == DUE
    return officer.waits_for(lambda seen: seen.text.startswith("今天到期：办5 年度案卷评查"))


def done_by_replying(running: Trial, officer: Person, due: Seen) -> None:
    officer.replies(due, "完成 红人社发〔2026〕18号")
    said = officer.waits_for(lambda seen: seen.text.startswith("已记录：办5 年度案卷评查 报结"), after=due)
    assert "附文号 1 个" in said.text
    assert "撤销" in said.buttons
    officer.waits_for(lambda seen: seen.message_id == due.message_id and seen.text.startswith("✓ 办5"))
    assert standing_buttons(officer, due) == ()
    assert re.search(r"\b1/\d+", running.browser.get("/ledger").text), "the ledger counts it"


def taken_back(officer: Person, due: Seen) -> None:
    officer.says("撤销")
    officer.waits_for(lambda seen: seen.text == "已撤销：办5 年度案卷评查，现为“已签收”")
    officer.waits_for(lambda seen: seen.message_id == due.message_id and seen.text == due.text)
    assert "办结" in standing_buttons(officer, due)


def standing(officer: Person, message: Seen) -> str:
    now = officer.now(message)
    assert now is not None
    return now.text


def standing_buttons(officer: Person, message: Seen) -> tuple[str, ...]:
    now = officer.now(message)
    assert now is not None
    return now.buttons
