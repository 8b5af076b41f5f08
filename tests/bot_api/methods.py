"""Which methods the fake knows. Any other name is answered with Telegram's 404 and fails the test."""

from collections.abc import Callable

from tests.bot_api import asking, editing, sending
from tests.bot_api.calls import Call

METHODS: dict[str, Callable[[Call], object]] = {
    "sendMessage": sending.send_message,
    "sendDocument": sending.send_document,
    "sendPhoto": sending.send_photo,
    "sendChatAction": sending.send_chat_action,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": editing.delete_message,
    "answerCallbackQuery": editing.answer_callback_query,
    "pinChatMessage": editing.pin_chat_message,
    "unpinChatMessage": editing.unpin_chat_message,
    "setMessageReaction": editing.set_message_reaction,
    "getMe": asking.get_me,
    "getChat": asking.get_chat,
    "getChatMember": asking.get_chat_member,
    "getChatMemberCount": asking.get_chat_member_count,
    "getChatAdministrators": asking.get_chat_administrators,
    "getFile": asking.get_file,
    "setMyCommands": asking.set_my_commands,
    "getMyCommands": asking.get_my_commands,
    "deleteMyCommands": asking.delete_my_commands,
    **dict.fromkeys(("setMyName", "setMyDescription", "setMyShortDescription"), asking.set_profile),
    **dict.fromkeys(("getMyName", "getMyDescription", "getMyShortDescription"), asking.get_profile),
}
UPDATE_METHODS = ("getUpdates", "setWebhook", "deleteWebhook", "getWebhookInfo")  # polling.py and webhook.py
SPELLING = {name.lower(): name for name in (*METHODS, *UPDATE_METHODS)}  # Telegram does not mind the case
VISIBLE = frozenset(
    [
        "sendMessage",
        "sendDocument",
        "sendPhoto",
        "editMessageText",
        "editMessageCaption",
        "editMessageReplyMarkup",
        "deleteMessage",
        "answerCallbackQuery",
        "pinChatMessage",
        "unpinChatMessage",
        "setMessageReaction",
    ]
)
