"""One turn of a conversation: what came in, who said it, what is answered. Plain values; a channel only translates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storage.rows import Officer
from texts.reader import Reader
from texts.values import Message, PartView
from usecases.answer import Act
from usecases.office import Desk


@dataclass(frozen=True, slots=True)
class File:
    """A file that came in: in hand (`data`), or to be fetched later by what `source` says.

    `problem` is the key of a refusal where the channel knows already that it cannot be kept.
    """

    name: str
    media_type: str = ""
    data: bytes | None = None
    source: Mapping[str, object] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a person said: words, or a button's data. `reply_to`: the message replied to, or that holds the button."""

    channel: str
    address: str
    text: str = ""
    button: str = ""
    reply_to: str = ""
    source: str = ""
    at: datetime | None = None
    """When it was said, where the channel tells; after downtime that is long before it is handled."""
    files: tuple[File, ...] = ()
    """Files that came along, or that the pressed button's question was about."""
    files_ref: str = ""
    """A word of at most 20 letters by which the channel finds these files again when a button brings it back."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered. `messages` say everything; `toast` says it in a few words over a pressed button.

    `toast_is_enough`: where a toast was shown, the messages need not be sent. `parts`: ids of the parts that the
    messages show, in order, so that a reply to them is understood. `replaces`: the question, card or notice whose
    button was pressed has had its answer; what is said takes its place. (Reminders follow their parts by themselves.)
    """

    messages: tuple[Message, ...] = ()
    toast: str = ""
    parts: tuple[int, ...] = ()
    toast_is_enough: bool = False
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """Who says what, at which desk."""

    desk: Desk
    officer: Officer
    incoming: Incoming

    @property
    def reader(self) -> Reader:
        return Reader(self.officer.language, self.desk.today, self.desk.office.zone)

    def act(self, words: str = "") -> Act:
        """The act of this turn, with the note or reason as it was typed."""
        said = self.incoming
        return Act(self.officer, said.channel, words=words, answered=said.reply_to, said_at=said.at)


def say(message: Message, *parts: PartView) -> Reply:
    """One message that shows these parts."""
    return Reply((message,), parts=tuple(part.id for part in parts))


def line(turn: Turn, key: str, **values: object) -> Reply:
    """One sentence of the catalogue."""
    return Reply((Message((turn.reader.say(key, **values),)),))
