"""What an update says happened. One row a reason; updates are as the Bot API sends them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Update

from bot.channels.telegram.enclosures import Enclosed
from bot.channels.telegram.translate import (
    Faceless,
    Happening,
    Heard,
    Me,
    Moved,
    Rewritten,
    Standing,
    translate,
)
from tests.bot_api.poison import POISONS

ME = Me(770001, "ruqi_test_bot")
BOT = {"id": 770001, "is_bot": True, "first_name": "如期", "username": "ruqi_test_bot"}
ZHANG = {"id": 1001, "is_bot": False, "first_name": "张敏"}
PRIVATE = {"id": 1001, "type": "private", "first_name": "张敏"}
GROUP = {"id": -100200300, "type": "supergroup", "title": "联络群"}


def said(text: str = "办12", chat: dict[str, Any] = PRIVATE, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"message": {"message_id": 7, "date": 1, "chat": chat, "from": ZHANG, "text": text} | more}


def pressed(data: str = "v1:receive:12", chat: dict[str, Any] = PRIVATE, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    message = {"message_id": 5, "date": 1, "chat": chat, "from": BOT, "text": "x"}
    return {"callback_query": {"id": "9", "from": ZHANG, "chat_instance": "1", "message": message, "data": data} | more}


def answer_to(sender: dict[str, Any], **more: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    return {"reply_to_message": {"message_id": 5, "date": 1, "chat": GROUP, "from": sender, **more}}


def standing(status: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    until = {"until_date": 0} if status == "kicked" else {}
    new = {"status": status, "user": BOT} | until
    old = {"status": "left", "user": BOT}
    return {"my_chat_member": {"chat": chat, "from": ZHANG, "date": 1, "old_chat_member": old, "new_chat_member": new}}


SAID_AT = datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)
ALONE = Heard("1001", "1001", private=True, message_id="7", at=SAID_AT)
IN_GROUP = Heard("-100200300", "1001", private=False, message_id="7", at=SAID_AT)


def heard(base: Heard, **more: Any) -> Heard:  # noqa: ANN401 - fields of Heard
    fields = {name: getattr(base, name) for name in Heard.__slots__}
    return Heard(**fields | more)


STICKER = {"file_id": "a", "file_unique_id": "b", "type": "regular", "width": 1, "height": 1}
FLAGS = {"is_animated": False, "is_video": False}
PAPER = Enclosed("a", "document")
SHOT = Enclosed("big", "photo", "photo.jpg", "image/jpeg", 7)
SIZES = [
    {"file_id": "big", "file_unique_id": "b", "width": 90, "height": 90, "file_size": 7},
    {"file_id": "small", "file_unique_id": "s", "width": 9, "height": 9},
]
FILM = {"file_id": "f", "file_unique_id": "u", "width": 9, "height": 9, "duration": 3, "file_name": "会议.mp4"}
DOCUMENT = {"document": {"file_id": "a", "file_unique_id": "b"}}

TABLE: list[tuple[str, dict[str, Any], Happening | None]] = [
    ("a person writes", said(), heard(ALONE, text="办12")),
    ("space and NUL around it", said(" 办12\x00\n"), heard(ALONE, text="办12")),
    ("a reply to our message", said(chat=PRIVATE, **answer_to(BOT)), heard(ALONE, text="办12", reply_to="5")),
    ("a reply to one's own message is no answer", said(**answer_to(ZHANG)), heard(ALONE, text="办12")),
    (
        "a file with words",
        said("", caption="完成", **DOCUMENT),
        heard(ALONE, text="完成", attachment=True, enclosed=PAPER),
    ),
    (
        "a photo of an album",
        said("", photo=SIZES, media_group_id="77"),
        heard(ALONE, attachment=True, enclosed=SHOT, album="77"),
    ),
    ("a film", said("", video=FILM), heard(ALONE, attachment=True, enclosed=Enclosed("f", "other", "会议.mp4"))),
    ("a file in a group, addressed to nobody", said("", GROUP, **DOCUMENT), None),
    (
        "a file in a group, as an answer",
        said("", GROUP, **DOCUMENT, **answer_to(BOT)),
        heard(IN_GROUP, attachment=True, enclosed=PAPER, reply_to="5"),
    ),
    ("a sticker", said("", sticker=STICKER | FLAGS), heard(ALONE, attachment=True)),
    ("a pinned message says nothing", said("", new_chat_title="x"), None),
    ("another bot", {"message": said()["message"] | {"from": BOT}}, None),
    ("chatter in a group where we read all", said("早上好", GROUP), None),
    ("a command in a group", said("/today", GROUP), heard(IN_GROUP, text="/today")),
    ("with our name", said("/today@Ruqi_Test_Bot", GROUP), heard(IN_GROUP, text="/today")),
    ("with another bot's name", said("/today@other_bot", GROUP), None),
    ("a mention", said("@ruqi_test_bot 办12", GROUP), heard(IN_GROUP, text="办12")),
    ("a mention without a space", said("@ruqi_test_bot办12", GROUP), heard(IN_GROUP, text="办12")),
    ("a longer name than ours", said("@ruqi_test_bots 办12", GROUP, **answer_to(ZHANG)), None),
    ("a reply in a group", said("完成", GROUP, **answer_to(BOT)), heard(IN_GROUP, text="完成", reply_to="5")),
    ("a topic's opening is no message of ours", said("完成", GROUP, **answer_to(ZHANG)), None),
    ("an anonymous administrator", said("/today", GROUP, sender_chat=GROUP), Faceless("-100200300", "7")),
    ("a group moves, told in the old one", said("", GROUP, migrate_to_chat_id=-5), Moved("-100200300", "-5")),
    ("and in the new one", said("", GROUP, migrate_from_chat_id=-5), Moved("-5", "-100200300")),
    ("an edit in private", {"edited_message": said()["message"]}, Rewritten("1001")),
    ("an edit in a group", {"edited_message": said(chat=GROUP)["message"]}, None),
    ("blocked", standing("kicked"), Standing("1001", here=False, reason="bot is kicked there")),
    ("unblocked", standing("member"), Standing("1001", here=True)),
    (
        "a press",
        pressed(),
        Heard("1001", "1001", private=True, button="v1:receive:12", reply_to="5", press_id="9"),
    ),
    (
        "a press in a group",
        pressed(chat=GROUP),
        Heard("-100200300", "1001", private=False, button="v1:receive:12", reply_to="5", press_id="9"),
    ),
    (
        "a press on somebody else's card",
        pressed(chat=PRIVATE | {"id": 1002}),
        Heard("1001", "1001", private=True, button="v1:receive:12", press_id="9"),
    ),
    (
        "a press on a message too old to be shown",
        pressed(message=None),
        Heard("1001", "1001", private=True, button="v1:receive:12", press_id="9"),
    ),
    ("a kind nobody asked for", {"poll_answer": {"poll_id": "1", "option_ids": [], "option_persistent_ids": []}}, None),
]


@pytest.mark.parametrize(("why", "update", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_what_happened(why: str, update: dict[str, Any], expected: Happening | None) -> None:
    assert translate(read(update), ME) == expected, why


def test_before_telegram_has_told_our_name_every_addressed_command_counts() -> None:
    assert translate(read(said("/today@ruqi_test_bot", GROUP)), Me(770001)) == heard(IN_GROUP, text="/today")


HARMLESS = {"message_is_null", "unknown_kind", "empty", "press_without_data", "lone_surrogate"}


@pytest.mark.parametrize("kind", POISONS)
def test_poison_raises_or_is_nothing_and_never_half_understood(kind: str) -> None:
    if kind in HARMLESS:
        happened = translate(read(POISONS[kind]), ME)
        assert happened is None or happened == Heard("1", "1", private=True, message_id="1", text="\ufffd", at=SAID_AT)
    else:
        with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
            translate(read(POISONS[kind]), ME)


def read(update: dict[str, Any]) -> Update:
    return Update.de_json({"update_id": 1} | update, None)
