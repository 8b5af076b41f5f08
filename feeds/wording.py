"""What a calendar entry says: summary, description, categories and colour, from the same words as chat and pages.

An entry is worded as read on its own due day, so that its words do not change with the day of the fetch; what does
change with the day is whether it is overdue. No person's name, note or evidence: calendars lie on other people's
servers. Of a confidential plan only the number and the date are said.
"""

from collections.abc import Iterator

from texts import dates, words
from texts.reader import Reader
from texts.values import PartView
from usecases.feed_view import FeedEntry, FeedView

DONE = frozenset({"reported", "verified"})
DONE_MARK = "✅"
OVERDUE_MARK = "❗"
TEXT_WIDTH = 2000
"""Characters of a duty's text in a description; calendar servers cut long ones in their own ways."""
COLOURS = {
    "open": "gray",
    "received": "royalblue",
    "reported": "teal",
    "verified": "green",
    "returned": "orange",
    "refused": "orange",
}
"""CSS3 colour names, which is what RFC 7986 section 5.9 takes; the word in CATEGORIES says the same."""
OVERDUE_COLOUR = "red"
ENDED_COLOUR = "silver"


def several_units(view: FeedView) -> bool:
    """Whether entries have to name their unit: short codes are unique within one unit only."""
    return len({entry.part.unit_id for entry in view.entries}) > 1


def overdue(part: PartView) -> bool:
    return part.phase == "overdue"


def summary(language: str, entry: FeedEntry, *, naming_unit: bool = False) -> str:
    """✅ 办12 年度案卷评查; ❗ when overdue, in words when cancelled. One line."""
    part = entry.part
    reader = _reader(language, part)
    name = words.name(reader, part)
    if naming_unit and not part.confidential:
        name = reader.say("part.of_unit", unit=words.clean(part.unit), name=name)
    if entry.cancelled:
        return reader.say("feed.cancelled", name=name)
    mark = DONE_MARK if part.state in DONE else OVERDUE_MARK if overdue(part) else ""
    return f"{mark} {name}".strip()


def description(language: str, entry: FeedEntry, *, naming_unit: bool = False) -> tuple[str, ...]:
    """Plan and item, the duty's own words, how far it is, and how to answer: one thought a line."""
    part = entry.part
    reader = _reader(language, part)
    if part.confidential:
        return (words.source(reader, part),)
    said = [*_duty(reader, part), *_standing(reader, part)]
    if not (naming_unit or entry.cancelled):
        said.append(_how(reader, part))
    return tuple(filter(None, said))


def categories(language: str, part: PartView) -> list[str]:
    """The state in a word, and that it is overdue; nothing of a confidential plan."""
    if part.confidential:
        return []
    reader = _reader(language, part)
    return [_state(reader, part), *([reader.say("feed.overdue")] if overdue(part) else [])]


def colour(part: PartView) -> str:
    return OVERDUE_COLOUR if overdue(part) else COLOURS.get(_state_name(part), ENDED_COLOUR)


def _duty(reader: Reader, part: PartView) -> Iterator[str]:
    yield words.source(reader, part)
    yield words.counted_from(reader, part)
    if part.text:
        yield reader.say("feed.text", text=words.clean(part.text, TEXT_WIDTH))
    if part.measure:
        yield reader.say("feed.measure", measure=words.clean(part.measure, TEXT_WIDTH))


def _standing(reader: Reader, part: PartView) -> Iterator[str]:
    progress = words.progress(reader, part)
    state = reader.say("feed.state", state=reader.say("list.comma").join(categories(reader.language, part)))
    yield f"{state} · {progress}" if progress else state
    if part.last_workday != part.due:
        yield reader.say("feed.act_by", day=dates.day(reader, part.last_workday))
    if part.provisional:
        yield reader.say("remind.provisional", year=part.due.year)


def _how(reader: Reader, part: PartView) -> str:
    if part.unit_of_measure and words.is_open(part):
        return reader.say("feed.how.amount", code=part.code, unit=words.clean(part.unit_of_measure))
    return reader.say(f"feed.how.{part.state}", code=part.code) if words.is_open(part) else ""


def _state(reader: Reader, part: PartView) -> str:
    return reader.say(f"state.{_state_name(part)}")


def _state_name(part: PartView) -> str:
    return "returned" if words.returned(part) else part.state


def _reader(language: str, part: PartView) -> Reader:
    return Reader(language, part.due)
