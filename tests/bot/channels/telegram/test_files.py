"""Photos and files in Telegram: attached to the part they belong to, fetched beside the receiver, told once if not."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from storage import evidences, parts
from storage.files import FileStore
from storage.rows import Evidence, PartRow
from tests.bot.channels.telegram.rig import Rig
from tests.bot_api import faults
from tests.bot_api.client import BotApi
from tests.bot_api.faults import Fault
from tests.bot_api.people import Person
from tests.bot_api.seen import Seen
from tests.sample_files import PDF, picture
from tests.scheduler.office import Bureau

ONE_DATABASE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def here(here: Bureau, tmp_path: Path) -> Bureau:
    """An office that keeps files; 张敏 is bound and has two duties."""
    here.office = replace(here.office, files=FileStore(tmp_path / "evidence"))
    here.enroll("telegram", "1001")
    here.assign(date(2024, 1, 31), date(2024, 2, 29))
    return here


@pytest.fixture
def officer(bot_api: BotApi) -> Person:
    return bot_api.person(id=1001, name="张敏", started=True)


def part(here: Bureau, number: int = 1) -> PartRow:
    with here.office.read(here.clock.now()) as desk:
        return parts.by_ids(desk.tx, [number])[number]


def files(here: Bureau, number: int = 1) -> list[Evidence]:
    with here.office.read(here.clock.now()) as desk:
        return evidences.of_parts(desk.tx, [number])


def states(here: Bureau, number: int = 1) -> list[str]:
    return [file.state for file in files(here, number)]


def says(*words: str) -> Callable[[Seen], bool]:
    return lambda seen: all(word in seen.text for word in words)


async def stored(rig: Rig, *wanted: int, number: int = 1) -> None:
    await rig.api.waits_for_async(lambda: states(rig.here, number) == ["stored"] * wanted[0])


async def test_a_photo_with_a_caption_reports_and_is_kept(rig: Rig, officer: Person) -> None:
    async with rig.running():
        await officer.waits_for_async()
        officer.sends_photo(picture(), caption="办1 红司发5号")
        answer = await officer.waits_for_async(says("报结", "附件 1 个"))
        await stored(rig, 1)
    assert part(rig.here).state in {"reported", "verified"}
    assert part(rig.here).note == "红司发5号"
    (file,) = files(rig.here)
    assert rig.here.office.files
    assert rig.here.office.files.get(file.sha256) == picture()
    assert (file.name, file.media_type, file.channel) == ("photo.jpg", "image/jpeg", "telegram")
    assert len(officer.hears(says("附件"))) == 1, answer.text


@ONE_DATABASE
async def test_a_bare_file_as_an_answer_is_kept_and_asked_about(rig: Rig, officer: Person) -> None:
    async with rig.running():
        await officer.waits_for_async()
        officer.says("查1")
        about = await officer.waits_for_async(says("办1"), after=officer.last())
        officer.sends_document("评查.pdf", PDF, reply_to=about)
        question = await officer.waits_for_async(says("是办结材料吗"))
        assert question.buttons == ("报结", "只作附件")
        await stored(rig, 1)
        assert part(rig.here).state == "open"
        officer.presses(question, "报结")
        await rig.api.waits_for_async(lambda: part(rig.here).state in {"reported", "verified"})
    assert files(rig.here)[0].name == "评查.pdf"


@ONE_DATABASE
async def test_only_kept_reports_nothing(rig: Rig, officer: Person) -> None:
    async with rig.running():
        await officer.waits_for_async()
        officer.sends_photo(picture(), caption="12 份案卷的签到表")
        which = await officer.waits_for_async(says("属于哪项任务"))
        officer.presses(which, which.buttons[0])
        await rig.api.waits_for_async(lambda: "只作附件" in officer.last().buttons)
        officer.presses(officer.last(), "只作附件")
        await rig.api.waits_for_async(lambda: "没有报结" in officer.last().text)
        await stored(rig, 1)
    assert part(rig.here).state == "open"


async def test_a_bare_file_is_asked_about_once_and_then_kept(rig: Rig, officer: Person, bot_api: BotApi) -> None:
    thief = bot_api.person(id=1002, name="马兰")
    async with rig.running():
        await officer.waits_for_async()
        officer.sends_document("签到表.pdf", PDF)
        which = await officer.waits_for_async(says("属于哪项任务"))
        assert len(which.buttons) == 3
        await thief.presses(which, which.buttons[0]).answered_async()
        assert files(rig.here) == []
        officer.presses(which, which.buttons[1])
        await stored(rig, 1, number=2)
    assert files(rig.here, 1) == []
    assert len(officer.hears(says("属于哪项任务"))) == 0, "the question became its answer"


async def test_an_album_is_one_message_with_several_files(rig: Rig, officer: Person) -> None:
    async with rig.running():
        await officer.waits_for_async()
        before = len(officer.hears())
        colours = [picture(colour=colour) for colour in ("red", "green", "blue")]
        officer.sends_album(*colours, caption="办2 三张照片")
        await officer.waits_for_async(says("报结"))
        await stored(rig, 3, number=2)
        await asyncio.sleep(0.5)
    assert len(officer.hears()) == before + 1
    assert len({file.sha256 for file in files(rig.here, 2)}) == 3


async def test_a_bare_album_is_asked_about_once(rig: Rig, officer: Person) -> None:
    async with rig.receiving():
        await rig.api.waits_for_async(lambda: not rig.api.pending())
    async with rig.running():
        await officer.waits_for_async()
        officer.sends_album(picture(colour="red"), picture(colour="blue"))
        which = await officer.waits_for_async(says("属于哪项任务"))
        await asyncio.sleep(0.5)
        assert len(officer.hears(says("属于哪项任务"))) == 1
        officer.presses(which, which.buttons[0])
        await stored(rig, 2)


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("getFile", faults.lost_answer()),
        ("getFile", faults.server_error()),
        ("getFile", faults.too_many(1)),
        ("file", faults.reset()),
        ("file", faults.half_answer()),
        ("file", faults.bad_gateway()),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
@ONE_DATABASE
async def test_trouble_on_the_way_is_tried_again(rig: Rig, officer: Person, method: str, fault: Fault) -> None:
    strikes = rig.api.inject(fault, method=method)
    async with rig.running():
        await officer.waits_for_async()
        officer.sends_document("签到表.pdf", PDF, caption="办1")
        await rig.api.waits_for_async(lambda: files(rig.here) != [] and files(rig.here)[0].attempts == 1)
        rig.here.later(seconds=10)
        await stored(rig, 1)
    assert strikes.hits() == 1


@ONE_DATABASE
async def test_what_cannot_be_kept_is_said_once(rig: Rig, officer: Person) -> None:
    async with rig.running():
        await officer.waits_for_async()
        officer.sends_document("签到表.pdf", b"<html><script>alert(1)</script>", caption="办1")
        await officer.waits_for_async(says("签到表.pdf", "没有保存", "收不下"))
        officer.sends_document("大.pdf", PDF, caption="办2", size=21 << 20)
        await officer.waits_for_async(says("报结", "超过 20 兆"))
    assert states(rig.here) == ["refused"]
    assert files(rig.here, 2) == []
    assert part(rig.here).state in {"reported", "verified"}, "the report stands, the file is told about"
    assert len(officer.hears(says("收不下"))) == 1


@ONE_DATABASE
async def test_a_file_that_telegram_forgot_is_asked_for_again(rig: Rig, officer: Person) -> None:
    rig.api.inject(faults.bad_request("wrong file_id or the file is temporarily unavailable"), method="getFile")
    async with rig.running():
        await officer.waits_for_async()
        officer.sends_document("签到表.pdf", PDF, caption="办1")
        await officer.waits_for_async(says("签到表.pdf", "请重新发送"))
    assert states(rig.here) == ["refused"]


@ONE_DATABASE
async def test_after_a_day_of_trouble_the_sender_is_asked(rig: Rig, officer: Person) -> None:
    rig.api.inject(faults.server_error(), method="getFile", times=None)
    async with rig.running():
        await officer.waits_for_async()
        officer.sends_document("签到表.pdf", PDF, caption="办1")
        await rig.api.waits_for_async(lambda: files(rig.here) != [] and files(rig.here)[0].attempts == 1)
        rig.here.clock.advance(timedelta(hours=25))
        await rig.api.waits_for_async(lambda: states(rig.here) == ["refused"])
        await officer.waits_for_async(says("请重新发送"))


async def test_a_stop_between_the_update_and_the_file_loses_nothing(rig: Rig, officer: Person) -> None:
    """The update is stored, the row waits, the fetch is repeated by the next process."""
    rig.api.inject(faults.reset(), method="file", times=None)
    async with rig.running():
        await officer.waits_for_async()
        officer.sends_document("签到表.pdf", PDF, caption="办1")
        await rig.api.waits_for_async(lambda: states(rig.here) == ["waiting"])
    rig.api.clear_faults()
    rig.here.later(seconds=60)
    again = Rig(rig.here, rig.api)
    async with again.running():
        await stored(again, 1)
        await rig.api.waits_for_async(lambda: bool(officer.hears(says("附件 1 个"))))
    await again.telegram.close()
    assert len(officer.hears(says("附件 1 个"))) == 1


@ONE_DATABASE
async def test_a_strangers_file_is_not_kept(rig: Rig, bot_api: BotApi) -> None:
    stranger = bot_api.person(id=1002, name="马兰")
    async with rig.running():
        stranger.sends_document("签到表.pdf", PDF, caption="办1")
        await stranger.waits_for_async()
    assert files(rig.here) == []
    assert not rig.api.ledger("getFile")
