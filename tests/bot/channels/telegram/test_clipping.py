"""Whatever the text, what goes out is something Telegram takes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.clipping import LONGEST, clean, clip, units

BITS = st.sampled_from(["a", "期", "\n", "😀", "👩‍👩‍👧‍👦", "👍🏽", "🇨🇳", "e\u0301", "❤\ufe0f", " "])
TEXTS = st.lists(BITS, max_size=60).map("".join)


@given(TEXTS, st.integers(2, 40))
def test_clipped_text_fits_and_is_the_beginning(text: str, most: int) -> None:
    clipped = clip(text, most)
    assert len(clipped.encode("utf-16-le")) // 2 <= most
    assert clipped == text or (clipped.endswith("…") and text.startswith(clipped[:-1]))


@given(TEXTS, st.integers(14, 40))
def test_no_character_is_torn(text: str, most: int) -> None:
    clipped = clip(text, most)
    if clipped == text:
        return
    rest = text[len(clipped) - 1 :].lstrip()
    assert not rest or not unicodedata.combining(rest[0])
    assert rest[:1] not in {"\u200d", "\ufe0f", "🏽"}
    flags = sum(0x1F1E6 <= ord(char) <= 0x1F1FF for char in clipped)
    assert flags % 2 == 0


@given(st.text(alphabet=st.characters(), max_size=200))
def test_clean_text_can_be_sent_and_stored(text: str) -> None:
    assert "\x00" not in clean(text)
    clean(text).encode()


@pytest.mark.parametrize(
    ("text", "length", "why"),
    [("期", 1, "one unit"), ("😀", 2, "beyond the first plane: two"), ("🇨🇳", 4, "a flag is two letters of two")],
)
def test_length_is_counted_as_telegram_counts(text: str, length: int, why: str) -> None:
    assert units(text) == length, why


def test_a_line_end_near_the_limit_is_preferred() -> None:
    lines = "\n".join(["办12 案卷评查 · 1月31日(周六)"] * 400)
    clipped = clip(lines)
    assert units(clipped) <= LONGEST
    assert clipped.endswith("(周六)…")
