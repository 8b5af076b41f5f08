"""A small office for the tests of the pages: the shipped sample on a real database, a clock that stands, real forms."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

from httpx2 import Response
from starlette.testclient import TestClient

from plans import library
from scheduler.clock import MovableClock
from schedules.rungs import load_ladders
from schedules.workdays import WorkCalendar
from storage import parts, people
from storage.engine import Store
from storage.files import FileStore
from storage.rows import Officer, PartRow
from storage.tables import metadata
from usecases import enroll, remind, sign_in
from usecases.import_plan import import_plan
from usecases.office import Office
from web.app import create_app
from web.site import Converse

ZONE = ZoneInfo("Asia/Shanghai")
BASE = "http://127.0.0.1:8080"
START = datetime(2026, 10, 9, 9, 0, tzinfo=ZONE)
"""A Friday; the sample plans are imported then."""


@dataclass
class World:
    store: Store
    converse: Converse
    clock: MovableClock = field(default_factory=lambda: MovableClock(START))
    base_url: str = BASE
    movable: bool = False
    files: FileStore | None = None

    def __post_init__(self) -> None:
        self.office = Office(
            store=self.store,
            zone=ZONE,
            calendar=WorkCalendar.published(),
            ladders=load_ladders(),
            base_url=self.base_url,
            session_life=timedelta(days=4000),
            files=self.files,
        )
        self.app = create_app(
            self.office,
            self.clock,
            converse=self.converse,
            wake=self.beat,
            movable=self.clock if self.movable else None,
        )

    def fill(self, *plans: str) -> None:
        """The sample roster, and these plans of the library."""
        roster = library.load_roster().roster
        assert roster
        with self.office.write(self.clock.now()) as desk:
            enroll.load_roster(desk, roster)
            for name in plans:
                plan = library.load(name).plan
                assert plan
                import_plan(desk, plan)

    def beat(self) -> None:
        with self.office.write(self.clock.now()) as desk:
            remind.roll(desk)
            remind.hand_over(desk)

    def move_to(self, day: str, clock: str = "09:00") -> None:
        """Let the days pass until then, one beat each morning."""
        end = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE)
        while self.clock.tomorrow() < end:
            self.clock.next_day()
            self.beat()
        self.clock.set(end)
        self.beat()

    def move_at_once(self, day: str, clock: str = "09:00") -> None:
        """One beat only, when they are over."""
        self.clock.set(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZONE))
        self.beat()

    def dump(self) -> dict[str, list[tuple[object, ...]]]:
        """Everything the database holds."""
        with self.store.read() as tx:
            return {t.name: [tuple(row) for row in tx.execute(t.select())] for t in metadata.sorted_tables}

    def part(self, unit: str, title: str) -> PartRow:
        """The nearest part of that duty in that unit."""
        with self.store.read() as tx:
            ids = {u.id for u in people.units(tx) if unit in (u.name, u.short)}
            return next(p for p in parts.all_parts(tx) if p.unit_id in ids and p.title == title)

    def officer(self, unit: str, role: str = "officer") -> Officer:
        with self.office.read(self.clock.now()) as desk:
            ids = {u.id for u in people.units(desk.tx) if unit in (u.name, u.short)}
            return next(o for o in people.officers(desk.tx) if o.unit_id in ids and o.role == role)

    def link(self, officer: Officer) -> str:
        with self.office.write(self.clock.now()) as desk:
            return f"/in/{sign_in.issue_link(desk, officer)}"

    def browser(self) -> "Browser":
        return Browser(TestClient(self.app, base_url=self.base_url, follow_redirects=False))

    def signed_in(self, officer: Officer) -> "Browser":
        browser = self.browser()
        link = self.link(officer)
        browser.get(link)
        answer = browser.send(browser.form(link))
        assert answer.status_code == 303, answer.text
        return browser


@dataclass
class Form:
    """A form as it stands in a page: where it goes and what it carries."""

    action: str
    fields: dict[str, str]


_FORM = re.compile(r'<form[^>]*method="post"[^>]*action="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
_FIELD = re.compile(r'<input[^>]*name="([^"]*)"[^>]*value="([^"]*)"')


@dataclass
class Browser:
    """A browser without scripts: it keeps cookies, reads pages and sends the forms that stand in them."""

    client: TestClient
    text: str = ""

    def get(self, path: str, **headers: str) -> Response:
        answer = self.client.get(path, headers=headers)
        self.text = answer.text
        return answer

    def forms(self) -> list[Form]:
        return [
            Form(unescape(action), {name: unescape(value) for name, value in _FIELD.findall(inside)})
            for action, inside in _FORM.findall(self.text)
        ]

    def form(self, action: str, where: Callable[[dict[str, str]], bool] = lambda _: True, **typed: str) -> Form:
        """The first form of the page that goes to `action`, with what a person types into it."""
        found = next((f for f in self.forms() if f.action == action and where(f.fields)), None)
        assert found is not None, f"no form for {action} in the page"
        return Form(found.action, found.fields | typed)

    def send(self, form: Form, **headers: str) -> Response:
        """Send a form as a browser does, and go where it leads."""
        return self.client.post(form.action, data=form.fields, headers={"sec-fetch-site": "same-origin", **headers})

    def follow(self, form: Form) -> Response:
        answer = self.send(form)
        assert answer.status_code == 303, answer.text
        return self.get(answer.headers["location"])
