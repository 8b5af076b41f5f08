"""Our own fake of Telegram's Bot API: real HTTP on loopback, true offsets, pretend persons, faults on order.

`BotApi` (client.py) is the door for tests; `faults` holds what can go wrong; `python -m tests.bot_api` runs it as its
own process. Behaviour follows core.telegram.org/bots/api and the public server tdlib/telegram-bot-api.

Left out on purpose: MarkdownV2, albums sent by a bot, polls, payments, inline mode, channels; and the server's two
brakes on hot polling (a repeated offset is held for 3 s or cut to one update; a second 409 within 3 s waits), because
a test wants to count our calls.
"""

from tests.bot_api import faults
from tests.bot_api.client import BotApi
from tests.bot_api.faults import Fault
from tests.bot_api.people import Group, Person, Press
from tests.bot_api.seen import Button, Entry, Seen, Toast

__all__ = ["BotApi", "Button", "Entry", "Fault", "Group", "Person", "Press", "Seen", "Toast", "faults"]
