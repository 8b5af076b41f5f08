"""Webhooks: other programs hear of events, signed as Standard Webhooks asks, only where an administrator allows it."""

from bot.channels.webhook.address import Allowed, BadHook, usable
from bot.channels.webhook.channel import Webhook

__all__ = ["Allowed", "BadHook", "Webhook", "usable"]
