"""The strict reader is strict: what it lets pass is worth something."""

import pytest

from tests.feeds.strict import Broken, read

GOOD = b"BEGIN:VCALENDAR\r\nX:1\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (GOOD.replace(b"\r\n", b"\n"), "bare line feeds"),
        (GOOD[:-2], "no end of the last line"),
        (GOOD.replace(b"X:1", b"X:" + b"a" * 74), "76 octets"),
        (GOOD.replace(b"X:1", b"X:\xe5\x8a\r\n \x9e"), "folded inside a character"),
        (GOOD.replace(b"X:1", b"X:\x0b"), "a control sign"),
        (GOOD.replace(b"X:1", "X:\u202e".encode()), "a direction sign"),
        (GOOD.replace(b"X:1", b"X 1"), "no colon"),
        (GOOD.replace(b"X:1", b"x:1"), "lower case is never written by us"),
        (GOOD.replace(b"X:1", b"BEGIN:VEVENT"), "an open component"),
        (GOOD + GOOD, "two calendars"),
        (b"\xef\xbb\xbf" + GOOD, "a byte order mark"),
    ],
)
def test_refuses(content: bytes, why: str) -> None:
    with pytest.raises((Broken, UnicodeDecodeError, IndexError)):
        read(content)


def test_reads_what_is_right() -> None:
    calendar = read(GOOD.replace(b"X:1", b"X;A=b:1\\,\\n\r\n  2"))
    assert (calendar.names, calendar.parameters("X"), calendar.text("X")) == (["X"], ";A=b", "1,\n 2")
