"""Getting a file from Telegram: getFile, then the bytes. What becomes of a refusal is told to the common fetcher.

A path is good for an hour at least (core.telegram.org/bots/api#getfile), so it is asked for anew at each try.
"""

from http import HTTPStatus

from telegram.error import TelegramError

from bot.channels.common.calls import CONFIG_WAIT
from bot.channels.common.fetching import Get, Gone, Later
from bot.channels.telegram.endpoint import Endpoint
from bot.channels.telegram.errors import BAD_TOKEN
from bot.channels.telegram.reading import Lost, Said
from bot.channels.telegram.wire import Wire
from storage.rows import Evidence
from usecases.evidence import MOST_BYTES


def getting(wire: Wire, endpoint: Endpoint) -> Get:
    """For the common fetcher: the bytes of a file that a message of Telegram's named."""

    async def get(row: Evidence) -> bytes:
        try:
            return await _bytes(wire, row)
        except Said as said:
            raise _weighed(said) from None
        except TelegramError as error:
            raise Later(endpoint.hide(error.message)) from None  # its words may hold the token

    return get


async def _bytes(wire: Wire, row: Evidence) -> bytes:
    found = await wire.call("getFile", file_id=str(row.source["file"]))
    path = found.get("file_path") if isinstance(found, dict) else None
    if not isinstance(path, str) or not path:
        raise Lost("getFile gave no path")
    return await wire.download(path, MOST_BYTES)


def _weighed(said: Said) -> Gone | Later:
    """A file that Telegram does not know or finds too big will never come; anything else may."""
    if said.code == HTTPStatus.BAD_REQUEST:
        return Gone(said.words)
    return Later(said.message, CONFIG_WAIT if said.code in BAD_TOKEN else float(said.retry_after or 0) or None)
