"""Why nothing comes in from Telegram: each trouble told once, and waited out, longer each time."""

import logging
from dataclasses import dataclass
from http import HTTPStatus

from telegram.error import TelegramError

from bot.channels.telegram.errors import BAD_TOKEN
from bot.channels.telegram.reading import Said

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pauses:
    """Seconds. `hold`: how long Telegram keeps an empty answer back. After trouble: `first`, doubling up to `most`.

    `look`: how often a webhook is looked after.
    """

    hold: int = 25
    first: float = 1.0
    most: float = 60.0
    conflict: float = 5.0
    token: float = 60.0
    look: float = 60.0


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing comes in now: `kind` tells one trouble from the next, `wait` is the first pause or the fixed one."""

    kind: str
    words: str
    wait: float
    grows: bool = True


class Worry:
    """The trouble there is now, if any."""

    def __init__(self, pauses: Pauses) -> None:
        self._pauses = pauses
        self._trouble: Trouble | None = None
        self._failures = 0

    @property
    def words(self) -> str:
        return self._trouble.words if self._trouble else ""

    @property
    def kind(self) -> str:
        return self._trouble.kind if self._trouble else ""

    def note(self, error: Exception) -> float:
        """Say what is wrong, once for each trouble, and how long to wait."""
        trouble = read_trouble(error, self._pauses)
        self.tell(trouble)
        if trouble.kind == "fault" and self._failures == 1:
            log.error("the receiver met a fault of its own", exc_info=error)
        if not trouble.grows:
            return trouble.wait
        return min(self._pauses.most, trouble.wait * float(2 ** min(self._failures - 1, 10)))

    def tell(self, trouble: Trouble) -> None:
        if self.kind != trouble.kind:
            self._failures = 0
            level = logging.CRITICAL if trouble.kind == "token" else logging.WARNING
            log.log(level, "nothing comes in from Telegram: %s", trouble.words)
        self._trouble = trouble
        self._failures += 1

    def over(self) -> None:
        if self._trouble is not None:
            log.warning("Telegram's updates come in again")
        self._trouble = None
        self._failures = 0


def read_trouble(error: Exception, pauses: Pauses) -> Trouble:
    """What a failed turn means for the next one."""
    match error:
        case Said(code=HTTPStatus.CONFLICT) if "webhook" in error.words.lower():
            return Trouble("webhook", "somebody set a webhook for this bot; it is taken away again", pauses.first)
        case Said(code=HTTPStatus.CONFLICT):
            words = "another program polls with the same token; this one steps back and tries again"
            return Trouble("conflict", f"{words} ({error.words})", pauses.conflict)
        case Said(code=code) if code in BAD_TOKEN:
            words = "the bot's token is refused, check RUQI_TELEGRAM_TOKEN"
            return Trouble("token", f"{words} ({error.words})", pauses.token, grows=False)
        case Said(retry_after=int(wait)):
            return Trouble("flood", f"asked to wait {wait} s", float(wait), grows=False)
        case TelegramError():
            return Trouble("network", error.message, pauses.first)
        case _:
            return Trouble("fault", f"{type(error).__name__}: {str(error).partition(chr(10))[0]}", pauses.first)
