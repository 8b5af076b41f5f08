"""`ruqi plan read`: a document in, duties out, in the form that was asked for or that the output's name says."""

import json
from pathlib import Path

import pytest

from tests.ruqi.conftest import Ruqi
from tests.web import plan_files


@pytest.fixture
def document() -> Path:
    path = Path("Plan 2026.docx")
    path.write_bytes(plan_files.docx())
    return path


def test_a_program_gets_json_lines_and_people_the_doubts(ruqi: Ruqi, document: Path) -> None:
    said = ruqi("plan", "read", str(document))
    duties = [json.loads(line) for line in said.out.splitlines()]
    assert [duty["item"] for duty in duties] == ["1", "2", "3", "4"]
    assert duties[0]["due"] == [{"type": "by", "date": "2027-01-29", "stage": ""}]
    assert "“适时”没有日期" in said.err


def test_what_is_read_can_be_checked_and_imported(staffed: Ruqi, document: Path) -> None:
    staffed("plan", "read", str(document), "-o", "mine.yaml")
    assert "key: plan-2026" in Path("mine.yaml").read_text(encoding="utf-8")
    assert "错误 0 处" in staffed("plan", "check", "mine.yaml").out
    assert staffed("plan", "import", "mine.yaml", "--json").data["plan"] == "plan-2026"


def test_a_table_is_for_looking(ruqi: Ruqi, document: Path) -> None:
    assert "责任 综合执法局" in ruqi("plan", "read", str(document), "--format", "table").out


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "文件是空的"), (b"%!PS" + b"\0\1\2\3" * 99, "不认识"), ("机密\n某某方案".encode(), "密级")],
    ids=["empty", "unknown", "secret"],
)
def test_what_cannot_be_read_is_one_line_with_what_to_do(ruqi: Ruqi, content: bytes, says: str) -> None:
    Path("x.txt").write_bytes(content)
    said = ruqi("plan", "read", "x.txt", code=2)
    assert says in said.err
    assert len(said.err.splitlines()) == 1
