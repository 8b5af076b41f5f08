"""Who may do what: a rule for each address and for each verb of a form, as a person would say it."""

from collections.abc import Callable

from tests.web.staffed import FAR, LEFT, OWN, STRANGER, Person

Rule = Callable[[Person], bool]
REFUSED = frozenset({401, 403, 404})
MALFORMED = 400
"""What somebody who is not let in may hear first: the form was looked at before the person."""
SEES_ALL = frozenset({"bureau", "auditor", "administrator"})
UNIT = frozenset({"officer", "deputy", "head"})
TICKS = UNIT | {"bureau"}
"""Roles that may answer for their unit."""


def anybody(_: Person) -> bool:
    return True


def signed(person: Person) -> bool:
    return person.role not in {LEFT, STRANGER}


def of(*roles: str) -> Rule:
    return lambda person: person.role in roles


def sees_all(person: Person) -> bool:
    return person.role in SEES_ALL and person.unit != FAR


def sees_the_part(person: Person) -> bool:
    return signed(person) and (person.unit == OWN or sees_all(person))


def keeps_all(person: Person) -> bool:
    """What binds every unit."""
    return person.role in {"bureau", "administrator"} and sees_all(person)


def decides_all(person: Person) -> bool:
    return person.role == "bureau" and sees_all(person)


OVERSEERS = of(*SEES_ALL)
KEEPERS = of("bureau", "administrator")
THE_BUREAU = of("bureau")
ANSWERS = of("officer", "deputy", "head", "bureau")
PUBLIC = {
    ("GET", "/"),
    ("GET", "/in/{secret}"),
    ("POST", "/in/{secret}"),
    ("GET", "/join"),
    ("POST", "/join"),
    ("POST", "/out"),
    ("POST", "/language"),
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/api/v1/openapi.json"),
    ("MOUNT", "/static"),
    ("MOUNT", "/caldav"),
    ("PROPFIND", "/"),
}
"""Addresses that answer anybody; what they show to whom has tests of its own (`test_walls`, `api/test_walls`)."""
RULES: dict[tuple[str, str], Rule] = {
    ("GET", "/inbox"): signed,
    ("GET", "/inbox/cards"): signed,
    ("POST", "/inbox/say"): signed,
    ("POST", "/inbox/press"): signed,
    ("POST", "/inbox/report"): ANSWERS,
    ("POST", "/acts"): ANSWERS,
    ("GET", "/parts/{uid}"): sees_the_part,
    ("GET", "/ledger"): OVERSEERS,
    ("POST", "/ledger/check"): THE_BUREAU,
    ("POST", "/ledger/bulk"): THE_BUREAU,
    ("GET", "/decisions"): OVERSEERS,
    ("GET", "/letters"): OVERSEERS,
    ("POST", "/letters/copies"): THE_BUREAU,
    ("GET", "/me"): signed,
    ("POST", "/me/leave"): ANSWERS,
    ("POST", "/me/back"): ANSWERS,
    ("POST", "/me/digest"): ANSWERS,
    ("POST", "/me/ways"): of("officer", "deputy", "head", "bureau", "administrator"),
    ("POST", "/me/chat"): of("officer", "deputy", "head", "bureau", "administrator"),
    ("GET", "/announce"): THE_BUREAU,
    ("POST", "/announce"): THE_BUREAU,
    ("GET", "/pause"): decides_all,
    ("POST", "/pause"): decides_all,
    ("POST", "/pause/end"): decides_all,
    ("GET", "/subscribe"): signed,
    ("POST", "/subscribe"): signed,
    ("POST", "/subscribe/tasks"): ANSWERS,
    ("POST", "/subscribe/tasks/revoke"): signed,
    ("GET", "/status"): keeps_all,
    ("GET", "/deliveries"): OVERSEERS,
    ("GET", "/deliveries/deliveries.csv"): OVERSEERS,
    ("GET", "/deliveries/timeline.csv"): OVERSEERS,
    ("GET", "/deliveries/timeline.jsonl"): OVERSEERS,
    ("GET", "/plans"): keeps_all,
    ("POST", "/plans/upload"): keeps_all,
    ("GET", "/roster"): KEEPERS,
    ("GET", "/roster/template.xlsx"): keeps_all,
    ("GET", "/roster/roster.xlsx"): keeps_all,
    ("POST", "/roster/upload"): keeps_all,
    ("GET", "/reports"): signed,
    ("GET", "/reports/ledger.xlsx"): signed,
    ("GET", "/reports/{month}.docx"): OVERSEERS,
    ("POST", "/reports/ledgers"): THE_BUREAU,
}
NUMBERED = {
    "/evidence/{uid}",
    "/announce/{number:int}",
    "/announce/{number:int}/send",
    "/announce/{number:int}/drop",
    "/subscribe/{number:int}/rotate",
    "/subscribe/{number:int}/revoke",
    "/roster/people/{number:int}",
    "/roster/groups/{number:int}/forget",
    "/roster/joinings/{number:int}/admit",
    "/roster/joinings/{number:int}/decline",
    "/letters/copies/{number:int}/remove",
    "/roster/lists/{once}",
    "/roster/lists/{once}/drop",
    "/reports/ledgers/{once}",
    "/reports/ledgers/{once}/drop",
}
"""Addresses of one thing that is not there: nobody is let in, and nobody learns more than anybody else.

Only the bureau is told in words that there is no such announcement (any more).
"""
FILLED = {"uid": "", "secret": "nothing", "month": "2026-11", "number:int": "987654", "once": "o" * 20}
PAGES, GOES_ON = 200, 303
TYPED: dict[str, dict[str, str]] = {
    "/inbox/say": {"words": "你好"},
    "/inbox/press": {"data": "v1:help"},
    "/ledger/check": {"do": "verify"},
    "/ledger/bulk": {"do": "nudge", "parts": "1"},
    "/letters/copies": {"unit": "1", "to": "1", "letter": "both"},
    "/announce": {"words": "请核对", "to": "all"},
    "/roster/joinings/{number:int}/admit": {"unit": "1"},
    "/roster/joinings/{number:int}/decline": {"words": "不认识"},
    "/me/leave": {"first": "2026-12-07", "last": "2026-12-08"},
    "/me/digest": {"at": "10:00"},
    "/me/ways": {"do": "test", "way": "987654"},
    "/language": {"language": "zh"},
}
"""What a person would type, where a form without it says nothing."""


def answers_for_it(person: Person) -> bool:
    return person.unit == OWN and ANSWERS(person)


VERBS: dict[str, Rule] = {
    **dict.fromkeys(("receive", "report", "refuse"), answers_for_it),
    **dict.fromkeys(("waive", "skip", "reroute", "nudge"), decides_all),
}
"""What /acts does to an open part of one unit, and for whom."""
