"""Why a list cannot be read at all. Each kind is a key of plans/problems.yaml, which says what to do about it."""

from plans.reading import limits
from plans.reading.errors import CannotRead
from schedules.errors import RuqiError


class NotRead(RuqiError, ValueError):
    """The list was not read; `kind` says why, as a key of the problem sentences, `values` fill that sentence."""

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(f"The list was not read ({kind}); nothing was changed.")
        self.kind = kind
        self.values = values


_KINDS = {
    "Missing": "no_file",
    "Empty": "empty_file",
    "Damaged": "list_damaged",
    "Unsafe": "list_unsafe",
    "Encrypted": "list_encrypted",
    "Legacy": "list_legacy",
    "TookTooLong": "list_too_long",
}


def refusal_of(error: CannotRead) -> NotRead:
    """What the document reader refuses, in the words of lists."""
    if type(error).__name__ == "TooLarge":
        return NotRead("list_too_large", most=limits.MOST_BYTES // 1024**2)
    return NotRead(_KINDS.get(type(error).__name__, "list_unknown"))
