"""Feishu's custom robot 自定义机器人, with its signature 签名校验.

Source: open.feishu.cn/document/client-docs/bot-v3/add-custom-bot: the signature's key is seconds and secret over an
empty text, 100 messages a minute and five a second, 20 KB; codes as remembered.
"""

import base64
import hmac
from datetime import datetime
from typing import Any

from bot.channels.robots.address import Robot
from bot.channels.robots.dialect import Dialect, Letter, clip
from texts.unseen import without_unseen
from texts.values import Message

LONGEST_LINE = 1000


def write(robot: Robot, message: Message, now: datetime) -> Letter:
    """A post: a title and runs of plain text, in which nothing needs escaping and nobody can be mentioned."""
    head, *rest = (clip(without_unseen(line), LONGEST_LINE) for line in message.lines)
    runs = [[{"tag": "text", "text": line}] for line in rest]
    content = {"post": {"zh_cn": {"title": head, "content": runs}}}
    return robot.url, {"msg_type": "post", "content": content, **_signature(robot, now)}


def _signature(robot: Robot, now: datetime) -> dict[str, Any]:
    if not robot.secret:
        return {}
    moment = str(int(now.timestamp()))
    mac = hmac.digest(f"{moment}\n{robot.secret}".encode(), b"", "sha256")
    return {"timestamp": moment, "sign": base64.b64encode(mac).decode()}


FEISHU = Dialect(
    channel="feishu_robot",
    public="https://open.feishu.cn/open-apis/bot/v2/hook/",
    codes=("code", "StatusCode"),
    words=("msg", "StatusMessage"),
    table={
        11232: "wait",  # too fast
        9499: "refused",  # a request it cannot read
        19001: "gone",  # no such robot
        19002: "refused",  # a message it cannot read
        19021: "refused",  # the signature, or a clock that is an hour off
        19022: "refused",  # not from this address
        19024: "refused",  # without the keyword it asks for
    },
    write=write,
)
