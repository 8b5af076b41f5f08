"""The rig of Telegram: the real channel on the fake Bot API."""

from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import count

from bot.channels.telegram import Telegram
from bot.channels.telegram.pacing import pacing
from bot.channels.telegram.troubles import Pauses
from tests.bot_api import people
from tests.bot_api.client import BotApi
from tests.bot_api.people import Press
from tests.bot_api.seen import Seen
from tests.rigs.office import Town
from tests.rigs.people import Bubble, Person
from tests.rigs.rig import ChatRig

BRISK = Pauses(hold=2, first=0.05, most=0.4, conflict=0.1, token=0.2)


@dataclass
class TelegramPerson(Person):
    there: people.Person
    pressed: list[Press] = field(default_factory=list)

    def says(self, text: str, *, quoting: Bubble | None = None) -> None:
        if quoting is None:
            self.there.says(text)
        else:
            self.there.replies(self._seen(quoting), text)

    def hears(self) -> list[Bubble]:
        return [_bubble(seen) for seen in self.there.hears()]

    def press(self, bubble: Bubble, label: str) -> None:
        self.pressed.append(self.there.presses(self._seen(bubble), label))

    def toasts(self) -> list[str]:
        return [toast.text for press in self.pressed for toast in press.answers()]

    def _seen(self, bubble: Bubble) -> Seen:
        return next(seen for seen in self.there.hears() if str(seen.message_id) == bubble.ref)


class Hurry:
    """A clock that is a minute later each time."""

    def __init__(self) -> None:
        self._minutes = count()

    def __call__(self) -> float:
        return 60.0 * next(self._minutes)


class TelegramRig(ChatRig):
    channel = "telegram"

    def __init__(self, town: Town) -> None:
        super().__init__(town)
        self._open = ExitStack()
        self.api = self._open.enter_context(BotApi.in_thread())
        self.two_way = self.make()
        self._people: dict[str, TelegramPerson] = {}

    def make(self) -> Telegram:
        """Months pass in seconds here, so the pace of a second a message stands aside."""
        office, clock = self.town.office, self.town.clock
        made = Telegram(self.api.token, self.api.url, office, clock, wake=lambda: None, pauses=BRISK)
        made.messenger._pacing = pacing(Hurry())  # noqa: SLF001 - the pace has its own tests
        return made

    def person(self, name: str) -> TelegramPerson:
        if name not in self._people:
            there = self.api.person(id=1001 + len(self._people), name=name, started=True)
            self._people[name] = TelegramPerson(name, there)
        return self._people[name]

    async def close(self) -> None:
        await super().close()
        self.api.check()
        self._open.close()


def _bubble(seen: Seen) -> Bubble:
    buttons = tuple((button.text, button.data or "") for row in seen.keyboard for button in row)
    return Bubble(str(seen.message_id), seen.text, buttons, edited=seen.edited)
