"""DingTalk's custom robot 自定义机器人, with its signature 加签.

Source: open.dingtalk.com/document/robots/custom-robot-access and …/customize-robot-security-settings: the signature
over milliseconds and secret, 20 messages a minute and ten minutes of rest after more; codes as remembered.
"""

import base64
import hmac
from datetime import datetime
from urllib.parse import urlencode

from bot.channels.robots.address import Robot
from bot.channels.robots.dialect import Dialect, Letter, clip, plain
from texts.values import Message

LONGEST = 15000
LONGEST_TITLE = 100
REST = 600.0


def write(robot: Robot, message: Message, now: datetime) -> Letter:
    head, *rest = map(plain, message.lines)
    text = clip("  \n".join([f"**{head}**", *rest]), LONGEST)
    body = {"msgtype": "markdown", "markdown": {"title": clip(head, LONGEST_TITLE), "text": text}}
    return robot.url + _signature(robot, now), body


def _signature(robot: Robot, now: datetime) -> str:
    if not robot.secret:
        return ""
    moment = str(int(now.timestamp() * 1000))
    mac = hmac.digest(robot.secret.encode(), f"{moment}\n{robot.secret}".encode(), "sha256")
    signed = urlencode({"timestamp": moment, "sign": base64.b64encode(mac).decode()})
    return ("&" if "?" in robot.url else "?") + signed


DINGTALK = Dialect(
    channel="dingtalk_robot",
    public="https://oapi.dingtalk.com/robot/send?access_token=",
    codes=("errcode",),
    words=("errmsg",),
    table={
        -1: "again",  # busy
        130101: "wait",  # too many messages in a minute
        410100: "wait",  # the same, by its other code
        300001: "gone",  # no such token
        300005: "gone",  # no such token
        400013: "gone",  # the group was dissolved
        400101: "gone",  # no such token
        400102: "gone",  # the robot was stopped
        310000: "refused",  # the security settings refuse it: signature, keyword or address of the sender
    },
    write=write,
    rest=REST,
)
