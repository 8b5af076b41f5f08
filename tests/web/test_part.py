"""One part in full, for whom it concerns."""

import pytest

from tests.web.world import Browser, World

UNIT = "综合执法局"


def test_everything_about_a_part_is_on_its_page(world: World) -> None:
    part = world.part(UNIT, "年度案卷评查")
    browser = world.signed_in(world.officer(UNIT))
    browser.get(f"/parts/{part.uid}")
    browser.follow(browser.form("/inbox/report", words="示执发〔2026〕12号"))
    browser.get(f"/parts/{part.uid}")
    for said in (
        "三项常规工作",
        "2026年11月30日(周一)",
        "责任单位",
        "报结",
        "示执发〔2026〕12号",
        "过期后第 1 个工作日催办",
        "网页",
    ):
        assert said in browser.text
    assert "没有后续提醒" in browser.text


def test_acting_on_its_page_leads_back_to_it(world: World) -> None:
    part = world.part(UNIT, "年度案卷评查")
    browser = world.signed_in(world.officer(UNIT))
    browser.get(f"/parts/{part.uid}")
    answer = browser.send(browser.form("/inbox/press", back=f"/parts/{part.uid}"))
    path, _, said = answer.headers["location"].partition("?said=")
    assert path == f"/parts/{part.uid}"
    browser.get(f"{path}?said={said}")
    assert f"已签收：办{part.code}" in browser.text.partition('id="said"')[2].partition("</div>")[0]


def test_only_my_own_forms_are_answered_to_me(world: World) -> None:
    part = world.part(UNIT, "年度案卷评查")
    browser = world.signed_in(world.officer(UNIT))
    browser.get(f"/parts/{part.uid}")
    said = browser.send(browser.form("/inbox/press", back=f"/parts/{part.uid}")).headers["location"].partition("?")[2]
    other = world.signed_in(world.officer("司法局", "bureau"))
    other.get(f"/parts/{part.uid}?{said}")
    assert 'id="said"' not in other.text


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/in/x", ""]
)
def test_a_form_never_leads_elsewhere(world: World, back: str) -> None:
    browser = world.signed_in(world.officer(UNIT))
    browser.get("/inbox")
    assert browser.send(browser.form("/inbox/press", back=back)).headers["location"] == "/inbox"


@pytest.mark.parametrize("uid", ["1", "0" * 36, "%00", "..%2f", "x" * 300, "ＡＢＣ"])
def test_what_is_no_part_and_what_is_not_mine_look_alike(world: World, uid: str) -> None:
    browser = world.signed_in(world.officer(UNIT))
    foreign = browser.get(f"/parts/{world.part('水务局', '年度案卷评查').uid}")
    missing = browser.get(f"/parts/{uid}")
    assert foreign.status_code == missing.status_code == 404
    assert same_page(foreign.text) == same_page(missing.text)


def same_page(html: str) -> str:
    return html.partition("<main")[2]


def test_the_lead_sees_who_is_missing_and_others_do_not(world: World) -> None:
    title = "半年执法监督"
    for unit, sees in (("司法局", True), (UNIT, False)):
        browser = world.signed_in(world.officer(unit))
        browser.get(f"/parts/{world.part(unit, title).uid}")
        assert ("各单位进度" in browser.text) is sees
        assert ("水务局" in browser.text.partition("<datalist")[0]) is sees


def test_a_due_date_on_a_day_off_names_the_last_working_day(world: World) -> None:
    world.fill("hongsibu")
    part = world.part(UNIT, "报年度执法报告、公布数据")
    browser = world.signed_in(world.officer(UNIT))
    browser.get(f"/parts/{part.uid}")
    assert "2027年1月31日(周日)" in browser.text
    assert "2027年1月29日(周五)" in browser.text
    assert "尚未公布" in browser.text


def test_confidential_contents_are_read_behind_the_sign_in_only(world: World) -> None:
    browser = Browser(world.browser().client)
    assert browser.get(f"/parts/{world.part(UNIT, '年度案卷评查').uid}").status_code == 401
    assert "案卷" not in browser.text
