"""A server that nobody here wrote plays DingTalk, Feishu and WeCom: our channels hear it, acknowledge, and answer.

It is `../shared/judges/china_fake.py`: one message and one pressed button each, over the official libraries. It judges
how frames are opened, named and acknowledged, no more: it takes any request for an answer and knows no refusals.
"""

import asyncio
import socket
import sys
from asyncio.subprocess import PIPE, STDOUT
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.channels import TwoWay
from bot.channels.common.foreign import bring
from bot.channels.dingtalk import DingTalk
from bot.channels.feishu import Feishu
from bot.channels.wecom import WeCom
from tests.rigs.office import Town
from tests.rigs.people import Person
from tests.rigs.rig import BRISK, ChatRig, until

TRIES = 4
"""The stranger gives up after 25 seconds, which a loaded machine may need for itself."""
RUN = (
    "import asyncio, runpy, sys, aiohttp.web;"
    "Plain = asyncio.Event;"
    "Deaf = type('Deaf', (Plain,), {'set': lambda self: None});"
    "asyncio.Event = lambda: (setattr(asyncio, 'Event', Plain), Deaf())[1];"
    "sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0], run_name='__main__')"
)
"""The stranger leaves with the second acknowledgement, though our answer may be on its way: its DONE, the first event
it makes, never comes true, and it stays until we have seen enough. "say", its last word on the command line, is a
function that does nothing: none of its own clients runs beside ours."""
START = (RUN, f"import lark_oapi.ws.pb.pbbp2_pb2; {RUN}")
"""The stranger imports Feishu's library, which takes seconds, while we knock: better before."""
HEARD = {
    "dingtalk": ('server: acknowledgement {"code": 200', 2),
    "feishu": ("server: answer 200", 2),
    "wecom": ("server: aibot_subscribe", 1),
}
ANSWERED = {"feishu": "server: API POST /open-apis/im/v1/messages", "wecom": "server: aibot_send_msg"}
"""DingTalk's side of the stranger takes no message that an app sends by itself."""
Make = Callable[[Town, str], TwoWay]
MAKE: dict[str, Make] = {
    "dingtalk": lambda town, url: DingTalk("id", "secret", town.office, town.clock, url=url, pauses=BRISK),
    "feishu": lambda town, url: Feishu("cli", "secret", town.office, town.clock, url=url, pauses=BRISK),
    "wecom": lambda town, url: WeCom(
        "b", "s", town.office, town.clock, url=f"{url}/wc".replace("http", "ws"), pauses=BRISK
    ),
}


class StrangerRig(ChatRig):
    """A channel of ours on a port where the stranger listens."""

    def __init__(self, town: Town, channel: str, port: int) -> None:
        super().__init__(town)
        self.channel = channel
        self._url = f"http://127.0.0.1:{port}"
        self.two_way = self.make()

    def make(self) -> TwoWay:
        return MAKE[self.channel](self.town, self._url)

    def person(self, name: str) -> Person:
        raise NotImplementedError(name)

    async def connected(self) -> None:
        """The stranger may be gone before anybody looks."""

    def rows(self) -> list[str]:
        """How far what came in is: waiting, done, or what went wrong with it."""
        how_far = "CASE WHEN error <> '' THEN error WHEN handled_at IS NULL THEN 'waiting' ELSE 'done' END"
        with self.town.desk() as desk:
            return list(desk.tx.execute(text(f"SELECT {how_far} FROM inbox")).scalars())  # noqa: S608 our own words


@pytest.fixture
def stranger(shared: Path) -> Path:
    return shared / "judges" / "china_fake.py"


@pytest.mark.parametrize("channel", sorted(MAKE))
async def test_a_strangers_server_is_heard_acknowledged_and_answered(town: Town, stranger: Path, channel: str) -> None:
    bring("lark_oapi" if channel == "feishu" else "dingtalk_stream" if channel == "dingtalk" else "aibot")
    said = ""
    for _ in range(TRIES):
        said = await met(town, stranger, channel)
        words, times = HEARD[channel]
        if said.count(words) >= times and ANSWERED.get(channel, "") in said:
            return
    raise AssertionError(f"the stranger did not get what it waits for:\n{said}")


async def met(town: Town, stranger: Path, channel: str) -> str:
    """One meeting; what the stranger said of it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = (sys.executable, "-u", "-c", START[channel == "feishu"], str(stranger), str(port), "say")
    server = await asyncio.create_subprocess_exec(*command, stdout=PIPE, stderr=STDOUT)
    assert server.stdout is not None
    try:
        await server.stdout.readline()
        rows = await talked(StrangerRig(town, channel, port))
    finally:
        with suppress(ProcessLookupError):
            server.kill()
    said = (await server.stdout.read()).decode()
    await server.wait()
    assert len(rows) <= 2, "told twice, stored twice"
    return said if set(rows) == {"done"} else f"{rows}\n{said}"


async def talked(rig: StrangerRig) -> list[str]:
    """Hear both, answer, and leave; what became of what came in."""
    async with rig.running():
        with suppress(AssertionError):
            await until(lambda: len(rig.rows()) >= 2 and set(rig.rows()) == {"done"}, 20.0)
        await rig.settled()
        rows = rig.rows()
    await rig.close()
    return rows
