"""The time machine: only on a movable clock, only for who is signed in, by POST; afterwards the reminders are there."""

from datetime import timedelta

from tests.web.conftest import MakeWorld
from tests.web.world import World


def test_there_is_none_on_a_real_clock(world: World) -> None:
    browser = world.signed_in(world.officer("综合执法局"))
    browser.get("/inbox")
    assert "/clock/" not in browser.text
    form = browser.form("/inbox/say")
    form.action = "/clock/next-day"
    assert browser.send(form).status_code == 404


def test_a_step_moves_the_clock_and_brings_what_fell_due(make_world: MakeWorld) -> None:
    world = make_world(movable=True)
    browser = world.signed_in(world.officer("综合执法局"))
    browser.get("/inbox")
    assert "试用时间：2026年12月2日(周三) 09:00" in browser.text
    before = world.clock.now()
    browser.follow(browser.form("/clock/next-day"))
    assert world.clock.now() - before == timedelta(days=1)
    browser.get("/inbox")
    assert "12月3日(周四)" in browser.text
    assert "还有 1 个工作日" in browser.text
    browser.follow(browser.form("/clock/hour"))
    assert world.clock.now() - before == timedelta(days=1, hours=1)


def test_to_the_next_reminder(make_world: MakeWorld) -> None:
    world = make_world(movable=True)
    browser = world.signed_in(world.officer("综合执法局"))
    browser.get("/inbox")
    answer = browser.send(browser.form("/clock/next-reminder"))
    assert answer.headers["location"] == "/inbox"
    assert world.clock.now().astimezone(world.office.zone).isoformat() == "2026-12-03T09:00:00+08:00"


def test_guests_do_not_move_time(make_world: MakeWorld) -> None:
    world = make_world(movable=True)
    browser, moment = world.browser(), world.clock.now()
    browser.get("/")
    assert "/clock/" not in browser.text
    assert browser.client.post("/clock/next-day").status_code == 403
    assert world.clock.now() == moment
