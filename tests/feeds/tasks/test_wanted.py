"""What an app sends back is read, or refused in a way that the door knows."""

import pytest

from feeds.tasks.wanted import wanted
from usecases.task_list import NotForApps

HEAD, END = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VTODO\r\nUID:1\r\n", "END:VTODO\r\nEND:VCALENDAR\r\n"
OURS = f"{HEAD}SUMMARY:x\r\n{END}"


def test_a_property_of_two_types_is_refused() -> None:
    with pytest.raises(NotForApps):
        wanted(f"{HEAD}SUMMARY:x\r\nDUE;VALUE=DATE,DATE:20261231\r\n{END}", OURS)


def test_how_far_it_is_said_twice_is_refused() -> None:
    with pytest.raises(NotForApps):
        wanted(f"{HEAD}SUMMARY:x\r\nPERCENT-COMPLETE:1\r\nPERCENT-COMPLETE:100\r\n{END}", OURS)


def test_a_date_that_is_none_is_other_words_than_ours() -> None:
    assert wanted(f"{HEAD}SUMMARY:x\r\nDUE;VALUE=DATE:201231\r\n{END}", OURS).rewritten


def test_a_tick_is_read() -> None:
    read = wanted(f"{HEAD}SUMMARY:x\r\nSTATUS:COMPLETED\r\n{END}", OURS)
    assert (read.progress, read.rewritten) == ("done", False)
