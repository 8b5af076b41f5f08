"""A SQLite file serves one `ruqi run`: a lock beside it, held as long as the process lives, which kill -9 ends too."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.engine import Store
from storage.refusals import StoreRefused


@contextmanager
def alone(file: Path | None) -> Iterator[None]:
    """Be the only one that runs on this file; None: a database that serves many. Raises StoreRefused."""
    if file is None:
        yield
        return
    handle = os.open(f"{file}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise StoreRefused("in_use", where=file) from error
    else:
        yield
    finally:
        os.close(handle)


def file_of(store: Store) -> Path | None:
    """The file behind a SQLite database; None for one in memory or on a server."""
    name = store.engine.url.database
    if store.dialect != "sqlite" or name in (None, "", ":memory:"):
        return None
    return Path(str(name).removeprefix("file:").partition("?")[0])
