"""The table of a run, put into docs/performance.md and its Chinese twin between two marks; the rest is left alone."""

import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from os import cpu_count, getloadavg
from pathlib import Path

from benchmarks.measure import Row

DOCS = Path(__file__).parents[1] / "docs"
BEGIN, END = "<!-- bench: begin {part} -->", "<!-- bench: end {part} -->"
HEAD = {
    "performance.md": (
        "| line | reach | peer or base | ours | ratio | met |",
        {True: "yes", False: "**no**", None: "–"},
        "left out",
        "`python -m benchmarks {part}`, {when}, {machine}",
    ),
    "performance.zh-CN.md": (
        "| 项目 | 目标 | 对照 | 本系统 | 比值 | 达标 |",
        {True: "是", False: "**否**", None: "–"},
        "未测",
        "`python -m benchmarks {part}`，{when}，{machine}",
    ),
}


def write(found: Mapping[str, Sequence[Row]]) -> None:
    """Replace each part that was run; parts that were not keep what an earlier run said."""
    for name in HEAD:
        path = DOCS / name
        text = path.read_text(encoding="utf-8")
        for part, rows in found.items():
            text = _replaced(text, part, table(name, part, rows))
        path.write_text(text, encoding="utf-8")


def table(name: str, part: str, rows: Sequence[Row]) -> str:
    head, met, left_out, run = HEAD[name]
    lines = [head, "|---|---|---|---|---|---|"]
    for row in rows:
        if row.left_out:
            lines.append(f"| {row.what} | {row.reach} | | {left_out} | | – |")
        else:
            other = f"{row.other:,.2f} {row.unit}" if row.other else ""
            ratio = f"{row.ratio:,.3f}" if row.other else ""
            lines.append(
                f"| {row.what} | {row.reach} | {other} | {row.ours:,.2f} {row.unit} | {ratio} | {met[row.met]} |"
            )
    return "\n".join((run.format(part=part, when=_now(), machine=_machine()), "", *lines))


def _replaced(text: str, part: str, said: str) -> str:
    begin, end = BEGIN.format(part=part), END.format(part=part)
    before, found, rest = text.partition(begin)
    if not found:
        return text
    return f"{before}{begin}\n{said}\n{end}{rest.partition(end)[2]}"


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"


def _machine() -> str:
    python = f"Python {platform.python_version()}"
    return f"{cpu_count()} cores, load {getloadavg()[0]:.0f}, {platform.system()} {platform.machine()}, {python}"
