"""Pausing: until a day nobody is reminded, of one plan or of anything. What is held back comes afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from storage.rows import Officer, Pause
from usecases.office import Desk


@dataclass(frozen=True, slots=True)
class Paused:
    """What is paused today."""

    everything: Pause | None = None
    plans: Mapping[int, Pause] = field(default_factory=dict)

    def of(self, plan_id: int) -> Pause | None:
        """The pause that holds a plan back, the longest one; None where it is followed."""
        found = [pause for pause in (self.everything, self.plans.get(plan_id)) if pause is not None]
        return max(found, key=lambda pause: pause.until, default=None)


def pause(desk: Desk, by: Officer, until: date, reason: str, plan_id: int | None = None) -> Pause:
    """Hold back reminders up to and including `until`: of one plan, or of everything. The bureau's to do."""
    raise NotImplementedError


def resume(desk: Desk, by: Officer, plan_id: int | None = None) -> list[Pause]:
    """End the pause of that plan, or of everything; gives those that ended."""
    raise NotImplementedError


def paused(desk: Desk) -> Paused:
    raise NotImplementedError
