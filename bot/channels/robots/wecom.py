"""WeCom's group robot 群机器人.

Source: developer.work.weixin.qq.com/document/path/91770 (the webhook, 20 messages a minute, markdown of 4096 bytes at
most) and path/90313 (global error codes), as remembered; a code that is not here is final and kept in its own words.
"""

from datetime import datetime

from bot.channels.robots.address import Robot
from bot.channels.robots.dialect import Dialect, Letter, clip, plain
from texts.values import Message

LONGEST = 4096


def write(robot: Robot, message: Message, now: datetime) -> Letter:  # noqa: ARG001 - WeCom does not sign
    head, *rest = map(plain, message.lines)
    text = clip("\n".join([f"**{head}**", *rest]), LONGEST)
    return robot.url, {"msgtype": "markdown", "markdown": {"content": text}}


WECOM = Dialect(
    channel="wecom_robot",
    public="https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=",
    codes=("errcode",),
    words=("errmsg",),
    table={
        -1: "again",  # busy
        45009: "wait",  # too many messages in a minute
        45033: "wait",  # too many at once
        93000: "gone",  # no such robot, or removed from the group
        93004: "gone",  # the robot was stopped
        93008: "gone",  # not in the group
    },
    write=write,
)
