"""One turn of a conversation: what came in, who said it, what is answered. Plain values; a channel only translates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storage import questions
from storage.rows import Officer, Question
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
    live: str = ""
    """A word by which the message is found again when what it asks has been decided, however that was said."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Who says what, at which desk. `behalf`: for whom the bureau says it. `question`: what was asked here last."""

    desk: Desk
    officer: Officer
    incoming: Incoming
    behalf: Officer | None = None
    question: Question | None = None

    @property
    def reader(self) -> Reader:
        return Reader(self.officer.language, self.desk.today, self.desk.office.zone)

    @property
    def speaks_for(self) -> Officer:
        """Whose parts the codes are."""
        return self.behalf or self.officer

    def act(self, words: str = "") -> Act:
        """The act of this turn, with the note or reason as it was typed."""
        said = self.incoming
        return Act(
            self.officer,
            said.channel,
            words=words,
            answered=said.reply_to,
            on_behalf_of=self.behalf,
            said_at=said.at,
        )


def say(message: Message, *parts: PartView) -> Reply:
    """One message that shows these parts."""
    return Reply((message,), parts=tuple(part.id for part in parts))


def ask(turn: Turn, asks: str, message: Message, *parts: PartView, words: str = "") -> Reply:
    """A question, remembered: the next message of this person in this chat answers it without a quotation."""
    said = turn.incoming
    questions.ask(
        turn.desk.tx,
        channel=said.channel,
        address=said.address,
        officer_id=turn.officer.id,
        asks=f"{asks}@{turn.behalf.id}" if turn.behalf else asks,
        part_ids=[part.id for part in parts],
        words=words,
        asked_at=turn.desk.now,
    )
    return say(message, *parts)


def line(turn: Turn, key: str, **values: object) -> Reply:
    """One sentence of the catalogue."""
    return Reply((Message((turn.reader.say(key, **values),)),))
