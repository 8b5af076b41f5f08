"""The bureau's own mail: on working days what waits for a decision, on the first of a week how the units stand.

Each goes to a person once a day or week, and only when there is something in it; it is written when it leaves.
"""

from datetime import date, datetime, timedelta

from schedules.civil import clock_time
from storage import deliveries, meta, people, standing
from storage.rows import DeliveryRow, Officer
from texts import picture, week
from texts.reader import Reader
from texts.values import Message
from texts.week import Late, Morning, Week, WeekRow
from usecases import fallback
from usecases.coming_letters import count_coming
from usecases.decisions import decisions
from usecases.office import Desk
from usecases.remit import covers, remit
from usecases.statistics import OWED, Tally, statistics
from usecases.unreachable import Unreachable

STATES = ("overdue", "open", "received", "reported", "done")
RESTORED_ON = "restored_on"
"""The day on which a backup was brought back: today's mail may have gone out before that."""
AHEAD = timedelta(days=30)
"""What falls due so soon counts as asked for in the report of the week."""


def hand_over_mail(desk: Desk) -> int:
    """Queue what is owed to the bureau's people this morning; gives how many messages."""
    return sum(_hand(desk, officer, at) for officer, at in _moments(desk) if at <= desk.now)


def next_mail(desk: Desk) -> datetime | None:
    """When the next of the bureau's people may get a morning list."""
    moments = [at for _, at in _moments(desk)]
    return min((max(at, desk.now) for at in moments), default=None)


def is_due_week(desk: Desk) -> bool:
    """Whether today is the first working day of its week."""
    monday = desk.today - timedelta(days=desk.today.weekday())
    return desk.calendar.is_workday(desk.today) and desk.calendar.next_workday(monday) == desk.today


def send_week(desk: Desk, officer: Officer, channel: str, address: str) -> None:
    """Queue the report of the week for this chat, because it was asked for."""
    deliveries.add_once(
        desk.tx,
        key=f"week:asked:{officer.id}:{desk.now.isoformat()}",
        officer_id=officer.id,
        channel=channel,
        address=address,
        kind="report",
        body={"report": "week", "day": desk.today.isoformat()},
        at=desk.now,
        created_at=desk.now,
    )


def write(desk: Desk, delivery: DeliveryRow) -> tuple[Message, bytes] | None:
    """The message and its picture, as things stand now; None when there is nothing left to say."""
    officer = people.officer_by_id(desk.tx, delivery.officer_id or 0)
    if officer is None:
        return None
    reader = Reader(officer.language, desk.today, desk.office.zone)
    if delivery.body.get("report") == "week":
        found = week_of(desk, reader, officer)
        return (week.weekly(reader, found), picture.draw(reader, found)) if found.rows else None
    seen = morning_of(desk, officer)
    return (week.morning(reader, seen), b"") if _is_worth_it(seen) else None


def morning_of(desk: Desk, officer: Officer) -> Morning:
    """What waits for this person of the bureau: of the units their role reaches."""
    found, coming = decisions(desk, officer), count_coming(desk, officer)
    return Morning(
        to_verify=len(found.to_verify),
        extensions=len(found.extensions),
        refused=len(found.refused),
        joinings=len(found.joinings),
        late=tuple(Late(one.unit, one.days) for one in found.overdue),
        unreachable=tuple(f"{one.unit} {one.officer}" for one in found.unreachable if _is_news(desk, one)),
        groups=tuple(one.unit for one in found.groups if _is_fresh(desk, one.since)),
        letters=coming["head"],
        circulars=coming["bureau"],
        next_day=desk.calendar.add_workdays(desk.today, 1),
    )


def week_of(desk: Desk, reader: Reader, officer: Officer) -> Week:
    """The week that has ended, and how every unit stands with what this year asked or earlier ones left open.

    Units are those that the person's role reaches.
    """
    within = remit(desk, officer)
    monday = desk.today - timedelta(days=desk.today.weekday())
    year = date(desk.today.year, 1, 1)
    counted = statistics(desk, year, desk.today, within=within)
    rows: dict[int, dict[str, int]] = {}
    names: dict[int, str] = {}
    for one in standing.stands(desk.tx, since=year, until=desk.today + AHEAD, today=desk.today):
        if covers(within, one):
            names[one.unit_id] = one.unit
            held = rows.setdefault(one.unit_id, dict.fromkeys(STATES, 0))
            held[_where(one.state, settled=one.settled, late=one.late)] += one.parts
    made = [WeekRow(names[u], **held, rate=counted.units.get(u, Tally()).on_time_rate) for u, held in rows.items()]
    made.sort(key=lambda row: (-row.overdue, 2.0 if row.rate is None else row.rate, row.unit))
    sums = {name: sum(held[name] for held in rows.values()) for name in STATES}
    total = WeekRow(reader.say("week.total"), **sums, rate=counted.total.on_time_rate)
    return Week(monday - timedelta(days=7), monday - timedelta(days=1), tuple(made), total)


def _where(state: str, *, settled: bool, late: bool) -> str:
    if settled:
        return "done"
    if state in OWED:
        return "overdue" if late else state
    return "reported"


def _moments(desk: Desk) -> list[tuple[Officer, datetime]]:
    """Who of the bureau has not had this working day's mail yet, and when they want it."""
    opening, today = desk.office.opening, desk.today
    staff = [officer for officer in people.staff(desk.tx, ()) if officer.role == "bureau"]
    found = []
    for officer in staff:
        own = clock_time(officer.digest_at) if officer.digest_at else None
        done = meta.get(desk.tx, f"mail:{officer.id}") == today.isoformat()
        day = today if desk.calendar.is_workday(today) and not done else desk.calendar.add_workdays(today, 1)
        at = opening.sends_on(day, own)
        found.append((officer, at if day > today else opening.push_moment(max(at, desk.now))))
    return found


def _hand(desk: Desk, officer: Officer, at: datetime) -> int:
    meta.put(desk.tx, f"mail:{officer.id}", desk.today.isoformat())
    owed = ["morning"] if _is_worth_it(morning_of(desk, officer)) else []
    owed += ["week"] if is_due_week(desk) and week_of(desk, Reader("zh", desk.today), officer).rows else []
    ways = fallback.first_ways(desk, [officer.id]).get(officer.id, []) if owed else []
    for report in owed:
        for contact in ways:
            deliveries.add_once(
                desk.tx,
                key=f"{report}:{desk.today}:{contact.id}",
                officer_id=officer.id,
                channel=contact.channel,
                address=contact.address,
                kind="report",
                body={"report": report, "day": desk.today.isoformat(), **fallback.marks(contact, ways)},
                ambiguous=int(meta.get(desk.tx, RESTORED_ON) == desk.today.isoformat()),
                at=max(at, desk.now),
                created_at=desk.now,
            )
    return len(owed) * len(ways)


def _is_worth_it(seen: Morning) -> bool:
    """Who is late alone is no morning's news: the 通报 and the report of the week say it."""
    return bool(seen.decisions or seen.letters or seen.circulars or seen.unreachable or seen.groups)


def _is_news(desk: Desk, one: Unreachable) -> bool:
    """Told once: on the day somebody became unreachable, or, where no day is known, on the first day of a week."""
    if one.since is None:
        return is_due_week(desk)
    limit = desk.office.silent_after if one.why == "silent" else 0
    return desk.calendar.workdays_between(one.since, desk.today) == limit


def _is_fresh(desk: Desk, since: date) -> bool:
    """A dead group is told the working day after, and again each week for as long as nothing is done about it."""
    return is_due_week(desk) or desk.calendar.workdays_between(since, desk.today) == 1
