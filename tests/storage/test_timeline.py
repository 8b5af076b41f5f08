"""The timeline is added to and read; the room offers nothing that changes or removes a row of it."""

import ast
from pathlib import Path

from storage import people, timeline
from storage.engine import Store
from tests.storage.seeds import NOW, Seeds, minutes

ROOM = Path(timeline.__file__).parent


def test_rows_come_back_in_the_order_they_happened(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        for n, verb in enumerate(("receive", "report", "undo", "report")):
            timeline.add(tx, at=minutes(n), verb=verb, part_id=seeds.part, officer_id=seeds.officer, door="cli")
        timeline.add(tx, at=minutes(9), verb="import", plan_id=seeds.plan, door="cli", detail={"added": 3})
        assert [row.verb for row in timeline.of_part(tx, seeds.part)] == ["receive", "report", "undo", "report"]
        last = timeline.last_of(tx, seeds.part, "report")
        assert last is not None
        assert last.at == minutes(3)
        assert timeline.last_of(tx, seeds.part, "verify") is None


def test_what_one_person_did_lately_newest_first(store: Store, seeds: Seeds) -> None:
    with store.write() as tx:
        other = people.add_officer(tx, unit_id=seeds.unit, name="李卫东", role="deputy")
        for n, who in ((0, seeds.officer), (5, seeds.officer), (6, other), (8, seeds.officer)):
            timeline.add(tx, at=minutes(n), verb="receive", part_id=seeds.part, officer_id=who, door="cli")
        timeline.add(tx, at=minutes(9), verb="bind", officer_id=seeds.officer, door="telegram")
        assert [row.at for row in timeline.last_by(tx, seeds.officer, minutes(5))] == [minutes(8), minutes(5)]


def test_everything_said_is_kept_word_for_word(store: Store, seeds: Seeds) -> None:
    words = "完成，见司法〔2025〕3号\n附件两份 🙂 'quotes' \\ %s"
    said = {"words": words, "answered": "55", "detail": {"before": {"counted": "0", "settled_at": None}}}
    with store.write() as tx:
        timeline.add(tx, at=NOW, verb="report", part_id=seeds.part, on_behalf_of=seeds.officer, door="web", **said)
        (row,) = timeline.of_part(tx, seeds.part)
    assert {name: getattr(row, name) for name in said} == said
    assert (row.on_behalf_of, row.officer_id, row.door) == (seeds.officer, None, "web")


def test_no_statement_of_the_room_changes_or_removes_a_row() -> None:
    """`update(timeline)` or `delete(timeline)` anywhere under storage/ would break it; erasing words may."""
    calls = [
        (path.name, call.func.id)
        for path in ROOM.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in {"update", "delete"}
        if any(isinstance(arg, ast.Name) and arg.id == "timeline" for arg in call.args)
    ]
    assert calls == [("personal.py", "update")], "the erasure that the database's guard lets through"
