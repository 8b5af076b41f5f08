"""Kinds of files, told by their bytes; and names made safe."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schedules.file_kinds import PDF as PDF_KIND
from schedules.file_kinds import TEXT, file_kind
from schedules.file_names import MOST_BYTES, clean_name
from tests.sample_files import PDF, archive, docx, ole, picture, xlsx

TAKEN = [
    ("a photo", picture("JPEG"), "image/jpeg"),
    ("a screenshot", picture("PNG"), "image/png"),
    ("a moving picture", picture("GIF"), "image/gif"),
    ("a picture of a phone", picture("WEBP"), "image/webp"),
    ("a scan", picture("TIFF"), "image/tiff"),
    ("a bitmap", picture("BMP"), "image/bmp"),
    ("a phone's own format", b"\0\0\0\x18ftypheic\0\0\0\0", "image/heic"),
    ("a PDF", PDF, "application/pdf"),
    ("a document", docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("a table", xlsx(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("an OFD", archive("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
    ("an old document", ole("WordDocument"), "application/msword"),
    ("an old table", ole("Workbook"), "application/vnd.ms-excel"),
    ("plain text", "案卷评查情况\n共 12 件".encode(), "text/plain"),
    ("plain text of an old machine", "案卷评查情况".encode("gb18030"), "text/plain"),
]
REFUSED = [
    ("nothing", b""),
    ("a page", b"<!doctype html><script>alert(1)</script>"),
    ("a page with words before it", "办理情况 <html><body>".encode()),
    ("a drawing with a script", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    ("a page behind a mark", b"\xef\xbb\xbf<html>"),
    ("a program for Windows", b"MZ\x90\0" + bytes(60)),
    ("a program for Linux", b"\x7fELF" + bytes(60)),
    ("a script", b"#!/bin/sh\nrm -rf /\n"),
    ("an archive", archive("virus.exe")),
    ("a document with macros", archive("word/document.xml", "word/vbaProject.bin")),
    ("an old document with macros", ole("WordDocument", "_VBA_PROJECT")),
    ("an installer", ole("SummaryInformation")),
    ("half an archive", docx()[:100]),
    ("a film", b"\0\0\0\x18ftypisom" + bytes(20)),
    ("a sound", b"RIFF\0\0\0\0WAVEfmt "),
    ("blanks", b"  \n "),
    ("random bytes", bytes(range(256))),
]


@pytest.mark.parametrize(("what", "data", "media_type"), TAKEN, ids=[row[0] for row in TAKEN])
def test_offices_files_are_told_by_their_bytes(what: str, data: bytes, media_type: str) -> None:
    kind = file_kind(data)
    assert kind is not None, what
    assert kind.media_type == media_type


@pytest.mark.parametrize(("what", "data"), REFUSED, ids=[row[0] for row in REFUSED])
def test_nothing_else_is_taken(what: str, data: bytes) -> None:
    assert file_kind(data) is None, what


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("签到表.pdf", "签到表.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        (r"C:\用户\张敏\报告.PDF", "报告.PDF"),
        ("报告\u202efdp.exe", "报告fdp.exe.pdf"),
        ("a\0b\nc\t.pdf", "abc.pdf"),
        ("virus.html", "virus.html.pdf"),
        ("", "file.pdf"),
        ("....", "file.pdf"),
        ("  报  告 .pdf", "报 告.pdf"),
        ('a<b>"c|d?.pdf', "abcd.pdf"),
    ],
)
def test_names_are_made_safe(given: str, safe: str) -> None:
    assert clean_name(given, PDF_KIND) == safe


@given(st.text(max_size=400), st.sampled_from([None, PDF_KIND, TEXT]))
def test_any_name_becomes_one_that_can_be_saved(name: str, kind: object) -> None:
    safe = clean_name(name, kind)  # type: ignore[arg-type] # None or a kind
    assert 0 < len(safe.encode()) <= MOST_BYTES
    assert not set(safe) & set('/\\\0\n\r<>:"|?*')
    assert safe not in {".", ".."}
