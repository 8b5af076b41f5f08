"""Who is let in where: every role in every unit × every address, generated; an address without a rule fails the test.

A refusal is 401, 403 or 404 and changes nothing. Being let in is shown by the page or, for a form, by any other answer.
"""

from pathlib import Path
from uuid import uuid4

import pytest

from tests.web.rules import (
    FILLED,
    GOES_ON,
    MALFORMED,
    NUMBERED,
    PAGES,
    PUBLIC,
    REFUSED,
    RULES,
    TYPED,
    VERBS,
    Rule,
    keeps_all,
)
from tests.web.staffed import BUREAU, FAR, IDLE, OTHER, OWN, Office, Person, Staffed, form


def test_every_address_has_a_rule(office: Office) -> None:
    api = {route for route in office.routes() if route[1].startswith("/api/v1/")}
    drafts = {route for route in office.routes() if route[1].startswith("/plans/")}
    known = set(RULES) | PUBLIC | {route for route in office.routes() if route[1] in NUMBERED}
    live = {("GET", "/inbox/live")}
    assert set(office.routes()) - api - drafts - known - live == set()
    assert set(RULES) <= set(office.routes()), "a rule for an address that is gone"


def ask(office: Office, person: Person, method: str, path: str, **fields: str) -> int:
    for name, value in FILLED.items():
        path = path.replace(f"{{{name}}}", value or (office.part.uid if path.startswith("/parts") else str(uuid4())))
    client = office.client(person)
    if method == "GET":
        return client.get(path).status_code
    headers = {"sec-fetch-site": "same-origin"}
    fields = TYPED.get(path, {}) | fields
    if "upload" in path or path in {"/inbox/report", "/reports/ledgers"}:
        said = form(person, **fields)
        return client.post(path, data=said, files={"file": ("x.bin", b"")}, headers=headers).status_code
    return client.post(path, data=form(person, **fields), headers=headers).status_code


def wrong_cells(office: Office, people: list[Person], method: str, path: str, rule: Rule) -> list[str]:
    """The people for whom the address does not do as its rule says."""
    wrong = []
    for person in people:
        before = office.written()
        status = ask(office, person, method, path)
        let_in = status == PAGES if method == "GET" else status not in REFUSED
        shut_out = status in REFUSED | {MALFORMED} and office.written() == before
        if not (let_in if rule(person) else shut_out):
            wrong.append(f"{person}: {status}")
    return wrong


@pytest.mark.parametrize(("method", "path"), sorted(RULES), ids=lambda word: word)
def test_who_is_let_in(office: Office, staffed: Staffed, method: str, path: str) -> None:
    assert wrong_cells(office, staffed.people, method, path, RULES[method, path]) == []


def test_every_step_of_a_draft_is_the_keepers(office: Office, staffed: Staffed) -> None:
    """What is not there is 404 for those who may look, and 401 or 403 for the others."""
    drafts = [route for route in office.routes() if route[1].startswith("/plans/") and route not in RULES]
    assert drafts
    wrong = []
    for method, path in drafts:
        for person in staffed.people:
            before = office.written()
            status = ask(office, person, method, _of_no_draft(path))
            allowed = {400, 404, 422} if keeps_all(person) else {400, 401, 403}
            if status not in allowed or office.written() != before:
                wrong.append(f"{method} {path} {person}: {status}")
    assert wrong == []


def _of_no_draft(path: str) -> str:
    for place in ("{number:int}", "{place:int}", "{key}"):
        path = path.replace(place, "987654")
    return path


