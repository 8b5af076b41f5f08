"""Group robots of WeCom, DingTalk and Feishu: they speak to a unit's group and hear nothing. One POST a message."""

from bot.channels.robots.address import BadRobot, Robot
from bot.channels.robots.channel import DIALECTS, RobotChannel, canonical

__all__ = ["DIALECTS", "BadRobot", "Robot", "RobotChannel", "canonical"]
