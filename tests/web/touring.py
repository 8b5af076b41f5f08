"""One office in which every page has something to show, behind one server and one browser: what is walked and judged.

It is filled once; whoever changes it does so where no other test looks.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from openpyxl import load_workbook

from plans.sheets.ledger import HEADINGS, NOTE, STATE
from ruqi.documents import documents
from ruqi.rosters import rosters
from ruqi.serve import converse
from ruqi.sheets import sheets
from schedules.plan import Duty, Plan
from schedules.timing import By
from storage import people
from tests.sample_files import picture
from tests.web import plan_files, roster_files
from tests.web.messages import send_some
from tests.web.test_acts import ask, deny, report
from tests.web.world import Browser, World
from usecases import announce, feed, leave, pause
from usecases.import_plan import import_plan
from web.app import create_app

UNIT, TITLE = "综合执法局", "年度案卷评查"
LONG_UNIT = "示例自治区示例市高新技术产业开发区综合行政执法和应急管理局（城市管理局）"
NOTED = "综执发〔2026〕8号"
STATES = ("已报结", "已签收", "差不多了")
LONG_TITLE = "对本单位2024年以来实施的全部行政处罚、行政强制、行政许可案件开展全覆盖的案卷评查并向社会公开评查结果"
DRAFT_PAGES = {"duty form": "?edit=0", "head form": "?edit=head", "units": "/units", "preview": "/preview"}
SAME_SITE = {"sec-fetch-site": "same-origin"}
ROWS = (
    ("1", UNIT, "", "王新民", "法制科副科长", "", ""),
    ("2", "示例档案馆", "事业单位", "陈晓", "办公室主任", "", ""),
    ("3", "示例城市管理综合执法局", "", "周平", "", "", ""),
)


@dataclass
class Tour:
    """The office, and the addresses of what was made in it: by the name of a page, its path."""

    world: World
    made: Mapping[str, str]

    def path(self, name: str) -> str:
        """Where a page of the tour is. A way in is good for one visit, so it is made when it is asked for."""
        return self.world.link(self.world.officer(UNIT)) if name == "way in" else self.made[name]


def fill(world: World) -> Tour:
    """Every kind of thing that a page shows, made by the forms and use cases that make it."""
    _wire(world)
    _asks_to_join(world)
    _long_names(world)
    bureau, officer = world.officer("司法局", "bureau"), world.officer(UNIT)
    report(world, "水务局")
    ask(world)
    deny(world)
    desk = world.signed_in(bureau)
    held = _announcements(world)
    paths = {
        "part": f"/parts/{world.part(UNIT, TITLE).uid}",
        "own part": f"/parts/{world.part(UNIT, LONG_TITLE).uid}",
        "draft": _sent(desk, "/plans", "/plans/upload", "方案.docx", plan_files.docx()),
        "list": _sent(desk, "/roster", "/roster/upload", "名单.xlsx", roster_files.xlsx(ROWS)),
        "ledger back": _sent(
            desk, "/reports", "/reports/ledgers", "台账.xlsx", filled_in(desk, "已报结", "已签收", "差不多了")
        ),
        "announcement": f"/announce/{held}",
        "person": f"/roster/people/{officer.id}",
        "report": _switched_on(desk),
        "duty": f"/ledger?duty={world.part(UNIT, TITLE).occurrence_id}",
    }
    paths |= {name: paths["draft"] + rest for name, rest in DRAFT_PAGES.items()}
    _evidence(world)
    _own_things(world)
    send_some(world, UNIT, LONG_UNIT)
    return Tour(world, paths)


def _asks_to_join(world: World) -> None:
    guest = world.browser()
    guest.get("/join")
    guest.send(guest.form("/join?lang=zh", unit=UNIT, name="钱新", reach="0951-5098112", note="接替已调离的同事。"))


def _wire(world: World) -> None:
    world.office = replace(world.office, join_requests=True, join_units=True)
    world.app = create_app(
        world.office,
        world.clock,
        converse=converse,
        wake=world.beat,
        movable=world.clock,
        documents=documents(),
        rosters=rosters(),
        sheets=sheets(),
        troubles=lambda: ("Telegram：机器人令牌无效。请核对设置。",),
        pulse=lambda: world.clock.now() - timedelta(seconds=4),
    )


def _long_names(world: World) -> None:
    with world.store.write() as tx:
        unit_id = people.add_unit(tx, name=LONG_UNIT, short="", categories=["执法部门"], sample=True)
        people.add_officer(
            tx,
            unit_id=unit_id,
            name="阿卜杜外力·买买提吐尔逊",
            role="officer",
            position="综合协调与法制审核科负责人",
            sample=True,
        )
    due = (By(date(2026, 11, 27)), By(date(2026, 12, 4), stage="取得阶段性成果"))
    names = (LONG_UNIT, UNIT, "水务局")
    duty = Duty("1", "1.2.10", LONG_TITLE, roles={"responsible": names}, due=due, text=f"{LONG_TITLE}。" * 3)
    title = "关于在全区开展提升行政执法质量三年行动有关重点任务分工方案的补充通知（征求意见稿）"
    plan = Plan("long", title, date(2026, 10, 9), date(2026, 10, 9), verification="bureau", duties=(duty,))
    with world.office.write(world.clock.now()) as desk:
        import_plan(desk, replace(plan, number="示执发办函〔2026〕118号"), chase=True)
    world.beat()


def _announcements(world: World) -> int:
    bureau = world.officer("司法局", "bureau")
    with world.office.write(world.clock.now()) as desk:
        sent = announce.draft(desk, bureau, "年底前请核对本单位联络员名单，有变动的请回复。", {"to": "all"})
        announce.send(desk, bureau, sent.id)
        return announce.draft(desk, bureau, "请于周五前报结。", {"to": "overdue"}).id


def _sent(browser: Browser, page: str, action: str, name: str, content: bytes) -> str:
    """Send a file by the form of a page; gives where it led."""
    browser.get(page)
    form = browser.form(action)
    answer = browser.client.post(action, data=form.fields, files={"file": (name, content)}, headers=SAME_SITE)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def filled_in(browser: Browser, *states: str) -> bytes:
    """The ledger as an office sends it back: the first lines that nobody received, each with one of these states."""
    book = load_workbook(io.BytesIO(browser.get("/reports/ledger.xlsx?from=2026-01-01&to=2026-12-31").content))
    sheet = book.worksheets[0]
    lines = [row for row in range(HEADINGS + 1, sheet.max_row + 1) if sheet.cell(row, STATE).value == "未签收"]
    for row, state in zip(lines[: len(states)], states, strict=True):
        sheet.cell(row, STATE).value, sheet.cell(row, NOTE).value = state, NOTED
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _switched_on(browser: Browser) -> str:
    """A second plan that is on already; gives the page that says what came of it."""
    items = (("报送年度普法工作总结", "司法局", "2027年1月15日前"),)
    where = _sent(browser, "/plans", "/plans/upload", "普法.docx", plan_files.docx("普法工作要点", items))
    browser.get(f"{where}/preview")
    browser.follow(browser.form(f"{where}/on"))
    return f"{where}/report"


def _evidence(world: World) -> None:
    browser = world.signed_in(world.officer("水务局"))
    browser.get("/inbox")
    form = next(f for f in browser.forms() if f.action == "/inbox/report")
    files = [("files", (f"{LONG_TITLE}.jpg", picture()))]
    answer = browser.client.post(form.action, data=form.fields | {"words": "见附件"}, files=files, headers=SAME_SITE)
    assert answer.status_code == 303, answer.text


def _own_things(world: World) -> None:
    """A person with three ways, a leave, a calendar that was read; a plan that is paused."""
    bureau, officer = world.officer("司法局", "bureau"), world.officer(UNIT)
    with world.office.write(world.clock.now()) as desk:
        for who in (bureau, officer):
            for channel, address in (("telegram", f"7{who.id}"), ("mail", f"someone{who.id}@example.org")):
                people.bind_contact(desk.tx, officer_id=who.id, channel=channel, address=address, now=desk.now)
            feed.note_use(desk, feed.create_feed(desk, who, "unit"), "iOS/18.1 (22B83) dataaccessd/1.0")
        people.change_contact(desk.tx, "telegram", f"7{officer.id}", state="dead", reason="blocked")
        leave.take_leave(desk, bureau, date(2026, 12, 24), date(2026, 12, 31), deputy_id=None, by=bureau)
        pause.pause(desk, bureau, date(2026, 12, 11), "系统迁移")
        administrator = people.add_officer(
            desk.tx, unit_id=bureau.unit_id, name="示例·管理员", role="administrator", position="", sample=True
        )
        assert administrator
