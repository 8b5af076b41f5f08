"""督办单 and 通报 that are to leave in the coming days, holding one step back, and who gets copies of a unit's."""

from starlette.responses import Response

from storage.rows import Officer
from usecases import copy_list as copies
from usecases.acting import Act
from usecases.copied import LETTERS
from usecases.letters import letters as coming
from usecases.office import Desk
from web.effects import BUREAU
from web.forms import whole_number
from web.going import done
from web.intake import once_only
from web.pages.ledger import ROLES
from web.render import page, words
from web.visit import Malformed, Missing, Visit

DAYS = 5
"""Working days ahead."""
MOST = 60
BOTH = "both"


def letters(visit: Visit) -> Response:
    with visit.look(*ROLES) as (desk, officer):
        found, listed = coming(desk, officer, days=DAYS), copies.copy_list(desk, officer)
        decides = officer.role == "bureau"
        units, staff = copies.choices(desk, officer) if decides else ([], [])
    return page(
        visit,
        "letters.html",
        letters=found[:MOST],
        more=len(found) - MOST,
        days=DAYS,
        decides=decides,
        listed=listed,
        units=units,
        staff=staff,
        kinds=(BOTH, *LETTERS),
    )


def add_copy(visit: Visit) -> Response:
    """Put a person on a unit's copy list."""
    unit, person = (whole_number(visit.form.get(name, "")) for name in ("unit", "to"))
    letter = visit.form.get("letter", "")
    if unit is None or person is None or letter not in (BOTH, *LETTERS):
        raise Malformed

    def add(desk: Desk, by: Officer) -> str:
        fresh = copies.add_copy(desk, Act(by, "web"), unit, person, LETTERS if letter == BOTH else (letter,))
        return words(visit.language, "copies.added" if fresh else "copies.before")

    once_only(visit, add, *BUREAU)
    return done(visit, "/letters")


def remove_copy(visit: Visit) -> Response:
    def remove(desk: Desk, by: Officer) -> str:
        try:
            copies.remove_copy(desk, Act(by, "web"), whole_number(visit.params["number"]) or 0)
        except copies.NoSuchCopy as error:
            raise Missing from error
        return words(visit.language, "copies.removed")

    once_only(visit, remove, *BUREAU)
    return done(visit, "/letters")
