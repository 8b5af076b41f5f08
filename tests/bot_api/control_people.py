"""What a test may order about people and chats, one function a verb: the far end of people.py."""

from typing import Any

from tests.bot_api import acts
from tests.bot_api.bench import Bench
from tests.bot_api.render import message_json
from tests.bot_api.world import Chat, Json, Message, User


def person(bench: Bench, *, started: bool, **about: Any) -> None:  # noqa: ANN401  # the fields of User
    user = User(**about)
    bench.world.users[user.id] = user
    standing = {bench.world.bot.id: "member"} if started else {}
    bench.world.chats[user.id] = Chat(user.id, "private", standing=standing)


def group(bench: Bench, *, number: int, title: str, kind: str, forum: bool, members: list[int], bot: str) -> None:
    assert members, "a group needs a member who makes it"
    standing = dict.fromkeys(members, "member") | {members[0]: "creator"}
    chat = Chat(number, kind, title, forum=forum, standing=standing)
    bench.world.chats[number] = chat
    if bot != "left":
        acts.set_bot_standing(bench.world, bench.clock.now(), chat, by=bench.world.users[members[0]], standing=bot)


def says(bench: Bench, **said: Any) -> Json:  # noqa: ANN401  # see _content
    """Text, document or photo: `person`, `chat`, `topic`, `reply_to`, then what _content takes."""
    world, chat = bench.world, bench.world.chats[said["chat"]]
    target = chat.messages.get(said.get("reply_to") or 0)
    assert target or not said.get("reply_to"), f"message {said.get('reply_to')} is not there to be answered"
    topic = said.get("topic") or (target.topic if target else None)
    assert topic is None or topic in chat.topics, f"chat {chat.id} has no topic {topic}"
    content = _content(bench, said)
    message = acts.say(world, bench.clock.now(), world.users[said["person"]], chat, content=content)
    message.topic = topic
    message.reply_to = said.get("reply_to")
    return _shown(bench, acts.write(world, bench.clock.now(), message))


def edits(bench: Bench, *, person: int, chat: int, message: int, text: str) -> None:
    found = _message(bench, chat, message)
    assert found.sender_id == person, "people edit their own messages only"
    acts.edit(bench.world, bench.clock.now(), found, text)


def deletes(bench: Bench, *, chat: int, message: int) -> None:
    del bench.world.chats[chat].messages[_message(bench, chat, message).id]


def presses(bench: Bench, *, person: int, chat: int, message: int, label: str, data: str | None) -> str:
    """Press by caption or data; with `data` given the press goes out even if no such button is there any more."""
    if data is None:
        rows = (_message(bench, chat, message).markup or {}).get("inline_keyboard", [])
        there = {button["text"]: button.get("callback_data") for row in rows for button in row}
        data = there.get(label) or next((value for value in there.values() if value == label), None)
        assert data is not None, f"message {message} has no button {label!r}; it has {list(there)}"
    world = bench.world
    return acts.press(world, bench.clock.now(), world.users[person], world.chats[chat], number=message, data=data).id


def toasts(bench: Bench, *, person: int | None = None, press: str | None = None) -> list[Json]:
    presses = [one for one in bench.world.presses.values() if person in (None, one.person) and press in (None, one.id)]
    return [answer | {"press": one.id, "message_id": one.message_id} for one in presses for answer in one.answers]


def stands(bench: Bench, *, chat: int, by: int, standing: str) -> None:
    world = bench.world
    acts.set_bot_standing(world, bench.clock.now(), world.chats[chat], by=world.users[by], standing=standing)


def deactivates(bench: Bench, *, person: int) -> None:
    bench.world.users[person].deactivated = True


def opens_topic(bench: Bench, *, chat: int, by: int, name: str) -> int:
    world = bench.world
    return acts.open_topic(world, bench.clock.now(), world.chats[chat], by=world.users[by], name=name)


def closes_topic(bench: Bench, *, chat: int, topic: int) -> None:
    bench.world.chats[chat].topics[topic] = "closed"


def migrates(bench: Bench, *, chat: int, to: int) -> int:
    return acts.migrate(bench.world, bench.clock.now(), bench.world.chats[chat], to=to).id


def sees(bench: Bench, *, chat: int) -> list[Json]:
    return [_shown(bench, message) for message in bench.world.chats[chat].messages.values()]


def chat_actions(bench: Bench, *, chat: int) -> list[str]:
    return bench.world.chats[chat].actions


def _content(bench: Bench, said: Json) -> Json:
    if "document" in said:
        content = acts.document_of(
            bench.world, said["document"], said["content"], kind=said["kind"], size=said.get("size")
        )
    elif "content" in said:
        content = acts.photo_of(bench.world, said["content"])
    else:
        return acts.text_of(said["text"])
    album = {"media_group_id": said["album"]} if said.get("album") else {}
    return content | album | ({"caption": said["text"]} if said["text"] else {})


def _message(bench: Bench, chat: int, number: int) -> Message:
    message = bench.world.chats[chat].messages.get(number)
    assert message, f"message {number} is no longer in chat {chat}"
    return message


def _shown(bench: Bench, message: Message) -> Json:
    chat = bench.world.chats[message.chat_id]
    return {
        "message": message_json(bench.world, message, nested=True),
        "from_bot": message.sender_id == bench.world.bot.id,
        "source": message.source,
        "markup": message.markup,
        "reply_to": message.reply_to,
        "silent": message.silent,
        "pinned": message.id in chat.pinned,
        "reactions": message.reactions,
    }


PEOPLE_VERBS = (
    *(person, group, says, edits, deletes, presses, toasts, stands, deactivates),
    *(opens_topic, closes_topic, migrates, sees, chat_actions),
)
