"""Answers: what is said after somebody acted, once, with the way back; and what is said when nothing was done."""

import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from texts import dates, words
from texts.buttons import button
from texts.catalogue import has
from texts.reader import Reader
from texts.values import Button, Message, PartView

OFFICIAL_NUMBER = re.compile(r"[〔\[【(（][12][0-9]{3}[〕\]】)）]第?[0-9]{1,5}号")
"""The part of a 文号 that they all share: 〔2026〕5号."""
NAMED = 3
"""So many missing units are named."""
ONLY_AMOUNT = re.compile(r"[0-9０-９.．]{1,12}\s?[^\s0-9]{0,8}$")
"""A note that says no more than how much."""


ENDED_BY = {"refused": "refuse", "waived": "waive", "lapsed": "lapse"}
"""States that a second press of another verb is answered with, rather than with who did it."""


class Done(Protocol):
    """An act and what it led to. `repeated`: `by` had done it before, at `at`, and nothing was changed."""

    @property
    def verb(self) -> str: ...
    @property
    def part(self) -> PartView: ...
    @property
    def repeated(self) -> bool: ...
    @property
    def by(self) -> str: ...
    @property
    def at(self) -> datetime: ...
    @property
    def until(self) -> datetime | None: ...
    @property
    def undo_until(self) -> datetime | None: ...


def done(reader: Reader, act: Done) -> Message:
    """What one act led to, and how to take it back."""
    if act.repeated:
        return Message((repeated(reader, act),))
    lines = (_headline(reader, act), *_details(reader, act), way_back(reader, [act]))
    return Message(tuple(line for line in lines if line), _buttons(reader, act))


def done_many(reader: Reader, acts: Sequence[Done], refused: Sequence[str] = ()) -> Message:
    """What several acts of one kind led to, and what could not be done; at least one act or refusal."""
    fresh = [act for act in acts if not act.repeated]
    again = [repeated(reader, act) for act in acts if act.repeated]
    if len(fresh) == 1 and not again and not refused:
        return done(reader, fresh[0])
    lines = [*_fresh(reader, fresh), *again, *refused, way_back(reader, fresh)]
    return Message(tuple(line for line in lines if line))


def toast(reader: Reader, act: Done) -> str:
    """The few words that show up over a pressed button."""
    if act.repeated:
        return repeated(reader, act)
    at = dates.moment(reader, act.until or act.at)
    return reader.say(f"answer.{act.verb}.toast", code=act.part.code, at=at)


def repeated(reader: Reader, act: Done) -> str:
    """Who did it first, and when; where an end was not anybody's act, how it ended."""
    code, unit, verb, by, moment = act.part.code, words.clean(act.part.unit), act.verb, act.by, act.at
    if verb == "receive" and act.part.reported_at and act.part.state in {"reported", "verified"}:
        verb, by, moment = "report", act.part.reported_by, act.part.reported_at
    ended_by = "reroute" if act.part.rerouted_to else ENDED_BY.get(act.part.state, verb)
    if not by or ended_by != verb:
        return reader.say("answer.ended", code=code, state=words.state_word(reader.language, act.part))
    return reader.say(f"answer.{verb}.repeated", code=code, unit=unit, by=by, at=dates.moment(reader, moment))


def refusal(reader: Reader, error: Exception) -> str:
    """The sentence for what a use case refused: its `key` and `values`, or a plain no."""
    values = getattr(error, "values", {})
    if getattr(error, "key", "") == "not_allowed" and has(reader.language, f"state.{values.get('state')}"):
        return reader.say("error.not_now", state=reader.say(f"state.{values['state']}"))
    key = f"error.{getattr(error, 'key', 'refused')}"
    if key == "error.others_missing":
        return _missing(reader, values.get("missing", ()))
    return reader.say(key if has(reader.language, key) else "error.refused", **values)


def _missing(reader: Reader, units: Sequence[str]) -> str:
    """The lead waits for others: how many, and the first of them by name."""
    named = reader.say("list.joiner").join(words.clean(unit, 20) for unit in units[:NAMED])
    key = "error.others_missing_more" if len(units) > NAMED else "error.others_missing"
    return reader.say(key, n=len(units), units=named)


def way_back(reader: Reader, acts: Sequence[Done]) -> str:
    """How long the act can be taken back, and how."""
    until = min((act.undo_until for act in acts if act.undo_until), default=None)
    if until is None:
        return ""
    minutes = round((until - acts[0].at).total_seconds() / 60)
    return reader.say("answer.way_back_many" if len(acts) > 1 else "answer.way_back", n=minutes, code=acts[0].part.code)


def _headline(reader: Reader, act: Done) -> str:
    at = dates.full_moment(reader, act.until or act.at)
    return reader.say(f"answer.{act.verb}.one", at=at, **words.said(reader, act.part))


def _details(reader: Reader, act: Done) -> tuple[str, ...]:
    part, say, said = act.part, reader.say, words.said(reader, act.part)
    match act.verb:
        case "receive":
            return (say("how.report", **said),)
        case "report":
            return (_reported(reader, part),)
        case "count":
            rest = words.number(max(part.target - part.counted, Decimal(0)))
            return _note(reader, part), say(
                "answer.count.rest", rest=rest, measure_unit=words.measure(reader, part), **said
            )
        case "return":
            reason = "" if part.confidential else say("answer.reason", reason=words.clean(part.reason, 60))
            return reason, say("answer.return.told", **said)
        case "snooze":
            return (say("answer.snooze.stands", **said),)
    late = act.verb == "extend" and part.due < reader.today
    key = "answer.extend.told_late" if late else f"answer.{act.verb}.told"
    return (say(key, **said),) if has(reader.language, key) else ()


def _reported(reader: Reader, part: PartView) -> str:
    """附文号 1 个 · 待司法局销号."""
    bureau = part.bureau or reader.say("part.bureau")
    waits = "" if words.settled(part) else reader.say("answer.report.waits", bureau=bureau)
    return " · ".join(said for said in (_note(reader, part), waits) if said)


def _note(reader: Reader, part: PartView) -> str:
    """That there is a note, not what it says: evidence stays behind the inbox."""
    numbers = len(OFFICIAL_NUMBER.findall(part.note))
    if numbers:
        return reader.say("answer.with_number", n=numbers)
    return reader.say("answer.with_note") if part.note and not ONLY_AMOUNT.match(part.note) else ""


def _fresh(reader: Reader, acts: Sequence[Done]) -> list[str]:
    key = f"answer.{acts[0].verb}.many" if acts else ""
    if len(acts) == 1 or not has(reader.language, key) or len({act.verb for act in acts}) > 1:
        return [_headline(reader, act) for act in acts]
    names = " ".join(words.code(reader, act.part) for act in acts)
    at = dates.full_moment(reader, acts[0].at)
    return [reader.say(key, n=len(acts), names=names, at=at)]


def _buttons(reader: Reader, act: Done) -> tuple[tuple[Button, ...], ...]:
    part = act.part
    undo = (button(reader, "undo", part.id),) if act.undo_until else ()
    if act.verb == "receive":
        return ((button(reader, "report", part.id), *undo),)
    return (undo,) if undo else ()
