"""Write the pages of docs/ that list every command, from the help that the commands themselves give.

Usage: .venv/bin/python -m tests.ruqi.manual
"""

from collections.abc import Iterator
from pathlib import Path

import click
from click.testing import CliRunner

from ruqi.cli import main

ROOT = Path(__file__).parents[2]
HEADS = {
    "en": ("commands.md", "# Commands\n\nWhat `ruqi … --help` says, all on one page. [中文](commands.zh-CN.md)"),
    "zh": ("commands.zh-CN.md", "# 命令\n\n`ruqi … --help` 的内容，合成一页。[English](commands.md)"),
}


def manual(language: str) -> str:
    """The whole page in one language."""
    pages = (f"## `{' '.join(['ruqi', *words])}`\n\n```text\n{_help(words, language)}\n```" for words in _commands())
    return "\n\n".join([HEADS[language][1], *pages]) + "\n"


def _commands() -> Iterator[list[str]]:
    yield []
    yield from _below(main, [])


def _below(group: click.Group, words: list[str]) -> Iterator[list[str]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        yield [*words, name]
        found = group.get_command(context, name)
        if isinstance(found, click.Group):
            yield from _below(found, [*words, name])


def _help(words: list[str], language: str) -> str:
    return (
        CliRunner().invoke(main, [*words, "--help"], env={"RUQI_LANGUAGE": language, "COLUMNS": "100"}).stdout.rstrip()
    )


if __name__ == "__main__":
    for language, (name, _) in HEADS.items():
        (ROOT / "docs" / name).write_text(manual(language), encoding="utf-8")
