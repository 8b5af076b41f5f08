"""Correcting a draft in place: duties, the heading, doubts, names; what is wrong is said and what was typed stays."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from schedules.plan import Duty, Group, Plan
from schedules.timing import By, Every, Period
from storage import drafts, people
from tests.web import plan_files
from tests.web.test_escaping import HOSTILE, check
from tests.web.test_plans import bureau, drafted, office
from tests.web.world import Browser, Form, World
from usecases.draft_data import plan_from_data
from usecases.drafts import Doubt, start

__all__ = ["bureau", "office"]


@pytest.fixture
def draft(bureau: Browser) -> str:
    return drafted(bureau, plan_files.docx())


def plan_in(world: World) -> Plan:
    with world.store.read() as tx:
        (row,) = drafts.all_open(tx)
    return plan_from_data(row.plan)


def of(at: int) -> Callable[[dict[str, str]], bool]:
    """The form of the duty at that place."""
    return lambda fields: fields["at"] == str(at)


def duty_form(browser: Browser, draft: str, at: int, **typed: str) -> Form:
    """The open form of a duty. The reader of forms knows inputs only, so what a menu says is added."""
    browser.get(f"{draft}?edit={at}")
    form = browser.form(f"{draft}/duty", of(at))
    form.fields.pop("ongoing", None)
    form.fields.pop("any_one", None)
    return Form(form.action, form.fields | {"kind": "standard"} | typed)


def test_title_units_and_time_are_corrected(office: World, bureau: Browser, draft: str) -> None:
    typed = {
        "title": "总结经验",
        "lead": "司法局、 综合执法局",
        "responsible": "",
        "t0_type": "by",
        "t0_date": "2027-06-30",
    }
    page = bureau.follow(duty_form(bureau, draft, 3, **typed)).text
    duty = plan_in(office).duties[3]
    assert (duty.title, duty.due) == ("总结经验", (By(date(2027, 6, 30)),))
    assert duty.roles == {"lead": ("司法局", "综合执法局")}
    assert "2027-06-30 前" in page
    assert "没有读懂" not in page, "a duty that was corrected is looked at"


def test_a_wrong_date_is_said_and_what_was_typed_stays(office: World, bureau: Browser, draft: str) -> None:
    before = plan_in(office)
    answer = bureau.send(duty_form(bureau, draft, 3, title="新的题目", t0_type="by", t0_date="2027-02-30"))
    assert answer.status_code == 422
    assert "日期要写成" in answer.text
    assert 'value="新的题目"' in answer.text
    assert plan_in(office) == before


def test_a_duty_is_left_out_and_taken_in_again(office: World, bureau: Browser, draft: str) -> None:
    bureau.get(draft)
    page = bureau.follow(bureau.form(f"{draft}/keep", of(1))).text
    assert "列入 3 条，共读出 4 条" in page
    assert "开展行政执法人员集中培训" not in bureau.get(f"{draft}/plan.yaml").text
    bureau.get(f"{draft}?show=out")
    bureau.follow(bureau.form(f"{draft}/keep", of(1)))
    assert "列入 4 条" in bureau.get(draft).text


def test_nothing_kept_is_not_switched_on(office: World, bureau: Browser, draft: str) -> None:
    for at in range(4):
        bureau.get(draft)
        bureau.follow(bureau.form(f"{draft}/keep", of(at)))
    bureau.get(f"{draft}/preview")
    answer = bureau.send(bureau.form(f"{draft}/on"))
    assert answer.status_code == 409
    assert "全部不列入" in answer.text


def test_a_duty_that_was_not_found_is_added(office: World, bureau: Browser, draft: str) -> None:
    bureau.get(draft)
    bureau.follow(bureau.form(f"{draft}/add", title="建立联络员制度"))
    typed = {"item": "5", "t0_type": "monthly", "t0_day": "5", "responsible": "司法局"}
    bureau.follow(duty_form(bureau, draft, 4, **typed))
    duty = plan_in(office).duties[4]
    assert (duty.item, duty.title, duty.due) == ("5", "建立联络员制度", (Every(Period.MONTH, day=5),))


def test_a_doubt_that_is_all_right_is_gone(bureau: Browser, draft: str) -> None:
    assert "处没有读懂" in bureau.get(draft).text
    assert "处没有读懂" not in bureau.follow(bureau.form(f"{draft}/seen")).text


def test_the_heading_is_corrected(office: World, bureau: Browser, draft: str) -> None:
    bureau.get(f"{draft}?edit=head")
    form = bureau.form(f"{draft}/head", title="新标题", short="简称", issued="2026-11-01", verification="yes", key="")
    form.fields.pop("confidential")
    bureau.follow(form)
    plan = plan_in(office)
    assert (plan.title, plan.short, plan.issued, plan.begins) == (
        "新标题",
        "简称",
        date(2026, 11, 1),
        date(2026, 11, 1),
    )
    assert (plan.verification, plan.confidential) == ("bureau", False)


def test_a_draft_can_be_made_a_revision_and_a_new_plan_again(office: World, bureau: Browser, draft: str) -> None:
    own = plan_in(office).key
    for chosen, expected in (("three-duties", "three-duties"), ("", own)):
        bureau.get(f"{draft}?edit=head")
        bureau.follow(bureau.form(f"{draft}/head", key=chosen))
        assert plan_in(office).key == expected
    bureau.get(f"{draft}?edit=head")
    assert bureau.send(bureau.form(f"{draft}/head", key="no-such-plan")).status_code == 400


def test_names_are_suggested_and_chosen(office: World, bureau: Browser, draft: str) -> None:
    page = bureau.get(f"{draft}/units").text
    assert '<option value="category:执法部门" selected>' in page
    assert '<option value="unit:司法局" selected>' in page
    form = bureau.form(f"{draft}/units", to0="", more0="乡镇、综合执法局", to1="unit:司法局", then="units")
    page = bureau.follow(form).text
    plan = plan_in(office)
    assert plan.groups["各行政执法部门"] == Group(("乡镇",), ("综合执法局",))
    assert plan.aliases["市司法局"] == "司法局"
    assert "方案里的名称都已对应到名册" in page


def test_a_name_nobody_has_is_said_and_the_rest_is_kept(office: World, bureau: Browser, draft: str) -> None:
    bureau.get(f"{draft}/units")
    answer = bureau.send(bureau.form(f"{draft}/units", to0="", more0="查无此局", to1="unit:司法局"))
    assert answer.status_code == 422
    assert "名册里没有：查无此局" in answer.text
    assert plan_in(office).aliases == {"市司法局": "司法局"}


def test_a_unit_that_the_menu_does_not_have_is_refused(office: World, bureau: Browser, draft: str) -> None:
    bureau.get(f"{draft}/units")
    assert bureau.send(bureau.form(f"{draft}/units", to0="unit:查无此局")).status_code == 400


def test_a_draft_that_was_switched_on_is_changed_no_more(office: World, bureau: Browser, draft: str) -> None:
    form = duty_form(bureau, draft, 0)
    bureau.get(f"{draft}/preview")
    bureau.follow(bureau.form(f"{draft}/on"))
    answer = bureau.send(form)
    assert answer.status_code == 409
    assert "已经启用" in answer.text


def test_in_english_too(office: World, draft: str) -> None:
    with office.office.write(office.clock.now()) as desk:
        boss = office.officer("司法局", "bureau")
        people.change_officer(desk.tx, boss.id, language="en")
    browser = office.signed_in(replace(boss, language="en"))
    for path in ("/plans", draft, f"{draft}?edit=0", f"{draft}?edit=head", f"{draft}/units", f"{draft}/preview"):
        assert browser.get(path).status_code == 200, path
    assert "Switch on" in browser.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_in_a_document_stay_text(office: World, bureau: Browser, text: str) -> None:
    """In titles, units, the file's name, doubts and the passage alike; the document's words come past the reader."""
    said = text.replace("\0", "")
    due = (By(date(2027, 3, 1), stage=said),)
    duty = Duty("1", said[:30], said, text=said, section=said, roles={"lead": (said,)}, due=due, source={"quote": said})
    plan = Plan("", said, date(2026, 11, 1), date(2026, 11, 1), number=said, issuer=said, duties=(duty,))
    with office.office.write(office.clock.now()) as desk:
        number = start(desk, office.officer("司法局", "bureau"), plan, file=said, doubts=[Doubt(said, said, at=0)])
    draft = f"/plans/drafts/{number}"
    for path in ("", "?edit=0", "?edit=head", "/units", "/preview"):
        assert bureau.get(draft + path).status_code == 200, path
        check(bureau.text)
    bureau.follow(bureau.form(f"{draft}/on"))
    check(bureau.text)
    bureau.get("/plans")
    check(bureau.text)
