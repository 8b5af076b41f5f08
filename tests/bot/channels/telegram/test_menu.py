"""What the menus offer is understood, in private and in groups."""

import pytest

from bot.channels.telegram.menu import ALONE, IN_GROUPS, menus
from bot.grammar import parse
from bot.grouping import group_order
from bot.intents import Help


@pytest.mark.parametrize("command", sorted({*ALONE, *IN_GROUPS} - {"help"}))
def test_every_command_of_the_menus_means_something(command: str) -> None:
    assert group_order(f"/{command}") or parse(f"/{command}") != Help()


def test_each_menu_has_both_languages_and_telegrams_lengths() -> None:
    assert len(list(menus())) == 4
    for menu in menus():
        assert all(1 <= len(item["description"]) <= 256 for item in menu["commands"])
