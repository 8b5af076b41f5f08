"""Updates that no parser likes. Each leaves out or twists what the Bot API promises; queueing adds the number."""

from tests.bot_api.world import Json

CHAT = {"id": 1, "type": "private", "first_name": "x"}
FROM = {"id": 1, "is_bot": False, "first_name": "x"}

POISONS: dict[str, Json] = {
    "no_date": {"message": {"message_id": 1, "chat": CHAT, "from": FROM, "text": "x"}},
    "no_chat": {"message": {"message_id": 1, "date": 1, "from": FROM, "text": "x"}},
    "no_message_id": {"message": {"date": 1, "chat": CHAT, "from": FROM, "text": "x"}},
    "message_is_text": {"message": "x"},
    "message_is_list": {"message": [1, 2]},
    "message_is_null": {"message": None},
    "text_is_number": {"message": {"message_id": 1, "date": 1, "chat": CHAT, "from": FROM, "text": 5}},
    "date_is_text": {"message": {"message_id": 1, "date": "today", "chat": CHAT, "from": FROM, "text": "x"}},
    "date_in_year_58860": {"message": {"message_id": 1, "date": 1_795_296_127_000, "chat": CHAT, "from": FROM}},
    "lone_surrogate": {"message": {"message_id": 1, "date": 1, "chat": CHAT, "from": FROM, "text": "\ud83d"}},
    "press_without_sender": {"callback_query": {"id": "1", "chat_instance": "1", "data": "x"}},
    "press_without_data": {"callback_query": {"id": "1", "chat_instance": "1", "from": FROM}},
    "unknown_kind": {"telepathy": {"thought": "x"}},
    "empty": {},
}
