"""What became of a call, for every chat alike, and what its refusal means.

`Unsent` surely never arrived; `Lost` may have; `Said` is the service's own no, with its code read from the body: these
services answer 200 to what they refuse.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from schedules.retry import Again, Outcome, Refused, Unknown

Meaning: TypeAlias = Literal["gone", "refused", "again", "busy", "config", "plain", "stale"]
"""gone: the address is dead · again: later · busy: too fast, this chat rests · config: nothing gets through until an
administrator acts · plain: try once without a card · stale: the card cannot be changed any more · refused: never."""

BUSY_WAIT = 30.0
CONFIG_WAIT = 60.0


class Unsent(Exception):
    """The call never reached the service."""


class Lost(Exception):
    """Nobody can say whether the call took effect."""


class Said(Exception):
    """The service said no. `after`: seconds it asks us to wait, where it says."""

    def __init__(self, code: str, words: str, *, after: float | None = None) -> None:
        super().__init__(f"{code} {words}".strip()[:300])
        self.code = code
        self.after = after


def meaning(said: Said, table: Mapping[str, Meaning]) -> Meaning:
    """By the code, or by the longest beginning of it that the table has; what it does not know is final."""
    fitting = [code for code in table if said.code == code or (code.endswith("*") and said.code.startswith(code[:-1]))]
    return table[max(fitting, key=len)] if fitting else "refused"


def outcome(error: Exception, table: Mapping[str, Meaning]) -> Outcome:
    match error:
        case Unsent():
            return Again(reason=str(error))
        case Said():
            return _refusal(error, meaning(error, table))
        case Lost():
            return Unknown(str(error))
        case _:  # a fault of ours or of a library: it may well have gone out; its words may hold a secret
            return Unknown(type(error).__name__)


def _refusal(said: Said, means: Meaning) -> Outcome:
    match means:
        case "busy":
            return Again(after=said.after or BUSY_WAIT, reason=str(said))
        case "config":
            return Again(after=CONFIG_WAIT, reason=str(said))
        case "again":
            return Again(after=said.after, reason=str(said))
        case _:
            return Refused(str(said), gone=means == "gone")
