"""Running the drill: start, let reminders fall due, kill, start again; in the end everything is accounted for."""

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from ruqi.drill.judging import Account, account, is_done
from ruqi.drill.node import SEEN
from ruqi.drill.office import answer, assign, office_in, parts_of_round, shift, staff
from scheduler.clock import ShiftedClock, SystemClock
from schedules.errors import RuqiError
from storage.migrate import upgrade

LOOK = 0.01
LONGEST_LIFE = 8.0
"""Seconds until the next kill where nothing more is sent; starting up takes most of it."""
PATIENCE = 300.0


class DrillStuck(RuqiError):
    """The drill did not come to its end: something is still waiting to be sent."""

    key = "drill_stuck"

    def __init__(self, folder: Path) -> None:
        self.values: dict[str, object] = {"where": str(folder)}
        super().__init__(f"The drill did not come to its end; its folder {folder} was kept.")


class Drill:
    """One drill in an empty folder. The same seed makes the same choices; the machine's own timing stays its own."""

    def __init__(self, folder: Path, *, kills: int, units: int, seed: int) -> None:
        self._folder, self._kills, self._units = folder, kills, units
        self._chance = random.Random(seed)  # noqa: S311 - chance decides when to kill, no secret
        self._seconds = shift(SystemClock().now())
        self._clock = ShiftedClock(self._seconds)
        self.office = office_in(folder)
        self.answered: list[int] = []

    def run(self, told: Callable[[int], None]) -> Account:
        """Kill so many times, then let one process finish; `told` hears of each kill. Raises DrillStuck."""
        upgrade(self.office.store)
        with self.office.write(self.now()) as desk:
            staff(desk, self._units)
        for number in range(1, self._kills + 1):
            self._burden(number)
            with self._node():
                self._wait_for_a_moment()
            told(number)
        with self._node():
            self._finish()
        with self.office.read(self.now()) as desk:
            return account(desk, self._folder / SEEN, self.answered)

    def _burden(self, number: int) -> None:
        """Everybody is assigned something new; some answer what they were told before."""
        with self.office.write(self.now()) as desk:
            assign(desk, number, self._units)
            for part_id in parts_of_round(desk, number - 1):
                if self._chance.random() < 1 / 2:
                    answer(desk, part_id)
                    self.answered.append(part_id)

    @contextmanager
    def _node(self) -> Iterator[None]:
        """A process that lives until the block ends, and is then killed without a word."""
        command = [sys.executable, "-m", "ruqi.drill.node", str(self._folder), str(self._seconds)]
        with (self._folder / "node.log").open("ab") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 - our own program
        try:
            yield
        finally:
            process.kill()
            process.wait()

    def _wait_for_a_moment(self) -> None:
        wanted = self._seen() + self._chance.randint(1, self._units)
        end = time.monotonic() + LONGEST_LIFE
        while self._seen() < wanted and time.monotonic() < end:
            time.sleep(LOOK)
        time.sleep(self._chance.random() * 0.05)

    def _finish(self) -> None:
        end = time.monotonic() + PATIENCE
        while True:
            with self.office.read(self.now()) as desk:
                if is_done(desk):
                    return
            if time.monotonic() > end:
                raise DrillStuck(self._folder)
            time.sleep(0.2)

    def _seen(self) -> int:
        file = self._folder / SEEN
        return file.read_bytes().count(b"\n") if file.exists() else 0

    def now(self) -> datetime:
        return self._clock.now()
