"""Why a reminder came, for the person who asks: the one they got last, who else did, and the next steps."""

from collections.abc import Sequence
from datetime import datetime

from schedules.civil import civil_date
from storage.rows import Officer
from texts.reasons import WhyNext, WhyTold
from usecases.office import Desk
from usecases.owing import COPY
from usecases.page_part import Coming, PartPage, Told


def told(desk: Desk, officer: Officer, page: PartPage) -> WhyTold | None:
    """The last reminder this person got; where they got none, the last of the part."""
    heard = [one for one in page.told if one.at <= desk.now]
    mine = [one for one in heard if one.who == officer.name] or heard
    if not mine:
        return None
    last = max(mine, key=lambda one: one.at)
    same = (one.who for one in heard if one.rung == last.rung and one.who not in {last.who, officer.name})
    instead_of = last.meant_for if last.who == officer.name != page.part.delegate else ""
    return WhyTold(last.rung, last.at, _plain(last), tuple(dict.fromkeys(same)), instead_of)


def steps(desk: Desk, coming: Sequence[Coming]) -> list[WhyNext]:
    """What is to come, a step for each rung, in order; what the bureau holds back is none."""
    found: dict[tuple[datetime, str], list[Coming]] = {}
    for one in sorted((one for one in coming if not one.held), key=lambda one: (one.at, one.audience.startswith(COPY))):
        found.setdefault((one.at, one.rung), []).append(one)
    return [_step(desk, rung, at, held) for (at, rung), held in found.items()]


def _step(desk: Desk, rung: str, at: datetime, held: Sequence[Coming]) -> WhyNext:
    main = held[0].audience.removeprefix(COPY)
    copies = dict.fromkeys(one.audience.removeprefix(COPY) for one in held if one.audience.startswith(COPY))
    return WhyNext(rung, civil_date(at, desk.office.zone), main, tuple(name for name in copies if name != main))


def _plain(one: Told) -> str:
    return one.audience.removeprefix(COPY)
