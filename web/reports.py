"""What the bureau's larger acts led to, as the pages say it."""

from texts import dates, lists, words
from texts.reader import Reader
from texts.values import Message
from usecases.letters import Letter
from usecases.nudge import NotNudged, NudgeReport

NAMED = 5
"""So many of those left alone are named."""


def nudged(reader: Reader, report: NudgeReport) -> Message:
    """Who is asked again and when, and who is not, and why."""
    lines = [_asked(reader, report)] if report.nudged else []
    lines += [_left(reader, one) for one in report.left_alone[:NAMED]]
    if len(report.left_alone) > NAMED:
        lines.append(reader.say("web.bulk.more_left", n=len(report.left_alone) - NAMED))
    return Message(tuple(lines))


def held(reader: Reader, verb: str, letter: Letter) -> Message:
    at, rung = dates.full_moment(reader, letter.at), lists.rung_name(reader, letter.rung)
    said = {"code": letter.part.code, "unit": words.clean(letter.part.unit), "rung": rung, "at": at}
    return Message((reader.say(f"web.letters.{verb}.done", **said),))


def _asked(reader: Reader, report: NudgeReport) -> str:
    at = dates.full_moment(reader, report.leaves_at)
    return reader.say("web.bulk.nudged", n=len(report.nudged), people=report.people, at=at)


def _left(reader: Reader, one: NotNudged) -> str:
    said = {"unit": words.clean(one.part.unit), "code": one.part.code, "by": one.by}
    again = dates.day(reader, one.again_on) if one.again_on else ""
    return reader.say(f"web.bulk.left.{one.why}", again=again, **said)
