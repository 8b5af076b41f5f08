"""Files of a part in the browser: for those who may see the part, as a download that can do nothing."""

import re

import pytest

from storage import people
from storage.rows import Evidence
from tests.sample_files import PDF, picture
from tests.web.world import World
from usecases import evidence
from usecases.answer import Act

UNIT, OTHER = "综合执法局", "民政局"
TITLE = "年度案卷评查"


def bare(page: str) -> str:
    """A page without what is new each time, and without the address that was asked for."""
    return re.sub(r'value="[^"]*"', "", page)


def attached(world: World, data: bytes | None = PDF, name: str = "签到表.pdf") -> Evidence:
    officer, part = world.officer(UNIT), world.part(UNIT, TITLE)
    with world.office.write(world.clock.now()) as desk:
        act = Act(officer, "web")
        return evidence.attach(desk, act, part.id, name=name, data=data, channel="web", source={"n": name})


def test_a_file_comes_as_a_download_that_can_do_nothing(world: World) -> None:
    file = attached(world)
    answer = world.signed_in(world.officer(UNIT)).get(f"/evidence/{file.uid}", range="bytes=0-3")
    assert (answer.status_code, answer.content) == (200, PDF)
    said = answer.headers
    assert said["content-type"] == "application/pdf"
    assert said["content-disposition"].startswith("attachment; ")
    assert said["content-disposition"].endswith("filename*=UTF-8''%E7%AD%BE%E5%88%B0%E8%A1%A8.pdf")
    assert said["x-content-type-options"] == "nosniff"
    assert "sandbox" in said["content-security-policy"]
    assert "default-src 'none'" in said["content-security-policy"]
    assert said["cache-control"] == "private, no-store"


def test_the_part_page_lists_its_files(world: World) -> None:
    file = attached(world)
    attached(world, None, "还没有取回.jpg")
    browser = world.signed_in(world.officer(UNIT))
    browser.get(f"/parts/{world.part(UNIT, TITLE).uid}")
    assert f'href="/evidence/{file.uid}"' in browser.text
    assert "签到表.pdf" in browser.text
    assert "正在取回" in browser.text
    assert "附上材料" in browser.text


def test_a_picture_keeps_its_kind_and_a_name_cannot_break_the_header(world: World) -> None:
    file = attached(world, picture("PNG"), 'a"\r\nset-cookie: x=1;.html')
    answer = world.signed_in(world.officer(UNIT)).get(f"/evidence/{file.uid}")
    assert answer.headers["content-type"] == "image/png"
    assert "set-cookie" not in answer.headers
    assert answer.headers["content-disposition"].endswith(".html.png")


@pytest.mark.parametrize("role", ["officer", "head"])
def test_another_units_people_get_the_same_as_for_no_file(world: World, role: str) -> None:
    file = attached(world)
    with world.office.read(world.clock.now()) as desk:
        mine = world.officer(UNIT).unit_id
        officer = next(o for o in people.officers(desk.tx) if o.unit_id != mine and o.role == role)
    browser = world.signed_in(officer)
    foreign, unknown = browser.get(f"/evidence/{file.uid}"), browser.get("/evidence/nothing")
    assert foreign.status_code == unknown.status_code == 404
    assert bare(foreign.text) == bare(unknown.text)
    assert PDF not in foreign.content


def test_the_bureau_sees_it_and_nobody_without_signing_in(world: World) -> None:
    file = attached(world)
    with world.office.read(world.clock.now()) as desk:
        bureau = next(o for o in people.officers(desk.tx) if o.role == "bureau")
    assert world.signed_in(bureau).get(f"/evidence/{file.uid}").content == PDF
    assert world.browser().get(f"/evidence/{file.uid}").status_code == 401


def test_a_file_that_waits_or_was_refused_is_not_there(world: World) -> None:
    file = attached(world, None)
    browser = world.signed_in(world.officer(UNIT))
    assert browser.get(f"/evidence/{file.uid}").status_code == 404
