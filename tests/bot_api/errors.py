"""How Telegram says no: a code, a sentence, sometimes parameters. A `careless` no is one a good bot never hears."""

from typing import Any

NAMES = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 409: "Conflict"}


class BotApiError(Exception):
    """A refusal in Telegram's own words; the fake answers it, and a careless one fails the test as well."""

    def __init__(
        self, code: int, reason: str = "", *, parameters: dict[str, int] | None = None, careless: bool = False
    ) -> None:
        self.code = code
        self.description = f"{NAMES[code]}: {reason}" if reason else NAMES[code]
        self.parameters = parameters
        self.careless = careless
        super().__init__(self.description)

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        return body | ({"parameters": self.parameters} if self.parameters else {})


def careless(reason: str) -> BotApiError:
    return BotApiError(400, reason, careless=True)
