"""The plan pages without a browser: from a file to the first reminder, and everything that may be wrong with a file."""

import logging
from collections.abc import Callable

import pytest
from httpx2 import Response

from ruqi.documents import documents
from ruqi.serve import converse
from storage import drafts, parts, plans
from storage.drafts import DraftRow
from tests.web import plan_files
from tests.web.conftest import MakeWorld
from tests.web.world import Browser, World
from web.app import create_app

KEY = "plan-20261202-1"


@pytest.fixture
def office(make_world: MakeWorld) -> World:
    """The sample office with the room of the documents wired in."""
    world = make_world()
    world.app = create_app(world.office, world.clock, converse=converse, wake=world.beat, documents=documents())
    return world


@pytest.fixture
def bureau(office: World) -> Browser:
    return office.signed_in(office.officer("司法局", "bureau"))


def send(browser: Browser, content: bytes, name: str = "方案.docx", **headers: str) -> Response:
    browser.get("/plans")
    form = browser.form("/plans/upload")
    said = {"sec-fetch-site": "same-origin", **headers}
    return browser.client.post("/plans/upload", data=form.fields, files={"file": (name, content)}, headers=said)


def drafted(browser: Browser, content: bytes, name: str = "方案.docx") -> str:
    answer = send(browser, content, name)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def only_draft(world: World) -> DraftRow:
    with world.store.read() as tx:
        (row,) = drafts.all_open(tx)
    return row


def switch_on(browser: Browser, draft: str) -> None:
    browser.get(f"{draft}/preview")
    browser.follow(browser.form(f"{draft}/on"))


def test_from_a_word_file_to_the_first_reminder(office: World, bureau: Browser) -> None:
    draft = drafted(bureau, plan_files.docx())
    page = bureau.get(draft).text
    for said in ("组织开展年度案卷评查", "2027-01-29 前", "每半年", "示政办发〔2026〕18号", "“适时”没有日期"):
        assert said in page
    bureau.get(f"{draft}/units")
    form = bureau.form(f"{draft}/units", to0="category:执法部门", to1="unit:司法局", then="preview")
    page = bureau.follow(form).text
    assert "新任务" in page
    assert "组织开展年度案卷评查" in page
    bureau.follow(bureau.form(f"{draft}/on"))
    assert "方案已启用" in bureau.text
    officer = office.signed_in(office.officer("综合执法局"))
    assert "组织开展年度案卷评查" in officer.get("/inbox").text
    assert "综合执法规范化建设三年行动方案" in bureau.get("/plans").text


