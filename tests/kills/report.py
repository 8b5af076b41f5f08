"""The report of the long form: what was run, with which seeds, and what it came to."""

import json
import platform
import sqlite3
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

HEAD = """# Kills

Real nodes (beat, postman, Telegram channel, without pages) on a real database, a fake Telegram in a process of its own
that keeps what a person would have seen; reminders fall due and people answer while a node is killed, stopped and
continued, or asked to end. Lost: what the database calls delivered and nobody saw. Every break of V1 to V15 that data
can show would stand below, with its seed.

Run again: `{command}`. A round is one fresh database; its seed is in the table. Machine: {machine}.
"""
COLUMNS = (
    "| database | nodes | rounds | kills | by | reminders | answers | lost | doubled unmarked | copies | in flight | "
    "takeover p50 · p99 | second pollers |"
)


def write_report(path: Path, state: Path) -> None:
    """From the lines of every run in the state folder."""
    rounds = [json.loads(line) for file in sorted(state.glob("*.jsonl")) for line in file.read_text().splitlines()]
    machine = f"{platform.machine()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    command = "python -m tests.kills --database sqlite|postgres --kills 1000 --seed 1"
    lines = [HEAD.format(command=command, machine=machine), COLUMNS, "|---" * COLUMNS.count(" | ") + "|---|"]
    names = sorted({one["database"] for one in rounds})
    lines += [_row(name, [one for one in rounds if one["database"] == name]) for name in names]
    lines += ["", *_broken(rounds), "", "## Rounds", "", *_rounds(rounds), ""]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines), encoding="utf-8")


def _row(database: str, rounds: Sequence[dict[str, Any]]) -> str:
    kills: Counter[str] = Counter()
    for one in rounds:
        kills.update(one["kills"])
    by = ", ".join(f"{count} {name}" for name, count in sorted(kills.items()))
    words = [word for one in rounds for word in one["verdict"]["broken"]]
    lost, doubled = sum("lost" in word for word in words), sum("without the mark" in word for word in words)
    told = [_sum(rounds, name) for name in ("reminders", "answers")]
    copies, in_flight = _sum(rounds, "copies"), sum(one["in_flight"] for one in rounds)
    cells = [
        database,
        rounds[0]["nodes"],
        len(rounds),
        kills.total(),
        by,
        *told,
        lost,
        doubled,
        copies,
        in_flight,
        _takeover(rounds),
        sum(one.get("pollers", 0) for one in rounds),
    ]
    return f"| {' | '.join(map(str, cells))} |"


def _takeover(rounds: Sequence[dict[str, Any]]) -> str:
    """Seconds until a claim of the killed was another's: the middle one, and the one that one in a hundred is above."""
    took = sorted(seconds for one in rounds for seconds in one.get("takeovers", ()))
    if not took:
        return "–"
    return f"{took[len(took) // 2]:.1f} s · {took[min(len(took) - 1, len(took) * 99 // 100)]:.1f} s of {len(took)}"


def _sum(rounds: Sequence[dict[str, Any]], name: str) -> int:
    return sum(one["verdict"].get(name, 0) for one in rounds)


def _broken(rounds: Sequence[dict[str, Any]]) -> list[str]:
    found = [f"- {one['database']}, seed {one['seed']}: {word}" for one in rounds for word in one["verdict"]["broken"]]
    return ["No promise was broken." if not found else "Broken promises:", *found]


def _rounds(rounds: Sequence[dict[str, Any]]) -> list[str]:
    rows = ["| database | seed | kills | seconds | reminders | copies | ambiguous |", "|---|---|---|---|---|---|---|"]
    for one in rounds:
        said, kills = one["verdict"], sum(one["kills"].values())
        counts = [said.get(name, 0) for name in ("reminders", "copies", "ambiguous")]
        cells = [one["database"], one["seed"], kills, round(one["seconds"]), *counts]
        rows.append(f"| {' | '.join(map(str, cells))} |")
    return rows
