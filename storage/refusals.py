"""Why a database cannot be used, and what to do: one clear line for each reason, by key for the catalogue too."""

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import StoreUnusable

_SENTENCES = {
    "address": "has no address Ruqi can read; write RUQI_DATABASE_URL as sqlite:///folder/ruqi.db or "
    "postgresql://user@host/name.",
    "backend": "cannot be of {what}: Ruqi runs on SQLite and PostgreSQL; correct RUQI_DATABASE_URL.",
    "newer": "{where} was made by a newer Ruqi (step {what}); run that version or restore an older backup.",
    "foreign": "{where} belongs to another program (it holds {what}); give Ruqi an empty one in RUQI_DATABASE_URL.",
    "not_sqlite": "{where} is a file but no database; move it away or correct RUQI_DATABASE_URL.",
    "damaged": "{where} is damaged ({what}); stop Ruqi, keep a copy of the file, and restore the last backup.",
    "unwritable": "{where} cannot be written ({what}); give Ruqi's user the right to write the file and its folder.",
    "no_folder": "{where} has no folder: {what} is missing; create it or correct RUQI_DATABASE_URL.",
    "is_folder": "{where} is a folder; name a file in RUQI_DATABASE_URL.",
    "busy": "{where} is held by another program ({what}); end that one, or try again in a minute.",
    "in_use": "{where} is in use by another ruqi run; stop that one first (SQLite serves one process).",
    "network": "{where} lies on a network file system ({what}), where SQLite's locks do not hold; "
    "use a local disk or PostgreSQL.",
    "emptied": "{where} is gone or empty, but there are backups ({what}); restore one with ruqi restore, "
    "or move them away.",
    "moved": "{where} was moved to step {what} while this Ruqi (step {ours}) was running; nothing more is claimed "
    "here: start the version that belongs to it.",
    "full": "{where} cannot grow ({what}); make room on the disk and start again.",
    "unreachable": "{where} does not answer ({what}); start it or correct RUQI_DATABASE_URL.",
}

EXIT_CODES = {
    "address": 20,
    "backend": 21,
    "newer": 22,
    "foreign": 23,
    "not_sqlite": 24,
    "damaged": 25,
    "unwritable": 26,
    "no_folder": 27,
    "is_folder": 28,
    "busy": 29,
    "full": 30,
    "unreachable": 31,
    "in_use": 32,
    "network": 33,
    "emptied": 34,
    "moved": 35,
}
"""What a program that watches over Ruqi can tell the reasons by; docs/backup.md lists them."""

# The beginning of SQLite's own name of an error (sqlite.org/rescode.html).
_SQLITE = {
    "SQLITE_NOTADB": "damaged",
    "SQLITE_CORRUPT": "damaged",
    "SQLITE_READONLY": "unwritable",
    "SQLITE_CANTOPEN": "unwritable",
    "SQLITE_PERM": "unwritable",
    "SQLITE_BUSY": "busy",
    "SQLITE_LOCKED": "busy",
    "SQLITE_FULL": "full",
    "SQLITE_IOERR": "damaged",
}
# SQLSTATE codes (PostgreSQL documentation, appendix A).
_POSTGRES = {"55P03": "busy", "25006": "unwritable", "42501": "unwritable", "53100": "full"}


class StoreRefused(StoreUnusable):
    """The database cannot be used. `key` and `values` lead to the sentence in the catalogue."""

    def __init__(self, reason: str, **values: object) -> None:
        self.reason = reason
        self.key = f"store_{reason}"
        self.exit_code = EXIT_CODES[reason]
        self.values = {name: str(value) for name, value in values.items()}
        super().__init__("The database " + _SENTENCES[reason].format(**self.values))


def is_away(error: BaseException) -> bool:
    """Whether the database itself was away, busy or full: no fault of what was to be written."""
    gone = isinstance(error, DBAPIError) and error.connection_invalidated
    return gone or isinstance(error, OperationalError | InterfaceError | PoolTimeout | StoreRefused)


def because_of(error: DBAPIError, where: str) -> StoreRefused:
    """The refusal behind what the database's driver said."""
    cause = error.orig
    what = (str(cause).strip().splitlines() or ["?"])[0]
    return StoreRefused(_reason(cause), where=where, what=what)


def store_failed(error: BaseException) -> bool:
    """Whether it was the database itself that could not go on (full, busy, gone), whatever it was asked to do."""
    return isinstance(error, OperationalError)


def _reason(cause: BaseException | None) -> str:
    if isinstance(cause, sqlite3.Error):
        name = getattr(cause, "sqlite_errorname", "")
        return next((reason for start, reason in _SQLITE.items() if name.startswith(start)), "unwritable")
    return _POSTGRES.get(getattr(cause, "sqlstate", None) or "", "unreachable")
