"""The picture of the life of a part in ARCHITECTURE.md is the table in the code."""

import re
from pathlib import Path

from schedules.lifecycle import MOVES, Actor

ROW = re.compile(r"^\| (\w+) \| (\w+) \| (\w+) \| ([\w, ]+) \|$", re.MULTILINE)


def test_the_table_of_moves_in_the_architecture_is_the_one_in_the_code() -> None:
    page = (Path(__file__).parents[2] / "ARCHITECTURE.md").read_text(encoding="utf-8")
    told = [row for row in ROW.findall(page.partition("## The life of a part")[2]) if row[0] != "from"]
    order = list(Actor)
    known = [
        (state.value, verb.value, move.to.value, ", ".join(a.value for a in order if a in move.actors))
        for (state, verb), move in MOVES.items()
    ]
    assert told == known
