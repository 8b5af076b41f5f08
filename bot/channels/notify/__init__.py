"""ServerChan, Bark and the long tail through a notification library. What is sent is not confirmed."""

from bot.channels.notify.channel import Notify

__all__ = ["Notify"]
