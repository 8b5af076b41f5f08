"""What Feishu's refusals mean, as a table by code. Source: open.feishu.cn, codes of the message API and 通用错误码."""

from collections.abc import Mapping

from bot.channels.common.calls import Meaning

MEANINGS: Mapping[str, Meaning] = {
    "230013": "gone",  # the bot is not available to this person
    "230029": "gone",  # has left
    "230053": "gone",  # has stopped the bot's messages
    "230034": "gone",  # no such receiver
    "230037": "gone",
    "230002": "gone",  # the bot is not in the group
    "232009": "gone",  # the group was dissolved
    "230020": "busy",
    "11232": "busy",
    "11233": "busy",
    "99991400": "busy",
    "230049": "again",  # the same message is being sent right now
    "230101": "again",
    "2200": "again",
    "190005": "again",
    "1000004": "again",
    "1000005": "again",
    "230099": "plain",  # does not like the card
    "11246": "plain",
    "200*": "plain",
    "230031": "stale",  # too old to be changed
    "230011": "stale",  # withdrawn
    "230110": "stale",  # deleted
    "230072": "stale",
    "230001": "refused",
    "230006": "config",  # the bot is switched off
    "230027": "config",
    "99991663": "config",
    "99991672": "config",  # the app lacks a permission
    "99991661": "config",
    "10003": "config",
    "10014": "config",
    "10012": "config",
}
STALE_TOKEN = frozenset({"99991661", "99991663", "99991664", "99991668", "99991671", "99991677"})
