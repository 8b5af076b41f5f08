"""Files that are refused: each named, with what to do, and opened in a process of its own."""

import io
import resource
import socket
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from plans.reading import limits
from plans.rosters import child
from plans.rosters.read import read_list_file
from plans.rosters.refusals import NotRead
from tests.plans.rosters.lists import Rows, docx, keys, xlsx

ROWS: Rows = [["单位", "联络员"], ["水务局", "张敏"]]


def zipped(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


def a_workbook() -> bytes:
    book = Workbook()
    for row in ROWS:
        book.worksheets[0].append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_entry(name: str, data: bytes) -> bytes:
    """A good workbook with one entry put in another's place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(a_workbook())) as good, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bad:
        for entry in good.infolist():
            if entry.filename != name:
                bad.writestr(entry, good.read(entry))
        bad.writestr(name, data)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>'
HALF = a_workbook()


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "empty_file"),
        (b"\n", "empty_file"),
        (b"PK\x03\x04", "list_unknown"),
        (HALF[:-100], "list_damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "list_legacy"),
        (b"%PDF-1.7\n", "list_pdf"),
        (b"{\\rtf1 }", "list_legacy"),
        (b"\xff\xd8\xff\xe0" + bytes(90), "list_unknown"),
        (zipped(a_dot_txt=b"x"), "list_unknown"),
        (zipped(xl__workbook_dot_xml=b"x"), "list_damaged"),
        (zipped(word__document_dot_xml=b"x"), "list_damaged"),
        (with_entry(SHEET, LAUGHS), "list_unsafe"),
        (with_entry(SHEET, LAUGHS.decode().encode("utf-16")), "list_unsafe"),
        (with_entry(SHEET, b'<?xml version="1.0" encoding="cp037"?><a/>'), "list_damaged"),
        (with_entry("../../etc/passwd", b"x"), "list_unsafe"),
        (with_entry("/etc/passwd", b"x"), "list_unsafe"),
        (with_entry(SHEET, b"<a>" * 10_000), "list_damaged"),
        (bytes(range(256)) * 40, "list_no_heading"),
        ("单位,电话\n".encode() * 300_000, "list_too_large"),
        (b"a,b\n" * 20_000, "list_rows"),
        ("今天天气很好\n".encode(), "list_no_heading"),
        ("秘密★1年\n单位,联络员\n水务局,张敏\n".encode(), "list_secret"),
        ("内部资料\n单位,联络员\n水务局,张敏\n".encode("gbk"), "list_secret"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, data: bytes, key: str) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(data)
    reading = read_list_file(path)
    errors = [problem for problem in reading.problems if problem.level == "error"]
    assert [problem.key for problem in errors] == [key]
    assert reading.roster is None
    assert "张敏" not in str(errors)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("秘密", True),
        ("机 密", True),
        ("秘密★1年", True),
        ("绝密★", True),
        ("内部资料 注意保存", True),
        ("国家保密局", False),
        ("保守国家秘密宣传", False),
        ("机密级人员名单另行报送", False),
    ],
)
def test_a_mark_of_secrecy_stands_alone(tmp_path: Path, text: str, secret: bool) -> None:
    """In a cell, in a paragraph above the table, or at the head of the page."""
    paragraph = docx(tmp_path / "r.docx", ROWS, title=text)
    document = Document(str(docx(tmp_path / "h.docx", ROWS)))
    document.sections[0].header.paragraphs[0].text = text
    document.save(str(tmp_path / "h.docx"))
    cell = xlsx(tmp_path / "c.xlsx", ("名册", [[text], *ROWS], ()))
    for path in (paragraph, tmp_path / "h.docx", cell):
        assert (keys(read_list_file(path)) == ["list_secret"]) is secret


def test_there_may_be_no_file(tmp_path: Path) -> None:
    assert keys(read_list_file(tmp_path / "none.xlsx")) == ["no_file"]
    assert keys(read_list_file(tmp_path)) == ["no_file"]


def test_too_many_bytes_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"PK\x03\x04" + bytes(21 * 1024 * 1024))
    assert keys(read_list_file(path)) == ["list_too_large"]


def bomb() -> bytes:
    """A quarter of a gigabyte of spaces in a quarter of a megabyte of file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<a/>")
        with archive.open(SHEET, "w", force_zip64=True) as entry:
            for _ in range(64):
                entry.write(b" " * (4 << 20))
    return out.getvalue()


def a_million_rows() -> bytes:
    row = b'<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return with_entry(SHEET, b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (space, row * 1_000_000))


def many_short_rows() -> bytes:
    """Within the size, and still too much to be a roster."""
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = b"".join(b"<row><c><v>1</v></c></row>" for _ in range(300_000))
    return with_entry(SHEET, b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (space, rows))


@pytest.mark.parametrize(
    ("make", "key"),
    [(bomb, "list_too_large"), (a_million_rows, "list_too_large"), (many_short_rows, "list_too_large")],
    ids=["zip bomb", "a million rows", "many short rows"],
)
def test_a_bomb_goes_off_elsewhere(tmp_path: Path, make: Callable[[], bytes], key: str) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(make())
    before, started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, worked()
    assert keys(read_list_file(path)) == [key]
    assert worked() - started < limits.CHILD_CPU_SECONDS - 2, (
        "refused, not stopped: in seconds of work, not by the clock"
    )
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30 * 1024, "in kilobytes: the file, not more"


def worked() -> float:
    """Seconds that processes of this test have computed; a busy machine does not count."""
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)


@contextmanager
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A port that remembers who called."""
    calls: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    client, _ = server.accept()
                except TimeoutError:
                    continue
                calls.append(client.recv(100))
                client.close()

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield server.getsockname()[1], calls
        finally:
            done.set()
            thread.join()


def test_an_outside_entity_calls_nobody(tmp_path: Path) -> None:
    with listener() as (port, calls):
        text = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:{port}/">]><a>&x;</a>'
        path = tmp_path / "r.xlsx"
        path.write_bytes(with_entry(SHEET, text.encode()))
        assert keys(read_list_file(path)) == ["list_unsafe"]
        time.sleep(0.2)
    assert calls == []


def test_the_child_is_ended_when_it_takes_too_long(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "r.xlsx").write_bytes(a_workbook())
    monkeypatch.setattr(limits, "CHILD_WALL_SECONDS", 0.01)
    with pytest.raises(NotRead, match="list_too_long"):
        child.read_office(tmp_path / "r.xlsx")
