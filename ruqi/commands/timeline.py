"""`ruqi timeline export`: everything that was done, as a file for an auditor. It only looks."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import IO, Literal

import click

from ruqi.office import now, the_office
from ruqi.speech import note
from ruqi.spoken import SpokenGroup

DAY = click.DateTime(["%Y-%m-%d"])


@click.group(cls=SpokenGroup)
def command() -> None:
    """Timeline."""


@command.command("export")
@click.option("--from", "first", type=DAY)
@click.option("--to", "last", type=DAY)
@click.option("--plan", metavar="KEY", default="")
@click.option("--unit", metavar="NAME", default="")
@click.option("--format", "kind", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True)
@click.option("-o", "--output", metavar="FILE", default="-")
def export(  # noqa: PLR0913 - one for each option
    *, first: datetime | None, last: datetime | None, plan: str, unit: str, kind: Literal["csv", "jsonl"], output: str
) -> None:
    from ruqi.tongue import language
    from usecases.timeline_export import Asked, known, timeline_export

    asked = Asked(first=first.date() if first else None, last=last.date() if last else None, plan_key=plan, unit=unit)
    count = 0
    after: int | None = 0
    with the_office() as office:
        with office.read(now()) as desk:
            known(desk, asked)
        with _file(output) as file:
            while after is not None:
                with office.read(now()) as desk:
                    piece = timeline_export(desk, None, replace(asked, after=after), kind, language())
                file.write(piece.data)
                count, after = count + piece.acts, piece.after
    note("timeline.exported", n=count)


@contextmanager
def _file(name: str) -> Iterator[IO[bytes]]:
    """Standard output, or a file that is not there yet."""
    from ruqi.commands.rostering import FileExists, NotWritable

    if name == "-":
        yield sys.stdout.buffer
        return
    try:
        with Path(name).open("xb") as file:
            yield file
    except FileExistsError as error:
        raise FileExists(name) from error
    except OSError as error:
        raise NotWritable(name, error.strerror or "") from error
