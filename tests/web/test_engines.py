"""The whole way through the pages on each database engine: sign in, receive, report, subscribe, verify, print."""

from ruqi.serve import converse
from storage.engine import open_store
from tests.web.world import Browser, World
from usecases.page_ledger import STATES
from usecases.stirred import inbox_marks

UNIT = "综合执法局"


def test_the_pages_on_every_engine(database_url: str) -> None:
    store = open_store(database_url)
    store.create()
    try:
        walk(World(store, converse, movable=True))
    finally:
        store.close()


def walk(world: World) -> None:
    world.fill("three-duties")
    world.move_at_once("2026-12-02")
    part = world.part(UNIT, "年度案卷评查")
    browser = world.signed_in(world.officer(UNIT))
    browser.get("/inbox")
    form = browser.form("/inbox/report", lambda f: f["part"] == str(part.id), words="示执发〔2026〕12号\x00")
    for _ in range(2):
        browser.follow(form)
    assert world.part(UNIT, "年度案卷评查").note == "示执发〔2026〕12号"
    browser.follow(browser.form("/inbox/say", words="清单"))
    assert "待办清单" in browser.text
    browser.get("/subscribe")
    browser.follow(browser.form("/subscribe", scope="unit", alarm="none", todo="no"))
    assert "/feeds/" in browser.text
    browser.follow(browser.form("/clock/next-day"))
    for path in ("/parts/%00", "/parts/\ud7ff", "/inbox?talk=%00"):
        assert browser.get(path).status_code in (200, 404)
    bureau = world.signed_in(world.officer("司法局", "bureau"))
    bureau.get("/ledger")
    assert "1/18" in bureau.text
    assert bureau.get(f"/parts/{part.uid}").status_code == 200
    assert bureau.get("/readyz").status_code == 200
    looks(world, bureau)


def looks(world: World, bureau: Browser) -> None:
    """Every question the ledger asks of the database, and what the live inboxes ask."""
    for query in (
        "view=grid",
        "view=month",
        "find=100%25_",
        "month=2026-12",
        "page=2",
        *(f"state={s}" for s in STATES),
    ):
        assert bureau.get(f"/ledger?{query}").status_code == 200, query
    for path in ("/decisions", "/letters", "/announce", "/pause", "/roster"):
        assert bureau.get(path).status_code == 200, path
    bureau.get("/ledger?state=overdue")
    bureau.text = bureau.send(bureau.form("/ledger/check", do="nudge_all")).text
    bureau.follow(bureau.form("/ledger/bulk"))
    assert "已催办 17 件" in bureau.text
    officer = world.officer(UNIT)
    with world.office.read(world.clock.now()) as desk:
        assert set(inbox_marks(desk, {officer.id: officer.unit_id})) == {officer.id}
