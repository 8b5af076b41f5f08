"""People, events and calendar addresses as rows: plain data for JSON and for tables alike."""

from typing import Any

from storage import people, plans
from storage.rows import Officer
from usecases.api_tokens import list_tokens
from usecases.events import known_events, list_events
from usecases.feed import list_feeds
from usecases.office import Desk


def officer_rows(desk: Desk, unit: str | None) -> list[dict[str, Any]]:
    """The officers, of one unit if it is named, with the channels they can be reached by."""
    units = {row.id: row for row in people.units(desk.tx)}
    staff = [o for o in people.officers(desk.tx) if unit in (None, units[o.unit_id].name, units[o.unit_id].short)]
    bound: dict[int, list[str]] = {}
    for contact in people.contacts(desk.tx, [officer.id for officer in staff]):
        bound.setdefault(contact.officer_id, []).append(contact.channel)
    return [
        {
            "officer": officer.name,
            "unit": units[officer.unit_id].name,
            "role": officer.role,
            "position": officer.position,
            "channels": bound.get(officer.id, []),
            "sample": officer.sample,
        }
        for officer in staff
    ]


def event_rows(desk: Desk, plan: str | None) -> list[dict[str, Any]]:
    """Registered events, then those that a plan's duties wait for and nobody has registered."""
    keys = {row.id: row.key for row in plans.all_plans(desk.tx)}
    held = [
        {"event": row.id, "plan": keys[row.plan_id], "name": row.name, "day": row.day}
        for row in list_events(desk, plan)
    ]
    there = {(row["plan"], row["name"]) for row in held}
    waiting = [
        {"event": None, "plan": key, "name": name, "day": None}
        for key in ([plan] if plan else keys.values())
        for name in known_events(desk, key)
        if (key, name) not in there
    ]
    return [*held, *waiting]


def token_rows(desk: Desk) -> list[dict[str, Any]]:
    """The tokens that programs may use, by number, with whom they act for and when they were last used."""
    names = {officer.id: officer.name for officer in people.officers(desk.tx, active_only=False)}
    return [
        {
            "number": token.id,
            "officer": names.get(token.officer_id or 0, ""),
            "scopes": " ".join(token.options.get("scopes", ())),
            "created": token.created_at.astimezone(desk.office.zone),
            "ends": token.expires_at.astimezone(desk.office.zone) if token.expires_at else None,
            "last_used": token.last_used_at.astimezone(desk.office.zone) if token.last_used_at else None,
            "last_agent": token.last_agent,
        }
        for token in list_tokens(desk)
    ]


def feed_rows(desk: Desk, officer: Officer) -> list[dict[str, Any]]:
    return [
        {
            "number": token.id,
            "scope": token.scope,
            "todo": bool(token.options.get("todo")),
            "created": token.created_at.astimezone(desk.office.zone),
            "last_used": token.last_used_at.astimezone(desk.office.zone) if token.last_used_at else None,
            "last_agent": token.last_agent,
        }
        for token in list_feeds(desk, officer)
    ]
