"""Why a list cannot be read at all. Each kind is a key of plans/problems.yaml, which says what to do about it."""

from schedules.errors import RuqiError


class NotRead(RuqiError, ValueError):
    """The list was not read; `kind` says why, as a key of the problem sentences, `values` fill that sentence."""

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(f"The list was not read ({kind}); nothing was changed.")
        self.kind = kind
        self.values = values
