"""Nobody can make a duty, a part, a reminder, a message or a row of the timeline vanish: no code removes any."""

import ast
from collections.abc import Iterator

from tests.house.rooms import ROOT

ROOMS = ("bot", "feeds", "plans", "ruqi", "scheduler", "schedules", "storage", "texts", "usecases", "web")
MAY_GO = {"question", "group_chat", "contact", "copy_to", "draft"}
"""What Ruqi asked last; a group, way or copy that was given up (the timeline keeps that); an unfinished draft."""


def deletions() -> Iterator[tuple[str, str]]:
    """(file, table) of every DELETE that is built, and every one written out in words."""
    for room in ROOMS:
        for path in (ROOT / room).rglob("*.py"):
            if "versions" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                match node:
                    case ast.Call(func=ast.Name(id="delete"), args=[ast.Name(id=table), *_]):
                        yield path.name, table
                    case ast.Call(func=ast.Attribute(attr="delete", value=ast.Name(id=table))):
                        yield path.name, table
                    case ast.Constant(value=str(words)) if (
                        words.lstrip().upper().startswith(("DELETE FROM", "TRUNCATE "))
                    ):
                        yield path.name, words


def test_only_what_may_go_is_ever_removed() -> None:
    assert {table for _, table in deletions()} == MAY_GO
