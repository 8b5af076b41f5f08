"""The picture of the weekly report: a multipart upload and a message that names it; where it fails the words stand."""

import pytest

from schedules.retry import Sent
from tests.rigs.china import ChinaRig
from tests.sample_files import picture
from texts.values import Message
from usecases.deliver import Outgoing, Picture

PNG = picture("PNG")
WORDS = "周报 1月8日 至 1月14日"
SHOWS = {"feishu": "[img_", "dingtalk": "[@lAL", "wecom": ""}
TAKES = {"feishu": "image", "dingtalk": "media"}
"""By which kind of call each takes a file."""


async def reported(rig: ChinaRig, name: str = "李督办") -> list[str]:
    person = rig.person(name)
    shown = Picture(PNG, "按时率")
    outgoing = Outgoing(7, "report", person.address, Message((WORDS,)), picture=shown)
    assert isinstance(await rig.two_way.messenger.send(outgoing), Sent)
    return [bubble.text for bubble in person.hears()]


async def test_the_picture_comes_after_the_words(rig: ChinaRig) -> None:
    """WeCom's AI bot takes no files over its connection: there it is words alone."""
    async with rig.running():
        heard = await reported(rig)
    assert WORDS in heard[0]
    assert [text.startswith(SHOWS[rig.channel]) for text in heard[1:]] == [True] * bool(SHOWS[rig.channel])
    assert list(rig.fake.pictures.values()) == [PNG] * bool(SHOWS[rig.channel])


async def test_where_the_file_is_not_taken_the_words_stand(rig: ChinaRig, caplog: pytest.LogCaptureFixture) -> None:
    if rig.channel in TAKES:
        rig.fake.fail(45009, "busy", only=TAKES[rig.channel])
    async with rig.running():
        heard = await reported(rig)
    assert len(heard) == 1
    assert ("could not be sent: 45009" in caplog.text) == (rig.channel in TAKES)
    assert "canary" not in caplog.text
