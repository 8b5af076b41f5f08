"""What the command line says: results on standard output, everything about them on standard error, in one language."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal

import click

from ruqi import columns
from ruqi.tongue import language
from schedules.errors import RuqiError
from texts import catalogue


def text(key: str, /, **values: object) -> str:
    """The sentence ``cli.<key>``."""
    return catalogue.say(language(), f"cli.{key}", **values)


def known(key: str) -> bool:
    return catalogue.has(language(), f"cli.{key}")


def tell(key: str, /, **values: object) -> None:
    """A result, on standard output."""
    click.echo(text(key, **values))


def note(key: str, /, **values: object) -> None:
    """A remark, on standard error, where it is in nobody's way."""
    click.echo(text(key, **values), err=True)


def lines(said: Sequence[str]) -> None:
    for line in said:
        click.echo(line)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """`head` are keys under ``cli.head``."""
    lines(columns.table([text(f"head.{key}") for key in head], [[str(cell) for cell in row] for row in rows]))


def emit(data: object) -> None:
    """The result for a program: JSON in UTF-8; dates and instants as ISO 8601, instants with their offset."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2, default=plain))


@contextmanager
def working(key: str, /, **values: object) -> Iterator[None]:
    """Say on standard error what takes a while, and when it is done."""
    click.echo(text(key, **values) + " … ", nl=False, err=True)
    try:
        yield
    except BaseException:
        click.echo(err=True)
        raise
    click.echo(text("done"), err=True)


def explain(error: RuqiError) -> list[str]:
    """One line for each thing that is wrong: what happened, to what, what to do next."""
    key, values = getattr(error, "key", ""), getattr(error, "values", {})
    if key == "settings":
        return [text(f"settings.{reason}", key=name, detail=detail) for name, reason, detail in error.problems]  # type: ignore[attr-defined] # BadSettings, which is not loaded for it
    for name in (f"cli.error.{key}", f"error.{key}"):
        if catalogue.has(language(), name):
            try:
                return [catalogue.say(language(), name, **values)]
            except catalogue.MissingText:
                break
    return [str(error)]


def plain(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"no JSON for {type(value).__name__}")
