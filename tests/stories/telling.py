"""Telling a story: where it begins, what people type and press, what they hear."""

from bot.conversation import Incoming, respond
from storage.engine import Store
from tests.usecases.world import CHAT, World
from usecases import enroll


class Teller:
    """Begins one world on an empty store and checks it at the end."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._world: World | None = None

    def begin(self, at: str) -> World:
        self._world = World(self._store, at)
        return self._world

    def check(self) -> None:
        if self._world is not None:
            self._world.check()


def says(world: World, who: str, text: str, *, reply_to: str = "") -> str:
    """The answer to what `who` types, in one text; `reply_to` is the message replied to."""
    return _answer(world, Incoming(CHAT, who, text=text, reply_to=reply_to))


def presses(world: World, who: str, button: str, *, message: str = "") -> str:
    """What a press leads to: the words over the button, then the messages."""
    return _answer(world, Incoming(CHAT, who, button=button, reply_to=message))


def diary(world: World, who: str, *, since: str = "") -> list[tuple[str, list[str]]]:
    """When `who` got a digest, and its lines as item and rung, by item: ("10-09 09:00", ["1 w1"])."""
    return [
        (heard.at.strftime("%m-%d %H:%M"), [f"{item} {rung}" for item, rung in sorted(heard.rungs)])
        for heard in world.told(who)
        if heard.at.strftime("%Y-%m-%d %H:%M") >= since
    ]


def _answer(world: World, incoming: Incoming) -> str:
    with world.desk() as desk:
        reply = respond(desk, enroll.who(desk, CHAT, incoming.address), incoming)
    return "\n".join(line for line in (reply.toast, *(message.text for message in reply.messages)) if line)
