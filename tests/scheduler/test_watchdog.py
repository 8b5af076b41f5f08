"""The watchdog in a process of its own, since it ends the process it watches."""

import signal
import subprocess
import sys
import time

import pytest

STUCK_LOOP = """
import asyncio, time
from scheduler.watchdog import Watchdog

async def main():
    dog = Watchdog("the event loop", 0.5, tick=0.1)
    dog.start()
    for _ in range(10):
        dog.pat()
        await asyncio.sleep(0.1)
    print("still here", flush=True)
    time.sleep(300)

asyncio.run(main())
"""

STUCK_STAGE = """
import asyncio, sys, time
from pathlib import Path
from scheduler.beat import Beat
from scheduler.clockwork import Clockwork
from scheduler.watchdog import Watchdog
from storage.engine import open_store
from storage.migrate import upgrade
from tests.scheduler.office import bureau
from usecases import remind

def hang(desk):
    print("still here", flush=True)
    time.sleep(300)

async def main():
    remind.hand_over = hang
    store = open_store("sqlite://")
    upgrade(store)
    here = bureau(store)
    dog = Watchdog("the beat", 0.5, tick=0.1)
    dog.start()
    await Clockwork(Beat(here.office, here.clock, progress=dog.pat), here.clock).run()

asyncio.run(main())
"""

ALIVE = """
import time
from scheduler.watchdog import Watchdog

dog = Watchdog("it", 0.5, tick=0.1)
dog.start()
print("still here", flush=True)
for _ in range(20):
    dog.pat()
    time.sleep(0.1)
dog.pat(allow=60)
time.sleep(1)
dog.stop()
print("done")
"""


def start(code: str) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "still here\n"
    return process


@pytest.mark.parametrize("code", [STUCK_LOOP, STUCK_STAGE], ids=["blocked loop", "hanging stage"])
def test_what_is_stuck_ends_loudly(code: str) -> None:
    process = start(code)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 70
    assert "no progress for 0 s" in said or "no progress for 1 s" in said
    assert "Thread" in said  # where each thread stands


def test_who_is_alive_or_was_only_paused_is_left_alone() -> None:
    process = start(ALIVE)
    process.send_signal(signal.SIGSTOP)
    time.sleep(1.5)
    process.send_signal(signal.SIGCONT)
    said, _ = process.communicate(timeout=120)
    assert (process.returncode, said) == (0, "done\n")
