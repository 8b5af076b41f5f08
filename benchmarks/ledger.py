"""The bureau's ledger of 500 units × 43 duties: each view as a whole page, against the same office with 50 units.

A page shows about as much either way, so what it costs must not grow with the office; and both must come within 300 ms.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from http.cookies import SimpleCookie
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from starlette.types import Message

from benchmarks.measure import Row, paired
from benchmarks.plays import sample_office
from schedules.plan import Duty, Plan
from schedules.roster import Roster, RosterOfficer, RosterUnit
from schedules.rungs import Ladder
from schedules.timing import By
from storage import parts, people
from storage.engine import open_store
from usecases import answer, enroll, sign_in
from usecases.import_plan import import_plan
from usecases.office import Office
from web.app import create_app
from web.cookies import SESSION

DUTIES, MANY, FEW = 43, 500, 50
NOW = datetime(2026, 11, 30, 2, tzinfo=sample_office().zone)
VIEWS = {
    "list": "/ledger",
    "overdue only": "/ledger?state=overdue",
    "one unit": "/ledger?unit=单位007",
    "grid": "/ledger?view=grid",
    "month": "/ledger?view=month",
    "statistics": "/reports",
    "roster": "/roster",
}


class Standing:
    """A clock that stands."""

    def now(self) -> datetime:
        return NOW


def run() -> list[Row]:
    with TemporaryDirectory(prefix="ruqi-bench-") as folder:
        many, few = _pages(Path(folder) / "many.db", MANY), _pages(Path(folder) / "few.db", FEW)
        rows = []
        for name, path in VIEWS.items():
            a, b = paired(partial(many, path), partial(few, path))
            rows.append(
                Row(f"the ledger, {name}: {DUTIES} duties × {MANY}, and × {FEW}", a * 1e3, b * 1e3, "ms", "both ≤ 300")
            )
        return rows


def _pages(path: Path, units: int) -> Callable[[str], bytes]:
    """An office of so many units, half of whose parts are reported, and how to get a page of it as its bureau."""
    office = replace(
        sample_office(), store=open_store(f"sqlite:///{path}"), ladders={"standard": Ladder("standard", ())}
    )
    office.store.create()
    session = _fill(office, units)
    app = create_app(office, Standing(), converse=lambda *_: None, wake=lambda: None)  # type: ignore[arg-type] # only looked at
    return lambda address: asyncio.run(_get(app, address, session))


def _fill(office: Office, units: int) -> str:
    names = tuple(f"单位{n:03}" for n in range(units))
    roster = Roster(
        units=(
            *(RosterUnit(name, officers=(RosterOfficer(f"联络员{name}"),)) for name in names),
            RosterUnit("司法局", officers=(RosterOfficer("督办员", "bureau"),)),
        )
    )
    first = date(2026, 10, 1)
    duties = tuple(
        Duty(str(n), str(n), f"第 {n} 项任务", roles={"responsible": names}, due=(By(first + timedelta(days=3 * n)),))
        for n in range(DUTIES)
    )
    plan = Plan("p", "三年行动", date(2026, 1, 1), date(2026, 1, 1), verification="bureau", duties=duties)
    with office.write(NOW - timedelta(days=90)) as desk:
        enroll.load_roster(desk, roster)
        import_plan(desk, plan)
        staff = {officer.unit_id: officer for officer in people.officers(desk.tx)}
        for row in parts.all_parts(desk.tx)[::2]:
            act = answer.Act(staff[row.unit_id], "bench", words="已完成")
            parts.change_part(
                desk.tx, row.id, state="reported", reported_at=desk.now, reported_by=act.officer.id, changed_at=desk.now
            )
    with office.write(NOW) as desk:
        link = sign_in.issue_link(desk, enroll.find_officer(desk, "督办员"))
    with office.write(NOW) as desk:
        return sign_in.open_session(desk, link)[1]


async def _get(app: Any, address: str, session: str) -> bytes:  # noqa: ANN401 - an ASGI application
    """The page's bytes; raises where it is none."""
    path, _, query = address.partition("?")
    cookie = SimpleCookie({SESSION: session}).output(header="").strip()
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"cookie", cookie.encode()), (b"host", b"127.0.0.1")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "scheme": "http",
        "http_version": "1.1",
        "root_path": "",
    }
    said: list[Message] = []

    async def send(message: Message) -> None:
        said.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    await app(scope, receive, send)
    if said[0]["status"] != 200:  # noqa: PLR2004 - HTTP's OK
        raise RuntimeError(f"{address} answered {said[0]['status']}")
    return b"".join(message.get("body", b"") for message in said[1:])
