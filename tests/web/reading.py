"""Reading what a page shows and what the database kept."""

import re
from collections.abc import Callable

from tests.web.world import Browser, World

UNIT = "综合执法局"


def cards(browser: Browser) -> dict[str, str]:
    """The stored state by short code, in the order of the page."""
    found = re.findall(r'<li class="card" id="p\d+" data-state="(\w+)" data-code="(\d+)">', browser.text)
    return {code: state for state, code in found}


def verbs(world: World) -> list[str]:
    return [str(row[2]) for row in world.dump()["timeline"] if row[4] is not None]


def data_of(verb: str, part_id: int) -> Callable[[dict[str, str]], bool]:
    return lambda fields: fields.get("data") == f"v1:{verb}:{part_id}"
