"""Questions: when we are not sure, we ask once, with the choices as buttons. What was typed travels with the button."""

from collections.abc import Sequence
from typing import Literal

from texts import dates, words
from texts.buttons import button, data, fits
from texts.reader import Reader
from texts.values import Button, Message, PartView

Verb = Literal["receive", "report"]
CHOICES = 6
LABEL = 28


def which(reader: Reader, verb: Verb, parts: Sequence[PartView], said: str = "") -> Message:
    """One part: is it this? Several: which of them? `said`: the note that goes with the answer."""
    return _confirm(reader, verb, parts[0], said) if len(parts) == 1 else _choose(reader, verb, parts, said)


def _confirm(reader: Reader, verb: Verb, part: PartView, said: str) -> Message:
    question = reader.say(f"ask.{verb}_one", name=words.name(reader, part), day=dates.day(reader, part.due))
    if said and not fits(verb, part.id, said):
        return Message((question, reader.say("ask.words_too_long", code=part.code, words=words.clean(said))))
    yes = Button(reader.say(f"button.yes_{verb}"), data(verb, part.id, said))
    return Message((question, _in_words(reader, verb, part, said)), ((yes, button(reader, "dismiss")),))


def _choose(reader: Reader, verb: Verb, parts: Sequence[PartView], said: str) -> Message:
    shown = [part for part in parts[:CHOICES] if fits(verb, part.id, said)]
    question = (
        reader.say(f"ask.{verb}_which_said", words=words.clean(said, 30)) if said else reader.say(f"ask.{verb}_which")
    )
    lines = [question, _in_words(reader, verb, parts[0], said)]
    if len(parts) > CHOICES:
        lines.append(reader.say("ask.more", n=len(parts) - CHOICES))
    if not shown:
        lines[1:1] = [_label(reader, part) for part in parts[:CHOICES]]
    rows = [(Button(_label(reader, part), data(verb, part.id, said)),) for part in shown]
    return Message(tuple(lines), (*rows, (button(reader, "dismiss"),)) if rows else ())


def _in_words(reader: Reader, verb: Verb, part: PartView, said: str) -> str:
    """The same answer without a button."""
    if verb == "receive":
        return reader.say("ask.reply_receive", code=part.code)
    if said:
        return reader.say("ask.words_too_long", code=part.code, words=words.clean(said))
    return reader.say("ask.reply_code", code=part.code)


def _label(reader: Reader, part: PartView) -> str:
    name = words.clean(words.name(reader, part), LABEL)
    return f"{name} · {dates.day(reader, part.due)}"


def which_act(reader: Reader, part: PartView) -> Message:
    """Words we do not understand, said to one part."""
    verbs = ("receive", "report") if part.state == "open" else ("report",)
    lines = (
        reader.say("ask.unclear"),
        reader.say("ask.which_act", name=words.name(reader, part), day=dates.day(reader, part.due)),
        reader.say("how.receive_report" if part.state == "open" else "how.report", code=part.code),
    )
    return Message(lines, (tuple(button(reader, verb, part.id) for verb in verbs),))


def receive_all(reader: Reader, parts: Sequence[PartView]) -> Message:
    """收到, said to no message in particular, while several wait."""
    lines = (reader.say("ask.all", n=len(parts)), reader.say("ask.reply_all", codes=words.codes(parts[:CHOICES])))
    return Message(lines, ((button(reader, "receive_all"), button(reader, "list")),))


def amount(reader: Reader, part: PartView, figure: str, said: str) -> Message:
    """An amount in another measure than the duty's."""
    question = reader.say("ask.amount", name=words.name(reader, part), unit=words.measure(reader, part), amount=figure)
    if not fits("report", part.id, said):
        return Message((question, reader.say("how.amount", code=part.code, unit=words.measure(reader, part))))
    yes = Button(reader.say("button.yes_report"), data("report", part.id, said))
    return Message((question,), ((yes, button(reader, "dismiss")),))


def snooze(reader: Reader, part: PartView) -> Message:
    """When it shall come again."""
    name, day = words.name(reader, part), dates.day(reader, part.due)
    lines = (reader.say("ask.snooze", name=name, day=day), reader.say("ask.snooze_how", code=part.code))
    rows = tuple((button(reader, f"snooze_{when}", part.id),) for when in ("afternoon", "next_workday", "three_before"))
    return Message(lines, rows)


def decide_one(reader: Reader, part: PartView) -> Message:
    """Words of the bureau that we do not understand, said to a report."""
    said = reader.say("how.verify", unit=words.clean(part.unit, 120), code=part.code)
    verbs = (button(reader, "verify", part.id), button(reader, "return", part.id))
    return Message((reader.say("ask.unclear"), said), (verbs,))


def whose(reader: Reader, order: str, parts: Sequence[PartView]) -> Message:
    """Whose, where several units have a part with that code."""
    rows = tuple(
        (Button(words.clean(f"{part.unit} {words.name(reader, part)}"), data(order, part.id)),)
        for part in parts[:CHOICES]
    )
    first, unit = parts[0], words.clean(parts[0].unit, 120)
    key = "how.verify" if order in {"verify", "return"} else f"talk.how.{order}"
    return Message((reader.say("ask.whose"), reader.say(key, unit=unit, code=first.code)), rows)
