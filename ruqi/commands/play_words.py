"""A played period in words, and as data in a stable order: the same play gives the same bytes."""

from collections.abc import Sequence
from typing import Any

from ruqi.columns import pad
from ruqi.speech import tell, text
from schedules.plan import Plan
from usecases.play import Play


def played_data(done: Play) -> dict[str, Any]:
    return done.as_data()


def tell_cycles(plans: Sequence[Plan]) -> None:
    """Say of how many duties only the dates known so far can be shown: the others follow from completions."""
    count = sum(duty.has_cycle for plan in plans for duty in plan.duties)
    if count:
        tell("cycles.later", count=count)


def due_lines(done: Play) -> list[str]:
    """The due dates, a line each, under their months."""
    said: list[str] = []
    month = ""
    for item, day, stage in done.due:
        if f"{day:%Y-%m}" != month:
            month = f"{day:%Y-%m}"
            said += ["", month]
        said.append(text("play.due", day=f"{day:%m-%d}", item=pad(item, 6), stage=stage).rstrip())
    return said


def message_lines(done: Play) -> list[str]:
    """Every message as its reader would see it, under its moment and its reader."""
    said: list[str] = []
    for sent in done.messages:
        said.append(text("play.message", at=f"{sent.at:%Y-%m-%d %H:%M}", officer=sent.officer, unit=sent.unit))
        said += [f"    {line}" for line in sent.message.lines]
        said.append("")
    return said
