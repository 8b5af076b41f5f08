"""Files in the conversation: to the part they name or answer, asked once where that is not clear, never guessed."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.conversation import Incoming, Reply
from bot.turn import File
from storage import deliveries, evidences
from storage.files import FileStore
from tests.bot.town import CHAT, Town, buttons, text
from tests.sample_files import PDF, picture
from texts.values import PartView


@pytest.fixture
def filing(quick: Town, tmp_path: Path) -> Town:
    quick.office = replace(quick.office, files=FileStore(tmp_path))
    quick.bind("张敏")
    quick.bind("王芳")
    return quick


def send(town: Town, name: str, *files: File, said: str = "", reply_to: str = "", button: str = "") -> Reply:
    where = Incoming(CHAT, f"chat-{name}", text=said, button=button, reply_to=reply_to)
    return town.turn(name, replace(where, files=files or (paper(),), files_ref="7"))


def paper(data: bytes | None = PDF, name: str = "签到表.pdf", problem: str = "") -> File:
    return File(name, data=data, source={"id": name}, problem=problem)


def kept(town: Town, part: PartView) -> list[str]:
    with town.desk() as desk:
        return [file.name for file in evidences.of_parts(desk.tx, [part.id]) if file.state != "refused"]


def everything(town: Town) -> int:
    with town.desk() as desk:
        return sum(evidences.counts(desk.tx, range(1, 100)).values())


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("办{code} 红司发5号", "reported"),
        ("收{code}", "received"),
        ("{code}", "open"),
        ("查{code}", "open"),
    ],
)
def test_words_with_a_code_act_and_the_file_goes_along(filing: Town, said: str, state: str) -> None:
    part = filing.parts("张敏")["年度案卷评查"]
    reply = send(filing, "张敏", said=said.format(code=part.code))
    assert filing.state(part) == state
    assert kept(filing, part) == ["签到表.pdf"]
    assert f"附件 1 个，已归入办{part.code}" in text(reply)
    assert everything(filing) == 1


def test_several_codes_get_it_each(filing: Town) -> None:
    one, two = (filing.parts("张敏")[title] for title in ("年度案卷评查", "年度集中宣誓"))
    send(filing, "张敏", said=f"办{one.code} {two.code}")
    assert kept(filing, one) == kept(filing, two) == ["签到表.pdf"]


@pytest.mark.parametrize("said", ["", "现场照片", "见附件"])
def test_an_answer_to_one_part_is_kept_and_asked_about(filing: Town, said: str) -> None:
    part = filing.parts("张敏")["年度案卷评查"]
    card = shown(filing, part)
    reply = send(filing, "张敏", said=said, reply_to=card)
    assert "是办结材料吗" in text(reply)
    assert list(buttons(reply)) == ["报结", "只作附件"]
    assert kept(filing, part) == ["签到表.pdf"]
    assert filing.state(part) == "open", "nothing is done before it is asked"
    done = filing.press("张敏", buttons(reply)["报结"])
    assert "报结" in text(done)
    assert filing.part(part.id).note == said


def test_only_kept(filing: Town) -> None:
    part = filing.parts("张敏")["年度案卷评查"]
    reply = send(filing, "张敏", reply_to=shown(filing, part))
    answer = filing.press("张敏", buttons(reply)["只作附件"])
    assert "没有报结" in text(answer)
    assert answer.replaces
    assert filing.state(part) == "open"


@pytest.mark.parametrize("said", ["", "今天的照片", "办99"])
def test_a_file_without_a_part_is_asked_about_and_kept_nowhere_yet(filing: Town, said: str) -> None:
    reply = send(filing, "张敏", said=said)
    assert "属于哪项任务" in text(reply)
    assert everything(filing) == 0
    first = next(iter(buttons(reply).values()))
    assert first.endswith(":7")
    answer = send(filing, "张敏", button=first)
    assert "是办结材料吗" in text(answer)
    assert everything(filing) == 1


def test_a_question_whose_files_are_gone_changes_nothing(filing: Town) -> None:
    reply = send(filing, "张敏")
    answer = filing.press("张敏", next(iter(buttons(reply).values())))
    assert "没有找到这些附件" in text(answer)
    assert everything(filing) == 0


def test_the_button_of_another_units_part_keeps_nothing(filing: Town) -> None:
    theirs = filing.parts("李娜")["年度案卷评查"]
    send(filing, "张敏", button=f"v1:file:{theirs.id}:7")
    assert everything(filing) == 0


def test_what_the_channel_knows_to_be_too_large_is_said_beside_the_report(filing: Town) -> None:
    part = filing.parts("张敏")["年度案卷评查"]
    reply = send(filing, "张敏", paper(None, problem="file_size"), said=f"办{part.code}")
    assert filing.state(part) == "reported"
    assert "超过 20 兆" in text(reply)
    assert everything(filing) == 0


def test_one_good_and_one_bad(filing: Town) -> None:
    part = filing.parts("张敏")["年度案卷评查"]
    reply = send(filing, "张敏", paper(picture(), "照片.jpg"), paper(b"<html>", "页.html"), said=f"办{part.code}")
    assert kept(filing, part) == ["照片.jpg"]
    assert "附件 1 个" in text(reply)
    assert "收不下" in text(reply)


def test_a_reported_part_takes_more_without_a_question(filing: Town) -> None:
    part = filing.parts("张敏")["年度案卷评查"]
    card = shown(filing, part)
    filing.say("张敏", f"办{part.code}")
    reply = send(filing, "张敏", reply_to=card)
    assert kept(filing, part) == ["签到表.pdf"]
    assert buttons(reply) == {}


def shown(town: Town, part: PartView) -> str:
    """A message that shows this part alone."""
    with town.desk() as desk:
        about: dict[str, Any] = {"officer_id": None, "channel": CHAT, "address": "chat-张敏", "kind": "say", "body": {}}
        moment = {"at": desk.now, "created_at": desk.now, "sent_at": desk.now}
        deliveries.add(desk.tx, [(part.id, None)], state="sent", message_ref="m900", **about, **moment)
    return "m900"
