"""`ruqi plan read`: the duties of a document, as JSON lines, as a plan file to correct, or as a table to look at."""

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ruqi.speech import lines, note
from ruqi.spoken import Spoken
from ruqi.tongue import language
from schedules.errors import RuqiError

if TYPE_CHECKING:
    from plans.reading import Reading

FORMATS = ("jsonl", "yaml", "table")
ENDINGS = {".jsonl": "jsonl", ".yaml": "yaml", ".yml": "yaml", ".txt": "table"}
LONGEST_KEY = 40


class Unreadable(RuqiError):
    """The document cannot be read."""


@click.command("read", cls=Spoken)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMATS))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False))
def read(file: Path, *, form: str | None, output: Path | None) -> None:
    reading = _reading(file)
    said = _written(reading, form or _usual(output), file)
    for unclear in reading.unclear:
        click.echo(unclear.says, err=True)
    for remark in reading.notes:
        click.echo(remark, err=True)
    if output is None:
        lines(said.splitlines())
    else:
        output.write_text(said, encoding="utf-8")
        note("plan.read", file=str(output), count=len(reading.duties), unclear=len(reading.unclear))


def _usual(output: Path | None) -> str:
    """What the name of the output says; without one a table for a person, JSON lines for a program."""
    if output is not None:
        return ENDINGS.get(output.suffix.lower(), "jsonl")
    return "table" if sys.stdout.isatty() else "jsonl"


def _reading(file: Path) -> "Reading":
    from plans.reading import CannotRead, read_document
    from texts.catalogue import say

    try:
        return read_document(file, file.stem)
    except CannotRead as error:
        if language() == "zh":
            raise
        kind = f"web.plans.cannot.{type(error).__name__.lower()}"
        why = f"{say(language(), f'{kind}.what')}. {say(language(), f'{kind}.do')}"
        raise Unreadable(why) from None


def _written(reading: "Reading", form: str, file: Path) -> str:
    from plans.planyaml import plan_to_yaml
    from plans.reading import to_jsonl, to_plan, to_table
    from usecases.draft_data import fitted

    if form == "yaml":
        return plan_to_yaml(fitted(to_plan(reading, _key(file))))
    return to_jsonl(reading) if form == "jsonl" else to_table(reading)


def _key(file: Path) -> str:
    """The name the plan will have for `ruqi plan import`, from the file's name as far as that is ASCII."""
    return re.sub("[^a-z0-9]+", "-", file.stem.lower()).strip("-")[:LONGEST_KEY].strip("-") or "plan"
