"""What DingTalk's refusals mean, as a table by code. Source: open.dingtalk.com, 错误码, and each call's page."""

from collections.abc import Mapping

from bot.channels.common.calls import Meaning

NOT_DELIVERED = "deliver.failed"
NO_SUCH_PERSON = "staff.invalid"
TOO_FAST = "staff.flow_controlled"
"""Ours, for what stands inside an answer that says yes."""

MEANINGS: Mapping[str, Meaning] = {
    NOT_DELIVERED: "plain",
    NO_SUCH_PERSON: "gone",
    TOO_FAST: "busy",
    "staffId.notExisted": "gone",
    "invalid.openConversationId*": "gone",
    "openConversationId.notExist*": "gone",
    "robot.notInGroup*": "gone",
    "Forbidden.AccessDenied.Qps*": "busy",
    "Throttling*": "busy",
    "Forbidden.AccessDenied*": "config",
    "InvalidAuthentication": "config",
    "invalidClientIdOrSecret": "config",
    "Forbidden.*": "config",
    "robotCode*": "config",
    "resource.not.found": "config",
    "system*": "again",
    "SystemError*": "again",
    "InternalError*": "again",
    "ServiceUnavailable": "again",
    "unknownError": "again",
    "param.*": "plain",
    "InvalidParameter*": "plain",
    "invalidParameter*": "plain",
}
STALE_TOKEN = frozenset({"InvalidAuthentication"})