def test_a_restart_loses_no_draft(office: World, bureau: Browser) -> None:
    draft = drafted(bureau, plan_files.xlsx(), "台账.xlsx")
    office.app = create_app(office.office, office.clock, converse=converse, wake=office.beat, documents=documents())
    again = office.signed_in(office.officer("司法局", "bureau"))
    assert "台账.xlsx" in again.get("/plans").text
    assert "公布行政执法事项清单" in again.get(draft).text


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "空.docx", "文件是空的"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧.doc", "旧版格式"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 60, "扫描.png", "扫描件或图片"),
        (b"PK\x03\x04" + b"word/document" * 9, "坏.docx", "损坏或不完整"),
        ("秘密\n某方案\n1.办一件事。(责任单位:司法局;完成时限:2027年1月底前)".encode(), "密.txt", "密级或内部标志"),
        ("今天天气很好。".encode(), "信.txt", "没有找到任务"),
        (b"ruqi: 1\nkey: [", "方案.yaml", "方案文件有错误"),
        (b"x" * (21 << 20), "大.txt", "文件太大"),
    ],
    ids=["empty", "legacy", "picture", "broken", "secret", "nothing", "yaml", "large"],
)
def test_what_cannot_be_taken_says_why_and_keeps_nothing(
    office: World, content: bytes, name: str, says: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    bureau = office.signed_in(office.officer("司法局", "bureau"))
    answer = send(bureau, content, name)
    assert answer.status_code == 422
    assert says in answer.text
    assert "请" in answer.text or "不得" in answer.text
    assert "办一件事" not in answer.text + caplog.text
    with office.store.read() as tx:
        assert drafts.all_open(tx) == []


def test_only_the_bureau_sees_and_sends(office: World) -> None:
    officer = office.signed_in(office.officer("综合执法局"))
    assert officer.get("/plans").status_code == 403
    officer.get("/inbox")
    token = officer.form("/inbox/say").fields["token"]
    files = {"file": ("a.docx", plan_files.docx())}
    answer = officer.client.post("/plans/upload", data={"token": token}, files=files)
    assert answer.status_code == 403
    assert office.browser().client.post("/plans/upload", files=files).status_code == 401


def test_a_file_comes_only_from_our_own_form(office: World, bureau: Browser) -> None:
    before = office.dump()
    assert send(bureau, plan_files.docx(), **{"sec-fetch-site": "cross-site"}).status_code == 403
    files = {"file": ("a.docx", plan_files.docx())}
    assert bureau.client.post("/plans/upload", files=files).status_code == 403
    assert office.dump() == before


def test_a_form_sent_twice_makes_one_draft(office: World, bureau: Browser) -> None:
    bureau.get("/plans")
    form = bureau.form("/plans/upload")
    for _ in range(2):
        bureau.client.post("/plans/upload", data=form.fields, files={"file": ("a.docx", plan_files.docx())})
    only_draft(office)


def test_looking_changes_nothing(office: World, bureau: Browser) -> None:
    draft = drafted(bureau, plan_files.docx())
    before = office.dump()
    for path in ("", "?edit=0", "?edit=head", "?edit=99", "?show=doubts", "?show=out", "?show=untimed", "?show=x"):
        assert bureau.get(draft + path).status_code == 200
    for path in ("/units", "/units?change=司法局", "/preview", "/preview?chase=yes", "/plan.yaml"):
        assert bureau.get(draft + path).status_code == 200
    assert bureau.get(f"{draft}/report").status_code == 303
    assert bureau.get("/plans/drafts/999").status_code == 404
    assert office.dump() == before


def test_what_changed_after_the_preview_is_shown_again(office: World, bureau: Browser) -> None:
    draft = drafted(bureau, plan_files.docx())
    bureau.get(f"{draft}/preview")
    form = bureau.form(f"{draft}/on")
    bureau.get(draft)
    bureau.follow(bureau.form(f"{draft}/keep", lambda f: f["at"] == "0"))
    answer = bureau.send(form)
    assert "changed=yes" in answer.headers["location"]
    with office.store.read() as tx:
        assert plans.by_key(tx, KEY) is None
    assert "草稿有改动" in bureau.get(answer.headers["location"]).text


def test_an_abandoned_draft_can_be_deleted(office: World, bureau: Browser) -> None:
    draft = drafted(bureau, plan_files.docx())
    bureau.get("/plans")
    bureau.follow(bureau.form(f"{draft}/delete"))
    assert bureau.get(draft).status_code == 404
    with office.store.read() as tx:
        assert drafts.all_open(tx) == []


def test_a_shipped_plan_is_opened_and_switched_on(office: World, bureau: Browser) -> None:
    bureau.get("/plans")
    draft = bureau.send(bureau.form("/plans/shipped", plan="hongsibu-2023")).headers["location"]
    switch_on(bureau, draft)
    with office.store.read() as tx:
        row = plans.by_key(tx, "hongsibu-2023")
        assert row
        assert row.state == "on"
        assert parts.of_plan(tx, row.id)


def open_parts(world: World, key: str) -> int:
    with world.store.read() as tx:
        row = plans.by_key(tx, key)
        assert row
        return sum(part.settled_at is None for part in parts.of_plan(tx, row.id))


def cards(world: World, unit: str = "综合执法局") -> str:
    return world.signed_in(world.officer(unit)).get("/inbox").text


def test_a_plan_is_switched_off_and_on_again(office: World, bureau: Browser) -> None:
    title = "年度案卷评查"
    assert title in cards(office)
    bureau.get("/plans")
    bureau.follow(bureau.form("/plans/switch"))
    assert "已停用" in bureau.text
    assert title not in cards(office)
    before = open_parts(office, "three-duties")
    bureau.follow(bureau.form("/plans/switch"))
    assert "启用中" in bureau.text
    assert title in cards(office)
    assert open_parts(office, "three-duties") == before


def revised(change: Callable[[list[tuple[str, str, str]]], list[tuple[str, str, str]]]) -> bytes:
    return plan_files.docx(items=tuple(change(list(plan_files.ITEMS))))


def test_a_revised_file_shows_the_difference_and_keeps_answers(office: World, bureau: Browser) -> None:
    first = drafted(bureau, plan_files.docx())
    switch_on(bureau, first)
    officer = office.signed_in(office.officer("综合执法局"))
    officer.get("/inbox")
    part = office.part("综合执法局", "组织开展年度案卷评查")
    officer.follow(officer.form("/inbox/press", lambda f: f["data"] == f"v1:receive:{part.id}"))
    later = ("公布行政执法事项清单", "市司法局", "2027年6月底前")
    new = ("开展满意度测评", "司法局", "2027年5月底前")
    second = drafted(bureau, revised(lambda items: [items[0], items[1], later, new]))
    assert "修订现行方案" in bureau.get(second).text
    page = bureau.get(f"{second}/preview").text
    for said in (
        "与现行方案的差别",
        "没有改动的 2 项",
        "2027-03-31",
        "2027-06-30",
        "开展满意度测评",
        "1 件签收、报结都保留",
    ):
        assert said in page, said
    bureau.follow(bureau.form(f"{second}/on"))
    assert "修订版已启用" in bureau.text
    assert office.part("综合执法局", "组织开展年度案卷评查").state == "received"
    with office.store.read() as tx:
        row = plans.by_key(tx, KEY)
        assert row
        assert row.revision == 2
