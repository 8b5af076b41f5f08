"""What calendar addresses and task lists show: role × unit × scope × form, generated; nobody gets another unit's parts.

The addresses are made behind the use case's back, so that what is tried is the reading: a person may have been of the
bureau when the address was made, or of another unit.
"""

import re
import secrets
from collections.abc import Iterator
from itertools import product

import pytest

from storage import parts, people, plans, tokens
from storage.rows import PartRow
from tests.web.rules import SEES_ALL, TICKS, sees_all, signed
from tests.web.staffed import BUREAU, OTHER, OWN, Office, Person, Staffed
from usecases import feed, task_list
from usecases.errors import NotAllowed
from usecases.feed_view import reaches

SCOPES = ("person", f"unit:{OWN}", f"unit:{OTHER}", f"unit:{BUREAU}", "unit:nowhere", "plan", "plan:nothing", "bureau")
SUBSCRIBED: tuple[feed.Scope, ...] = ("unit", "bureau")
FORMS = ("ics", "json")
NOTHING = 987654
REPORT = (
    '<c:calendar-query xmlns="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><prop><getetag/><c:calendar-data/></prop>'
    '<c:filter><c:comp-filter name="VCALENDAR"/></c:filter></c:calendar-query>'
)


@pytest.fixture
def rows(office: Office) -> list[PartRow]:
    """Everything that any calendar could show today."""
    first, last = reaches(office.world.clock.now().date())
    with office.world.store.read() as tx:
        found = [row for row in parts.all_parts(tx) if first <= row.due <= last and row.plan_state == "on"]
    assert {OWN, OTHER} < {row.unit_name for row in found}
    return found


def address(office: Office, person: Person, scope: str, *, todo: bool = False) -> str:
    """A secret for that scope, whoever it is."""
    kind, _, about = scope.partition(":")
    with office.world.store.write() as tx:
        units = {unit.name: unit.id for unit in people.units(tx)}
        subject = {"unit": units.get(about, NOTHING), "plan": NOTHING if about else plans.all_plans(tx)[0].id}.get(kind)
        secret = secrets.token_urlsafe(32)
        row = {"kind": "feed", "officer_id": office.officer(person).id, "scope": kind, "subject_id": subject}
        tokens.add(tx, secret, created_at=office.world.clock.now(), options={"todo": todo, "alarms": []}, **row)
    return secret


def shown(rows: list[PartRow], person: Person, scope: str) -> set[str]:
    """What they may see there, as a person would say it."""
    kind, _, about = scope.partition(":")
    mine = {row.uid for row in rows if row.unit_name == person.unit}
    everything, all_ = {row.uid for row in rows}, sees_all(person)
    match kind:
        case "person":
            return mine
        case "unit":
            theirs = {row.uid for row in rows if row.unit_name == about}
            return theirs if all_ or about == person.unit else set()
        case "plan":
            seen = everything if all_ else mine
            return set() if about else seen
        case _:
            return everything if all_ else set()


def read(office: Office, secret: str, form: str) -> set[str]:
    answer = office.door.get(f"/feeds/{secret}.{form}")
    assert answer.status_code == 200
    if form == "json":
        return {entry["uid"] for entry in answer.json()["entries"]}
    return {uid.partition("@")[0] for uid in re.findall(r"^UID:(\S+)", answer.text.replace("\r\n ", ""), re.MULTILINE)}


def test_a_calendar_shows_nobody_anothers_parts(office: Office, staffed: Staffed, rows: list[PartRow]) -> None:
    wrong, cells = [], 0
    for person, scope, todo in product(filter(signed, staffed.people), SCOPES, (False, True)):
        secret = address(office, person, scope, todo=todo)
        for form in ("ics",) if todo else FORMS:
            cells += 1
            if read(office, secret, form) != shown(rows, person, scope):
                wrong.append(f"{person} {scope} {form} {todo}")
    assert wrong == []
    assert cells > 400


@pytest.mark.parametrize("scope", SCOPES)
def test_an_address_of_somebody_who_left_opens_nothing(office: Office, staffed: Staffed, scope: str) -> None:
    left = next(person for person in staffed.people if person.role == "left")
    secret = address(office, left, scope)
    for form in FORMS:
        assert office.door.get(f"/feeds/{secret}.{form}").status_code == 404


