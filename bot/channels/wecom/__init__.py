"""WeCom 企业微信: its AI bot over a connection of our own, no public address. Import it only when its bot is set up."""

from bot.channels.wecom.channel import WeCom

__all__ = ["WeCom"]
