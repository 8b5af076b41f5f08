"""Callback data: it fits, it comes back as it was, and nothing else is believed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from texts.buttons import HIGHEST, LIMIT, VERBS, Press, data, fits, read


@settings(max_examples=200)
@given(st.sampled_from(sorted(VERBS)), st.integers(0, HIGHEST), st.text(max_size=30))
def test_what_was_packed_is_read(verb: str, number: int, words: str) -> None:
    if fits(verb, number, words):
        assert read(data(verb, number, words)) == Press(verb, number, words)
    else:
        with pytest.raises(ValueError, match="64 bytes"):
            data(verb, number, words)


def test_a_verb_alone() -> None:
    assert read(data("receive_all")) == Press("receive_all")


@settings(max_examples=300)
@given(st.text(max_size=80))
def test_anything_else_is_nothing_or_one_of_our_verbs(packed: str) -> None:
    press = read(packed)
    assert press is None or (press.verb in VERBS and len(packed.encode()) <= LIMIT)


@pytest.mark.parametrize(
    "packed",
    ["", "v1", "v2:report:1", "v1:drop:1", "v1:report:-1", "v1:report:１", "v1:report:1e9", "v1:report:2147483648"],
)
def test_forged_data_is_nothing(packed: str) -> None:
    assert read(packed) is None