def test_nobody_is_let_in_where_nothing_is(office: Office, staffed: Staffed) -> None:
    wrong = []
    for method, path in [route for route in office.routes() if route[1] in NUMBERED]:
        for person in staffed.people:
            before = office.written()
            status = ask(office, person, method, path)
            told = status == GOES_ON and person.role == "bureau" and path.startswith("/announce/")
            if not told and (status not in REFUSED | {MALFORMED} or office.written() != before):
                wrong.append(f"{method} {path} {person}: {status}")
    assert wrong == []


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_what_a_form_does_is_done_only_by_those_who_may(staffed: Staffed, tmp_path: Path, verb: str) -> None:
    """Shown by what it does to the part, whatever the answer looks like. Who may not goes first, on one copy."""
    wrong = []
    copies = iter(range(100))
    office = staffed.open(tmp_path / "shut-out.db")
    for person in sorted(staffed.people, key=VERBS[verb]):
        if VERBS[verb](person):
            office.close()
            office = staffed.open(tmp_path / f"{next(copies)}.db")
        before = _about(office)
        said = {"verb": verb, "part": str(office.part.id), "words": "原因", "unit": office.unit(IDLE)}
        ask(office, person, "POST", "/acts", **said)
        if (_about(office) != before) is not VERBS[verb](person):
            wrong.append(str(person))
    office.close()
    assert wrong == []


def _about(office: Office) -> tuple[object, ...]:
    dump = office.world.dump()
    return dump["part"], dump["timeline"], dump["delivery"]


def test_the_api_has_the_same_walls(office: Office, staffed: Staffed) -> None:
    """A session is no token: every address of the API refuses it, and changes nothing."""
    wrong = []
    for method, path in [
        route for route in office.routes() if route[1].startswith("/api/v1/") and "openapi" not in route[1]
    ]:
        for person in staffed.people[::3]:
            if method in {"GET", "POST", "DELETE"}:
                where = path.replace("{uid}", office.part.uid).replace("{key}", "p").replace("{number}", "1")
                status = office.client(person).request(method, where, json={}).status_code
                if status not in {401, 405, 429}:
                    wrong.append(f"{method} {path} {person}: {status}")
    assert wrong == []


def test_there_are_more_than_a_thousand_cells(office: Office, staffed: Staffed) -> None:
    addresses = len(RULES) + len([r for r in office.routes() if r[1] in NUMBERED or r[1].startswith("/plans/")])
    assert (addresses + len(VERBS)) * len(staffed.people) > 1000
    assert {person.unit for person in staffed.people} == {OWN, OTHER, BUREAU, FAR, ""}


def test_every_answer_has_the_headers(office: Office, staffed: Staffed) -> None:
    """Also the refusals: nothing from elsewhere, no frame, no referrer, no shared cache, no guess of the type."""
    wrong = []
    for person in (staffed.people[0], staffed.people[-1]):
        for method, path in [*RULES, *PUBLIC]:
            if method != "GET":
                continue
            address = path.replace("{uid}", office.part.uid).replace("{secret}", "x").replace("{month}", "2026-11")
            headers = office.client(person).get(address).headers
            good = (
                "frame-ancestors 'none'" in headers["content-security-policy"]
                and "unsafe-inline" not in headers["content-security-policy"]
                and headers["x-content-type-options"] == "nosniff"
                and headers["referrer-policy"] == "no-referrer"
            )
            wrong += [] if good else [address]
    assert wrong == []


@pytest.mark.parametrize("lie", [{"sec-fetch-site": "cross-site"}, {"origin": "http://evil.example"}])
def test_no_form_of_another_site_does_anything(office: Office, staffed: Staffed, lie: dict[str, str]) -> None:
    bureau = next(person for person in staffed.people if person.role == "bureau")
    wrong = []
    for method, path in RULES:
        if method == "POST":
            before = office.written()
            status = office.client(bureau).post(path, data=form(bureau), headers=lie).status_code
            if status != 403 or office.written() != before:
                wrong.append(f"{path}: {status}")
    assert wrong == []


def test_no_form_without_its_token_does_anything(office: Office, staffed: Staffed) -> None:
    bureau = next(person for person in staffed.people if person.role == "bureau")
    wrong = []
    for method, path in RULES:
        if method == "POST":
            before = office.written()
            said = form(bureau) | {"token": "0" * 64}
            status = office.client(bureau).post(path, data=said, headers={"sec-fetch-site": "same-origin"}).status_code
            if status != 403 or office.written() != before:
                wrong.append(f"{path}: {status}")
    assert wrong == []
