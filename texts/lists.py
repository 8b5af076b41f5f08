"""Lists and cards asked for: the day, the week, what is overdue, everything; one part; and why a reminder came."""

from collections.abc import Sequence

from schedules.rungs import load_ladders
from texts import words
from texts.buttons import about, beside, button, data
from texts.reader import Reader
from texts.values import Button, Message, PartView

PAGE = 6
"""Parts on one page: with the headline and what comes after them, eight lines."""
Rows = tuple[tuple[Button, ...], ...]


def listing(reader: Reader, word: str, parts: Sequence[PartView], *, page: int = 1, standing: int = 0) -> Message:
    """One page of a list. `word`: today, week, overdue or list; `standing`: ongoing duties without a date."""
    pages = max(1, -(-len(parts) // PAGE))
    page = min(max(page, 1), pages)
    shown = page_of(parts, page)
    lines = [_headline(reader, word, len(parts), page=page, pages=pages), *(_line(reader, part) for part in shown)]
    rest = len(parts) - page * PAGE
    if rest > 0:
        lines.append(reader.say("list.more", n=rest, word=reader.say(f"list.word.{word}"), page=page + 1))
    elif standing:
        lines.append(reader.say("list.standing", n=standing))
    return Message(tuple(lines), _buttons(reader, word, shown, next_page=page + 1 if rest > 0 else 0))


def page_of(parts: Sequence[PartView], page: int) -> Sequence[PartView]:
    """The parts on that page; the last page where there are fewer."""
    page = min(max(page, 1), max(1, -(-len(parts) // PAGE)))
    return parts[(page - 1) * PAGE : page * PAGE]


def empty(reader: Reader, word: str, *, nearest: PartView | None = None, standing: int = 0) -> Message:
    """Why the list is empty, and what comes next."""
    lines = [reader.say(f"list.empty.{word}")]
    if nearest is not None:
        lines.append(reader.say("list.nearest", **words.said(reader, nearest)))
    if standing:
        lines.append(reader.say("list.standing", n=standing))
    return Message(tuple(lines), ((button(reader, "list"),),) if nearest is not None else ())


def waiting(reader: Reader, parts: Sequence[PartView], *, page: int = 1) -> Message:
    """The bureau's list of reports to verify."""
    if not parts:
        return empty(reader, "to_verify")
    pages = -(-len(parts) // PAGE)
    page = min(max(page, 1), pages)
    shown = page_of(parts, page)
    lines = [_headline(reader, "to_verify", len(parts), page=page, pages=pages)]
    lines += [reader.say("list.verify_line", **words.said(reader, part)) for part in shown]
    lines.append(reader.say("how.verify", unit=words.clean(shown[0].unit, 120), code=shown[0].code))
    rows: list[tuple[Button, ...]] = []
    if len(parts) == 1:
        rows.append((button(reader, "verify", parts[0].id), button(reader, "return", parts[0].id)))
    if page < pages:
        rows.append((Button(reader.say("button.next_page"), data("to_verify", page + 1)),))
    return Message(tuple(lines), tuple(rows))


def part_card(reader: Reader, part: PartView) -> Message:
    """One part as it stands, with what can be done about it."""
    say = reader.say
    said = words.said(reader, part)
    key = "list.line" if words.is_open(part) else "list.done"
    lines = [say(key, **said), say("remind.facts_counted" if said["progress"] else "remind.facts", **said)]
    if part.measure and not part.confidential:
        lines.append(say("remind.measure", **said))
    if not words.is_open(part):
        return Message(tuple(lines), ((button(reader, "why", part.id),),))
    lines.append(say("how.receive_report" if part.state == "open" else "how.report", code=part.code))
    act = [button(reader, "receive", part.id)] if part.state == "open" else []
    return Message(tuple(lines), ((*act, button(reader, "report", part.id)), *beside(reader, part)))


def rung_name(reader: Reader, key: str, audience: str = "") -> str:
    """A rung of the ladder in words: 期限前 7 天, 过期后第 4 个工作日督办单; `audience` where it is not as usual."""
    audience = audience.removeprefix("copy_")
    steps = "".join(sign for sign in key.partition("_")[0] if sign.isdigit())
    by_hand = next((word for word in ("assigned", "snooze", "nudge") if key.startswith(word)), "")
    if by_hand:
        return reader.say(f"rung.{by_hand}")
    if key.startswith("a") and steps:
        return reader.say("rung.silent", n=int(steps))
    if key == "d0" or not steps:
        return reader.say("rung.due" if key == "d0" else "rung.other")
    return reader.say("rung.before" if key.startswith("d") else f"rung.{audience or _audience(key)}", n=int(steps))


def _audience(key: str) -> str:
    """To whom a rung goes: as its key says, or as the shipped ladder has it."""
    rung = load_ladders()["standard"].rung(key)
    said = key.partition("_")[2]
    return said if said in {"officer", "head", "bureau"} else rung.audience if rung else "officer"


def _headline(reader: Reader, word: str, n: int, *, page: int, pages: int) -> str:
    headline = reader.say(f"list.{word}", n=n)
    return headline if pages == 1 else reader.say("list.page", headline=headline, page=page, pages=pages)


def _line(reader: Reader, part: PartView) -> str:
    return reader.say("list.line" if words.is_open(part) else "list.waiting", **words.said(reader, part))


def _buttons(reader: Reader, word: str, shown: Sequence[PartView], *, next_page: int) -> Rows:
    todo = [part for part in shown if words.is_open(part)]
    if len(shown) == 1 and todo:
        verbs = ("receive", "report") if todo[0].state == "open" else ("report",)
        return (tuple(about(reader, verb, todo[0]) for verb in verbs),)
    row = [button(reader, "receive_all")] if any(part.state == "open" for part in todo) else []
    if next_page:
        row.append(Button(reader.say("button.next_page"), data(word, next_page)))
    return (tuple(row),) if row else ()
