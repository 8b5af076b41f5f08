"""How to answer a reminder in words, and what follows where nobody does."""

from collections.abc import Sequence

from texts import dates, headlines, words
from texts.buttons import button
from texts.letters import Scene
from texts.reader import Reader
from texts.values import Button, PartView, ReminderView

Rows = tuple[tuple[Button, ...], ...]


def answer(scene: Scene, parts: Sequence[PartView]) -> str:
    """How to answer in words; `parts` are open and at least one."""
    say, first = scene.reader.say, parts[0]
    if scene.copy or scene.audience != "officer":
        return say(f"how.{'copy_' if scene.copy else ''}{scene.audience}", code=first.code)
    new = [part for part in parts if part.state == "open"]
    if len(parts) > 1 and new:
        return say("how.receive_report_many", codes=words.codes(new), code=first.code)
    if len(parts) == 1 and first.due < scene.reader.today:
        return say("how.overdue_new" if new else "how.overdue", code=first.code)
    if first.unit_of_measure and len(parts) == 1:
        return say("how.amount", code=first.code, unit=first.unit_of_measure)
    if new:
        return say("how.receive_report", code=first.code)
    return say("how.count" if words.counts(first) else "how.report", code=first.code)


def follows(reader: Reader, reminders: Sequence[ReminderView]) -> str:
    """What happens first if nobody reports: said once the next step lies past the due date."""
    late = (one for one in reminders if one.next_on is not None and one.next_on > one.part.due)
    first = min((one for one in late if words.is_open(one.part)), key=_step, default=None)
    if first is None or first.next_on is None:
        return ""
    return reader.say(f"next.{headlines.next_audience(first)}", day=dates.day(reader, first.next_on))


def _step(reminder: ReminderView) -> tuple[object, int]:
    """By day; of several on one day the gravest."""
    return reminder.next_on, -("officer", "head", "bureau").index(headlines.next_audience(reminder))


def provisional(reader: Reader, parts: Sequence[PartView]) -> str:
    years = sorted({part.due.year for part in parts if part.provisional and part.due >= reader.today})
    return reader.say("remind.provisional", year=years[0]) if years else ""


def to_the_ledger(scene: Scene) -> Rows:
    """The ledger is the bureau's; a head with a copy sees the unit's own list."""
    mine = scene.copy and scene.audience == "bureau"
    return ((button(scene.reader, "overdue" if mine else "sign_in"),),)
