"""`ruqi event`: what happens on a day, so that the duties counted from it begin."""

from typing import TYPE_CHECKING

import click

from ruqi.office import reading, writing
from ruqi.speech import emit, note, table, tell, text
from ruqi.spoken import SpokenGroup
from schedules.errors import RuqiError

if TYPE_CHECKING:
    from datetime import date

    from usecases.office import Desk


class NoDay(RuqiError):
    """These words name no single day."""

    key = "no_day"

    def __init__(self, words: str) -> None:
        self.values = {"words": words}
        super().__init__(f"{words!r} names no single day; write it as 2026-03-02.")


@click.group(cls=SpokenGroup)
def command() -> None:
    """Events."""


@command.command("add")
@click.argument("plan")
@click.argument("name")
@click.argument("day")
@click.option("--note", "remark", metavar="WORDS", default="")
@click.option("--json", "as_json", is_flag=True)
def add(plan: str, name: str, day: str, *, remark: str, as_json: bool) -> None:
    from usecases.events import add_event

    with writing() as desk:
        on = _day(desk, day)
        report = add_event(desk, plan, name, on, note=remark)
    if as_json:
        emit({"event": report.event_id, "name": name, "day": on, "parts": report.new_parts, "first": report.first})
    else:
        tell("event.added" if report.first else "event.known", name=name, day=on, number=report.event_id)
        note("event.brought", parts=report.new_parts, reminders=report.reminders)


@command.command("list")
@click.argument("plan", required=False)
@click.option("--json", "as_json", is_flag=True)
def list_(plan: str | None, *, as_json: bool) -> None:
    """Registered events, and below them the ones that duties still wait for."""
    from ruqi.commands.people_words import event_rows

    with reading() as desk:
        rows = event_rows(desk, plan)
    if as_json:
        emit(rows)
    elif not rows:
        note("event.none")
    else:
        table(
            ("number", "plan", "event", "day"),
            [(row["event"] or "–", row["plan"], row["name"], row["day"] or text("event.waiting")) for row in rows],
        )


@command.command("move")
@click.argument("number", type=int)
@click.argument("day")
@click.option("--note", "remark", metavar="WORDS", default="")
def move(number: int, day: str, *, remark: str) -> None:
    from usecases.events import move_event

    with writing() as desk:
        report = move_event(desk, number, _day(desk, day), note=remark)
    tell("event.moved", name=report.name, day=report.day)
    note("event.followed", n=report.moved)


def _day(desk: "Desk", words: str) -> "date":
    """The single day that these words name; raises NoDay."""
    from datetime import date

    from schedules.phrases import Past, parse_day

    read = parse_day(words, desk.today, desk.calendar)
    on = read.day if isinstance(read, Past) else read
    if not isinstance(on, date):
        raise NoDay(words)
    return on


@command.command("cancel")
@click.argument("number", type=int)
def cancel(number: int) -> None:
    from usecases.events import cancel_event

    with writing() as desk:
        cancel_event(desk, number)
    tell("event.cancelled", number=number)
