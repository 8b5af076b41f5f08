"""Two thousand parts whose words try to break calendars, on a real database, read over HTTP by seven strangers."""

import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import caldav
import icalendar
import pytest

from storage import parts, plans
from storage.tables import duty
from tests.feeds.hostile import KNOWN
from tests.feeds.house import BUREAU, OFFICER, START, House, opened
from tests.feeds.strict import Component, read
from tests.feeds.tasks.serving import Served, served
from tests.judges import ical_js, ical_libical
from tests.judges.vdirsyncer import Home
from usecases.office import Desk

MANY = 2000
CODES = 1000
"""Short codes from here on are ours."""
TEXTS = [text for text in KNOWN if text.isprintable() or text.encode("utf-8", "ignore").decode() == text]


def fill(desk: Desk, unit_id: int) -> None:
    """Each part is of a duty of its own; the words come from the breakers in turn."""
    plan = plans.all_plans(desk.tx)[0]
    like = plans.duties(desk.tx, plan.id)[0]
    fixed = {column.name: getattr(like, column.name) for column in duty.columns if column.name != "id"}
    for number in range(MANY):
        text = TEXTS[number % len(TEXTS)].replace("\x00", "") + f" {number}"
        told = {"key": f"many-{number}", "title": text, "text": text, "item": text[:12], "measure": text[:90]}
        duty_id = plans.add_duty(desk.tx, **(fixed | told))
        day = desk.today + timedelta(days=number % 300)
        about = {"duty_id": duty_id, "rule_day": day, "due": day, "target": 1, "state": "live"}
        occurrence_id = parts.add_occurrence(desk.tx, **about)
        mine = {"uid": f"many-{number}", "occurrence_id": occurrence_id, "unit_id": unit_id, "role": "responsible"}
        row = {**mine, "code": CODES + number, "due": day, "counted": 0, "created_at": START, "changed_at": START}
        parts.add_parts(desk.tx, [row])


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    file = tmp_path_factory.mktemp("many") / "office.db"
    with opened(f"sqlite:///{file}", "three-duties") as house:
        unit_id = house.officer().unit_id
        house.do(lambda desk: fill(desk, unit_id))
        yield house


@pytest.fixture(scope="module")
def place(house: House) -> Iterator[Served]:
    with served(house) as place:
        yield place


@pytest.fixture(scope="module")
def fetched(place: Served, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The bureau's events and the officer's tasks, as files fetched over HTTP."""
    folder, found = tmp_path_factory.mktemp("fetched"), {}
    for name, path in (
        ("events", place.house.subscribe(BUREAU, "bureau", alarms=(0, 1440))),
        ("todos", place.house.subscribe(OFFICER, todo=True, alarms=(0,))),
    ):
        answer = place.http("GET", f"{path}.ics")
        assert answer.status_code == 200
        found[name] = folder / f"{name}.ics"
        found[name].write_bytes(answer.content)
    return found


FEEDS = pytest.mark.parametrize("name", ["events", "todos"])


def ours(entries: list[Component]) -> list[Component]:
    return [entry for entry in entries if entry.text("UID").startswith("many-")]


@FEEDS
def test_our_strict_reader(fetched: dict[str, Path], name: str) -> None:
    calendar = read(fetched[name].read_bytes())
    mine = ours(calendar.inner)
    assert len(mine) == MANY
    assert {tuple(entry.names) for entry in mine} == {tuple(mine[0].names)}, "no word adds a property"
    assert {entry.name for entry in calendar.inner} == {"VEVENT" if name == "events" else "VTODO"}
    assert {inner.name for entry in mine for inner in entry.inner} == {"VALARM"}


def test_icalendar(fetched: dict[str, Path]) -> None:
    content = fetched["events"].read_bytes()
    calendar = icalendar.Calendar.from_ical(content)
    assert calendar.to_ical() == content
    assert not [component.errors for component in calendar.walk() if component.errors]


@FEEDS
def test_libical(fetched: dict[str, Path], name: str) -> None:
    library = ical_libical.find_library()
    if library is None:
        pytest.skip("libical is not installed; `make test` as root installs it on Debian")
    verdict = ical_libical.judge(library, fetched[name].read_bytes())
    assert (verdict.complaints, verdict.restrictions_kept) == ((), True)
    assert len(verdict.entries) >= MANY


def test_ical_js_node_ical_and_the_schema_of_ts_ics(fetched: dict[str, Path]) -> None:
    try:
        verdict = ical_js.judge(ical_js.install(), fetched["events"])
    except ical_js.NotInstalled as error:
        pytest.skip(str(error))
    except subprocess.CalledProcessError as error:
        pytest.fail(error.stderr)
    assert verdict["tsIcs"] == {"valid": True, "complaints": []}
    assert len(verdict["icalJs"]["entries"]) == len(verdict["nodeIcal"]) >= MANY


def test_vdirsyncer_and_khal(place: Served, tmp_path: Path) -> None:
    path = place.house.subscribe(BUREAU, "bureau")
    home = Home(tmp_path / "home", {"type": '"http"', "url": f'"{place.url}{path}.ics"'})
    home.write()
    home.discover()
    home.sync()
    assert len(list(home.files.glob("*.ics"))) >= MANY
    day = f"{START:%Y-%m-%d}"
    shown = [line for line in home.listed(day, day) if f"办{CODES}" in line]
    assert len(shown) == 1, "a title stays on its line"


def test_the_caldav_library(place: Served) -> None:
    user, password = place.user()
    client: Any = caldav.DAVClient(url=place.url, username=user, password=password)  # type: ignore[operator]  # handed out lazily
    with client:
        (tasks,) = client.principal().calendars()
        found = tasks.search(todo=True, include_completed=True)
        mine = [todo for todo in found if str(todo.icalendar_component["UID"]).startswith("many-")]
        assert len(mine) == MANY
        todo = next(todo for todo in mine if todo.icalendar_component["UID"] == "many-7")
        todo.complete()
    row = place.house.do(lambda desk: parts.by_uid(desk.tx, "many-7"))
    assert row is not None
    assert row.state == "reported"
