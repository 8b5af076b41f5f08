"""A mistake always has a sentence."""

import pytest

from schedules.errors import RuqiError


class Spilled(RuqiError):
    """The tea was spilled; bring a cloth.

    This line is for programmers.
    """


@pytest.mark.parametrize(
    ("error", "said", "reason"),
    [
        (Spilled(), "The tea was spilled; bring a cloth.", "no message: the docstring's first line"),
        (Spilled("The tea of unit 7 was spilled."), "The tea of unit 7 was spilled.", "a message is more exact"),
        (RuqiError(), "Ruqi could not do this.", "the base class has a sentence too"),
    ],
)
def test_an_error_says_its_message_or_its_docstring(error: RuqiError, said: str, reason: str) -> None:
    assert str(error) == said, reason
