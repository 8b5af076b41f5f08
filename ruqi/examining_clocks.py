"""What the doctor says of several nodes' clocks: they decide by their own whose claim on a message has run out.

A living node renews its claims so early that three quarters of the lease are always left (`scheduler/leases.py`): five
seconds and a quarter of seven. A node whose clock is further ahead takes over what another is sending.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from ruqi.speech import text
from ruqi.wiring import Opened, system_clock
from scheduler.leases import SHARE
from storage import clocks
from storage.only_one import serves_many

ASKS = 5
NOTICED = timedelta(seconds=2)
"""Two nodes this far off in opposite ways still respect each other's claims."""
Look = tuple[datetime, datetime, datetime]
"""Our clock before asking, the server's answer, our clock after it."""


def against_database(opened: Opened, now: Callable[[], datetime] | None = None) -> tuple[bool, str]:
    """Compare this node's clock with the database server's. Up to the lease's slack it is said and no fault."""
    if not serves_many(opened.office.store):
        return True, text("doctor.clocks_one")
    now = now or system_clock().now
    with opened.office.store.read() as tx:
        ahead, doubt = measured([_look(lambda: clocks.server_now(tx), now) for _ in range(ASKS)])
        server, claimed = now() - ahead, clocks.furthest_lease(tx)
    other = claimed - opened.office.lease - server if claimed else timedelta()
    most = opened.office.lease - opened.office.lease / SHARE
    worst = max(abs(ahead) - doubt, other)
    told = {"ahead": _seconds(ahead), "other": _seconds(other), "most": _seconds(most)}
    if abs(ahead) - doubt <= NOTICED < other:
        return worst <= most, text("doctor.clocks_other", **told)
    if worst <= NOTICED:
        return True, text("doctor.clocks", **told)
    return worst <= most, text("doctor.clocks_apart" if worst <= most else "doctor.clocks_wrong", **told)


def measured(looks: Iterable[Look]) -> tuple[timedelta, timedelta]:
    """(how far ours is ahead of the server's, how much of that may be the way), of the quickest answer."""
    before, server, after = min(looks, key=lambda look: look[2] - look[0])
    return before + (after - before) / 2 - server, (after - before) / 2


def _look(ask: Callable[[], datetime], now: Callable[[], datetime]) -> Look:
    return now(), ask(), now()


def _seconds(span: timedelta) -> str:
    return f"{round(span.total_seconds(), 1) + 0.0:+.1f}"
