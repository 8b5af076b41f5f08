"""Messages as each platform takes them: within its limits, whole where it is cut, marks and links harmless."""

import html
import json
import string
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.common.clipping import clip, octets
from bot.channels.common.drawing import as_markdown, draw
from bot.channels.dingtalk import cards as dingtalk
from bot.channels.dingtalk.reading import read
from bot.channels.feishu import cards as feishu
from bot.channels.wecom import cards as wecom
from texts.values import Button, Message

LONG = Message(("标题" * 40, *("办12 年度案卷评查 · 12月18日(周五)" for _ in range(2000))))
MANY = Message(("请选择",), tuple((Button(f"第{n}个按钮的名字很长很长", f"v1:receive:{n}"),) for n in range(30)))
FAMILY = "👨‍👩‍👧‍👦"


@given(st.text(max_size=400), st.integers(min_value=8, max_value=200))
def test_a_clipped_text_fits_and_begins_like_the_whole(text: str, most: int) -> None:
    found = clip(text, most, octets)
    assert octets(found) <= most
    assert text.startswith(found.removesuffix("…").rstrip()) or found == text


def test_a_family_is_not_torn_apart() -> None:
    assert clip(f"甲{FAMILY}乙乙乙乙乙乙乙乙", 6) == "甲…"


def test_a_long_message_fits_everywhere() -> None:
    drawn = draw(LONG)
    assert octets(wecom.markdown(drawn)["markdown"]["content"]) <= 20480
    assert all(octets(content) <= 30_000 for _, content in (feishu.text(drawn), feishu.card(drawn, "ou_1")))
    assert octets(dingtalk.card_data(drawn)["markdown"]) <= 5000


def test_many_buttons_are_as_many_as_a_card_takes() -> None:
    shown = wecom.card(draw(MANY), "r1", home="https://x.cn")
    assert len(shown["button_list"]) == 6
    assert all(len(button["text"]) <= 10 for button in shown["button_list"])
    assert shown["button_list"][0]["key"] == "v1:receive:0"


def test_a_wecom_card_without_buttons_leads_to_the_pages() -> None:
    shown = wecom.card(draw(Message(("已签收",))), "r1", home="https://x.cn")
    assert (shown["card_type"], shown["card_action"]) == ("text_notice", {"type": 1, "url": "https://x.cn"})


@pytest.mark.parametrize("line", ["**粗** `码` <font>", "# 不是标题", "> 不是引用", "[x](http://evil.cn)"])
def test_what_people_wrote_draws_nothing(line: str) -> None:
    shown = as_markdown("", [line])
    assert not any(mark in shown for mark in ("**", "`", "<font", "]("))
    assert shown[0] not in "#>"


def test_a_link_stays_a_link() -> None:
    address = "https://ruqi.example.cn/in/a_b*c-d"
    assert address in as_markdown("登录", [f"打开 {address} 一次有效"])
    _, content = feishu.card(draw(Message(("登录", f"打开 {address}"), ((Button("好", "v1:help"),),))), "ou_1")
    assert f"[{address}]({address})" in json.loads(content)["elements"][0]["text"]["content"]


@given(st.text(alphabet=string.printable + "甲乙", max_size=60).map(lambda text: text.replace("http", "")))
def test_feishu_shows_what_was_written(text: str) -> None:
    drawn = draw(Message(("头", text, "尾"), ((Button("好", "v1:help"),),)))
    _, content = feishu.card(drawn, "ou_1")
    shown = json.loads(content)["elements"][0]["text"]["content"]
    assert html.unescape(shown) == drawn.body


def test_a_button_to_an_address_is_a_line_where_there_are_no_such_buttons() -> None:
    message = Message(("报告",), ((Button("看台账", url="https://ruqi.example.cn/ledger"),),))
    assert draw(message).text == "报告\n看台账 https://ruqi.example.cn/ledger"
    assert draw(message, links=True).buttons[0].label == "看台账"


def test_a_plain_dingtalk_button_says_words_that_are_read_back_as_the_button() -> None:
    message = Message(("提醒",), ((Button("签收", "v1:receive:12"),),))
    _, param = dingtalk.message(draw(message), private=True)
    words = unquote(json.loads(param)["text"].rpartition("content=")[2].rstrip(")"))
    data = {"senderStaffId": "s", "conversationType": "1", "msgtype": "text", "text": {"content": words}}
    heard = read({"topic": "/v1.0/im/bot/messages/get", "data": data})
    assert heard is not None
    assert (heard.button, heard.pressed, heard.text) == ("v1:receive:12", True, "")
    assert "dtmd" not in dingtalk.message(draw(message), private=False)[1]
