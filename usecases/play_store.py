"""A play through the store: every reminder, message and answer is a row, as in earnest; the chat only records."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, time, timedelta
from typing import Literal

from schedules.civil import local
from schedules.plan import Plan
from schedules.retry import Sent
from schedules.roster import Roster
from storage import people
from storage.rows import DeliveryRow, Officer
from texts.values import DigestView
from usecases.answer import Act, receive, report
from usecases.deliver import claim, prepare, record
from usecases.errors import OthersMissing
from usecases.office import Desk, Office
from usecases.play_ground import CHANNEL, Span, moments, set_up
from usecases.played import Play
from usecases.remind import hand_over, roll

Answers = Literal["none", "prompt"]
PROMPT_AFTER = timedelta(hours=1)
PROMPT_RUNGS = ("d7", "d3", "d1", "d0")


def through_store(  # noqa: PLR0913 what a period needs
    scratch: Office,
    plan_list: Sequence[Plan],
    roster: Roster,
    span: Span,
    done: Play,
    *,
    chase: bool = False,
    answers: Answers = "none",
) -> None:
    """Play with the whole engine: every reminder, message and answer is a row."""
    done.imports = set_up(scratch, plan_list, roster, span.start, chase=chase)
    for now in moments(scratch, span.start, span.end):
        beat(scratch, now, done, answers)


def beat(scratch: Office, now: datetime, done: Play, answers: Answers = "none") -> None:
    """One moment of the play: what falls due then is sent and noted in `done`."""
    with scratch.write(now) as desk:
        if local(now, scratch.zone).time() == time(0):
            roll(desk)
        while hand_over(desk, mail=False):
            pass
    with scratch.write(now) as desk:
        claimed = claim(desk, owner="play", channels=(CHANNEL,), limit=100_000)
        sent = [(delivery, prepare(desk, delivery)) for delivery in claimed]
        for delivery, outgoing in sorted(sent, key=lambda pair: pair[0].id):
            if outgoing is not None:
                record(desk, delivery, outgoing, Sent(str(delivery.id)))
                if outgoing.told is not None and outgoing.kind == "digest":
                    done.note(outgoing.told, outgoing.message)
    if answers == "prompt":
        _answer(
            scratch,
            now + PROMPT_AFTER,
            [(delivery, out.told) for delivery, out in sent if out and out.told and out.kind == "digest"],
        )


def _answer(scratch: Office, now: datetime, told: Sequence[tuple[DeliveryRow, DigestView]]) -> None:
    """Everybody receives what is assigned and reports what is near, an hour after being told, leads last."""
    with scratch.write(now) as desk:
        officers = {officer.id: officer for officer in people.officers(desk.tx)}
        lines = [(officers[delivery.officer_id or 0], line) for delivery, view in told for line in view.reminders]
        for officer, line in sorted(lines, key=lambda pair: pair[1].part.role == "lead"):
            if line.part.unit_id == officer.unit_id:
                _act(desk, officer, line.part.id, near=line.rung in PROMPT_RUNGS)


def _act(desk: Desk, officer: Officer, part_id: int, *, near: bool) -> None:
    """Leads come last; one whose others are not in yet receives, and reports when it is reminded again."""
    act = Act(officer, "play")
    if near:
        with suppress(OthersMissing):
            report(desk, act, part_id)
            return
    receive(desk, act, part_id)
