"""An office with every role in three units, somebody who left, and a stranger: who is let in where is told by them."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

from starlette.routing import Mount, Route
from starlette.testclient import TestClient

from feeds.door import Door
from feeds.tasks.mount import routes as task_routes
from ruqi.documents import documents
from ruqi.rosters import rosters
from ruqi.serve import converse
from ruqi.sheets import sheets
from schedules.roster import OFFICER_ROLES
from storage import people
from storage.engine import Store, open_store
from storage.rows import Officer, PartRow
from tests.web.world import BASE, World
from usecases import enroll, sign_in
from web.app import create_app
from web.cookies import SESSION
from web.forms import form_token, new_once
from web.limits import Misses

OWN, OTHER, BUREAU, IDLE = "综合执法局", "教育局", "司法局", "无任务单位"
FAR, FAR_ABOVE, FAR_UNDER = "西区", "某市", "西区教育局"
"""A district beside the others: its people reach only what is under it."""
TITLE = "年度案卷评查"
LEFT, STRANGER = "left", "stranger"


@dataclass(frozen=True)
class Person:
    """`unit` is where they belong; `session` their cookie, empty for a stranger."""

    role: str
    unit: str
    session: str = ""

    def __str__(self) -> str:
        return f"{self.role}@{self.unit or 'nowhere'}"


@dataclass
class Staffed:
    """The filled office as a file, and everybody's open session in it."""

    template: Path
    people: list[Person] = field(default_factory=list)

    def open(self, path: Path) -> "Office":
        shutil.copy(self.template, path)
        return Office(open_store(f"sqlite:///{path}"))


class Office:
    """A copy of it that may be changed."""

    def __init__(self, store: Store) -> None:
        self.world = World(store, converse)
        self.world.move_at_once("2026-12-02")
        tasks = task_routes(self.world.office, self.world.clock, Misses())
        wired = {"documents": documents(), "rosters": rosters(), "sheets": sheets(), "extra_routes": tasks}
        self.app = create_app(self.world.office, self.world.clock, converse=converse, wake=lambda: None, **wired)  # type: ignore[arg-type] # one of each
        self.part: PartRow = self.world.part(OWN, TITLE)
        self.door = TestClient(
            Door(self.world.office, self.world.clock, self.app), base_url=BASE, follow_redirects=False
        )
        """A stranger's program at the feeds, the task list and the API."""

    def written(self) -> bytes:
        """Rises with every transaction that wrote (the file change counter, sqlite.org/fileformat.html, 1.3.7)."""
        with Path(str(self.world.store.engine.url.database)).open("rb") as file:
            return file.read(28)[24:]

    def unit(self, name: str) -> str:
        """The number of a unit, as forms carry it."""
        with self.world.store.read() as tx:
            return next(str(unit.id) for unit in people.units(tx) if unit.name == name)

    def officer(self, person: Person) -> Officer:
        with self.world.store.read() as tx:
            staff = people.officers(tx, active_only=False)
        name = LEFT if person.role == LEFT else f"{person.role}-{person.unit}"
        return next(officer for officer in staff if officer.name == name)

    def client(self, person: Person) -> TestClient:
        client = TestClient(self.app, base_url=self.world.base_url, follow_redirects=False)
        if person.session:
            client.cookies.set(SESSION, person.session)
        return client

    def routes(self) -> list[tuple[str, str]]:
        """(method, path) of everything the application answers to; HEAD goes with GET."""
        found = [
            (method, route.path)
            for route in self.app.routes
            if isinstance(route, Route)
            for method in sorted((route.methods or set()) - {"HEAD"})
        ]
        return found + [("MOUNT", route.path) for route in self.app.routes if isinstance(route, Mount)]

    def close(self) -> None:
        self.world.store.close()


def form(person: Person, **fields: str) -> dict[str, str]:
    """What every form of ours carries, and these fields."""
    return {"token": form_token(person.session or "guest"), "once": new_once(), **fields}


def build(path: Path) -> Staffed:
    store = open_store(f"sqlite:///{path}")
    store.create()
    world = World(store, converse)
    world.fill("three-duties")
    with store.write() as tx:
        people.add_unit(tx, name=IDLE, short="", categories=[], sample=False)
    staffed = Staffed(path)
    for unit in (OWN, OTHER, BUREAU):
        staffed.people += [_join(world, unit, role) for role in OFFICER_ROLES]
    with store.write() as tx:
        above = people.add_unit(tx, name=FAR_ABOVE, short="", categories=[], sample=False)
        far = people.add_unit(tx, name=FAR, short="", categories=[], sample=False, parent_id=above)
        people.add_unit(tx, name=FAR_UNDER, short="", categories=[], sample=False, parent_id=far)
    staffed.people += [_join_at(world, far, FAR, role) for role in ("head", "bureau", "auditor")]
    staffed.people += [_leave(world), Person(STRANGER, "")]
    store.close()
    return staffed


def _join(world: World, unit: str, role: str) -> Person:
    return _join_at(world, world.officer(unit, "bureau" if unit == BUREAU else "officer").unit_id, unit, role)


def _join_at(world: World, unit_id: int, unit: str, role: str) -> Person:
    name = f"{role}-{unit}"
    with world.store.write() as tx:
        people.add_officer(tx, unit_id=unit_id, name=name, role=role, position="", sample=False)
    return Person(role, unit, _session(world, name))


def _leave(world: World) -> Person:
    """Somebody of the unit whose session is open still and who is not there any more."""
    unit_id = world.officer(OWN).unit_id
    with world.store.write() as tx:
        gone = people.add_officer(tx, unit_id=unit_id, name=LEFT, role="officer", position="", sample=False)
    person = Person(LEFT, OWN, _session(world, LEFT))
    with world.store.write() as tx:
        people.change_officer(tx, gone, active=False)
    return person


def _session(world: World, name: str) -> str:
    with world.office.write(world.clock.now()) as desk:
        link = sign_in.issue_link(desk, enroll.find_officer(desk, name))
    with world.office.write(world.clock.now()) as desk:
        return sign_in.open_session(desk, link)[1]