def test_who_moves_or_steps_down_sees_from_then_on_what_they_may(office: Office, rows: list[PartRow]) -> None:
    """An address is no right of its own."""
    person = Person("bureau", BUREAU)
    secret = {scope: address(office, person, scope) for scope in SCOPES}
    assert read(office, secret["bureau"], "json") == shown(rows, person, "bureau") != set()
    number, other = office.officer(person).id, int(office.unit(OTHER))
    with office.world.store.write() as tx:
        people.change_officer(tx, number, role="officer", unit_id=other)
    for scope, held in secret.items():
        assert read(office, held, "json") == shown(rows, Person("officer", OTHER), scope), scope


def test_nobody_but_the_overseers_makes_an_address_for_others(office: Office, staffed: Staffed) -> None:
    wrong = []
    for person, unit in product(filter(signed, staffed.people), (OWN, OTHER, BUREAU)):
        for scope in SUBSCRIBED:
            own = scope == "unit" and unit == person.unit
            may = sees_all(person) or own or (scope != "unit" and person.role in SEES_ALL)
            if makes(office, person, scope, int(office.unit(unit))) is not may:
                wrong.append(f"{person} {scope} {unit}")
    assert wrong == []


def makes(office: Office, person: Person, scope: feed.Scope, subject: int) -> bool:
    """Whether they get such an address, which is taken away at once: nobody has more than five."""
    officer = office.officer(person)
    with office.world.office.write(office.world.clock.now()) as desk:
        try:
            feed.create_feed(desk, officer, scope, subject_id=subject)
        except NotAllowed:
            return False
        for token in feed.list_feeds(desk, officer):
            feed.revoke_feed(desk, officer, token.id)
    return True


def passwords(office: Office, staffed: Staffed) -> Iterator[tuple[Person, tuple[str, str]]]:
    """Everybody's user and password, also of those to whom the page gives none."""
    for person in filter(signed, staffed.people):
        officer = office.officer(person)
        with office.world.office.write(office.world.clock.now()) as desk:
            secret = task_list.give_password(desk, officer)
        yield person, (task_list.user_name(officer), secret)


def test_a_task_list_is_its_owners_only(office: Office, staffed: Staffed, rows: list[PartRow]) -> None:
    held, wrong = dict(passwords(office, staffed)), []
    for person, whose in product(held, held):
        user = held[whose][0]
        answer = office.door.request("REPORT", f"/caldav/{user}/tasks/", content=REPORT, auth=held[person])
        seen = {row.uid for row in rows if row.uid in answer.text}
        right = {row.uid for row in rows if row.unit_name == person.unit} if person == whose else set()
        if seen != right or answer.status_code != (207 if person == whose else 403):
            wrong.append(f"{person} at {whose}: {answer.status_code}")
    assert wrong == []


def test_a_tick_is_taken_from_those_who_answer_for_the_unit(office: Office, staffed: Staffed) -> None:
    """Each tries to tick off the same part, in their own list and in its owners'; who may not comes first."""
    owner = next(person for person in staffed.people if (person.role, person.unit) == ("officer", OWN))
    held = dict(passwords(office, staffed))
    task = f"/caldav/{held[owner][0]}/tasks/{office.part.uid}.ics"
    done = office.door.get(task, auth=held[owner]).text.replace("STATUS:NEEDS-ACTION", "STATUS:COMPLETED")
    assert "STATUS:COMPLETED" in done
    wrong = []
    for person, auth in held.items():
        if person.unit == OWN and person.role in TICKS:
            continue
        for user in (auth[0], held[owner][0]):
            place = f"/caldav/{user}/tasks/{office.part.uid}.ics"
            status = office.door.put(
                place, content=done, auth=auth, headers={"content-type": "text/calendar"}
            ).status_code
            if status < 400 or office.world.part(OWN, office.part.title).state != "open":
                wrong.append(f"{person} in {user}: {status}")
    assert wrong == []
    assert office.door.put(task, content=done, auth=held[owner]).status_code < 300
    assert office.world.part(OWN, office.part.title).state == "reported"
