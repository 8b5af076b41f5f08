"""`ruqi drill`: real processes, really killed, and an account that can say no."""

import json
from pathlib import Path

import pytest

from ruqi.drill.judging import account
from ruqi.drill.node import SEEN
from ruqi.drill.running import Drill
from storage.tables import timeline
from tests.ruqi.conftest import Ruqi
from tests.storage.unguarded import unguarded


def test_two_kills_lose_nothing(ruqi: Ruqi) -> None:
    said = ruqi("drill", "--kills", "2", "--units", "4", "--json")
    assert said.data["good"] is True
    assert (said.data["reminders"], said.data["lost"], said.data["unmarked"]) == (8, 0, 0)
    assert "已终止 2/2" in said.err


@pytest.fixture(scope="module")
def drilled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Drill, Path]:
    """A drill that has come to its end, in one kill."""
    folder = tmp_path_factory.mktemp("drill")
    drill = Drill(folder, kills=2, units=3, seed=4)
    assert drill.run(lambda _: None).good
    return drill, folder / SEEN


def test_the_account_notices_what_is_missing_doubled_or_unmarked(drilled: tuple[Drill, Path]) -> None:
    drill, file = drilled
    lines = file.read_text(encoding="utf-8").splitlines()
    with drill.office.read(drill.now()) as desk:
        first = json.loads(lines[0])
        without = [line for line in lines if json.loads(line)["delivery"] != first["delivery"]]
        file.write_text("\n".join(without) + "\n", encoding="utf-8")
        assert account(desk, file, drill.answered).lost == 1
        again = json.dumps(first | {"repeat": False})
        file.write_text("\n".join([*without, again, again]) + "\n", encoding="utf-8")
        found = account(desk, file, drill.answered)
        assert (found.lost, found.copies >= 1, found.unmarked) == (0, True, 1)
        changed = json.dumps(first | {"repeat": False, "edit": True, "delivery": 0})
        file.write_text("\n".join([*without, again, changed, changed]) + "\n", encoding="utf-8")
        found = account(desk, file, drill.answered)
        assert (found.lost, found.unmarked) == (0, 0), "a message changed twice stands there once"
    assert drill.answered, "somebody answered"
    with drill.office.write(drill.now()) as desk, unguarded(desk.tx):
        desk.tx.execute(timeline.delete())
        assert account(desk, file, drill.answered).answers_lost == len(drill.answered)
