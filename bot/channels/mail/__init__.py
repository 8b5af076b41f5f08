"""E-mail by SMTP: the same message, with a personal link into the web inbox to answer by."""

from bot.channels.mail.channel import Mail
from bot.channels.mail.post import Mailbox

__all__ = ["Mail", "Mailbox"]
