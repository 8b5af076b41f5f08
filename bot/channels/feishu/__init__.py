"""Feishu 飞书 (Lark): an app's bot over a long connection, no public address. Import it only when its app is set up."""

from bot.channels.feishu.channel import Feishu

__all__ = ["Feishu"]
