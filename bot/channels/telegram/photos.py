"""Messages with a picture: as one where the words fit under it, else the words and then the picture.

Telegram takes 1024 UTF-16 units under a picture (core.telegram.org/bots/api#sendphoto). The words matter more: a
picture that Telegram does not take is left out.
"""

import logging
from http import HTTPStatus
from typing import Any

from telegram import Bot, InputFile
from telegram.error import TelegramError

from bot.channels.telegram.clipping import units
from bot.channels.telegram.places import place_in
from bot.channels.telegram.reading import Said
from usecases.deliver import Outgoing, Picture

log = logging.getLogger(__name__)

LONGEST_CAPTION = 1024
NAME = "report.png"


def fits_under(outgoing: Outgoing) -> bool:
    """Whether the words fit under a picture."""
    return units(outgoing.message.text) <= LONGEST_CAPTION


async def with_picture(bot: Bot, outgoing: Outgoing, picture: Picture, said: dict[str, Any]) -> str | None:
    """The number of the message that holds words and picture; None where Telegram does not take the picture."""
    words = {"caption": said["text"], "parse_mode": said["parse_mode"], "reply_markup": said["reply_markup"]}
    try:
        sent = await bot.send_photo(photo=_file(picture), **place_in(outgoing), **words)
    except Said as error:
        if error.code != HTTPStatus.BAD_REQUEST or error.migrate_to or not _is_about_pictures(error):
            raise
        log.warning("Telegram does not take a picture, the words go alone: %s", error.words)
        return None
    return str(sent.message_id)


async def picture_after(bot: Bot, outgoing: Outgoing, picture: Picture) -> None:
    """The picture by itself, after words that were too long for it. Best effort: what matters has been said."""
    try:
        await bot.send_photo(photo=_file(picture), caption=picture.alt[:LONGEST_CAPTION], **place_in(outgoing))
    except TelegramError as error:
        log.warning("a picture could not be sent after its words: %s", type(error).__name__)


def _file(picture: Picture) -> InputFile:
    return InputFile(picture.png, filename=NAME)


def _is_about_pictures(error: Said) -> bool:
    words = error.words.lower()
    return any(sign in words for sign in ("photo", "image", "file", "caption"))
