"""What can go wrong between Ruqi and Telegram, as values; `BotApi.inject` says where and how often.

A fault changes up to four things: how long before the call takes effect, whether it takes effect at all, what is
answered, and whether the answer arrives. Wording: telegram-bot-api, `fail_query_with_error`, `check_chat_access`.
"""

import json
from dataclasses import dataclass
from typing import Any, Literal

GATEWAY_PAGE = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"
FORBIDDEN = {
    "blocked": "Forbidden: bot was blocked by the user",
    "deactivated": "Forbidden: user is deactivated",
    "kicked": "Forbidden: bot was kicked from the group chat",
    "left": "Forbidden: bot is not a member of the supergroup chat",
    "unstarted": "Forbidden: bot can't initiate conversation with a user",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """`takes_effect`: the person sees it all the same. `status` None: Telegram's own answer. Times in seconds."""

    name: str
    takes_effect: bool = False
    status: int | None = None
    body: str = ""
    content_type: str = "application/json"
    retry_after: int = 0
    cut: Literal["", "reset", "half", "trickle"] = ""
    before: float = 0.0
    after: float = 0.0


def refusal(code: int, description: str, **parameters: int) -> Fault:
    """Any refusal in Telegram's form, with any words."""
    body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    body |= {"parameters": parameters} if parameters else {}
    return Fault(f"{code}", status=code, body=json.dumps(body), retry_after=parameters.get("retry_after", 0))


def too_many(retry_after: int = 1) -> Fault:
    return refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def forbidden(reason: str = "blocked") -> Fault:
    """403: one of blocked, deactivated, kicked, left, unstarted, or any sentence."""
    return refusal(403, FORBIDDEN.get(reason, reason))


def unauthorized() -> Fault:
    return refusal(401, "Unauthorized")


def bad_request(reason: str) -> Fault:
    return refusal(400, f"Bad Request: {reason}")


def conflict() -> Fault:
    reason = "terminated by other getUpdates request; make sure that only one bot instance is running"
    return refusal(409, f"Conflict: {reason}")


def migrated(to: int) -> Fault:
    return refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=to)


def server_error(code: int = 500) -> Fault:
    return refusal(code, "Internal Server Error")


def bad_gateway() -> Fault:
    """502 with a page of HTML, as a proxy in front of Telegram answers."""
    return Fault("502", status=502, body=GATEWAY_PAGE, content_type="text/html")


def junk(*, takes_effect: bool = False, body: str = "<html>sign in to this network</html>") -> Fault:
    """200 with something that is not the Bot API's JSON; nobody can tell whether the call took effect."""
    return Fault("junk", takes_effect=takes_effect, status=200, body=body, content_type="text/html")


def slow(seconds: float) -> Fault:
    """The call waits, then takes effect, also when the caller has long gone."""
    return Fault("slow", takes_effect=True, before=seconds)


def slow_answer(seconds: float) -> Fault:
    """The call takes effect at once, its answer waits."""
    return Fault("slow_answer", takes_effect=True, after=seconds)


def reset() -> Fault:
    """The connection breaks before anything happened."""
    return Fault("reset", cut="reset")


def lost_answer() -> Fault:
    """The call takes effect, then the connection breaks: the caller cannot tell it from `reset`."""
    return Fault("lost_answer", takes_effect=True, cut="reset")


def half_answer() -> Fault:
    """The call takes effect; half of the answer arrives, then the connection closes."""
    return Fault("half_answer", takes_effect=True, cut="half")


def trickle(seconds: float) -> Fault:
    """The call takes effect; its answer comes byte by byte over so many seconds."""
    return Fault("trickle", takes_effect=True, cut="trickle", after=seconds)
