"""Files that mean harm or cannot be read: each is refused in time, by name, with what to do about it."""

import resource
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from plans.reading import CannotRead, limits, read_document
from plans.reading import errors as kinds

WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def repacked(folder: Path, ending: str, part: str, content: str) -> Path:
    """A real document with one of its parts replaced."""
    plain, made = folder / f"plain.{ending}", folder / f"made.{ending}"
    if ending == "docx":
        docx.Document().save(str(plain))
    else:
        openpyxl.Workbook().save(plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, content if name == part else source.read(name))
    return made


def paragraphs(folder: Path) -> Path:
    return repacked(folder, "docx", "word/document.xml", WORD.format("<w:p/>" * 1_000_000))


def long_text(folder: Path) -> Path:
    return repacked(
        folder, "docx", "word/document.xml", WORD.format("<w:p><w:r><w:t>" + "a" * 150_000_000 + "</w:t></w:r></w:p>")
    )


def rows(folder: Path) -> Path:
    return repacked(folder, "xlsx", "xl/worksheets/sheet1.xml", SHEET.format("<row><c><v>1</v></c></row>" * 1_000_000))


def worked() -> float:
    """Seconds that the child has computed; a busy machine does not count."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


@pytest.mark.parametrize("bomb", [paragraphs, long_text, rows])
def test_bomb_is_refused_long_before_it_is_unpacked_and_the_asker_does_not_grow(
    bomb: Callable[[Path], Path], tmp_path: Path
) -> None:
    path = bomb(tmp_path)
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, worked()
    with pytest.raises(kinds.TooLarge):
        read_document(path)
    assert worked() - started < limits.CHILD_CPU_SECONDS / 2, "in seconds of work, not by the clock"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 10 * 1024


def test_entities_are_refused(tmp_path: Path) -> None:
    entity = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    path = repacked(tmp_path, "docx", "word/document.xml", entity + WORD.format("<w:p><w:r><w:t>&e;</w:t></w:r></w:p>"))
    with pytest.raises(kinds.Unsafe):
        read_document(path)


def test_a_part_outside_the_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", WORD.format(""))
        archive.writestr("../outside.txt", "x")
    with pytest.raises(kinds.Unsafe):
        read_document(path)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.doc", OLE + b"\0" * 600, kinds.Legacy),
        ("a.wps", OLE + b"\0" * 600, kinds.Legacy),
        ("a.docx", OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), kinds.Encrypted),
        ("a.rtf", b"{\\rtf1 text}", kinds.Legacy),
        ("a.txt", b"", kinds.Empty),
        ("a.txt", b" ", kinds.Empty),
        ("a.txt", b"\n" * 1000, kinds.Empty),
        ("a.pdf", b"\xff\xd8\xff\xe0" + b"\0" * 100, kinds.Scanned),
        ("a.pdf", b"%PDF-1.4\n%broken", kinds.CannotRead),
        ("a.docx", b"PK\x03\x04broken word/document.xml", kinds.Damaged),
        ("a.zip", b"PK\x03\x04other things", kinds.Unsupported),
        ("a.txt", b"\x7fELF" + b"\0" * 100, kinds.Unsupported),
        ("a.txt", b"a" * (20 * 1024 * 1024 + 1), kinds.TooLarge),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_refused_with_what_to_do(tmp_path: Path, name: str, content: bytes, kind: type[CannotRead]) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(kind) as caught:
        read_document(path)
    assert "请" in str(caught.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(kinds.Missing):
        read_document(tmp_path / "none.docx")


@pytest.mark.parametrize(
    "mark", ["秘密★10年", "机密", "绝密★启用前", "内部资料　注意保存", "密级：秘密", "【内部文件】", "秘 密"]
)
def test_a_mark_of_secrecy_is_refused_without_content(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        f"{mark}\n某某工作方案\n1.排查隐患。（责任单位：甲乙局；完成时限：2026年6月底前）\n", encoding="utf-8"
    )
    with pytest.raises(kinds.Secret) as caught:
        read_document(path)
    assert "甲乙局" not in str(caught.value)


def test_speaking_of_secrets_is_no_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "保密工作要点\n1.严守国家秘密，规范内部资料管理。（责任单位：办公室；完成时限：长期坚持）\n", encoding="utf-8"
    )
    assert len(read_document(path).duties) == 1
