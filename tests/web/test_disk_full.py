"""A disk that is full: an answer is refused aloud and never half recorded, and works again once there is room."""

import sqlite3

from sqlalchemy import event

from tests.web.world import World
from usecases.inbox import handle_waiting
from web.intake import handler


def full(world: World, limit: int) -> None:
    """Let the database grow to `limit` pages at most, never fewer than it has; then SQLite calls the disk full."""

    def narrow(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {limit}")

    with sqlite3.connect(str(world.store.engine.url.database), isolation_level=None) as packed:
        packed.execute("VACUUM")  # no room left in the pages that are there
    world.store.engine.dispose()
    event.listen(world.store.engine, "checkout", narrow)


def test_an_answer_is_refused_aloud_or_kept_whole_and_then_given_once(world: World) -> None:
    """Five tries with a full disk, more than a bad row is given: none is its fault."""
    browser = world.signed_in(world.officer("综合执法局"))
    browser.get("/inbox")
    form = browser.form("/inbox/say", words="办1 已开会" + "，并附说明" * 90)
    before = kept(world)
    full(world, 1)
    assert {browser.send(form).status_code for _ in range(5)} <= {303, 500}
    for _ in range(5):
        handle_waiting(world.office, world.clock.now(), "web", handler(world.converse))
    assert kept(world) == before
    full(world, 100_000)
    browser.send(form)
    handle_waiting(world.office, world.clock.now(), "web", handler(world.converse))
    after = kept(world)
    assert len(after["timeline"]) == len(before["timeline"]) + 1
    assert after["part"] != before["part"]


def kept(world: World) -> dict[str, list[tuple[object, ...]]]:
    """What was done, as far as it stands."""
    return {name: rows for name, rows in world.dump().items() if name in ("part", "timeline", "reminder", "delivery")}
