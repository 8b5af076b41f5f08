"""The two front pages: what they tell people to type exists, what they link to is there, and both say the same."""

import re
from pathlib import Path

import click
import pytest

from ruqi.cli import main
from ruqi.settings import keys

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "README.zh-CN.md")


def told(page: str) -> set[tuple[str, ...]]:
    """The commands a page names, as far as they are words of ours: ``("plan", "check")``."""
    text = (ROOT / page).read_text(encoding="utf-8")
    context = click.Context(main)
    found = set()
    for words in re.findall(r"(?:^|[`\s：/])ruqi +([a-z]+(?: +[a-z]+)?)", text, re.MULTILINE):
        first, *rest = words.split()
        command = main.get_command(context, first)
        group = isinstance(command, click.Group)
        found.add((first, *rest[:1]) if group else (first,))
    return found


@pytest.mark.parametrize("page", PAGES)
def test_every_command_it_names_exists(page: str) -> None:
    context = click.Context(main)
    names = told(page) - {("cd",), ("officer",)}
    assert len(names) > 8
    for first, *rest in names:
        command = main.get_command(context, first)
        assert command is not None, first
        if rest:
            assert isinstance(command, click.Group)
            assert command.get_command(context, rest[0]) is not None, (first, *rest)


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#]+)\)", text) + re.findall(r"`(schedules/[\w/.-]+)`", text)
    assert [target for target in targets if not (ROOT / target).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_setting_it_names_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert set(re.findall(r"RUQI_[A-Z_]+", text)) <= set(keys())


def test_both_pages_name_the_same_commands() -> None:
    english, chinese = (told(page) for page in PAGES)
    assert english == chinese
