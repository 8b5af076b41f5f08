"""The migration steps stand in one row: two with one number, written side by side, would leave no way up."""

import re
from pathlib import Path

STEPS = Path(__file__).parents[2] / "storage" / "migrations" / "versions"


def test_each_step_has_a_number_of_its_own_and_follows_the_one_before() -> None:
    files = sorted(STEPS.glob("[0-9]*.py"))
    assert [file.name[:4] for file in files] == [f"{number:04}" for number in range(1, len(files) + 1)]
    for number, file in enumerate(files, 1):
        words = file.read_text(encoding="utf-8")
        before = re.search(r'^down_revision = "?(\w+)', words, re.MULTILINE)
        assert f'revision = "{number:04}"' in words, file.name
        assert before
        assert before[1] == (f"{number - 1:04}" if number > 1 else "None"), file.name
