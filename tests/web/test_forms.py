"""Only our own pages can send our forms, and what cannot have come from one of them is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.forms import comes_from_us, form_token, is_once, new_once, parse_form, token_fits, whole_number

HOST = "ruqi.example:8080"


@pytest.mark.parametrize(
    ("said", "ours", "why"),
    [
        ({"sec-fetch-site": "same-origin"}, True, "the browser says so"),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, True, "our Referrer-Policy makes Origin null"),
        ({"sec-fetch-site": "cross-site", "origin": f"http://{HOST}"}, False, "the browser's word goes first"),
        ({"sec-fetch-site": "same-site"}, False, "a neighbouring host is another site"),
        ({"sec-fetch-site": "none"}, False, "nobody types a POST into the address bar"),
        ({"origin": f"http://{HOST}"}, True, "plain http: only Origin is sent"),
        ({"origin": "http://evil.example"}, False, "another site says so itself"),
        ({"origin": f"http://{HOST}.evil.example"}, False, "a prefix is not the host"),
        ({"origin": "null"}, True, "plain http without referrer: the token decides"),
        ({}, True, "an old browser: the token decides"),
    ],
)
def test_where_a_form_comes_from(said: dict[str, str], ours: bool, why: str) -> None:
    assert comes_from_us({"host": HOST, **said}) is ours, why


def test_a_token_fits_its_session_only() -> None:
    assert token_fits("one session", form_token("one session"))
    assert not token_fits("another session", form_token("one session"))
    assert not token_fits("", form_token("")), "nobody is signed in, so no token fits"


@given(st.text())
def test_an_invented_token_fits_nothing(token: str) -> None:
    assert not token_fits("a session", token)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_as_fields_or_refused(body: bytes) -> None:
    try:
        fields = parse_form(body)
    except ValueError:
        return
    for value in fields.values():
        assert "\x00" not in value
        value.encode()


def test_too_many_fields_are_refused() -> None:
    with pytest.raises(ValueError, match="fields"):
        parse_form(b"&".join(b"a=1" for _ in range(41)))


@pytest.mark.parametrize("text", ["", "-1", "1e9", "１２", "²", "1.5", " 1", "9" * 10, "0x1", "12;"])
def test_what_no_form_of_ours_carries_is_no_number(text: str) -> None:
    assert whole_number(text) is None


def test_form_ids_are_all_different_and_recognised() -> None:
    made = {new_once() for _ in range(100)}
    assert len(made) == 100
    assert all(is_once(once) for once in made)
    assert not is_once("short")
    assert not is_once("x" * 61)
    assert not is_once("once with spaces")
