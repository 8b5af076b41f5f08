"""vdirsyncer and khal, as somebody has them at home: subscribed to a feed, keeping the task list in step both ways."""

import re
from pathlib import Path

from storage import parts, timeline
from tests.feeds.house import BUREAU
from tests.feeds.tasks.serving import Served
from tests.judges.vdirsyncer import Home
from usecases.answer import report


def test_a_feed_subscribed_changed_and_fetched_again(place: Served, tmp_path: Path) -> None:
    path = place.house.subscribe(BUREAU, "bureau")
    home = Home(tmp_path / "home", {"type": '"http"', "url": f'"{place.url}{path}.ics"'})
    home.write()
    home.discover()
    home.sync()
    events = place.house.entries(path)
    assert len(list(home.files.iterdir())) == len(events) > 50
    act, part_id, uid = place.house.first_part()
    day = events[uid].text("DTSTART")
    day = f"{day[:4]}-{day[4:6]}-{day[6:8]}"
    shown = home.listed(day, day)
    assert f"{day} {events[uid].text('SUMMARY')}" in shown
    place.house.do(lambda desk: report(desk, act, part_id))
    home.sync()
    assert [line for line in home.listed(day, day) if line not in shown] == [f"{day} ✅ {events[uid].text('SUMMARY')}"]
    assert len(list(home.files.iterdir())) == len(events)


def test_the_task_list_both_ways(place: Served, tmp_path: Path) -> None:
    user, password = place.user()
    ours = {"type": '"caldav"', "url": f'"{place.url}/"', "username": f'"{user}"', "password": f'"{password}"'}
    home = Home(tmp_path / "home", {**ours, "item_types": '["VTODO"]'})
    home.write(collections='["tasks"]')
    home.discover()
    home.sync()
    act, part_id, uid = place.house.first_part()
    (mine,) = [file for file in (home.files / "tasks").iterdir() if f"UID:{uid}" in file.read_text(encoding="utf-8")]
    ticked = mine.read_bytes().replace(b"STATUS:NEEDS-ACTION", b"STATUS:COMPLETED")
    mine.write_bytes(ticked.replace("办1 ".encode(), "改成别的 ".encode()))
    home.sync()
    rows = place.house.do(lambda desk: timeline.of_part(desk.tx, part_id))
    assert [(row.verb, row.door) for row in rows] == [("report", "caldav")]
    home.sync()
    assert "SUMMARY:✅ 办1 " in mine.read_text(encoding="utf-8"), "our words came back"
    act, part_id, other = place.house.first_part()
    place.house.do(lambda desk: report(desk, act, part_id))
    home.sync()
    done = {
        re.findall(r"UID:(\S+)", text)[0]: "STATUS:COMPLETED" in text
        for text in (file.read_text(encoding="utf-8") for file in (home.files / "tasks").iterdir())
    }
    assert (done[uid], done[other]) == (True, True)
    place.house.do(lambda desk: parts.change_part(desk.tx, part_id, state="waived", changed_at=desk.now))
    home.sync()
    assert not [file for file in (home.files / "tasks").iterdir() if f"UID:{other}" in file.read_text(encoding="utf-8")]
