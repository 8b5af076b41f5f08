"""One node hears a chat; when it is killed another does, and one that lost the right steps back at once."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from ruqi.standing_by import StandBy, hearing, may_send
from storage.engine import open_store
from storage.only_one import OnlyOne
from tests.ruqi.waiting_node import Said

ROOT = Path(__file__).parents[2]
LONG = 90.0
"""Seconds after which a loaded machine is given up; it takes two on a quiet one."""


@contextmanager
def node(url: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-m", "tests.ruqi.waiting_node", url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def next_word(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def ours(url: str) -> list[int]:
    """The server processes that hold or want one of our locks."""
    store = open_store(url)
    with store.read() as tx:
        found = tx.execute(text("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted")).scalars().all()
    store.close()
    return list(found)


@pytest.mark.timeout(300)
def test_another_takes_over_when_the_one_is_killed_and_steps_back_when_it_loses_the_right(
    postgres_database: str,
) -> None:
    with node(postgres_database) as first:
        assert next_word(first) == "at work"
        with node(postgres_database) as second:
            rival = OnlyOne(open_store(postgres_database), "test")
            assert not rival.take()
            (holder,) = ours(postgres_database)
            first.kill()
            killed = time.monotonic()
            assert next_word(second) == "at work"
            assert time.monotonic() - killed < LONG

            (taken,) = ours(postgres_database)
            assert taken != holder
            store = open_store(postgres_database)
            with store.write() as tx:
                tx.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": taken})
            store.close()
            assert next_word(second) == "stepped back"
            assert next_word(second) == "at work", "and takes it again, where nobody else has it"


def test_the_right_is_one_and_lives_with_its_connection(postgres_database: str) -> None:
    store = open_store(postgres_database)
    one, other, unlike = OnlyOne(store, "telegram"), OnlyOne(store, "telegram"), OnlyOne(store, "feishu")
    assert one.take()
    assert one.is_ours()
    assert not other.take()
    assert not other.is_ours()
    assert unlike.take()
    one.let_go()
    assert not one.is_ours()
    assert other.take()
    other.let_go()
    unlike.let_go()
    store.close()


def test_without_a_server_there_is_no_right_and_nothing_is_raised() -> None:
    store = open_store("postgresql://nobody@127.0.0.1:1/none")
    lone = OnlyOne(store, "telegram")
    assert not lone.take()
    assert not lone.is_ours()
    lone.let_go()


async def test_a_node_told_to_end_while_it_steps_back_ends() -> None:
    """As after a pause over its lease: the right is gone and the order to end has come, both at one moment."""
    stepping, let_end = asyncio.Event(), asyncio.Event()

    class Slow(Said):
        async def run(self) -> None:
            try:
                await asyncio.sleep(LONG)
            finally:
                stepping.set()
                await let_end.wait()

    class Lost:
        def take(self) -> bool:
            return True

        def is_ours(self) -> bool:
            return False

        def let_go(self) -> None:
            pass

    ear = asyncio.create_task(StandBy(Slow(), Lost()).run())
    await stepping.wait()
    ear.cancel()
    let_end.set()
    await asyncio.wait([ear])
    assert ear.cancelled(), "or whoever keeps it up would begin anew, and the process would never end"


def test_one_node_on_a_file_needs_no_right(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'ruqi.db'}")
    ears = hearing(store, [Said()])
    assert ears["test"].at_work
    assert may_send(ears, "wecom")
    store.close()


def test_what_leaves_through_a_connection_leaves_only_where_it_stands() -> None:
    class WeCom(Said):
        channel = "wecom"
        trouble = "not connected yet"

    waiting = {"wecom": StandBy(WeCom(), OnlyOne(open_store("postgresql://nobody@127.0.0.1:1/none"), "wecom"))}
    assert not may_send(waiting, "wecom")
    assert may_send(waiting, "telegram")
    assert waiting["wecom"].trouble == "", "whoever stands by is not in trouble"
