"""`ruqi timeline export`: on standard output and into a file, what is typed wrong is said."""

import json
from pathlib import Path

from tests.ruqi.conftest import Ruqi


def test_the_timeline_is_written(staffed: Ruqi) -> None:
    staffed("plan", "import", "three-duties")
    lines = staffed("timeline", "export", "--format", "jsonl").out.splitlines()
    assert [act["door"] for act in map(json.loads, lines) if act["verb"] == "import"] == ["cli"]
    said = staffed("timeline", "export", "--from", "2020-01-01", "-o", "acts.csv")
    assert f"{len(lines)} 条" in said.err
    written = Path("acts.csv").read_text(encoding="utf-8-sig").splitlines()
    assert len(written) == 1 + len(lines)
    assert '"世界时"' in written[0]
    assert staffed("timeline", "export", "--to", "2020-01-01", "--format", "jsonl").out == ""


def test_what_is_wrong_is_said(staffed: Ruqi) -> None:
    assert "没有导入叫 没有 的方案" in staffed("timeline", "export", "--plan", "没有", code=2).err
    assert "没有“没有”" in staffed("timeline", "export", "--unit", "没有", code=2).err
    Path("acts.csv").write_text("x", encoding="utf-8")
    assert "acts.csv" in staffed("timeline", "export", "-o", "acts.csv", code=2).err
