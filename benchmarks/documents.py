"""Documents: a Word table against zip and lxml alone; the largest plan given against normalise and scan."""

import re
import sys
import tempfile
import unicodedata
import zipfile
from functools import _lru_cache_wrapper
from pathlib import Path

from benchmarks.measure import Row, left_out, paired
from plans.reading.tidy import REMEMBERED

ROWS, COLUMNS = 101, 5
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GIVEN = Path(__file__).parents[2] / "shared" / "plans"
PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\d{4}年\d{1,2}月(\d{1,2}日)?",
        r"[一二三四五六七八九十]+、",
        r"（[一二三四五六七八九十]+）",
        r"每(年|半年|季度|月)",
        r"不少于[\d一二三四五六七八九十]+",
        r"\d+个?(工作日|日|天)内",
        r"(牵头|责任|配合)单位[:：]",
        r"底前|前完成",
    )
)


def run() -> list[Row]:
    return [_table(), _largest()]


def _table() -> Row:
    import docx  # noqa: PLC0415 - only for this line
    from lxml import etree  # noqa: PLC0415 - as above

    from plans.reading.formats.docx import read_docx  # noqa: PLC0415 - as above

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.docx"
        document = docx.Document()
        table = document.add_table(rows=ROWS, cols=COLUMNS)
        for n, row in enumerate(table.rows):
            for cell, said in zip(row.cells, (str(n), f"任务{n}", "2026年12月底前", "司法局", "每年申报"), strict=True):
                cell.text = said
        document.save(str(path))

        def apart() -> list[list[str]]:
            root = etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
            rows = (row.iter(f"{W}tc") for row in root.iter(f"{W}tr"))
            return [["".join(text.text or "" for text in cell.iter(f"{W}t")) for cell in row] for row in rows]

        a, b = paired(lambda: read_docx(path), apart)
    return Row("a Word table of 101 rows, against zip + lxml", a * 1e3, b * 1e3, "ms", "≤ 5")


def _largest() -> Row:
    what = "the largest plan given, read, against normalise + scan"
    given = sorted(GIVEN.glob("*.txt"), key=lambda path: path.stat().st_size)
    if not given:
        return left_out(what, "≤ 2", "the reference documents do not lie beside the clone")
    from opencc import OpenCC  # noqa: PLC0415 - only for this line

    from plans.reading.collect import collect  # noqa: PLC0415 - as above
    from plans.reading.pages import read_pages  # noqa: PLC0415 - as above

    path = given[-1]
    text, simplify = path.read_text(encoding="utf-8"), OpenCC("t2s")

    def scan() -> int:
        said = simplify.convert(unicodedata.normalize("NFKC", text))
        return sum(len(pattern.findall(said)) for pattern in PATTERNS)

    def ours() -> object:
        _forget()
        return collect(read_pages(path), path.name)

    a, b = paired(ours, scan)
    why = "it also finds items, roles, groups and titles, and says of each where it stands"
    return Row(f"{what} ({len(text)} characters)", a * 1e3, b * 1e3, "ms", "≤ 2", why)


def _forget() -> None:
    """What is remembered of a document's texts: each round reads it for the first time."""
    readers = [module for name, module in sys.modules.items() if name.startswith("plans.reading")]
    for made in {id(made): made for module in readers for made in vars(module).values()}.values():
        if isinstance(made, _lru_cache_wrapper) and made.cache_parameters()["maxsize"] == REMEMBERED:
            made.cache_clear()
