"""The API's operations, one after the other."""

from collections.abc import Sequence
from http import HTTPStatus

from web.api import acting, reading
from web.api.models import (
    AnswerIn,
    AnswerOut,
    EventIn,
    EventOut,
    Events,
    EventsQuery,
    PartOut,
    Parts,
    PartsQuery,
    PlanOut,
    Plans,
    Statistics,
    StatisticsQuery,
    Timeline,
)
from web.api.operations import Kind, Operation

ROOT = "/api/v1"
Places = tuple[tuple[str, Kind], ...]
UID: Places = (("uid", "uid"),)
KEY: Places = (("key", "key"),)
NUMBER: Places = (("number", "number"),)

OPERATIONS: Sequence[Operation] = (
    Operation("GET", "/plans", "listPlans", "The plans Ruqi follows.", "read", reading.list_plans, Plans),
    Operation("GET", "/plans/{key}", "getPlan", "One plan.", "read", reading.one_plan, PlanOut, places=KEY),
    Operation(
        "GET",
        "/parts",
        "listParts",
        "Parts by due date, filtered and paged.",
        "read",
        reading.list_parts,
        Parts,
        query=PartsQuery,
    ),
    Operation("GET", "/parts/{uid}", "getPart", "One part.", "read", reading.one_part, PartOut, places=UID),
    Operation(
        "GET",
        "/parts/{uid}/timeline",
        "getTimeline",
        "What was done to a part.",
        "read",
        reading.timeline,
        Timeline,
        places=UID,
    ),
    Operation(
        "POST",
        "/parts/{uid}/answers",
        "giveAnswer",
        "Receive, report, verify and so on.",
        "read",
        acting.give_answer,
        AnswerOut,
        body=AnswerIn,
        places=UID,
    ),
    Operation(
        "GET", "/events", "listEvents", "Registered events.", "read", acting.list_events, Events, query=EventsQuery
    ),
    Operation(
        "POST",
        "/events",
        "addEvent",
        "Register an event that duties wait for.",
        "events",
        acting.add_event,
        EventOut,
        body=EventIn,
        status=HTTPStatus.CREATED,
    ),
    Operation(
        "DELETE",
        "/events/{number}",
        "cancelEvent",
        "Take an event back.",
        "events",
        acting.cancel_event,
        places=NUMBER,
        status=HTTPStatus.NO_CONTENT,
    ),
    Operation(
        "GET",
        "/statistics",
        "getStatistics",
        "On time, late and overdue by unit.",
        "read",
        reading.statistics,
        Statistics,
        query=StatisticsQuery,
    ),
)
