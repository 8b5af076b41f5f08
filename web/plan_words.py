"""The words for what a plan says: timings, roles, where something stands. Timings are said as the command line does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schedules.plan import ROLES, Duty
from schedules.timing import Timing
from schedules.timing_data import timing_to_dict
from texts.catalogue import has, say

PLACES = ("sheet", "page", "row", "paragraph", "line")
BETWEEN = {"zh": "、", "en": ", "}


@dataclass(frozen=True, slots=True)
class PlanWords:
    """What the templates of the plan pages call as ``p``."""

    language: str

    def t(self, key: str, /, **values: object) -> str:
        return say(self.language, f"web.plans.{key}", **values)

    def timing(self, timing: Timing) -> str:
        return self.timing_data(timing_to_dict(timing))

    def timing_data(self, data: Mapping[str, Any]) -> str:
        """The most exact sentence there is for what the timing says."""
        said = {key: value for key, value in data.items() if key not in {"type", "month_end"}}
        kind = "before" if data["type"] == "event" and not said["days"] else str(data["type"])
        exact = "_".join([kind, *sorted(said)])
        key = next(key for key in (f"cli.timing.{exact}", f"cli.timing.{kind}") if has(self.language, key))
        per = say(self.language, f"cli.per.{said['per']}") if "per" in said else ""
        return say(self.language, key, **{**said, "per": per})

    def when(self, duty: Duty) -> list[str]:
        """Every timing of a duty, and that it goes on for ever."""
        ongoing = [say(self.language, "cli.timing.ongoing")] if duty.ongoing else []
        return [self.timing(timing) for timing in duty.due] + ongoing

    def who(self, roles: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
        """(role, names) for each role that has any."""
        names = {role: self.listed(roles.get(role, ())) for role in ROLES}
        return [(say(self.language, f"web.plans.role.{role}"), named) for role, named in names.items() if named]

    def listed(self, names: Sequence[str]) -> str:
        return BETWEEN[self.language].join(names)

    def source(self, source: Mapping[str, int | str]) -> str:
        """Where a duty stands in its document, as far as that is known."""
        return " ".join(self.t(f"at.{name}", n=source[name]) for name in PLACES if name in source)

    def differing(self, what: str, value: Any) -> str:  # noqa: ANN401 - a field of a duty, of whatever kind
        """One side of a difference, as words."""
        if what == "due":
            return "；".join(self.timing_data(one) for one in value) or self.t("no_timing")
        if what == "roles":
            return "；".join(f"{role} {names}" for role, names in self.who(value)) or self.t("no_role")
        if isinstance(value, bool):
            return self.t("yes" if value else "no")
        return str(value) or self.t("nothing")
