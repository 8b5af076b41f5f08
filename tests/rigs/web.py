"""The rig of the web inbox: the real pages, read and pressed as a browser without scripts does."""

import asyncio
import html
import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field

from starlette.testclient import TestClient

from ruqi.serve import converse
from scheduler.beat import Beat
from scheduler.clockwork import Clockwork
from storage import parts
from tests.rigs.office import BASE, Town
from tests.rigs.people import Bubble, Person
from tests.rigs.rig import Rig, stop
from tests.web.world import Browser, Form
from usecases.enroll import find_officer
from usecases.sign_in import issue_link
from web.app import create_app
from web.intake import handler

_SAID = re.compile(r'<p class="theirs[^"]*">(.*?)</p>', re.DOTALL)
_CARD = re.compile(r'<li class="card".*?</li>', re.DOTALL)
_PRESS = re.compile(r'<form method="post" action="/inbox/press">(.*?)<button[^>]*>(.*?)</button></form>', re.DOTALL)
_FIELD = re.compile(r'<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"')
_TAG = re.compile(r"<[^>]+>")


@dataclass
class WebPerson(Person):
    """What they see: the cards of their inbox, what was said there, and the page of each of their parts."""

    town: Town
    browser: Browser
    outside: list[Bubble] = field(default_factory=list)
    """The pages that somebody who is not signed in was answered with."""

    def says(self, text: str, *, quoting: Bubble | None = None) -> None:
        assert quoting is None, "nothing can be quoted on the page"
        if self._inside():
            self.browser.follow(self.browser.form("/inbox/say", words=text))
        else:
            answer = self.browser.send(Form("/inbox/say", {"words": text}))
            self.outside.append(Bubble("", _words(self.browser.text + answer.text)))

    def hears(self) -> list[Bubble]:
        if not self._inside():
            return self.outside
        said = [Bubble("", _words(words)) for words in _SAID.findall(self.browser.text)]
        cards = self.told()
        looked = [Bubble("", _words(self.browser.get(f"/parts/{uid}").text)) for uid in self._uids()]
        return [*looked, *cards, *said]

    def told(self) -> list[Bubble]:
        """The cards of the inbox."""
        return [Bubble("", _words(card), _buttons(card)) for card in _CARD.findall(self._page())]

    async def is_shown_the_door(self, but: int = 0) -> None:
        await self.sees("登录", but=but)

    async def is_all_in(self, title: str) -> None:
        """The page of the part no longer names anybody who is missing."""
        bubble = await self.sees(title)
        assert "还缺" not in bubble.text

    async def is_told_late(self) -> None:
        """A page is read, not sent: there is nothing late about it."""

    def _inside(self) -> bool:
        return '"/inbox/say"' in self._page()

    def _page(self) -> str:
        self.browser.get("/inbox?talk=all")
        return self.browser.text

    def press(self, bubble: Bubble, label: str) -> None:
        self.browser.get("/inbox")
        data = bubble.data(label)
        for inside, _ in _PRESS.findall(self.browser.text):
            fields = {name: html.unescape(value) for name, value in _FIELD.findall(inside)}
            if fields.get("data") == data:
                self.browser.follow(Form("/inbox/press", fields))
                return
        raise AssertionError(f"no button {label} on the page")

    def _uids(self) -> list[str]:
        with self.town.desk() as desk:
            me = find_officer(desk, self.name)
            return [part.uid for part in parts.all_parts(desk.tx) if part.unit_id == me.unit_id]


class WebRig(Rig):
    channel = "web"

    def __init__(self, town: Town) -> None:
        super().__init__(town)
        self._app = create_app(town.office, town.clock, converse=converse, wake=lambda: None)
        self._people: dict[str, WebPerson] = {}

    def person(self, name: str) -> WebPerson:
        if name not in self._people:
            client = TestClient(self._app, base_url=BASE, follow_redirects=False)
            self._people[name] = WebPerson(name, self.town, Browser(client))
        return self._people[name]

    async def joined(self, name: str) -> WebPerson:
        """In through a one-time link."""
        person = self.person(name)
        with self.town.desk() as desk:
            link = f"/in/{issue_link(desk, find_officer(desk, name))}"
        person.browser.get(link)
        answer = person.browser.send(person.browser.form(link))
        assert answer.status_code == 303, answer.text
        return person

    def running(self) -> AbstractAsyncContextManager[None]:
        return self._running()

    @asynccontextmanager
    async def _running(self) -> AsyncIterator[None]:
        beat = Beat(self.town.office, self.town.clock, handlers={"web": handler(converse)})
        self.beat = beat
        on_write = self.town.office.store.on_write
        on_write.append(beat.wake)
        task = asyncio.create_task(Clockwork(beat, self.town.clock, every=1.0).run())
        try:
            yield
        finally:
            on_write.remove(beat.wake)
            await beat.stop()
            await stop(task)

    async def renew(self) -> None:
        """Browsers keep their cookies; the pages themselves keep nothing."""

    async def close(self) -> None:
        for person in self._people.values():
            person.browser.client.close()


def _words(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(_TAG.sub(" ", markup))).strip()


def _buttons(card: str) -> tuple[tuple[str, str], ...]:
    """(label without the short code, data)."""
    found = []
    for inside, label in _PRESS.findall(card):
        fields = dict(_FIELD.findall(inside))
        found.append((_words(label).split(" ")[0], html.unescape(fields["data"])))
    return tuple(found)
