"""Many at once from the ledger: shown before it is done, done once, and by the bureau alone."""

from collections.abc import Mapping

import pytest

from storage import timeline
from tests.web.test_acts import kept, post, report, someone
from tests.web.world import World

TITLE = "年度案卷评查"


def fields_of(world: World, *units: str) -> dict[str, str]:
    return {f"p{world.part(unit, TITLE).id}": "on" for unit in units}


def test_what_is_ticked_is_shown_and_then_verified(verified: World) -> None:
    for unit in ("水务局", "教育局"):
        report(verified, unit)
    browser = verified.signed_in(verified.officer("司法局", "bureau"))
    browser.get("/ledger?state=waiting")
    before = kept(verified)
    check = browser.form("/ledger/check", do="verify")
    check.fields |= fields_of(verified, "水务局", "教育局", "民政局")
    browser.text = browser.send(check).text
    assert "以下 2 件将销号" in browser.text
    assert "另有 1 件不适用" in browser.text
    assert kept(verified) == before, "looking changes nothing"
    confirm = browser.form("/ledger/bulk")
    browser.follow(confirm)
    assert "销号" in browser.text.partition('id="said"')[2].partition("</div>")[0]
    assert {verified.part(unit, TITLE).state for unit in ("水务局", "教育局")} == {"verified"}
    after = kept(verified)
    browser.follow(confirm)
    assert kept(verified) == after, "sent again it has no second effect"


def test_everything_that_is_overdue_is_nudged(world: World) -> None:
    browser = world.signed_in(world.officer("司法局", "bureau"))
    browser.get("/ledger?state=overdue")
    assert "全部催办(18 件)" in browser.text
    browser.text = browser.send(browser.form("/ledger/check", do="nudge_all")).text
    assert "以下 18 件将再次提醒" in browser.text
    browser.follow(browser.form("/ledger/bulk", words="请本周五前报结"))
    assert "已催办 18 件" in browser.text
    with world.store.read() as tx:
        rows = timeline.of_part(tx, world.part("水务局", TITLE).id)
    assert [(row.verb, row.words) for row in rows] == [("nudge", "请本周五前报结")]
    browser.get("/ledger?state=overdue")
    browser.text = browser.send(browser.form("/ledger/check", do="nudge_all")).text
    browser.follow(browser.form("/ledger/bulk"))
    assert "刚催办过" in browser.text, "once in a working day"


def test_nothing_ticked_says_what_to_do(world: World) -> None:
    browser = world.signed_in(world.officer("司法局", "bureau"))
    browser.get("/ledger")
    assert "请先在台账里勾选" in browser.send(browser.form("/ledger/check", do="nudge")).text


@pytest.mark.parametrize("role", ["officer", "auditor", "administrator"])
def test_only_the_bureau(world: World, role: str) -> None:
    who = someone(world, role)
    before = kept(world)
    part = world.part("水务局", TITLE).id
    for path, fields in (
        ("/ledger/check", {"do": "nudge", f"p{part}": "on"}),
        ("/ledger/bulk", {"do": "nudge", "parts": part}),
        ("/ledger/bulk", {"do": "verify", "parts": part}),
    ):
        assert post(world, who, path, fields) == 403
    assert kept(world) == before


@pytest.mark.parametrize("fields", [{"do": "waive", "parts": 1}, {"do": "nudge", "parts": "1,x"}, {"do": "nudge"}])
def test_what_no_page_of_ours_sends(world: World, fields: Mapping[str, object]) -> None:
    assert post(world, world.officer("司法局", "bureau"), "/ledger/bulk", fields) == 400
