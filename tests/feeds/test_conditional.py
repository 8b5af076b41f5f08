"""Entity tags, If-None-Match, what a 304 carries, and which coding the client takes."""

import gzip

import pytest

from feeds.coding import compressed, takes_gzip
from feeds.conditional import entity_tag, has_it, kept

TAG = '"abc"'


@pytest.mark.parametrize(
    ("lines", "held", "reason"),
    [
        ([], False, "no condition"),
        ([""], False, "an empty one"),
        (['"abc"'], True, "the tag itself"),
        (['W/"abc"'], True, "compared weakly (RFC 9110 section 13.1.2)"),
        (['"x", "abc" , "y"'], True, "a list"),
        (['"x"', 'W/"y","abc"'], True, "two header lines are one list"),
        (["*"], True, "whatever there is"),
        ([" * "], True, "with blanks around"),
        (['"x"'], False, "another content"),
        (["abc"], False, "a tag has quotes"),
        (['"abc'], False, "both of them"),
        (['"x,"abc"'], False, "a tag may hold a comma: here it is one, and then junk"),
        (['w/"abc"'], True, "a weak prefix is upper case; in lower case it is junk before a tag"),
        (['"ABC"'], False, "tags are compared letter by letter"),
        (['"*"'], False, "a tag, not the star"),
        (['"abc"x' * 5000], True, "long junk ends soon"),
        (['"' * 60_000], False, "and this too"),
    ],
)
def test_if_none_match(lines: list[str], held: bool, reason: str) -> None:
    assert has_it(lines, TAG) is held, reason


def test_tag_is_strong_and_follows_content_and_coding() -> None:
    tags = {entity_tag(b"a"), entity_tag(b"b"), entity_tag(b"a", "gzip")}
    assert len(tags) == 3
    assert all(tag.startswith('"') and tag.endswith('"') for tag in tags)
    assert entity_tag(b"a") == entity_tag(b"a")


def test_304_carries_only_what_it_may() -> None:
    said = {
        "ETag": TAG,
        "Cache-Control": "private",
        "Vary": "X",
        "Content-Type": "text/calendar",
        "Content-Length": "9",
    }
    assert kept(said) == {"ETag": TAG, "Cache-Control": "private", "Vary": "X"}


@pytest.mark.parametrize(
    ("header", "takes"),
    [
        ("gzip", True),
        ("GZip", True),
        ("deflate, gzip;q=0.5, br", True),
        ("gzip ; Q=1.000", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip;q=0.0, *", False),
        ("*;q=0", False),
        ("identity", False),
        ("", False),
        ("gzip;q=viel", False),
        ("gzip;level=9", False),
        ("xgzip", False),
        (";;,,=", False),
        ("a" * 60_000 + ";", False),
    ],
)
def test_accept_encoding(header: str, takes: bool) -> None:
    assert takes_gzip(header) is takes


def test_gzip_gives_the_same_bytes_each_time() -> None:
    content = "办12".encode() * 999
    assert compressed(content) == compressed(content)
    assert compressed(content)[4:8] == bytes(4), "no time in the stream"
    assert gzip.decompress(compressed(content)) == content
