"""DingTalk 钉钉: an app's robot in stream mode, no public address. Import it only when its app is set up."""

from bot.channels.dingtalk.channel import DingTalk

__all__ = ["DingTalk"]
