"""The rigs of WeCom, DingTalk and Feishu: the real libraries, on our fakes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from bot.channels import TwoWay
from bot.channels.common.foreign import bring
from bot.channels.dingtalk import DingTalk
from bot.channels.feishu import Feishu
from bot.channels.wecom import WeCom
from storage import inbox
from tests.china import dingtalk, feishu, wecom
from tests.china.dingtalk import DingTalkFake
from tests.china.feishu import FeishuFake
from tests.china.screens import Bubble
from tests.china.server import Fake
from tests.china.wecom import WeComFake
from tests.rigs.office import Town
from tests.rigs.people import Person
from tests.rigs.rig import BRISK, ChatRig


class PlatformFake(Protocol):
    """What people do on each of the three."""

    def says(self, person: str, text: str, *, group: str = "", quote: str = "") -> None: ...
    def sends_file(self, person: str, data: bytes) -> None: ...
    def sends_sticker(self, person: str) -> None: ...
    def presses_button(self, person: str, bubble: Bubble, label: str) -> None: ...


@dataclass
class ChinaPerson(Person):
    address: str
    fake: Any
    by_ref: bool = False
    """Whether the platform names the quoted message or repeats its words."""

    def says(self, text: str, *, quoting: Bubble | None = None) -> None:
        quote = "" if quoting is None else quoting.ref if self.by_ref else quoting.text
        self.fake.says(self.address, text, quote=quote)

    def hears(self) -> list[Bubble]:
        return list(self.fake.screens.seen(self.address))

    def press(self, bubble: Bubble, label: str) -> None:
        self.fake.presses_button(self.address, bubble, label)

    def toasts(self) -> list[str]:
        return list(self.fake.screens.toasted(self.address))


class ChinaRig(ChatRig):
    """One of the three. `fake` is the platform; `again` makes a fresh channel, as a restart does."""

    prefix: ClassVar[str] = ""
    kind: ClassVar[type[Fake]]
    by_ref: ClassVar[bool] = False

    def __init__(self, town: Town) -> None:
        super().__init__(town)
        self.fake: Any = self.kind()
        self.fake.start()
        self.two_way = self.make()
        self._people: dict[str, ChinaPerson] = {}

    def waiting(self) -> int:
        """What came in and is not handled yet."""
        with self.town.desk() as desk:
            return len(inbox.waiting(desk.tx, self.channel))

    def person(self, name: str) -> ChinaPerson:
        address = f"{self.prefix}{len(self._people) + 1}"
        return self._people.setdefault(name, ChinaPerson(name, address, self.fake, self.by_ref))

    async def close(self) -> None:
        await super().close()
        self.fake.stop()
        self.fake.check()


class WeComRig(ChinaRig):
    channel = "wecom"
    kind = WeComFake
    prefix = "user"

    def make(self) -> TwoWay:
        office, clock = self.town.office, self.town.clock
        return WeCom(wecom.BOT, wecom.SECRET, office, clock, url=f"{self.fake.ws}/aibot", pauses=BRISK)


class DingTalkRig(ChinaRig):
    channel = "dingtalk"
    kind = DingTalkFake
    prefix = "staff"

    def make(self) -> TwoWay:
        office, clock = self.town.office, self.town.clock
        return DingTalk(dingtalk.APP, dingtalk.SECRET, office, clock, url=self.fake.url, pauses=BRISK)


class FeishuRig(ChinaRig):
    channel = "feishu"
    kind = FeishuFake
    prefix = "ou_"
    by_ref = True

    def make(self) -> TwoWay:
        bring("lark_oapi")  # takes seconds: before any waiting begins
        office, clock = self.town.office, self.town.clock
        return Feishu(feishu.APP, feishu.SECRET, office, clock, url=self.fake.url, pauses=BRISK)


CHINA: dict[str, Callable[[Town], ChinaRig]] = {"wecom": WeComRig, "dingtalk": DingTalkRig, "feishu": FeishuRig}
