"""Reading events: who, where, what, of each shape the platforms send; anything else is nothing, or poison."""

import json
from typing import Any

import pytest

from bot.channels.common.heard import Heard, Standing
from bot.channels.dingtalk import reading as dingtalk
from bot.channels.feishu import reading as feishu
from bot.channels.wecom import reading as wecom

Body = dict[str, Any]


def wecom_said(**body: object) -> Heard | None:
    base: Body = {"msgid": "1", "chattype": "single", "from": {"userid": "u1"}, "msgtype": "text"}
    return wecom.read({"headers": {"req_id": "r"}, "body": base | body})


def ding_said(**data: object) -> Heard | None:
    base: Body = {"senderStaffId": "s1", "conversationType": "1", "conversationId": "cid1", "msgtype": "text"}
    return dingtalk.read({"topic": dingtalk.SAID, "data": base | {"text": {"content": "x"}} | data})


def feishu_said(me: str = "ou_bot", sender_type: str = "user", **message: object) -> Heard | None:
    base: Body = {"message_id": "om_1", "chat_id": "oc_1", "chat_type": "p2p", "message_type": "text"}
    sender = {"sender_id": {"open_id": "ou_1"}, "sender_type": sender_type}
    event = {"sender": sender, "message": base | {"content": '{"text": "x"}', "create_time": "1700000000000"} | message}
    found = feishu.read({"header": {"event_type": feishu.SAID}, "event": event}, me)
    assert found is None or isinstance(found, Heard)
    return found


def test_wecom_in_a_group_without_our_name() -> None:
    group = {"chattype": "group", "chatid": "wr1", "text": {"content": "@如期 办1 已办"}}
    heard = wecom_said(**group)
    assert heard is not None
    assert (heard.chat, heard.person, heard.private, heard.text) == ("wr1", "u1", False, "办1 已办")


def test_wecom_voice_is_words_and_a_mixed_message_has_both() -> None:
    heard = wecom_said(msgtype="voice", voice={"content": "办1 已办"})
    assert heard is not None
    assert (heard.text, heard.attachment) == ("办1 已办", False)
    items = [
        {"msgtype": "text", "text": {"content": "办1"}},
        {"msgtype": "image", "image": {"url": "https://x", "aeskey": "k"}},
    ]
    mixed = wecom_said(msgtype="mixed", mixed={"msg_item": items})
    assert mixed is not None
    assert (mixed.text, [file.name for file in mixed.files]) == ("办1", ["photo.jpg"])


def test_a_film_is_refused_for_what_it_is() -> None:
    for heard in (
        wecom_said(msgtype="video", video={"url": "https://x"}),
        ding_said(msgtype="video", content={"downloadCode": "c"}),
        feishu_said(message_type="media", content='{"file_key": "k"}'),
    ):
        assert heard is not None
        assert [file.problem for file in heard.files] == ["file_kind"]


def test_dingtalk_hears_a_group_only_when_it_is_meant() -> None:
    group: Body = {"conversationType": "2"}
    assert ding_said(**group, isInAtList=False) is None
    heard = ding_said(**group, isInAtList=True)
    assert heard is not None
    assert (heard.chat, heard.private) == ("group:cid1", False)


def test_dingtalk_has_nothing_to_say_to_people_from_outside() -> None:
    assert ding_said(senderStaffId=None) is None


def test_dingtalk_names_what_is_quoted_or_repeats_it() -> None:
    replied = {"content": "收到", "repliedMsg": {"content": {"text": "办1 年度案卷评查"}}}
    heard = ding_said(text=replied, originalProcessQueryKey="key1")
    assert heard is not None
    assert (heard.reply_to, heard.quoted) == ("key1", "办1 年度案卷评查")


def test_a_card_in_a_dingtalk_group_says_which_group() -> None:
    content = json.dumps({"cardPrivateData": {"actionIds": ["v1:receive:1"]}})
    pressed = {"outTrackId": "ruqi5-ab-gcid1", "userId": "s1", "content": content}
    heard = dingtalk.read({"topic": dingtalk.PRESSED, "data": pressed})
    assert heard is not None
    assert (heard.chat, heard.person, heard.private, heard.button) == ("group:cid1", "s1", False, "v1:receive:1")


@pytest.mark.parametrize(("mentioned", "heard"), [("ou_bot", True), ("ou_other", False), ("", False)])
def test_feishu_hears_a_group_only_when_it_is_meant(mentioned: str, *, heard: bool) -> None:
    mentions = [{"key": "@_user_1", "id": {"open_id": mentioned}}] if mentioned else []
    content = json.dumps({"text": "@_user_1 办1 已办"})
    found = feishu_said(chat_type="group", mentions=mentions, content=content)
    assert (found is not None) == heard
    if found:
        assert (found.chat, found.text, found.private) == ("oc_1", "办1 已办", False)


def test_feishu_reads_a_post_and_its_pictures() -> None:
    runs = [[{"tag": "text", "text": "办1 "}, {"tag": "text", "text": "已办"}], [{"tag": "img", "image_key": "k"}]]
    heard = feishu_said(message_type="post", content=json.dumps({"title": "", "content": runs}))
    assert heard is not None
    assert (heard.text, [file.source["key"] for file in heard.files]) == ("办1 已办", ["k"])


def test_feishu_ignores_other_machines() -> None:
    assert feishu_said(sender_type="app") is None


def test_feishu_out_of_a_group_and_in() -> None:
    gone = feishu.read({"header": {"event_type": feishu.BOT_OUT}, "event": {"chat_id": "oc_1"}})
    back = feishu.read({"header": {"event_type": feishu.BOT_IN}, "event": {"chat_id": "oc_1"}})
    assert isinstance(gone, Standing)
    assert isinstance(back, Standing)
    assert (gone.here, back.here) == (False, True)


@pytest.mark.parametrize("value", [None, {}, {"other": 1}, "text"])
def test_a_foreign_button_is_nothing(value: object) -> None:
    event = {"operator": {"open_id": "ou_1"}, "action": {"value": value}, "context": {}}
    assert feishu.read({"header": {"event_type": feishu.PRESSED}, "event": event}) is None
