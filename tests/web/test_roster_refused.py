"""Lists that are refused: files that say why they were not taken, and people who may not confirm them."""

import logging

import pytest

from storage import people
from storage.inbox import talk_of
from tests.web import roster_files
from tests.web.test_roster_list import ROWS, UNIT, bureau, names, office, rehearsed, send
from tests.web.world import Browser, World

__all__ = ["bureau", "office"]


def test_the_bureau_makes_no_administrators(office: World, bureau: Browser) -> None:
    headings = ("单位", "姓名", "角色")
    content = roster_files.xlsx([(UNIT, "甲某", "管理员")], headings)
    before = office.dump()
    answer = send(bureau, content)
    assert answer.status_code == 422
    assert "只有管理员能增减管理员" in answer.text
    assert office.dump() == before
    unit = office.officer(UNIT).unit_id
    with office.store.write() as tx:
        people.add_officer(tx, unit_id=unit, name="乙", role="administrator", position="", sample=False)
    administrator = office.signed_in(office.officer(UNIT, "administrator"))
    where = rehearsed(administrator, content)
    administrator.follow(administrator.form(where))
    assert "甲某" in names(office)


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "空.xlsx", "请"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧.xls", "旧版格式"),
        (b"PK\x03\x04" + b"xl/workbook" * 9, "坏.xlsx", "请"),
        (b"%PDF-1.7\n", "名册.pdf", "不能从 PDF 读"),
        ("秘密\n单位,联络员\n某局,王小二\n".encode(), "密.csv", "密级或内部标志"),
        ("今天天气很好。".encode(), "信.txt", "没有找到名册"),
        (b"ruqi_roster: 1\nunits: [", "名册.yaml", "行"),
        (b"x" * (5 * 1024 * 1024 + 1), "大.csv", "文件太大"),
        (b"x" * (21 << 20), "很大.csv", "文件太大"),
    ],
    ids=["empty", "legacy", "broken", "pdf", "secret", "nothing", "yaml", "large", "larger"],
)
def test_what_cannot_be_read_says_why_and_keeps_nothing(
    office: World, content: bytes, name: str, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    bureau = office.signed_in(office.officer("司法局", "bureau"))
    before = office.dump()
    answer = send(bureau, content, name)
    assert answer.status_code == 422
    assert says in answer.text
    assert "王小二" not in answer.text + caplog.text
    assert "ruqi-" not in answer.text, "where the file lay here is nobody's business"
    assert office.dump() == before


def test_no_file_is_said(office: World, bureau: Browser) -> None:
    bureau.get("/roster")
    fields = bureau.form("/roster/upload").fields
    answer = bureau.client.post("/roster/upload", data=fields, files={"file": ("", b"")})
    assert answer.status_code == 422
    assert "没有收到文件" in answer.text


def test_a_list_comes_only_from_our_own_form(office: World, bureau: Browser) -> None:
    before = office.dump()
    content = roster_files.xlsx(ROWS)
    assert send(bureau, content, **{"sec-fetch-site": "cross-site"}).status_code == 403
    files = {"file": ("a.xlsx", content)}
    assert bureau.client.post("/roster/upload", files=files).status_code == 403
    assert office.dump() == before


def test_nobody_else_sees_or_confirms_it(office: World, bureau: Browser) -> None:
    where = rehearsed(bureau, roster_files.xlsx(ROWS))
    unit = office.officer(UNIT).unit_id
    with office.store.write() as tx:
        people.add_officer(tx, unit_id=unit, name="乙", role="administrator", position="", sample=False)
    other = office.signed_in(office.officer(UNIT, "administrator"))
    other.get("/roster")
    token = other.form("/roster/upload").fields["token"]
    assert other.get(where).status_code == 404
    assert other.client.post(where, data={"token": token}).status_code == 404
    assert "王新民" not in names(office)


def test_who_lost_the_role_meanwhile_confirms_nothing(office: World, bureau: Browser) -> None:
    where = rehearsed(bureau, roster_files.xlsx(ROWS))
    form = bureau.form(where)
    with office.store.write() as tx:
        people.change_officer(tx, office.officer("司法局", "bureau").id, role="auditor")
    before = office.dump()
    assert bureau.send(form).status_code == 403
    assert office.dump() == before


def test_an_upload_sent_twice_is_one_list(office: World, bureau: Browser) -> None:
    bureau.get("/roster")
    form = bureau.form("/roster/upload")
    went = {
        bureau.client.post(
            "/roster/upload", data=form.fields, files={"file": ("a.xlsx", roster_files.xlsx(ROWS))}
        ).headers["location"]
        for _ in range(2)
    }
    assert len(went) == 1
    with office.store.read() as tx:
        assert len(talk_of(tx, "list", f"list:{office.officer('司法局', 'bureau').id}")) == 1
