"""Methods that put a message into a chat."""

from tests.bot_api.calls import Call, Upload
from tests.bot_api.errors import BotApiError, careless
from tests.bot_api.keyboard import check_markup
from tests.bot_api.markup import parse_html, trim, utf16_length
from tests.bot_api.render import file_json, message_json
from tests.bot_api.world import Chat, Json, Message, StoredFile

LONGEST_TEXT = 4096  # UTF-16 units after the markup is gone
LONGEST_CAPTION = 1024
ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def send_message(call: Call) -> Json:
    content = text_content(call)
    message = _post(call, call.writable(), content)
    message.source = call.text("text")
    return message_json(call.world, message)


def send_document(call: Call) -> Json:
    chat, file, name, kind = _attachment(call, "document", "documents")
    document = {"document": file_json(file) | {"file_name": name, "mime_type": kind}}
    return message_json(call.world, _post(call, chat, document | caption_content(call)))


def send_photo(call: Call) -> Json:
    chat, file, _, _ = _attachment(call, "photo", "photos")
    return message_json(call.world, _post(call, chat, photo_content(file) | caption_content(call)))


def send_chat_action(call: Call) -> bool:
    chat = call.writable()
    if call.text("action") not in ACTIONS:
        raise careless("wrong parameter action in request")
    chat.actions.append(call.text("action"))
    return True


def text_content(call: Call) -> Json:
    """The text of a call, read by its parse_mode; too long or empty is refused."""
    text, entities = _formatted(call, "text", "entities")
    if not text:
        raise careless("message text is empty")
    if utf16_length(text) > LONGEST_TEXT:
        raise careless("message is too long")
    return {"text": text} | ({"entities": entities} if entities else {})


def caption_content(call: Call) -> Json:
    text, entities = _formatted(call, "caption", "caption_entities")
    if utf16_length(text) > LONGEST_CAPTION:
        raise careless("message caption is too long")
    return ({"caption": text} if text else {}) | ({"caption_entities": entities} if entities else {})


def photo_content(file: StoredFile) -> Json:
    """Telegram keeps a photo in several sizes; the fake in two, a small one and the file itself."""
    small = {"file_id": file.id + "-s", "file_unique_id": file.unique_id + "s", "width": 90, "height": 67}
    return {"photo": [small | {"file_size": 1000}, file_json(file) | {"width": 1280, "height": 960}]}


def _formatted(call: Call, name: str, entities: str) -> tuple[str, list[Json]]:
    mode = call.text("parse_mode").lower()
    if mode == "html":
        return parse_html(call.text(name))
    if mode:
        raise careless(f"unsupported parse_mode {mode}: the fake reads HTML")
    given = call.items(entities) or []
    return trim(call.text(name), [entity for entity in given if isinstance(entity, dict)])


def _post(call: Call, chat: Chat, content: Json) -> Message:
    topic, reply_to = _place(call, chat)
    markup = check_markup(call.params.get("reply_markup"))
    message = call.world.add_message(chat, call.world.bot.id, call.now, content=content)
    message.topic, message.reply_to, message.markup = topic, reply_to, markup
    message.silent = call.flag("disable_notification")
    return message


def _place(call: Call, chat: Chat) -> tuple[int | None, int | None]:
    topic = call.integer("message_thread_id") or None
    if topic is not None and topic not in chat.topics:
        raise BotApiError(400, "message thread not found")
    wish = call.fields("reply_parameters")
    target = chat.messages.get(int(str(wish.get("message_id") or call.integer("reply_to_message_id"))))
    if wish and target is None and wish.get("allow_sending_without_reply") is not True:
        raise BotApiError(400, "message to be replied not found")
    topic = topic or (target.topic if target else None)
    if chat.topics.get(topic or 0) == "closed":
        raise BotApiError(400, "TOPIC_CLOSED")
    return topic, target.id if target else None


def _attachment(call: Call, name: str, folder: str) -> tuple[Chat, StoredFile, str, str]:
    chat = call.writable()
    given = call.uploads.get(call.text(name).removeprefix("attach://") or name)
    if given is None and call.text(name) in call.world.files:
        file = call.world.files[call.text(name)]
        return chat, file, file.path.rpartition("/")[2], "application/octet-stream"
    upload: Upload | None = given
    if upload is None or not upload.content:
        raise careless(f"there is no {name} in the request, or it is empty or a foreign file_id")
    file = call.world.add_file(upload.name, upload.content, folder=folder)
    return chat, file, upload.name, upload.kind
