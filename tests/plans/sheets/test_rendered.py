"""What an office prints, rendered by LibreOffice: A4, the title once, the headings on each page, no page too many.

Only where LibreOffice is installed: it takes half a gigabyte, so the machine of the project's own tests goes without.
"""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest

from plans import library
from plans.rosters.write import as_xlsx
from plans.sheets.bulletin import bulletin_draft
from plans.sheets.ledger import ledger_book
from tests.plans.sheets.test_bulletin import BULLETIN
from tests.plans.sheets.test_ledger import LEDGER, ROW

A4 = (595, 842)
LINES = 60
PATIENCE = 500
"""Seconds; some three are usual, the rest is for a machine that does much else."""


def rendered(folder: Path, **files: bytes) -> dict[str, tuple[list[str], set[tuple[int, int]]]]:
    """By name: the text of each page, without blanks, and the sizes of the pages in points."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    names = [f"{name}.{'docx' if name == 'bulletin' else 'xlsx'}" for name in files]
    for name, content in zip(names, files.values(), strict=True):
        (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        [program, profile, "--headless", "--convert-to", "pdf", *names],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=PATIENCE,
    )
    return {name: _pages(folder / f"{name}.pdf") for name in files}


def _pages(path: Path) -> tuple[list[str], set[tuple[int, int]]]:
    with pdfplumber.open(path) as pdf:
        sizes = {(round(page.width), round(page.height)) for page in pdf.pages}
        return ["".join((page.extract_text() or "").split()) for page in pdf.pages], sizes


def test_what_an_office_prints(tmp_path: Path) -> None:
    roster = library.load_roster().roster
    assert roster
    many = tuple(replace(ROW, uid=f"{n:08}{ROW.uid[8:]}", unit=f"示例区第{n}局") for n in range(1, LINES + 1))
    made = rendered(
        tmp_path,
        ledger=ledger_book(replace(LEDGER, rows=many)),
        bulletin=bulletin_draft(BULLETIN),
        roster=as_xlsx(roster),
    )
    pages, sizes = made["ledger"]
    assert (len(pages), sizes) == (2, {A4[::-1]})
    assert ["示例区司法局工作台账" in page for page in pages] == [True, False]
    for number, page in enumerate(pages, 1):
        assert "承办单位" in page, "the headings stand on each page"
        assert f"第{number}页共2页" in page
    assert all(f"示例区第{n}局" in "".join(pages) for n in (1, LINES))
    assert ROW.uid[8:] not in "".join(pages), "the system's number is not printed"

    pages, sizes = made["bulletin"]
    assert (len(pages), sizes) == (2, {A4})
    assert pages[0].startswith("关于2026年10月工作任务办理情况的通报各有关单位：")
    assert "示例区司法局2026年11月9日" in pages[0], "the signature stands under the text"
    assert pages[1].startswith("附表：各单位办理情况")

    pages, sizes = made["roster"]
    assert sizes == {A4[::-1]}
    assert pages[0].startswith("示例名册")
    assert all("上级单位" in page for page in pages)
