"""Statements compiled once for a whole run: each test opens its own database, and an engine compiles anew for itself.

In a short test of the chats a quarter of the time went into that. SQLAlchemy lets a cache be given from outside
("compiled_cache" among the execution options) and asks it by dialect object and statement; ours asks by the dialect's
name, so that all engines of a kind share it.
"""

from collections.abc import Callable
from typing import Any, ParamSpec

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import Compiled
from sqlalchemy.util import LRUCache

import storage.engine

P = ParamSpec("P")
MOST = 4000
"""Statements kept."""


class Shared:
    """What SQLAlchemy asks of a cache of compiled statements, shared by all engines of one kind."""

    def __init__(self) -> None:
        self._kept: LRUCache[Any, Compiled] = LRUCache(MOST)

    def get(self, key: tuple[Any, ...]) -> Compiled | None:
        return self._kept.get(_name(key))

    def __setitem__(self, key: tuple[Any, ...], compiled: Compiled) -> None:
        self._kept[_name(key)] = compiled


def _name(key: tuple[Any, ...]) -> tuple[Any, ...]:
    dialect, *rest = key
    return (dialect.name, *rest)


def share() -> None:
    """From here on every store of this process compiles into one cache."""
    setattr(storage.engine, "create_engine", _with(Shared(), create_engine))  # noqa: B010 mypy: not exported there


def _with(shared: Shared, make: Callable[P, Engine]) -> Callable[P, Engine]:
    def made(*args: P.args, **more: P.kwargs) -> Engine:
        engine = make(*args, **more)
        engine.update_execution_options(compiled_cache=shared)
        return engine

    return made
