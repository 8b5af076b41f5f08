"""Where a message goes: a chat, perhaps a topic of it (``chat/topic``), perhaps as an answer to a message there."""

from typing import Any

from telegram import ReplyParameters

from usecases.deliver import Outgoing


def chat_of(address: str) -> str:
    """The chat of an address, which may name a topic of it."""
    return address.partition("/")[0]


def place_in(outgoing: Outgoing) -> dict[str, Any]:
    """What every method that sends takes."""
    topic = outgoing.address.partition("/")[2]
    hangs = outgoing.reply_to.isdecimal()
    return {
        "chat_id": chat_of(outgoing.address),
        "message_thread_id": int(topic) if topic.isdecimal() else None,
        "reply_parameters": ReplyParameters(int(outgoing.reply_to), allow_sending_without_reply=True)
        if hangs
        else None,
    }
