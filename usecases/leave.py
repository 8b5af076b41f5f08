"""Leave (请假): who is away from when to when, and who stands in (AB角)."""

from collections.abc import Mapping
from datetime import date

from storage.rows import Leave, Officer
from usecases.office import Desk


def take_leave(  # noqa: PLR0913 who, from when to when, who stands in, who says so
    desk: Desk, officer: Officer, first: date, last: date, *, deputy_id: int | None = None, by: Officer
) -> Leave:
    """`officer` is away from `first` to `last`, both included; a leave that overlaps gives way to this one."""
    raise NotImplementedError


def end_leave(desk: Desk, officer: Officer, by: Officer) -> list[Leave]:
    """Back again: every leave of the officer that is running or to come ends; gives those that ended."""
    raise NotImplementedError


def stand_ins(desk: Desk, day: date) -> Mapping[int, int | None]:
    """Who is away on `day`: officer id → the deputy who was named, or None."""
    raise NotImplementedError
