"""Events: registered by the name printed in the plan, on a day that is sure."""

import re
from datetime import date, timedelta

from bot.intents import Event
from bot.turn import Reply, Turn, line
from schedules.phrases import Past, parse_day
from texts import dates, words
from texts.values import Message
from usecases import events

NEAR = timedelta(days=92)
FAR = timedelta(days=183)
_HAS_YEAR = re.compile(r"^(?:[0-9]{4}|[今去明本]年|今|昨|前)")
_MONTH_FIRST = re.compile(r"^[0-9]{1,2}月")
KNOWN = 3


def event(turn: Turn, meant: Event) -> Reply:
    """Register an event by the name printed in the plan, and a day that is sure: many units are told of it."""
    found = events.find_event(turn.desk, meant.name) if meant.name else []
    plans = [plan_key for plan_key, name in found if name == meant.name]
    if not plans:
        return _which_event(turn, meant, [name for _, name in found])
    day = exact_day(meant.day, turn.desk.today)
    if day is None:
        return _which_day(turn, meant)
    door = turn.incoming.channel
    done = [events.add_event(turn.desk, plan_key, meant.name, day, by=turn.officer, door=door) for plan_key in plans]
    parts, reminders = sum(one.new_parts for one in done), sum(one.reminders for one in done)
    key = "answer.event" if any(one.first for one in done) else "answer.event_again"
    said = turn.reader.say(key, name=words.clean(meant.name), day=dates.day(turn.reader, day))
    follows = turn.reader.say("answer.event_parts" if parts else "answer.event_none", parts=parts, reminders=reminders)
    return Reply((Message((said, follows, way_back(turn)) if any(one.first for one in done) else (said,)),))


def way_back(turn: Turn) -> str:
    """How long an event's registration, move or cancellation can be taken back, and how."""
    return turn.reader.say("answer.way_back", n=int(turn.desk.office.undo_window.total_seconds() // 60))


def _which_day(turn: Turn, meant: Event) -> Reply:
    """What is missing: the day, its year, or a day that can be read."""
    year = turn.desk.today.year
    example = f"{year}年3月3日" if turn.officer.language == "zh" else f"{year}-03-03"
    known = bool(_MONTH_FIRST.match(meant.day) and parse_day(meant.day, turn.desk.today))
    key = "ask.year" if known else "ask.day" if meant.day else "ask.day_missing"
    return line(turn, key, name=words.clean(meant.name), day=words.clean(meant.day, 20), example=example)


def _which_event(turn: Turn, meant: Event, names: list[str]) -> Reply:
    """The name in full where it is near one; otherwise what can be registered."""
    name, day = words.clean(meant.name, 30), words.clean(meant.day, 20)
    if len(set(names)) == 1:
        return line(turn, "ask.event_which", known=names[0], day=day)
    known = names or [known for _, known in events.find_event(turn.desk, "")]
    if not known:
        return line(turn, "ask.event_name_none", name=name)
    joined = turn.reader.say("list.joiner").join(words.clean(one) for one in dict.fromkeys(known[:KNOWN]))
    return line(turn, "ask.event_name", name=name, known=joined)


def exact_day(typed: str, today: date) -> date | None:
    """The day meant; None where it cannot be read, or where the year was left out and two of them are possible."""
    if _HAS_YEAR.match(typed):
        return _exact(typed, today)
    if not _MONTH_FIRST.match(typed):
        return None
    years = (today.year - 1, today.year, today.year + 1)
    days = [day for year in years if (day := _exact(f"{year}年{typed}", today))]
    near = sorted(days, key=lambda day: abs(day - today))
    clear = near and abs(near[0] - today) <= NEAR and all(abs(day - today) >= FAR for day in near[1:])
    return near[0] if clear else None


def _exact(typed: str, today: date) -> date | None:
    read = parse_day(typed, today)
    if isinstance(read, Past):
        return read.day
    return read if isinstance(read, date) else None
