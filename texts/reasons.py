"""Why did I get this: plan, item, role and rung, who else got it, and the steps that follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from texts import dates, words
from texts.lists import rung_name
from texts.reader import Reader
from texts.values import Message, PartView

STEPS = 3
"""So many steps that follow are named."""
NAMED = 5


@dataclass(frozen=True, slots=True)
class WhyTold:
    """The reminder asked about. `others` got the same, `instead_of` is who it was meant for."""

    rung: str
    at: datetime
    audience: str
    others: tuple[str, ...] = ()
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class WhyNext:
    """A step to come, to an audience, with copies to others."""

    rung: str
    day: date
    audience: str
    copies: tuple[str, ...] = ()


def why(reader: Reader, part: PartView, *, told: WhyTold | None, coming: Sequence[WhyNext]) -> Message:
    say = reader.say
    lines = [say("why.headline", name=words.name(reader, part))]
    if part.confidential:
        lines.append(say("why.confidential"))
    else:
        lines.append(say("why.plan", plan=words.clean(part.plan), item=part.item))
    lines.append(say("why.role", role=say(f"role.{part.role}"), **words.said(reader, part)))
    if part.rule_day != part.due:
        lines.append(say("why.rule", day=dates.day(reader, part.rule_day)))
    if part.siblings > 1:
        lines.append(say("why.joint", n=part.siblings, done=part.siblings_done))
    return Message((*lines, *_told(reader, told), *_coming(reader, coming)))


def _told(reader: Reader, told: WhyTold | None) -> list[str]:
    if told is None:
        return [reader.say("why.told_none")]
    rung = rung_name(reader, told.rung, told.audience)
    lines = [reader.say("why.told", rung=rung, at=dates.full_moment(reader, told.at))]
    if told.instead_of:
        lines.append(reader.say("why.instead", name=words.clean(told.instead_of)))
    if told.others:
        named = reader.say("list.joiner").join(words.clean(name) for name in told.others[:NAMED])
        lines.append(reader.say("why.others", names=named))
    return lines


def _coming(reader: Reader, coming: Sequence[WhyNext]) -> list[str]:
    if not coming:
        return [reader.say("why.next_none")]
    keys = ("next", *("then" for _ in coming[1:STEPS]))
    return [_step(reader, key, step) for key, step in zip(keys, coming, strict=False)]


def _step(reader: Reader, key: str, step: WhyNext) -> str:
    who = reader.say(f"why.who.{step.audience}")
    if step.copies:
        names = reader.say("list.joiner").join(reader.say(f"why.copied_to.{name}") for name in step.copies)
        who = reader.say("why.copied", who=who, names=names)
    rung = rung_name(reader, step.rung, step.audience)
    return reader.say(f"why.{key}", rung=rung, day=dates.day(reader, step.day), who=who)
