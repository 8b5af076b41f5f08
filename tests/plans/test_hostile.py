"""Hostile files: whatever comes, the answer is a reading with problems, soon, and never an error raised."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plans import library
from plans.decode import MOST_BYTES, decode
from plans.planfile import read_plan
from plans.problems import MOST, Finds
from plans.rosterfile import read_roster

ROOT = Path(__file__).parents[2]
HEAD = "ruqi: 1\nkey: demo\ntitle: 甲\nissued: 2024-01-05\n"
LAUGHS = "a: &a [ha, ha]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=False)
)
BIG = MOST_BYTES - 1000
SOON = 5.0
"""Seconds of processor time; most answers take a tenth of one."""

BOMBS = {
    "billion laughs": LAUGHS,
    "itself": "a: &a [*a]\n",
    "deep brackets": "[" * 500_000,
    "deep braces": "{a: " * 300_000,
    "deep in a duty": HEAD + "duties: [{item: 1, title: 甲, roles: " + "[" * 100_000,
    "deep by indentation": "".join(f"{' ' * n}a:\n" for n in range(1500)),
    "deep by dashes": "- " * 500_000,
    "deep questions": "? " * 300_000,
    "too large": "a" * (MOST_BYTES + 1),
    "one long word": "a" * BIG,
    "one long number": HEAD + "short: " + "9" * BIG,
    "one long fraction": HEAD + "duties: [{item: 0." + "9" * BIG + "}]",
    "one long name": "a" * BIG + ": 1",
    "many entries": "[" + "a," * (BIG // 2),
    "many empty duties": HEAD + "duties: [" + "{}," * (BIG // 3) + "]",
    "many bad duties": HEAD + "duties:\n" + "- {itm: 1}\n" * 60_000,
    "many bad dues": HEAD + "duties:\n- item: 1\n  title: 甲\n  due: [" + "{type: x}," * 60_000 + "]",
    "many same names": "a: 1\n" * 100_000,
    "many unknown names": "".join(f"a{n}: 1\n" for n in range(100_000)),
    "many groups": HEAD + "groups:\n" + "".join(f"  各{n}: 1\n" for n in range(60_000)) + "duties: []\n",
    "many near groups": HEAD
    + "groups:\n"
    + "".join(f"  各部门{n}: {{categories: [甲]}}\n" for n in range(3000))
    + "duties:\n"
    + "".join(f"- {{item: {n}, title: 甲, roles: {{lead: [各部们{n}]}}, ongoing: true}}\n" for n in range(3000)),
    "many names in a role": HEAD + "duties: [{item: 1, title: 甲, roles: {lead: [" + "甲," * 100_000 + "]}}]",
    "many dues": HEAD
    + "duties: [{item: 1, title: 甲, roles: {lead: [甲]}, due: ["
    + ",".join(f"{{type: event, event: e{n}, days: 1}}" for n in range(15_000))
    + "]}]",
    "nothing but NUL": "\0" * BIG,
    "nothing but tabs": "\t" * BIG,
    "nothing but breaks": "\n" * BIG,
    "nothing but marks": "\ufeff" * 100_000,
    "anchors": "&a " * 100_000,
    "tags": "".join(f"- !t{n} x\n" for n in range(50_000)),
    "lone surrogates": "a: \ud800\n" * 1000,
    "odd line ends": "a: 1\u2028b: 2\x85c: 3\r",
    "documents": "---\n" * 100_000,
    "quotes": "'" * BIG,
    "percent": "%YAML 9.9\n---\na: 1\n",
    "merge": "<<: {ruqi: 1}\n",
    "python": "!!python/object/apply:os.system ['true']\n",
    "binary": "a: !!binary aGVsbG8=\n",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_answered_soon(name: str) -> None:
    began = time.process_time()
    reading = read_plan(BOMBS[name])
    took = time.process_time() - began
    assert 0 < len(reading.problems) <= MOST + 1
    assert sum(len(str(problem)) for problem in reading.problems) < 1000 * MOST
    assert took < SOON, f"{took:.1f} s"


@pytest.mark.parametrize("name", ["many groups", "many bad duties", "many empty duties"])
def test_a_bomb_for_rosters_is_answered_soon(name: str) -> None:
    text = BOMBS[name].replace("ruqi: 1\n", "ruqi_roster: 1\n").replace("duties:", "units:")
    began = time.process_time()
    assert read_roster(text).problems
    assert time.process_time() - began < SOON


def test_bombs_take_little_memory() -> None:
    """In a process of its own, whose peak is that of the bombs alone.

    VmHWM begins anew at exec (proc(5)); getrusage's ru_maxrss would still hold the size of the process that forked.
    """
    code = (
        "import sys; from tests.plans.test_hostile import BOMBS, read_plan\n"
        "[read_plan(BOMBS[name]) for name in sys.argv[1:]]\n"
        "print(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0])"
    )
    names = ["many entries", "many bad duties", "many bad dues", "deep brackets", "nothing but NUL", "quotes"]
    done = subprocess.run([sys.executable, "-c", code, *names], cwd=ROOT, capture_output=True, text=True, check=True)
    assert int(done.stdout) < 256 * 1024, f"{done.stdout.strip()} kB"


SHIPPED = [library.find(name).read_text(encoding="utf-8")[:3000] for name in ("three-duties", "hongsibu")]
PIECES = [
    "\n",
    "  - ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    "'",
    '"',
    "|",
    "&a",
    "*a",
    "!!",
    "\0",
    "\t",
    "~",
    "due",
    "2024-02-30",
    "甲",
]


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A shipped plan with a few pieces put in or cut out anywhere."""
    text = draw(st.sampled_from(SHIPPED))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(PIECES)) + text[at + draw(st.integers(0, 12)) :]
    return text


@settings(max_examples=60)
@given(damaged())
def test_a_damaged_plan_never_raises(text: str) -> None:
    lines = text.count("\n") + 2
    for problem in read_plan(text).problems:
        assert 0 <= problem.line <= lines
        assert problem.say("zh")
        assert problem.say("en")


@given(st.text(max_size=200))
def test_any_text_never_raises(text: str) -> None:
    read_plan(text)
    read_plan(HEAD + text)
    read_roster(text)


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    finds = Finds("a.yaml")
    text = decode(data, finds)
    assert text is not None or finds


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.floats()),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(["item", "title", "due", "type", "date", "roles", "lead", "x"]), inner, max_size=4
            ),
        ),
        max_leaves=12,
    )
)
def test_any_shape_of_duty_never_raises(duty: object) -> None:
    reading = read_plan(HEAD + "duties: [" + json.dumps(duty) + "]")
    assert reading.plan is not None or reading.errors
