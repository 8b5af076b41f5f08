"""Every page there is: its address as the application has it, who looks at it, and where in the toured office it is.

A page whose address is not here fails `test_tour`; what answers GET and is no page stands in `NO_PAGES`.
"""

from dataclasses import dataclass
from typing import Literal

Who = Literal["guest", "officer", "bureau", "administrator"]
PEOPLE: dict[Who, tuple[str, str]] = {
    "officer": ("综合执法局", "officer"),
    "bureau": ("司法局", "bureau"),
    "administrator": ("司法局", "administrator"),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """`path` empty: the tour knows it by `name`. `press` selects a button that leads there."""

    name: str
    route: str
    who: Who = "bureau"
    path: str = ""
    press: str = ""

    def __str__(self) -> str:
        return self.name


DRAFT = "/plans/drafts/{number:int}"
STOPS = (
    Stop("home", "/", "guest", "/"),
    Stop("asking to join", "/join", "guest", "/join"),
    Stop("asked to join", "/join", "guest", "/join?sent=1"),
    Stop("way in", "/in/{secret}", "guest"),
    Stop("inbox", "/inbox", "officer", "/inbox"),
    Stop("bureau's inbox", "/inbox", "bureau", "/inbox"),
    Stop("own part", "/parts/{uid}", "officer", ""),
    Stop("part", "/parts/{uid}"),
    Stop("ledger", "/ledger", path="/ledger"),
    Stop("ledger of the late", "/ledger", path="/ledger?state=overdue"),
    Stop("duty", "/ledger"),
    Stop("grid", "/ledger", path="/ledger?view=grid"),
    Stop("month", "/ledger", path="/ledger?view=month"),
    Stop("nothing found", "/ledger", path="/ledger?find=没有的事"),
    Stop("bulk", "/ledger", path="/ledger?state=overdue", press="button[value=nudge_all]"),
    Stop("decisions", "/decisions", path="/decisions"),
    Stop("letters", "/letters", path="/letters"),
    Stop("me", "/me", "officer", "/me"),
    Stop("announce", "/announce", path="/announce"),
    Stop("announcement", "/announce/{number:int}"),
    Stop("pause", "/pause", path="/pause"),
    Stop("subscribe", "/subscribe", "officer", "/subscribe"),
    Stop("subscribed", "/subscribe", "officer", "/subscribe", press="form[action='/subscribe'] button"),
    Stop("status", "/status", "administrator", "/status"),
    Stop("deliveries", "/deliveries", path="/deliveries"),
    Stop("no deliveries", "/deliveries", path="/deliveries?find=没有的事"),
    Stop("plans", "/plans", path="/plans"),
    Stop("draft", DRAFT),
    Stop("duty form", DRAFT),
    Stop("head form", DRAFT),
    Stop("units", f"{DRAFT}/units"),
    Stop("preview", f"{DRAFT}/preview"),
    Stop("report", f"{DRAFT}/report"),
    Stop("roster", "/roster", path="/roster"),
    Stop("invitation", "/roster", path="/roster?find=水务局", press="button[value=invite]"),
    Stop("person", "/roster/people/{number:int}"),
    Stop("list", "/roster/lists/{once}"),
    Stop("reports", "/reports", path="/reports"),
    Stop("an officer's reports", "/reports", "officer", "/reports"),
    Stop("ledger back", "/reports/ledgers/{once}"),
    Stop("not found", "/parts/{uid}", path="/parts/nothing"),
)
NO_PAGES = {
    "/inbox/cards": "a piece of the inbox",
    "/inbox/live": "a stream",
    "/evidence/{uid}": "a file",
    f"{DRAFT}/plan.yaml": "a file",
    "/roster/template.xlsx": "a file",
    "/roster/roster.xlsx": "a file",
    "/reports/ledger.xlsx": "a file",
    "/reports/{month}.docx": "a file",
    "/deliveries/deliveries.csv": "a file",
    "/deliveries/timeline.csv": "a file",
    "/deliveries/timeline.jsonl": "a file",
    "/healthz": "for machines",
    "/readyz": "for machines",
    "/metrics": "for machines",
}
