"""Enclosures: the files in a message, as the conversation takes them. The bytes stay with Telegram until fetched.

What can be kept is a document or a photo of at most 20 MB; a film, a voice or a sticker cannot
(core.telegram.org/bots/api#getfile).
"""

from dataclasses import dataclass

from telegram import Message

from bot.turn import File
from usecases.evidence import MOST_BYTES


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file in a message. `kind`: document or photo; anything else is one that cannot be kept."""

    id: str
    kind: str
    name: str = ""
    media_type: str = ""
    size: int = 0

    def as_file(self, chat: str, message_id: str, album: str) -> File:
        """With all it takes to fetch it later, and to tell its sender if that fails."""
        problem = "file_kind" if self.kind == "other" else "file_size" if self.size > MOST_BYTES else ""
        source = {"file": self.id, "chat": chat, "message": message_id, "album": album}
        return File(self.name or PHOTO, self.media_type, source=source, problem=problem)


PHOTO = "photo.jpg"
OTHERS = ("video", "audio", "voice", "video_note")


def enclosed(message: Message) -> Enclosed | None:
    """The file of a message; None where there is none. A moving picture comes as a document beside itself."""
    if message.document and not message.animation:
        found = message.document
        return Enclosed(found.file_id, "document", found.file_name or "", found.mime_type or "", found.file_size or 0)
    if message.photo:
        largest = max(message.photo, key=lambda size: size.width * size.height)
        return Enclosed(largest.file_id, "photo", PHOTO, "image/jpeg", largest.file_size or 0)
    other = next((getattr(message, name) for name in OTHERS if getattr(message, name)), message.animation)
    return Enclosed(other.file_id, "other", getattr(other, "file_name", "") or "") if other else None
