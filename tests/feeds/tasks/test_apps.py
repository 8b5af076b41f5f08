"""Programs of strangers use the task list over HTTP: the caldav library as one app, and as another beside it."""

import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any

import caldav
import caldav.lib.error
import pytest

from storage import deliveries, parts, people, timeline
from storage.rows import PartRow, TimelineRow
from tests.feeds.house import BUREAU, House
from tests.feeds.tasks.serving import Served
from usecases import page_ledger
from usecases.answer import report
from usecases.feed_view import full
from usecases.task_list import reading_of_user

Todo = Any
"""caldav hands its classes out lazily, so type checkers do not know them."""
REFUSED = (caldav.lib.error.AuthorizationError, caldav.lib.error.PutError, caldav.lib.error.DAVError)


class App:
    """An app on somebody's phone: it knows the server's address, a user and a password, and finds the rest."""

    def __init__(self, place: Served, user: tuple[str, str]) -> None:
        self.user = user
        self.client: Any = caldav.DAVClient(url=place.url + "/.well-known/caldav", username=user[0], password=user[1])  # type: ignore[operator]  # as above
        place.to_close.append(self.client.close)
        (self.list,) = self.client.principal().calendars()

    def tasks(self) -> dict[str, Todo]:
        found = self.list.todos(include_completed=True)
        return {str(todo.icalendar_component["UID"]): todo for todo in found}


@pytest.fixture
def app(place: Served) -> App:
    return App(place, place.user())


def part(house: House, uid: str) -> PartRow:
    found = house.do(lambda desk: parts.by_uid(desk.tx, uid))
    assert found is not None
    return found


def told(house: House, part_id: int) -> list[tuple[str, str]]:
    rows: list[TimelineRow] = house.do(lambda desk: timeline.of_part(desk.tx, part_id))
    return [(row.verb, row.door) for row in rows]


def in_ledger(house: House, part_id: int) -> str:
    """The part's state as the bureau's ledger shows it."""
    bureau = house.officer(BUREAU)
    rows = house.do(lambda desk: page_ledger.ledger(desk, bureau)).rows
    return next(one.state for row in rows for one in row.parts if one.id == part_id)


def text(todo: Todo, name: str) -> str:
    return str(todo.icalendar_component.get(name, ""))


def test_an_app_finds_the_list_and_reads_what_the_unit_owes(place: Served, app: App) -> None:
    reading = place.house.do(lambda desk: reading_of_user(desk, app.user[0]))
    assert reading is not None
    owed = place.house.do(lambda desk: full(desk, reading)).entries
    assert app.list.get_display_name() == "如期 · 发改局"
    assert {(uid, text(todo, "SUMMARY")) for uid, todo in app.tasks().items()} >= {
        (entry.part.uid, f"办{entry.part.code} {entry.part.title}") for entry in owed if entry.part.phase == "upcoming"
    }
    assert app.list.get_supported_components() == ["VTODO"]
    mine = place.house.officer().unit_id
    assert {part(place.house, uid).unit_id for uid in app.tasks()} == {mine}


def test_ticking_off_is_a_report_that_the_ledger_and_the_chat_card_show(on_each: Served) -> None:
    place, app = on_each, App(on_each, on_each.user())
    act, part_id, uid = place.house.first_part()
    address = place.card(part_id)
    place.house.clock.advance(minutes=5)
    app.tasks()[uid].complete()
    row = part(place.house, uid)
    assert (row.state, row.reported_name, row.note) == ("reported", act.officer.name, "")
    assert told(place.house, part_id) == [("report", "caldav")]
    (edit,) = place.house.do(lambda desk: deliveries.pending_edits(desk.tx, [address]))
    assert edit.kind == "edit"
    again = app.tasks()[uid]
    assert (text(again, "STATUS"), text(again, "PERCENT-COMPLETE")) == ("COMPLETED", "100")
    assert text(again, "SUMMARY").startswith("✅ 办1 ")
    assert in_ledger(place.house, part_id) == "reported"


def test_ticked_off_twice_is_reported_once(place: Served, app: App) -> None:
    _, part_id, uid = place.house.first_part()
    todo = app.tasks()[uid]
    todo.complete()
    with contextlib.suppress(*REFUSED):  # the second has the first's ETag, or none
        todo.save()
    assert told(place.house, part_id) == [("report", "caldav")]


def test_ticked_off_offline_counts_from_then(place: Served, app: App) -> None:
    _, _, uid = place.house.first_part()
    ticked = place.house.clock.now()
    place.house.clock.advance(hours=9)
    app.tasks()[uid].complete(completion_timestamp=ticked)
    assert part(place.house, uid).reported_at == ticked


def test_unticked_within_ten_minutes_is_undone(place: Served, app: App) -> None:
    _, part_id, uid = place.house.first_part()
    app.tasks()[uid].complete()
    place.house.clock.advance(minutes=9)
    app.tasks()[uid].uncomplete()
    assert part(place.house, uid).state == "open"
    assert told(place.house, part_id) == [("report", "caldav"), ("undo", "caldav")]


def test_unticked_later_is_put_back_with_another_etag(place: Served, app: App) -> None:
    _, part_id, uid = place.house.first_part()
    app.tasks()[uid].complete()
    token = app.list.objects_by_sync_token(load_objects=True).sync_token
    place.house.clock.advance(minutes=11)
    app.tasks()[uid].uncomplete()
    assert told(place.house, part_id) == [("report", "caldav")]
    (changed,) = list(app.list.objects_by_sync_token(sync_token=token, load_objects=True))
    assert (text(changed, "UID"), text(changed, "STATUS")) == (uid, "COMPLETED")


