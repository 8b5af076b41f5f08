"""What is killed: `python -m ruqi.drill.node FOLDER SECONDS`. A real beat; its messenger writes a file."""

import asyncio
import json
import os
import sys
from pathlib import Path

from ruqi.drill.office import CHANNEL, office_in
from scheduler.beat import Beat
from scheduler.clock import ShiftedClock
from scheduler.clockwork import Clockwork
from schedules.retry import Outcome, Sent
from storage import people
from storage.rows import InboxRow
from usecases.acting import Act
from usecases.answer import receive
from usecases.deliver import Outgoing
from usecases.office import Desk

SEEN = "seen.jsonl"
TRAVEL = 0.03
"""Seconds that a message is on its way, and its receipt on the way back: when a kill does the most harm."""


class FileMessenger:
    """A line for each message, as a person would have seen it."""

    channel = CHANNEL

    def __init__(self, file: Path, clock: ShiftedClock) -> None:
        self._file = file
        self._clock = clock

    async def send(self, outgoing: Outgoing) -> Outcome:
        await asyncio.sleep(TRAVEL)
        line = {
            "delivery": outgoing.delivery_id,
            "at": self._clock.now().isoformat(),
            "text": outgoing.message.text,
            "repeat": outgoing.possible_repeat,
            "edit": bool(outgoing.edit_ref),
        }
        data = (json.dumps(line, ensure_ascii=False) + "\n").encode()
        number = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(number, data)
        finally:
            os.close(number)
        await asyncio.sleep(TRAVEL)
        return Sent(str(outgoing.delivery_id))


def handle(desk: Desk, row: InboxRow) -> None:
    """Whose part it is says that it was received."""
    part_id = row.payload["part"]
    receive(desk, Act(people.officers_of_part(desk.tx, part_id)[0], CHANNEL), part_id)


async def live(folder: Path, seconds: float) -> None:
    office, clock = office_in(folder), ShiftedClock(seconds)
    messenger = FileMessenger(folder / SEEN, clock)
    beat = Beat(office, clock, messengers=[messenger], handlers={CHANNEL: handle}, owner=f"drill:{os.getpid()}")
    office.store.on_write.append(beat.wake)
    await Clockwork(beat, clock, every=0.5).run()


if __name__ == "__main__":
    asyncio.run(live(Path(sys.argv[1]), float(sys.argv[2])))
