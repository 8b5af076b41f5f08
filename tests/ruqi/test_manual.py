"""The pages of docs/ that list the commands say what the commands say; `python -m tests.ruqi.manual` writes them."""

import pytest

from tests.ruqi.manual import HEADS, ROOT, manual


@pytest.mark.parametrize("language", HEADS)
def test_the_page_of_commands_is_up_to_date(language: str) -> None:
    assert (ROOT / "docs" / HEADS[language][0]).read_text(encoding="utf-8") == manual(language)
