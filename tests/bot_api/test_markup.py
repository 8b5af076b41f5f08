"""Telegram's HTML, read strictly: what passes, with its entities, and what is refused."""

import pytest

from tests.bot_api.errors import BotApiError
from tests.bot_api.markup import parse_html, utf16_length


def spans(source: str) -> list[tuple[str, int, int]]:
    return [(entity["type"], entity["offset"], entity["length"]) for entity in parse_html(source)[1]]


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("plain", "plain", []),
        ("<b>案卷</b>评查", "案卷评查", [("bold", 0, 2)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<STRONG>a</Strong>", "a", [("bold", 0, 1)]),
        ("𠮷<u>x</u>", "𠮷x", [("underline", 2, 1)]),  # an astral character counts two
        ("&lt;b&gt; &amp; &quot;x&quot;", '<b> & "x"', []),
        ("&#20070;&#x4e66;", "书书", []),
        ("&nbsp; &ltx; AT&T", "&nbsp; &ltx; AT&T", []),  # unknown names stay as they are
        ("a > b", "a > b", []),
        ("  <b> x </b>\n", "x", [("bold", 0, 1)]),  # the white space around is cut, entities move along
        ("<b></b>x", "x", []),
        ('<a href="https://example.org/?a=1&amp;b=2">x</a>', "x", [("text_link", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("blockquote", 0, 1)]),
        ('<pre><code class="language-yaml">x: 1</code></pre>', "x: 1", [("code", 0, 4), ("pre", 0, 4)]),
        ("<s>x</>", "x", [("strikethrough", 0, 1)]),  # an end tag may leave its name out
    ],
)
def test_what_passes(source: str, text: str, expected: list[tuple[str, int, int]]) -> None:
    assert parse_html(source)[0] == text
    assert spans(source) == expected


def test_a_link_keeps_its_address() -> None:
    assert parse_html('<a href="https://example.org/?a=1&amp;b=2">x</a>')[1][0]["url"] == "https://example.org/?a=1&b=2"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<b>x", 'can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("字<br>", 'unsupported start tag "br" at byte offset 3'),
        ("<p>x</p>", 'unsupported start tag "p"'),
        ("a < b", "unsupported start tag"),
        ("1 <2", "unsupported start tag"),
        ("<b", "unclosed tag"),
        ("<span>x</span>", 'must have class "tg-spoiler"'),
        ("<a>x</a>", "without href"),
        ("<b &>x</b>", "bad attribute"),
    ],
)
def test_what_is_refused(source: str, words: str) -> None:
    with pytest.raises(BotApiError) as caught:
        parse_html(source)
    assert caught.value.description.startswith("Bad Request: can't parse entities: ")
    assert words in caught.value.description


def test_lengths_are_counted_as_telegram_counts() -> None:
    assert [utf16_length(text) for text in ("abc", "案卷", "𠮷", "✅", "👨‍👩‍👧")] == [3, 2, 2, 1, 8]