def test_begun_is_received(place: Served, app: App) -> None:
    _, part_id, uid = place.house.first_part()
    todo = app.tasks()[uid]
    todo.icalendar_component["STATUS"] = "IN-PROCESS"
    todo.save()
    assert told(place.house, part_id) == [("receive", "caldav")]


@pytest.mark.parametrize(
    ("name", "value"), [("SUMMARY", "改成别的"), ("DESCRIPTION", "删掉"), ("STATUS", "CANCELLED"), ("LOCATION", "二楼")]
)
def test_what_is_not_a_tick_is_refused(place: Served, app: App, name: str, value: str) -> None:
    _, part_id, uid = place.house.first_part()
    before = app.tasks()[uid].data
    todo = app.tasks()[uid]
    todo.icalendar_component[name] = value
    with pytest.raises(REFUSED):
        todo.save()
    assert app.tasks()[uid].data == before
    assert told(place.house, part_id) == []


def test_a_moved_date_is_refused(place: Served, app: App) -> None:
    _, _, uid = place.house.first_part()
    due = part(place.house, uid).due
    todo = app.tasks()[uid]
    todo.set_due(due + timedelta(days=30))
    with pytest.raises(REFUSED):
        todo.save()
    assert part(place.house, uid).due == due


def test_a_tick_with_other_changes_counts_and_the_text_comes_back(place: Served, app: App) -> None:
    _, part_id, uid = place.house.first_part()
    todo = app.tasks()[uid]
    todo.icalendar_component["SUMMARY"] = "改成别的"
    todo.complete()
    assert told(place.house, part_id) == [("report", "caldav")]
    assert text(app.tasks()[uid], "SUMMARY") == "✅ 办1 年度案卷评查"


def test_marks_that_apps_write_unasked_change_nothing(place: Served, app: App) -> None:
    _, part_id, uid = place.house.first_part()
    before = app.tasks()[uid].data
    todo = app.tasks()[uid]
    todo.icalendar_component.add("X-APPLE-SORT-ORDER", "5")
    todo.icalendar_component.add("X-MOZ-LASTACK", "20261120T010000Z")
    todo.save()
    assert told(place.house, part_id) == []
    assert app.tasks()[uid].data == before


def test_no_task_is_made_moved_or_deleted_and_no_list(place: Served, app: App) -> None:
    uid = place.house.first_part()[2]
    tasks = app.tasks()
    with pytest.raises(REFUSED):
        app.list.add_todo(summary="我的任务", due=datetime(2026, 12, 1, tzinfo=UTC))
    with pytest.raises(REFUSED):
        tasks[uid].delete()
    with pytest.raises(REFUSED):
        app.list.delete()
    with pytest.raises(REFUSED):
        app.client.principal().make_calendar("另一个清单")
    assert app.tasks().keys() == tasks.keys()


def test_two_apps_see_each_others_ticks_by_the_sync_token(place: Served, app: App) -> None:
    phone, desk_app = app, App(place, app.user)
    uid = place.house.first_part()[2]
    seen = phone.list.objects_by_sync_token(load_objects=True)
    nothing = phone.list.objects_by_sync_token(sync_token=seen.sync_token)
    assert list(nothing) == []
    desk_app.tasks()[uid].complete()
    changed = list(phone.list.objects_by_sync_token(sync_token=nothing.sync_token, load_objects=True))
    assert [(text(one, "UID"), text(one, "STATUS")) for one in changed] == [(uid, "COMPLETED")]
    act, other_id, other = place.house.first_part()
    place.house.do(lambda desk: report(desk, act, other_id))
    assert other != uid
    assert text(phone.tasks()[other], "STATUS") == "COMPLETED", "what was said in chat shows too"


def test_an_old_state_is_not_written_over_a_newer_one(place: Served, app: App) -> None:
    act, part_id, uid = place.house.first_part()
    todo = app.tasks()[uid]
    place.house.do(lambda desk: report(desk, act, part_id))
    todo.icalendar_component["STATUS"] = "NEEDS-ACTION"
    answer = place.http("PUT", todo.url.path, app.user, body=todo.data, If_Match='"as it was before"')
    assert answer.status_code == 412
    assert part(place.house, uid).state == "reported"


def test_cancelled_tasks_leave_the_list(place: Served, app: App) -> None:
    seen = app.list.objects_by_sync_token(load_objects=True)
    _, part_id, uid = place.house.first_part()
    place.house.do(lambda desk: parts.change_part(desk.tx, part_id, state="waived", changed_at=desk.now))
    assert uid not in app.tasks()
    (gone,) = list(app.list.objects_by_sync_token(sync_token=seen.sync_token))
    assert uid in str(gone.url)


def test_who_left_or_changed_units_sees_what_is_theirs_now(place: Served, app: App) -> None:
    officer = place.house.officer()
    other = next(u.id for u in place.house.do(lambda desk: people.units(desk.tx)) if u.id != officer.unit_id)
    before = set(app.tasks())
    place.house.do(lambda desk: people.change_officer(desk.tx, officer.id, unit_id=other))
    assert not before & set(app.tasks())
    place.house.do(lambda desk: people.change_officer(desk.tx, officer.id, active=False))
    with pytest.raises(REFUSED):
        app.tasks()
