"""The reader: whom a sentence is for. In which language, on which day, by which clock."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from texts.catalogue import say
from texts.values import SHANGHAI


@dataclass(frozen=True, slots=True)
class Reader:
    """`today` is the civil date in `zone` at the moment the sentence is read."""

    language: str
    today: date
    zone: ZoneInfo = SHANGHAI

    def say(self, key: str, /, **values: object) -> str:
        """The sentence of the catalogue in this reader's language."""
        return say(self.language, key, **values)
