"""The page that shows an officer's three months says what the program says today."""

from tests.acceptance.transcript import PAGE, write


def test_the_transcript_is_up_to_date() -> None:
    stale = "a sentence or a date has changed: read the page again after `python -m tests.acceptance.transcript`"
    assert PAGE.read_text(encoding="utf-8") == write(), stale
