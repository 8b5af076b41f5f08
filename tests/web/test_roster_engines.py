"""A list on each database engine: rehearsed and taken back, confirmed, sent again; a code and a link."""

from ruqi.rosters import rosters
from ruqi.serve import converse
from storage.engine import open_store
from tests.web import roster_files
from tests.web.test_roster_list import ROWS, UNIT, apart_from_lists, names, rehearsed
from tests.web.world import World
from web.app import create_app


def test_the_roster_on_every_engine(database_url: str) -> None:
    store = open_store(database_url)
    store.create()
    try:
        walk(World(store, converse))
    finally:
        store.close()


def walk(world: World) -> None:
    world.fill("three-duties")
    world.move_at_once("2026-12-02")
    world.app = create_app(world.office, world.clock, converse=converse, wake=world.beat, rosters=rosters())
    bureau = world.signed_in(world.officer("司法局", "bureau"))
    before = apart_from_lists(world)
    where = rehearsed(bureau, roster_files.xlsx(ROWS), "名\x00单.xlsx")
    assert apart_from_lists(world) == before
    form = bureau.form(where)
    for _ in range(2):
        bureau.follow(form)
    assert "名册已导入" in bureau.text
    assert {"王新民", "陈晓"} <= names(world)
    rehearsed(bureau, roster_files.xlsx(ROWS))
    assert "没有变化" in bureau.text
    for path in ("/roster?find=%00", "/roster/lists/%00", "/roster/lists/\ud7ff"):
        assert bureau.get(path).status_code in (200, 404)
    bureau.get("/roster")
    for want in ("invite", "link"):
        answer = bureau.send(bureau.form(f"/roster/people/{world.officer(UNIT).id}", want=want))
        assert answer.status_code == 200
