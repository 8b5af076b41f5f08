"""Names out of lists, roles out of clauses: what is one unit and what is two."""

import pytest

from plans.reading.brackets import read_closing
from plans.reading.roles import cell_roles, clause_roles, units


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市发展和改革局、市财政局", ["市发展和改革局", "市财政局"]),
        ("市人力资源和社会保障局", ["市人力资源和社会保障局"]),
        ("市教育局和市财政局", ["市教育局", "市财政局"]),
        ("各县（市、区）人民政府，市直各部门", ["各县（市、区）人民政府", "市直各部门"]),
        ("各县、区人民政府", ["各县、区人民政府"]),
        ("各行政执法部门〔单位〕、各乡镇〔街道〕", ["各行政执法部门〔单位〕", "各乡镇〔街道〕"]),
        ("市水利局\n市应急管理局", ["市水利局", "市应急管理局"]),
        ("市委组织部 市委宣传部", ["市委组织部", "市委宣传部"]),
        ("司 法 局", ["司法局"]),
        ("区司法局等有关部门", ["区司法局"]),
        ("州委编办及州直相关单位", ["州委编办", "州直相关单位"]),
    ],
)
def test_units(text: str, names: list[str]) -> None:
    assert list(units(text)) == names


@pytest.mark.parametrize(
    ("text", "lead", "support", "responsible"),
    [
        ("市司法局牵头，各有关部门配合", ["市司法局"], ["各有关部门"], []),
        ("市财政局、市教育局按职责分工负责", [], [], ["市财政局", "市教育局"]),
        ("由市商务局牵头，市财政局等部门参与", ["市商务局"], ["市财政局"], []),
        ("市财政局会同市教育局负责", ["市财政局"], ["市教育局"], []),
        ("市农业农村局牵头、市水利局配合、各乡镇落实", ["市农业农村局"], ["市水利局"], ["各乡镇"]),
    ],
)
def test_clause(text: str, lead: list[str], support: list[str], responsible: list[str]) -> None:
    roles = clause_roles(text)
    assert roles is not None
    assert [list(roles.get(kind, ())) for kind in ("lead", "support", "responsible")] == [lead, support, responsible]


def test_a_mark_behind_a_name_gives_its_role() -> None:
    assert cell_roles("市水利局（牵头）、市应急局", "responsible") == {
        "lead": ("市水利局",),
        "responsible": ("市应急局",),
    }


@pytest.mark.parametrize(
    "text",
    [
        "成立领导小组（以下简称专班）",
        "覆盖市、县（市、区）三级",
        "社区（居委会、村委会）发挥自治优势。",
        "开展培训（见附件2）",
        "实施方案（2023—2025年）",
    ],
)
def test_a_remark_in_brackets_is_no_field(text: str) -> None:
    rest, fields = read_closing(text, 2026, titled=False)
    assert (rest, bool(fields)) == (text, False)
