"""`ruqi officer export` and `ruqi officer erase`: a person's own data, to be given to them or made nobody's."""

import json
import os
from pathlib import Path

import click

from ruqi.office import reading, writing
from ruqi.speech import note, plain, tell
from ruqi.spoken import Spoken


@click.command("export", cls=Spoken)
@click.argument("name")
@click.option("--unit", metavar="UNIT")
@click.option("-o", "--output", metavar="FILE", type=click.Path(path_type=Path))
def export(name: str, *, unit: str | None, output: Path | None) -> None:
    from usecases.personal_data import find_anybody, personal_data

    with reading() as desk:
        found = personal_data(desk, find_anybody(desk, name, unit))
    words = json.dumps(found, ensure_ascii=False, indent=2, default=plain)
    if output is None:
        click.echo(words)
        return
    _write(output, words + "\n")
    tell("officer.data.written", officer=name, where=str(output))


@click.command("erase", cls=Spoken)
@click.argument("name")
@click.option("--unit", metavar="UNIT")
@click.option("--yes", is_flag=True)
def erase(name: str, *, unit: str | None, yes: bool) -> None:
    from usecases import personal_data

    if not yes:
        with reading() as desk:
            held = personal_data.personal_data(desk, personal_data.find_anybody(desk, name, unit))
        count = sum(len(rows) for rows in held.values() if isinstance(rows, list))
        tell("officer.data.look", officer=name, n=count)
        return
    with writing() as desk:
        done = personal_data.erase(desk, personal_data.find_anybody(desk, name, unit))
    tell("officer.data.erased", officer=name, n=done.acts)
    if done.mentions:
        note("officer.data.mentions", n=len(done.mentions), rows=" ".join(map(str, done.mentions[:20])))
    note("officer.data.backups")


def _write(path: Path, words: str) -> None:
    """A new file, for its owner only."""
    from ruqi.commands.rostering import FileExists, NotWritable

    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise FileExists(str(path)) from error
    except OSError as error:
        raise NotWritable(str(path), error.strerror or "") from error
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(words)
