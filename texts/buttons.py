"""Buttons: what they say, and what comes back when one is pressed: ``v1:verb:number:words``, at most 64 bytes.

`number` is a part's id, the page of a list, or the number of an announcement or an event. Words travel with a
question's button, so that the note that came with an unclear answer is not lost; the data is never trusted, rights are
read anew when it comes back.
"""

from dataclasses import dataclass

from texts.reader import Reader
from texts.values import Button, PartView

VERSION = "v1"
LIMIT = 64
"""Bytes of callback data that the Bot API takes."""
VERBS = frozenset(
    {
        "receive",
        "report",
        "snooze",
        "undo",
        "why",
        "verify",
        "return",
        "dismiss",
        "receive_all",
        "list",
        "today",
        "week",
        "overdue",
        "to_verify",
        "calendar",
        "help",
        "sign_in",
        "snooze_afternoon",
        "snooze_next_workday",
        "snooze_three_before",
        "extend",
        "extend_on",
        "refuse",
        "grant",
        "grant_on",
        "decline",
        "reroute",
        "waive",
        "skip",
        "reopen",
        "nudge",
        "nudge_all",
        "nudge_late",
        "decisions",
        "decide_next",
        "unreachable",
        "announce_send",
        "announce_drop",
        "announce_to",
        "pause_plan",
        "resume_plan",
        "event_move",
        "event_cancel",
        "file",
        "keep",
        "join_yes",
        "join_no",
    }
)
HIGHEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed."""

    verb: str
    number: int | None = None
    words: str = ""


def data(verb: str, number: int | None = None, words: str = "") -> str:
    """Raises ValueError for what would not fit; see `fits`."""
    packed = ":".join((VERSION, verb, *([] if number is None else [str(number)]), *([words] if words else [])))
    if len(packed.encode()) > LIMIT:
        raise ValueError(f"Callback data of more than {LIMIT} bytes: {packed!r}.")
    return packed


def fits(verb: str, number: int, words: str) -> bool:
    return len(f"{VERSION}:{verb}:{number}:{words}".encode()) <= LIMIT


def read(packed: str) -> Press | None:
    """The press behind callback data; None for what no button of this version says."""
    version, _, rest = packed.partition(":")
    verb, _, rest = rest.partition(":")
    figures, _, words = rest.partition(":")
    if version != VERSION or verb not in VERBS or len(packed.encode(errors="replace")) > LIMIT:
        return None
    if not figures:
        return Press(verb)
    if not (figures.isascii() and figures.isdigit()) or int(figures) > HIGHEST:
        return None
    return Press(verb, int(figures), words)


def button(reader: Reader, verb: str, number: int | None = None) -> Button:
    return Button(reader.say(f"button.{verb}"), data(verb, number))


def about(reader: Reader, verb: str, part: PartView) -> Button:
    """The same with the short code on it, where a message speaks of several parts."""
    label = reader.say("button.about", code=part.code, verb=reader.say(f"button.{verb}"))
    return Button(label, data(verb, part.id))


def beside(reader: Reader, part: PartView) -> tuple[tuple[Button, ...], ...]:
    """What else may be done with an open part: later, more time, not ours; and why it came."""
    later = [button(reader, "snooze", part.id)]
    if part.asked_due is None:
        later.append(button(reader, "extend", part.id))
    why = button(reader, "why", part.id)
    if part.state == "open":
        return tuple(later), (button(reader, "refuse", part.id), why)
    return ((*later, why),)
