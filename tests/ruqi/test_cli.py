"""The front of the command line: help in two languages, and one clear line for whatever goes wrong."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from ruqi.cli import SECTIONS, main
from ruqi.columns import WIDEST, width
from tests.ruqi.conftest import Ruqi
from texts.catalogue import placeholders, sentences

ROOT = Path(__file__).parents[2]
PROGRAM = Path(sys.executable).with_name("ruqi")


def commands() -> Iterator[list[str]]:
    context = click.Context(main)
    for name in main.list_commands(context):
        found = main.get_command(context, name)
        assert found is not None
        yield [name]
        if isinstance(found, click.Group):
            yield from ([name, below] for below in found.list_commands(context))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("words", [[], *commands()], ids=" ".join)
def test_every_command_has_a_help_page_in_both_languages(words: list[str], language: str, ruqi: Ruqi) -> None:
    page = ruqi(*words, "--help", RUQI_LANGUAGE=language).out
    chinese = len(re.findall(r"[\u4e00-\u9fff]", page))
    assert chinese > 20 if language == "zh" else chinese <= 8
    assert "--help" in page


def test_the_first_page_is_shown_without_being_asked_for(ruqi: Ruqi) -> None:
    assert ruqi().out == ruqi("--help").out
    for name in (name for names in SECTIONS.values() for name in names):
        assert f"  {name} " in ruqi().out


@pytest.mark.parametrize("language", ["zh", "en"])
def test_help_fits_the_screen(language: str, ruqi: Ruqi) -> None:
    for words in commands():
        assert all(width(line) <= WIDEST for line in ruqi(*words, "--help", RUQI_LANGUAGE=language).out.splitlines())


def test_both_catalogues_say_the_same_things() -> None:
    zh, en = ({k: v for k, v in sentences(language).items() if k.startswith("cli.")} for language in ("zh", "en"))
    assert zh.keys() == en.keys()
    assert {key for key in zh if placeholders(zh[key]) != placeholders(en[key])} == set()


BUILT = ("help.", "param.", "settings.", "error.", "section.", "timing.", "per.", "role.", "staff.", "scope.", "head.")
ALSO_BUILT = (
    *BUILT,
    "usage.kind.",
    "plan.state.",
    "plan.change.",
    "roster.change.",
    "roster.doubt.",
    "run.",
    "database.",
    "channel.",
    "doctor.dingtalk",
    "doctor.feishu",
)
"""Keys put together where they are used."""


def test_every_sentence_of_the_command_line_is_used() -> None:
    """A key that stands nowhere in the code, whole or by its beginning, is a leftover."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "ruqi").rglob("*.py"))
    keys = [key.removeprefix("cli.") for key in sentences("zh") if key.startswith("cli.")]
    quoted = set(re.findall(r"""["']([a-z_.]+)["']""", source))
    assert [key for key in keys if not key.startswith(ALSO_BUILT) and key not in quoted] == []


def test_the_version_comes_at_once() -> None:
    done = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True, timeout=120)
    assert re.fullmatch(r"ruqi \d+\.\d+\.\d+\n", done.stdout)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["paln"], "plan"),
        (["plan", "lits"], "list"),
        (["plan", "list", "--jsno"], "--json"),
        (["plan", "import"], "NAME"),
        (["run", "--port", "99999"], "0–65535"),
        (["play", "--answers", "maybe"], "none | prompt"),
        (["play", "--from", "yesterday"], "2024-01-15"),
        (["play", "--from", "2024-02-01", "--to", "2024-01-01"], "2024-02-01"),
        (["event", "cancel", "first"], "整数"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_slip_at_the_keyboard_is_answered_with_the_way_on(words: list[str], said: str, ruqi: Ruqi) -> None:
    done = ruqi(*words, code=2)
    assert done.out == ""
    assert said in done.err
    assert "--help" in done.err
    assert "Traceback" not in done.err


def test_wrong_settings_are_named_and_nothing_is_touched(ruqi: Ruqi) -> None:
    done = ruqi("plan", "list", code=2, RUQI_PROT="80", RUQI_FEEDS="perhaps")
    assert "RUQI_PROT" in done.err
    assert "RUQI_PORT" in done.err
    assert "RUQI_FEEDS" in done.err
    assert not Path("data").exists()


def test_a_database_of_somebody_else_is_one_clear_line(ruqi: Ruqi) -> None:
    Path("notes.txt").write_text("这不是数据库\n" * 100, encoding="utf-8")
    for language, word in (("zh", "不是数据库"), ("en", "is no database")):
        done = ruqi("plan", "list", code=24, RUQI_DATABASE_URL="sqlite:///notes.txt", RUQI_LANGUAGE=language)
        assert word in done.err
        assert done.err.count("\n") == 1


def test_a_data_folder_that_cannot_be_made_is_named(ruqi: Ruqi) -> None:
    Path("data").write_text("in the way", encoding="utf-8")
    assert "RUQI_DATA_DIR" in ruqi("plan", "list", code=2).err


def test_a_settings_file_that_is_no_text_is_named(ruqi: Ruqi) -> None:
    Path("ladder.toml").write_bytes(b"\xff\xfe\x00")
    assert "ladder.toml" in ruqi("play", code=2, RUQI_LADDER_FILE="ladder.toml").err


def test_what_nobody_expected_is_short_and_its_trace_is_there_for_the_asking(
    ruqi: Ruqi, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise LookupError("bot1234567890:AAcanary_canary-canary_canary-canary")

    monkeypatch.setattr("ruqi.office.read_settings", broken)
    done = ruqi("plan", "list", code=1)
    assert "LookupError" in done.err
    assert "--debug" in done.err
    assert "Traceback" not in done.err
    traced = ruqi("--debug", "plan", "list", code=1).err
    assert "Traceback" in traced
    assert "canary" not in done.err + traced


def test_a_reader_that_leaves_early_is_no_error() -> None:
    """`ruqi plan show … | head -1`: the pipe is closed while we still write."""
    shell = f"{PROGRAM} --help | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", shell], capture_output=True, text=True, check=False, env=os.environ, timeout=120
    )
    assert "Traceback" not in done.stderr
