"""The bulletin's draft: what it says of a month with and without lateness."""

import io
from dataclasses import replace
from datetime import date

from docx import Document

from plans.sheets.bulletin import bulletin_draft
from usecases.bulletin import MOST_NAMED, Bulletin, Late
from usecases.statistics import Tally

GOOD = Tally(due=2, on_time=2)
BAD = Tally(due=3, on_time=1, late=1, overdue=1, extended=1, returned=1)
LATE = (
    Late("示例区水务局", "年度案卷评查", date(2026, 10, 31), "open", 5, None),
    Late("示例区水务局", "执法监督", date(2026, 10, 20), "done", 2, date(2026, 10, 22)),
)
BULLETIN = Bulletin(
    "示例区司法局",
    date(2026, 10, 1),
    date(2026, 10, 31),
    date(2026, 11, 9),
    Tally(due=5, on_time=3, late=1, overdue=1, extended=1, returned=1),
    (("示例区水务局", BAD), ("示例区教育局", GOOD)),
    ("示例区教育局",),
    LATE,
)


def lines(bulletin: Bulletin, language: str = "zh") -> list[str]:
    document = Document(io.BytesIO(bulletin_draft(bulletin, language)))
    return [paragraph.text for paragraph in document.paragraphs]


def test_it_says_who_was_in_time_and_who_was_not() -> None:
    said = lines(BULLETIN)
    assert said[0] == "关于2026年10月工作任务办理情况的通报"
    text = "\n".join(said)
    assert "到期任务 5 件，涉及 2 个单位。按时办结 3 件，按时率 60%" in text
    assert "全部按时办结：示例区教育局。" in text
    assert "年度案卷评查(期限 10月31日)。尚未报结：示例区水务局(逾期 5 个工作日)。" in text
    assert "执法监督(期限 10月20日)。逾期办结：示例区水务局(逾期 2 个工作日)。" in text
    assert "申请延期" in text
    assert said[-1].startswith("(本稿")


def test_its_table_counts_every_unit_and_all_together() -> None:
    table = Document(io.BytesIO(bulletin_draft(BULLETIN))).tables[0]
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells[1] == ["示例区水务局", "3", "1", "1", "1", "0", "1", "1", "33.3%"]
    assert cells[-1] == ["合计", "5", "3", "1", "1", "0", "1", "1", "60%"]


def test_a_month_without_lateness_asks_for_no_excuses() -> None:
    fine = replace(BULLETIN, total=GOOD, units=(("示例区教育局", GOOD),), late=())
    text = "\n".join(lines(fine))
    assert "本月没有逾期任务。" in text
    assert "申请延期" not in text


def test_an_empty_month_says_so() -> None:
    empty = replace(BULLETIN, total=Tally(), units=(), on_time=(), late=())
    assert "本月没有到期的工作任务。" in "\n".join(lines(empty))


def test_many_late_ones_are_counted_not_listed() -> None:
    many = replace(BULLETIN, late=tuple(replace(LATE[0], title=f"任务{n}") for n in range(MOST_NAMED + 7)))
    assert "另有 7 项，见附表。" in "\n".join(lines(many))


def test_a_confidential_duty_has_no_title_and_control_signs_are_left_out() -> None:
    secret = replace(LATE[0], title="")
    odd = replace(LATE[1], title="执法\x07监督\x00")
    text = "\n".join(lines(replace(BULLETIN, late=(secret, odd))))
    assert "方案内容请到收件箱查看(期限 10月31日)" in text
    assert "执法监督" in text


def test_it_speaks_english_too() -> None:
    assert lines(BULLETIN, "en")[0] == "Bulletin on duties due in 10/2026"


def test_units_late_with_the_same_duty_stand_in_one_line() -> None:
    two = replace(BULLETIN, late=(LATE[0], replace(LATE[0], unit="示例区交通局", how="done", days=1)))
    text = "\n".join(lines(two))
    open_, done = "尚未报结：示例区水务局(逾期 5 个工作日)", "逾期办结：示例区交通局(逾期 1 个工作日)"
    assert f"年度案卷评查(期限 10月31日)。{open_}；{done}。" in text
