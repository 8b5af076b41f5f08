"""Calendar addresses and the task list: make one, take it to the phone, see when it was last read, change it, end it.

What is secret is shown only to the browser that made it, for ten minutes: it travels in a cookie, as only its digest is
stored.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlsplit

import segno
from starlette.responses import Response

from storage import plans
from storage.rows import Officer, Token
from usecases import feed, task_list
from usecases.feed import Scope
from usecases.feed_view import AHEAD, PAST
from usecases.look import SEES_ALL
from usecases.office import Desk
from web.cookies import NEW_FEED, NEW_TASKS, clear_cookie, set_cookie
from web.forms import whole_number
from web.going import see
from web.intake import first_time
from web.render import page
from web.visit import Malformed, Visit

SHOWN_FOR = timedelta(minutes=10)
ALARMS = {"none": (), "same_day": (0,), "day_before": (1440,), "three_before": (3 * 1440,)}
"""Minutes before 09:00 of the due day."""
APPS = (
    ("iphone", "phone", ("scan", "press", "list")),
    ("mac", "window", ("menu", "paste", "list")),
    ("google", "window", ("menu", "paste", "press")),
    ("outlook", "window", ("menu", "paste", "press")),
    ("online", "window", ("menu", "paste", "press")),
    ("thunderbird", "window", ("menu", "paste", "press")),
    ("china", "phone", ("menu", "paste", "list")),
    ("android", "phone", ("menu", "paste", "list")),
)
"""Name, what it runs on, and what each step looks like (``subscribe_pictures.html``)."""
TASK_APPS = (
    ("iphone", "phone", ("menu", "sign", "tick")),
    ("mac", "window", ("menu", "sign", "tick")),
    ("thunderbird", "window", ("menu", "sign", "tick")),
    ("android", "phone", ("menu", "sign", "tick")),
)
TICKS = frozenset({"officer", "deputy", "head", "bureau"})
"""Roles that may answer for their unit."""


def subscribe(visit: Visit) -> Response:
    with visit.look() as (desk, officer):
        held = [(token, _name(desk, token)) for token in feed.list_feeds(desk, officer)]
        scopes, held_tasks = _scopes(desk, officer), task_list.password_of(desk, officer)
    new, office = visit.cookie(NEW_FEED), visit.site.office
    return page(
        visit,
        "subscribe.html",
        feeds=held,
        scopes=scopes,
        alarms=tuple(ALARMS),
        apps=APPS,
        new=_addresses(office.base_url, new) if new else None,
        limit=office.feed_limit,
        feeds_on=office.feeds_on,
        past=PAST.days,
        ahead=AHEAD.days,
        task_apps=TASK_APPS,
        ticks=officer.role in TICKS,
        tasks_on=office.tasks_on,
        held=held_tasks,
        password=visit.cookie(NEW_TASKS) if held_tasks else "",
        server=f"{office.base_url}/caldav/",
        user=task_list.user_name(officer),
    )


def create(visit: Visit) -> Response:
    asked, alarm = visit.form.get("scope", ""), visit.form.get("alarm", "none")
    scope, _, subject = asked.partition(":")
    with visit.act() as (desk, officer):
        if alarm not in ALARMS or asked not in {value for value, *_ in _scopes(desk, officer)}:
            raise Malformed
        if not first_time(visit, desk, officer):
            return see("/subscribe#new")
        chosen: dict[str, Any] = {"todo": visit.form.get("todo") == "yes", "alarms": ALARMS[alarm]}
        about = int(subject) if subject else None
        secret = feed.create_feed(desk, officer, cast("Scope", scope), subject_id=about, **chosen)
    return _show(visit, secret)


def rotate(visit: Visit) -> Response:
    with visit.act() as (desk, officer):
        if not first_time(visit, desk, officer):
            return see("/subscribe#new")
        secret = feed.rotate_feed(desk, officer, _number(visit))
    return _show(visit, secret)


def revoke(visit: Visit) -> Response:
    with visit.act() as (desk, officer):
        if first_time(visit, desk, officer):
            feed.revoke_feed(desk, officer, _number(visit))
    response = see("/subscribe")
    clear_cookie(response, NEW_FEED, https=visit.site.https)
    return response


def give_tasks(visit: Visit) -> Response:
    """A password for the task list; the one before stops working."""
    alarm = visit.form.get("alarm", "none")
    with visit.act(*TICKS) as (desk, officer):
        if alarm not in ALARMS:
            raise Malformed
        if not first_time(visit, desk, officer):
            return see("/subscribe#password")
        secret = task_list.give_password(desk, officer, alarms=ALARMS[alarm])
    return _show(visit, secret, NEW_TASKS, "password")


def take_tasks(visit: Visit) -> Response:
    with visit.act() as (desk, officer):
        if first_time(visit, desk, officer):
            task_list.take_password(desk, officer)
    response = see("/subscribe#tasks")
    clear_cookie(response, NEW_TASKS, https=visit.site.https)
    return response


def _show(visit: Visit, secret: str, cookie: str = NEW_FEED, place: str = "new") -> Response:
    response = see(f"/subscribe#{place}")
    set_cookie(response, cookie, secret, https=visit.site.https, life=SHOWN_FOR)
    return response


def _number(visit: Visit) -> int:
    number = whole_number(visit.params["number"])
    if number is None:
        raise Malformed
    return number


def _addresses(base_url: str, secret: str) -> Mapping[str, str]:
    """The address to copy, the one that opens a calendar, and that one as a QR code."""
    https = f"{base_url}/feeds/{secret}.ics"
    parts = urlsplit(https)
    webcal = parts._replace(scheme="webcal").geturl()
    return {
        "https": https,
        "webcal": webcal,
        "qr": segno.make(webcal, error="m", micro=False).svg_data_uri(border=2, dark="#000"),
    }


def _scopes(desk: Desk, officer: Officer) -> list[tuple[str, str, str]]:
    """What this person may subscribe to: form value, word, and the plan's name where it is one."""
    own = [("unit", "unit", "")] if officer.role not in SEES_ALL else [("bureau", "bureau", ""), ("unit", "unit", "")]
    return own + [(f"plan:{plan.id}", "plan", plan.heading) for plan in plans.all_plans(desk.tx) if plan.state == "on"]


def _name(desk: Desk, token: Token) -> str:
    plan = plans.by_id(desk.tx, token.subject_id) if token.scope == "plan" and token.subject_id else None
    return plan.heading if plan else ""
