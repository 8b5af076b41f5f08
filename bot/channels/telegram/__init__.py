"""Telegram: long polling of our own, python-telegram-bot for types and sending. Import it only when a token is set."""

from bot.channels.telegram.channel import Telegram

__all__ = ["Telegram"]
