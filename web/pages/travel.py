"""The time machine: Ruqi's clock moved by hand, to try a plan out. The routes exist only where it can be moved."""

from datetime import timedelta

from starlette.responses import Response

from usecases.remind import next_moment
from web.going import back, see
from web.site import Movable
from web.visit import Visit

HOUR = timedelta(hours=1)
CHANNELS = ("telegram", "web")


class TimeMachine:
    """Each step waits until the scheduler has run, so that the next page shows what the new moment brought."""

    def __init__(self, clock: Movable) -> None:
        self._clock = clock

    def next_day(self, visit: Visit) -> Response:
        _signed_in(visit)
        self._clock.next_day()
        return _arrive(visit)

    def hour(self, visit: Visit) -> Response:
        _signed_in(visit)
        self._clock.advance(HOUR)
        return _arrive(visit)

    def next_reminder(self, visit: Visit) -> Response:
        with visit.look() as (desk, _):
            moment = next_moment(desk, CHANNELS, mail=False)
        if moment is not None and moment > visit.now:
            self._clock.advance(moment - visit.now)
        return _arrive(visit)


def _signed_in(visit: Visit) -> None:
    with visit.look():
        pass


def _arrive(visit: Visit) -> Response:
    visit.site.wake()
    return see(back(visit, "/"))
