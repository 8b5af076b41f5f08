"""A whole house around the feeds: a store, an office with a sample, its use cases, and a client at its addresses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import httpx2
from starlette.applications import Starlette
from starlette.testclient import TestClient

from feeds.door import Door
from plans import library
from schedules.ladder import load_ladders
from schedules.workdays import WorkCalendar
from storage import migrate
from storage.engine import open_store
from storage.rows import Officer, Token
from tests.feeds.strict import Component, read
from texts.values import SHANGHAI
from usecases.answer import Act
from usecases.enroll import find_officer, load_roster
from usecases.feed import Scope, create_feed, list_feeds
from usecases.import_plan import import_plan
from usecases.look import open_parts
from usecases.office import Desk, Office

T = TypeVar("T")
START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
"""Friday 20 November 2026, nine in the morning in Shanghai."""
OFFICER = "示例·徐文娟"
BUREAU = "示例·李卫东"


@dataclass
class StandingClock:
    """A clock that goes only when it is told to."""

    moment: datetime = START

    def now(self) -> datetime:
        return self.moment

    def advance(self, **step: float) -> None:
        self.moment += timedelta(**step)


@dataclass
class House:
    office: Office
    clock: StandingClock = field(default_factory=StandingClock)

    @property
    def client(self) -> TestClient:
        return TestClient(Door(self.office, self.clock, Starlette()))

    def do(self, act: Callable[[Desk], T]) -> T:
        with self.office.write(self.clock.now()) as desk:
            return act(desk)

    def take_in(self, name: str) -> None:
        """Import a shipped plan."""
        plan = library.load(name).plan
        assert plan is not None
        self.do(lambda desk: import_plan(desk, plan))

    def officer(self, name: str = OFFICER) -> Officer:
        return self.do(lambda desk: find_officer(desk, name))

    def subscribe(self, name: str = OFFICER, scope: Scope = "person", **options: object) -> str:
        """A new feed's path, without the ending."""
        officer = self.officer(name)
        return f"/feeds/{self.do(lambda desk: create_feed(desk, officer, scope, **options))}"  # type: ignore[arg-type]  # as create_feed takes them

    def tokens(self, name: str = OFFICER) -> list[Token]:
        officer = self.officer(name)
        return self.do(lambda desk: list_feeds(desk, officer))

    def first_part(self, name: str = OFFICER) -> tuple[Act, int, str]:
        """How that officer acts from the web, and the id and UID of what is due first."""
        officer = self.officer(name)
        part = self.do(lambda desk: open_parts(desk, officer))[0]
        return Act(officer, "web", "已开展"), part.id, part.uid

    def get(self, path: str, method: str = "GET", **headers: str) -> httpx2.Response:
        """One request to a new door, drawn afresh; ``accept_encoding`` is ``Accept-Encoding``, none of it by itself."""
        named = {"Accept-Encoding": "identity"} | {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.request(method, path, headers=named)

    def entries(self, path: str) -> dict[str, Component]:
        """The entries of a feed by UID."""
        response = self.get(f"{path}.ics")
        assert response.status_code == 200
        return {entry["UID"]: entry for entry in read(response.content).inner}


@contextmanager
def opened(database_url: str, *plans: str) -> Iterator[House]:
    store = open_store(database_url)
    try:
        migrate.upgrade(store)
        office = Office(store=store, zone=SHANGHAI, calendar=WorkCalendar.published(), ladders=load_ladders())
        house = House(office)
        roster = library.load_roster().roster
        assert roster is not None
        house.do(lambda desk: load_roster(desk, roster))
        for plan in plans:
            house.take_in(plan)
        yield house
    finally:
        store.close()
