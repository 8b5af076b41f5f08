"""`ruqi plan`: problems with their lines, imports that keep what was answered, a preview that changes nothing."""

import re
from pathlib import Path

import pytest

from schedules.timing import Period
from tests.ruqi.conftest import Ruqi

PLAN = """\
ruqi: 1
key: mine
title: 某局年度任务
issued: 2026-01-01
groups:
  各执法部门: {categories: [执法部门]}
duties:
  - item: "1"
    title: 交年度报告
    roles: {responsible: [各执法部门]}
    due: [{type: yearly, month: 12, day: 20}]
  - item: "2"
    title: 办培训
    roles: {lead: [司法局], support: [查无此局]}
    due: [{type: half_yearly, min_count: 2}]
"""


@pytest.fixture
def file() -> Path:
    path = Path("mine.yaml")
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_the_list_says_what_is_shipped_and_what_is_imported(staffed: Ruqi) -> None:
    before = {row["key"]: row["state"] for row in staffed("plan", "list", "--json").data}
    assert before["hongsibu-2023"] == "shipped"
    staffed("plan", "import", "three-duties")
    after = {row["key"]: row["state"] for row in staffed("plan", "list", "--json").data}
    assert after["three-duties"] == "sample"
    assert "hongsibu-2023" in staffed("plan", "list").out


def test_an_import_says_what_it_brought_and_whom_it_could_not_find(staffed: Ruqi, file: Path) -> None:
    report = staffed("plan", "import", str(file), "--json").data
    assert report["first"]
    assert report["parts"] > 10
    assert report["unresolved"] == [{"item": "2", "name": "查无此局"}]
    assert [duty["item"] for duty in report["added"]] == ["1", "2"]


def test_a_revision_names_what_changed_and_keeps_the_rest(staffed: Ruqi, file: Path) -> None:
    staffed("plan", "import", str(file))
    file.write_text(
        PLAN.replace("办培训", "办两期培训") + '  - item: "3"\n    title: 新任务\n    roles: {lead: [司法局]}\n'
    )
    report = staffed("plan", "import", str(file), "--json").data
    assert not report["first"]
    assert report["changed"] == [{"item": "2", "title": "办两期培训"}]
    assert report["added"] == [{"item": "3", "title": "新任务"}]
    assert report["unchanged"] == [{"item": "1", "title": "交年度报告"}]
    assert "和已导入的一样，没有改动。" in staffed("plan", "import", str(file)).out


def test_a_name_that_stands_for_nobody_is_said_once_with_all_its_items(staffed: Ruqi, file: Path) -> None:
    more = "\n".join(f'  - item: "{n}"\n    title: 任务{n}\n    roles: {{lead: [查无此局]}}' for n in (7, 9))
    file.write_text(PLAN + more + "\n", encoding="utf-8")
    said = staffed("plan", "import", str(file)).out
    assert "有 1 个名称在名册里没有对应的单位" in said
    assert "查无此局（第 2、7、9 项）" in said
    assert "查无此局（第 2、7、9 项）" in staffed("plan", "preview", str(file)).err


def test_a_faulty_file_is_told_line_by_line_and_nothing_is_changed(staffed: Ruqi, file: Path) -> None:
    file.write_text(PLAN.replace("month: 12", "month: 13"), encoding="utf-8")
    done = staffed("plan", "import", str(file), code=2)
    assert re.search(r"mine\.yaml:11:\d+: error: ", done.err)
    assert "mine" not in [row["key"] for row in staffed("plan", "list", "--json").data]


def test_check_ends_with_2_only_when_something_is_wrong(ruqi: Ruqi, file: Path) -> None:
    assert "没有发现问题" in ruqi("plan", "check", "hongsibu").out
    file.write_text(PLAN.replace("yearly, month", "yearly, mnoth"), encoding="utf-8")
    done = ruqi("plan", "check", str(file), code=2, RUQI_LANGUAGE="en")
    assert re.search(r"mine\.yaml:11:\d+: error: .*month", done.out)


def test_an_unknown_name_is_answered_with_the_known_ones(ruqi: Ruqi) -> None:
    assert "hongsibu-2023" in ruqi("plan", "check", "hongsibo-2023", code=2).err


def test_show_says_when_and_who(staffed: Ruqi, file: Path) -> None:
    said = staffed("plan", "show", str(file)).out
    assert "每年 12月20日前" in said
    assert "每半年至少 2 次" in said
    assert "牵头：司法局" in said
    staffed("plan", "import", str(file))
    assert staffed("plan", "show", "mine", "--json").data["plan"]["imported"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_shipped_timing_has_its_own_sentence(ruqi: Ruqi, language: str) -> None:
    names = [row["key"] for row in ruqi("plan", "list", "--json").data]
    for name in names:
        said = ruqi("plan", "show", name, RUQI_LANGUAGE=language).out
        assert "{" not in said
        assert not any(period.value in said for period in Period)


def test_a_preview_is_exact_and_leaves_everything_as_it_was(ruqi: Ruqi, file: Path, few: str) -> None:
    ruqi("roster", "import", few)
    first = ruqi("plan", "preview", str(file), "--json").data
    assert first["reminders"]
    assert {"at", "item", "unit", "officer", "rung", "text"} <= first["reminders"][0].keys()
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+08:00", first["reminders"][0]["at"])
    assert "mine" not in [row["key"] for row in ruqi("plan", "list", "--json").data]
    assert "交年度报告" in ruqi("plan", "preview", str(file)).out


def test_a_preview_without_people_says_how_to_get_some(ruqi: Ruqi, file: Path, few: str) -> None:
    assert "--roster sample-roster" in ruqi("plan", "preview", str(file), code=2).err
    assert ruqi("plan", "preview", str(file), "--roster", few, "--json").data["reminders"]
