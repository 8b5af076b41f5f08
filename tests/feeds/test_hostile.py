"""What people type never adds a line, a property or a component to the feed; and one bad text never stops it."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

from feeds.calendar import render
from feeds.plain import as_json
from tests.feeds.hostile import KNOWN, texts
from tests.feeds.strict import Component, read
from tests.feeds.views import entry, view
from usecases.feed_view import FeedView

ROOT = Path(__file__).parents[2]


def hostile_view(text: str, *, todo: bool) -> FeedView:
    """The text wherever somebody's words can come from."""
    first = entry(
        title=text, text=text, stage=text, measure=text, unit_of_measure=text, plan=text, item=text, unit=text
    )
    other = entry(uid="other", unit_id=2, title=text, unit=text, state="received", reason=text, note=text)
    return view(first, other, title=text, todo=todo, alarms=(0,))


def shape(component: Component) -> tuple[str, list[str], list[object]]:
    """Components and properties, without what they say."""
    return component.name, component.names, [shape(inner) for inner in component.inner]


def check(text: str, *, todo: bool = False) -> None:
    hostile = hostile_view(text, todo=todo)
    content = render(hostile)
    calendar = read(content)
    assert shape(calendar) == shape(read(render(hostile_view("无害", todo=todo))))
    assert not [c for c in calendar.inner if "\n" in c.text("SUMMARY") or c.text("DESCRIPTION").count("\n") > 4]
    assert render(hostile) == content
    as_json(hostile)


@given(text=texts())
@settings(max_examples=250)
def test_shape_stays_whatever_was_typed(text: str) -> None:
    check(text)


@pytest.mark.parametrize("text", KNOWN, ids=range(len(KNOWN)))
@pytest.mark.parametrize("todo", [False, True], ids=["event", "todo"])
def test_known_breakers(text: str, todo: bool) -> None:
    check(text, todo=todo)


def test_what_is_harmless_survives_to_the_letter() -> None:
    typed = '案卷评查; 含“证据”, 100%: a^b 👍 "引" {x}'
    (event,) = read(render(view(entry(title=typed)))).inner
    assert event.text("SUMMARY") == f"办12 {typed}"


def test_a_typed_escape_is_no_line_break() -> None:
    (event,) = read(render(view(entry(title=r"C:\New \n")))).inner
    assert event.text("SUMMARY") == "办12 C:＼New ＼n"


def test_a_typed_border_is_no_border_to_careless_readers() -> None:
    (event,) = read(render(view(entry(title="end:vevent begin:10:30")))).inner
    assert event.text("SUMMARY") == "办12 end：vevent begin：10:30"


def test_long_text_is_cut_with_a_mark() -> None:
    (event,) = read(render(view(entry(text="办" * 10_000)))).inner
    assert "办…\n" in event.text("DESCRIPTION")


def test_holds_where_python_runs_without_asserts() -> None:
    """The library guards its lines with `assert` only (and `python -O` takes those out); ours must not need them."""
    program = (
        "import sys\n"
        "assert False, 'asserts are on'\n"
        "from tests.feeds.hostile import KNOWN\n"
        "from tests.feeds.test_hostile import hostile_view, shape\n"
        "from tests.feeds.strict import read\n"
        "from feeds.calendar import render\n"
        "harmless = shape(read(render(hostile_view('无害', todo=False))))\n"
        "bad = [text for text in KNOWN if shape(read(render(hostile_view(text, todo=False)))) != harmless]\n"
        "sys.exit(len(bad))\n"
    )
    command = [sys.executable, "-O", "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
