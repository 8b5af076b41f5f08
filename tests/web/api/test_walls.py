"""What a token lets a program do: role × unit × operation and verb, generated; nobody moves another unit's parts.

Shown by what comes back and by what it does to the part, whatever the answer looks like. Who may not goes first.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, get_args
from uuid import uuid4

import pytest
from httpx2 import Response

from storage import parts, plans, timeline
from tests.usecases.office import a_duty, a_plan, after
from tests.web.rules import TICKS, Rule, decides_all, keeps_all, sees_all, sees_the_part, signed
from tests.web.staffed import BUREAU, LEFT, OTHER, OWN, Office, Person, Staffed
from usecases import answer, extend, waive
from usecases.answer import Act
from usecases.api_tokens import SCOPES, create_token
from usecases.import_plan import import_plan
from web.api.models import Verb
from web.api.table import OPERATIONS

ROOT = "/api/v1"
NOBODYS = str(uuid4())


@dataclass(frozen=True)
class Program:
    """A program that acts for somebody."""

    office: Office
    secret: str

    def ask(self, method: str, path: str, body: object = None, **query: str) -> Response:
        headers = {"authorization": f"Bearer {self.secret}"}
        return self.office.door.request(method, f"{ROOT}{path}", json=body, params=query, headers=headers)

    def units(self, **query: str) -> set[str]:
        """The units whose parts a list shows."""
        found: set[str] = set()
        after: Mapping[str, str] = {}
        while True:
            page = self.ask("GET", "/parts", limit="200", **query, **after).json()
            found |= {part["unit"] for part in page["parts"]}
            if page["next"] is None:
                return found
            after = {"after": page["next"]}


def program(office: Office, person: Person, *scopes: str) -> Program:
    with office.world.office.write(office.world.clock.now()) as desk:
        return Program(office, create_token(desk, office.officer(person), scopes or SCOPES))


def people(staffed: Staffed) -> list[Person]:
    return [person for person in staffed.people if signed(person)]


def test_a_part_is_seen_by_its_unit_and_those_who_see_all(office: Office, staffed: Staffed) -> None:
    """And to the others it is like one that is not there, to the letter."""
    wrong = []
    for person in people(staffed):
        asks = program(office, person)
        for path in ("/parts/{uid}", "/parts/{uid}/timeline"):
            seen = asks.ask("GET", path.format(uid=office.part.uid))
            absent = asks.ask("GET", path.format(uid=NOBODYS))
            right = seen.status_code == 200 if sees_the_part(person) else _same(seen, absent)
            if not right or absent.status_code != 404:
                wrong.append(f"{person} {path}: {seen.status_code}")
    assert wrong == []


def test_lists_and_statistics_hold_what_one_may_see(office: Office, staffed: Staffed) -> None:
    wrong = []
    with office.world.store.read() as tx:
        every = {row.unit_name for row in parts.all_parts(tx)}
    assert {OWN, OTHER} < every
    for person in people(staffed):
        asks = program(office, person)
        may = every if sees_all(person) else every & {person.unit}
        if asks.units() != may:
            wrong.append(f"{person} parts")
        named = (OWN, OTHER, BUREAU, "nowhere")
        wrong += [f"{person} parts of {unit}" for unit in named if asks.units(unit=unit) != may & {unit}]
        counted = {row["unit"] for row in asks.ask("GET", "/statistics").json()["units"]}
        if not counted <= may or (person.unit in may and not counted):
            wrong.append(f"{person} statistics {counted}")
    assert wrong == []


def test_an_operation_needs_its_scope(office: Office, staffed: Staffed) -> None:
    """Every operation with every token that is for something else; the role changes nothing of that."""
    wrong, cells = [], 0
    for person in [person for person in people(staffed) if person.unit == OWN]:
        for scope in SCOPES:
            asks, before = program(office, person, scope), office.written()
            for operation in OPERATIONS:
                if operation.scope != scope:
                    cells += 1
                    body = BODIES.get(operation.name)
                    status = asks.ask(operation.method, _filled(operation.path, office), body).status_code
                    wrong += [] if status == HTTPStatus.FORBIDDEN else [f"{person} {operation.name} {scope}: {status}"]
            if office.written() != before:
                wrong.append(f"{person} {scope} wrote")
    assert wrong == []
    assert cells > 150


@pytest.mark.parametrize("verb", sorted(get_args(Verb)))
def test_a_verb_needs_its_scope_whoever_asks(office: Office, verb: str) -> None:
    needed = "decide" if VERBS[verb] is decides_all else "answer"
    for scopes in [("read",), ("read", "events"), ("read", *({"answer", "decide"} - {needed}))]:
        asks, before = program(office, Person("bureau", OWN), *scopes), office.written()
        body = {"verb": verb, "words": "原因", "day": "2026-12-31"}
        assert asks.ask("POST", f"/parts/{office.part.uid}/answers", body).status_code == HTTPStatus.FORBIDDEN
        assert office.written() == before


EVENT = {"plan": "three-duties", "name": "发布", "day": "2026-12-01"}
BODIES: Mapping[str, Any] = {"giveAnswer": {"verb": "receive"}, "addEvent": EVENT}


def test_events_are_registered_and_cancelled_by_those_who_may(office: Office, staffed: Staffed) -> None:
    """Registered by all but the auditor, who only reads; cancelled by those who keep the plans."""
    waits = a_duty("1", after("换届", 15), roles={"responsible": (OWN,)})
    with office.world.office.write(office.world.clock.now()) as desk:
        import_plan(desk, a_plan(waits, key="waits", begins=desk.today))
    event, wrong = {"plan": "waits", "name": "换届", "day": "2026-12-01"}, []
    made = program(office, Person("bureau", BUREAU)).ask("POST", "/events", event)
    assert made.status_code == HTTPStatus.CREATED, made.text
    path = f"/events/{made.json()['id']}"
    for person in people(staffed):
        asks, before = program(office, person), office.written()
        if not keeps_all(person) and (asks.ask("DELETE", path).status_code, office.written()) != (404, before):
            wrong.append(f"{person} cancels")
        if person.role == "auditor" and (asks.ask("POST", "/events", event).status_code, office.written()) != (
            403,
            before,
        ):
            wrong.append(f"{person} registers")
        if person.role != "auditor" and asks.ask("POST", "/events", event).status_code != HTTPStatus.CREATED:
            wrong.append(f"{person} does not register")
    assert wrong == []
    assert program(office, Person("administrator", OTHER)).ask("DELETE", path).status_code == HTTPStatus.NO_CONTENT


def answers_for_it(person: Person) -> bool:
    return person.unit == OWN and person.role in TICKS


UNDONE = Person("officer", OWN)
"""What is undone was done by one person, and only they may undo it."""
VERBS: Mapping[str, Rule] = {
    **dict.fromkeys(("receive", "report", "refuse", "extend"), answers_for_it),
    "undo": lambda person: (person.role, person.unit) == (UNDONE.role, UNDONE.unit),
    **dict.fromkeys(("verify", "return", "grant", "decline", "waive", "reopen"), decides_all),
}


def test_every_verb_has_a_rule() -> None:
    assert set(VERBS) == set(get_args(Verb))


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_a_verb_moves_the_part_only_for_those_who_may(staffed: Staffed, tmp_path: Path, verb: str) -> None:
    rule = VERBS[verb]
    office, wrong = _ready(staffed, tmp_path / "0.db", verb), []
    body = {"verb": verb, "words": "原因", **({"day": "2026-12-31"} if verb in {"extend", "grant"} else {})}
    for person in [person for person in people(staffed) if not rule(person)]:
        asks, before = program(office, person), office.written()
        answered = asks.ask("POST", f"/parts/{office.part.uid}/answers", body)
        if answered.status_code < HTTPStatus.BAD_REQUEST or office.written() != before:
            wrong.append(f"{person}: {answered.status_code} {answered.text[:80]}")
        if not sees_the_part(person) and not _same(answered, asks.ask("POST", f"/parts/{NOBODYS}/answers", body)):
            wrong.append(f"{person} learns that it is there")
    for number, person in enumerate(filter(rule, people(staffed)), 1):
        if number > 1:
            office.close()
            office = _ready(staffed, tmp_path / f"{number}.db", verb)
        asks, stood = program(office, person), _about(office)
        answered = asks.ask("POST", f"/parts/{office.part.uid}/answers", body)
        if answered.status_code != HTTPStatus.OK or _about(office) == stood:
            wrong.append(f"{person}: {answered.status_code} {answered.text[:80]}")
    office.close()
    assert wrong == []


def _ready(staffed: Staffed, path: Path, verb: str) -> Office:
    """The part in a state in which somebody may do it; the plan is verified by the bureau."""
    office = staffed.open(path)
    unit, bureau = office.officer(UNDONE), office.officer(Person("bureau", BUREAU))
    with office.world.store.write() as tx:
        plans.change(tx, office.part.plan_id, verification="bureau")
    with office.world.office.write(office.world.clock.now()) as desk:
        match verb:
            case "verify" | "return":
                answer.report(desk, Act(unit, "web", words="好"), office.part.id)
            case "undo":
                answer.receive(desk, Act(unit, "web"), office.part.id)
            case "grant" | "decline":
                day = desk.today + timedelta(days=20)
                extend.ask_extension(desk, Act(unit, "web", words="原因"), office.part.id, day)
            case "reopen":
                waive.waive(desk, Act(bureau, "web", words="原因"), office.part.id)
    return office


def _about(office: Office) -> tuple[object, ...]:
    with office.world.store.read() as tx:
        return parts.by_id(tx, office.part.id), timeline.of_part(tx, office.part.id)


def _same(one: Response, other: Response) -> bool:
    return (one.status_code, one.content) == (other.status_code, other.content)


def _filled(path: str, office: Office) -> str:
    return path.replace("{uid}", office.part.uid).replace("{key}", "three-duties").replace("{number}", "1")


def test_a_token_of_somebody_who_left_opens_nothing(office: Office, staffed: Staffed) -> None:
    left = next(person for person in staffed.people if person.role == LEFT)
    asks = program(office, left)
    for operation in OPERATIONS:
        answered = asks.ask(operation.method, _filled(operation.path, office), BODIES.get(operation.name))
        assert answered.status_code in {401, 429}
