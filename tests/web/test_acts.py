"""Every verb with a form of its own: its effect, what the page says of it, and whom it is refused to."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest

from storage import evidences, extensions, people
from storage.rows import Officer
from tests.sample_files import picture
from tests.web.world import World
from usecases import answer, extend, refuse, waive
from usecases.answer import Act

PNG = picture("PNG")
UNIT, OTHER = "综合执法局", "水务局"
TITLE, JOINT = "年度案卷评查", "年度集中宣誓"
SAME_SITE = {"sec-fetch-site": "same-origin"}
LEAVES_TRACES = {"inbox", "token", "timeline"}


def someone(world: World, role: str, unit: str = "司法局") -> Officer:
    """A person in that role; of the bureau's own unit where no other is named."""
    if role in ("officer", "bureau"):
        return world.officer(unit if role == "officer" else "司法局", role)
    with world.store.write() as tx:
        home = world.officer("司法局").unit_id
        people.add_officer(tx, unit_id=home, name=f"示例·{role}", role=role, position="", sample=True)
    return world.officer("司法局", role)


def post(world: World, who: Officer, path: str, fields: Mapping[str, object], token_on: str = "/subscribe") -> int:
    """Send fields as a form that stands in one of this person's pages; gives the status."""
    browser = world.signed_in(who)
    browser.get(token_on)
    base = browser.form("/subscribe").fields
    said = {"token": base["token"], "once": base["once"]} | {name: str(value) for name, value in fields.items()}
    return browser.client.post(path, data=said, headers=SAME_SITE).status_code


def report(world: World, unit: str) -> None:
    with world.office.write(world.clock.now()) as desk:
        answer.report(desk, Act(world.officer(unit), "telegram", words="已评查"), world.part(unit, TITLE).id)


def ask(world: World) -> None:
    with world.office.write(world.clock.now()) as desk:
        act = Act(world.officer(UNIT), "web", words="人员十二月中旬到岗")
        extend.ask_extension(desk, act, world.part(UNIT, JOINT).id, date(2026, 12, 18))


def deny(world: World) -> None:
    with world.office.write(world.clock.now()) as desk:
        refuse.refuse(desk, Act(world.officer(UNIT), "web", words="职能已划出"), world.part(UNIT, TITLE).id)


def let_off(world: World) -> None:
    with world.office.write(world.clock.now()) as desk:
        waive.waive(desk, Act(world.officer("司法局", "bureau"), "web", words="机构撤并"), world.part(UNIT, TITLE).id)


def nothing(_: World) -> None:
    return


UNIT_ACTS: list[tuple[str, str, dict[str, str], str]] = [
    ("receive", TITLE, {}, "received"),
    ("report", TITLE, {"words": "示执发〔2026〕12号"}, "reported"),
    ("refuse", TITLE, {"words": "职能已划出", "to": "司法局"}, "refused"),
    ("extend", JOINT, {"words": "人员未到岗", "day": "2026-12-18"}, "open"),
    ("delegate", TITLE, {"colleague": "head"}, "open"),
]
BureauAct = tuple[str, Callable[[World], None], str, dict[str, str], str]
BUREAU_ACTS: list[BureauAct] = [
    ("verify", lambda w: report(w, UNIT), TITLE, {}, "verified"),
    ("return", lambda w: report(w, UNIT), TITLE, {"words": "缺签到表"}, "received"),
    ("grant", ask, JOINT, {"day": "2026-12-16"}, "open"),
    ("decline", ask, JOINT, {"words": "时间服从全区安排"}, "open"),
    ("reroute", deny, TITLE, {"unit": "财政局", "words": "按职能"}, "waived"),
    ("waive", nothing, TITLE, {"words": "机构撤并"}, "waived"),
    ("skip", nothing, TITLE, {"words": "本年不再评查"}, "waived"),
    ("reopen", let_off, TITLE, {"words": "仍需评查"}, "open"),
    ("nudge", nothing, TITLE, {"words": "请本周五前报结"}, "open"),
    ("receive", nothing, TITLE, {"behalf": UNIT}, "received"),
    ("report", nothing, TITLE, {"behalf": UNIT, "words": "电话报结"}, "reported"),
]


def fields_for(world: World, title: str, said: Mapping[str, str]) -> dict[str, object]:
    """What the form says, with the numbers of those it names."""
    found: dict[str, object] = {"part": world.part(UNIT, title).id, **said}
    if "colleague" in said:
        found["colleague"] = world.officer(UNIT, said["colleague"]).id
    if "unit" in said:
        found["unit"] = world.officer(said["unit"]).unit_id
    if "behalf" in said:
        found["behalf"] = world.officer(said["behalf"]).id
    return found


def kept(world: World) -> dict[str, object]:
    """Everything but who signed in and what came in."""
    return {name: rows for name, rows in world.dump().items() if name not in LEAVES_TRACES}


@pytest.mark.parametrize(("verb", "title", "said", "state"), UNIT_ACTS, ids=[row[0] for row in UNIT_ACTS])
def test_the_unit_answers(verified: World, verb: str, title: str, said: dict[str, str], state: str) -> None:
    fields = {"verb": verb} | fields_for(verified, title, said)
    assert post(verified, verified.officer(UNIT), "/acts", fields) == 303
    assert verified.part(UNIT, title).state == state


@pytest.mark.parametrize("row", BUREAU_ACTS, ids=[f"{row[0]}{n}" for n, row in enumerate(BUREAU_ACTS)])
def test_the_bureau_decides(verified: World, row: BureauAct) -> None:
    verb, before, title, said, state = row
    before(verified)
    fields = {"verb": verb} | fields_for(verified, title, said)
    assert post(verified, verified.officer("司法局", "bureau"), "/acts", fields) == 303
    assert verified.part(UNIT, title).state == state


@pytest.mark.parametrize("role", ["auditor", "administrator", "stranger"])
def test_whoever_may_not_changes_nothing(verified: World, role: str) -> None:
    """An auditor reads only, an administrator runs the program, and another unit's officer has no part in it."""
    report(verified, UNIT)
    ask(verified)
    who = verified.officer(OTHER) if role == "stranger" else someone(verified, role)
    before = kept(verified)
    every = [(verb, title, said) for verb, title, said, _ in UNIT_ACTS]
    every += [(verb, title, said) for verb, _, title, said, _ in BUREAU_ACTS]
    for verb, title, said in every:
        status = post(verified, who, "/acts", {"verb": verb} | fields_for(verified, title, said))
        unit_verb = role == "stranger" and verb in ("receive", "report", "refuse", "extend", "delegate")
        assert status == (303 if unit_verb and "behalf" not in said else 403), (verb, status)
    assert kept(verified) == before


@pytest.mark.parametrize(
    "fields",
    [
        {"verb": "bless"},
        {"verb": "receive", "part": "1 OR 1=1"},
        {"verb": "extend", "part": "1"},
        {"verb": "extend", "part": "1", "day": "2026年13月1日"},
        {"verb": "delegate", "part": "1"},
        {"verb": "reroute", "part": "1", "unit": "x"},
        {"verb": "hold", "part": "1"},
        {"verb": "refuse", "part": "1", "words": "长" * 2001},
    ],
)
def test_what_no_page_of_ours_sends_is_refused(world: World, fields: dict[str, str]) -> None:
    assert post(world, world.officer("司法局", "bureau"), "/acts", fields) == 400


def test_a_reason_that_is_missing_is_asked_for_where_the_form_was(verified: World) -> None:
    browser = verified.signed_in(verified.officer(UNIT))
    part = verified.part(UNIT, TITLE)
    browser.get(f"/parts/{part.uid}")
    browser.follow(browser.form("/acts", lambda f: f["verb"] == "refuse"))
    assert "原因" in browser.text.partition('id="said"')[2].partition("</div>")[0]
    assert verified.part(UNIT, TITLE).state == "open"


def test_an_extension_goes_there_and_back(verified: World) -> None:
    officer = verified.signed_in(verified.officer(UNIT))
    officer.get("/inbox")
    part = verified.part(UNIT, JOINT)
    form = officer.form("/acts", lambda f: f["verb"] == "extend" and f["part"] == str(part.id))
    form.fields |= {"day": "2026-12-18", "words": "人员未到岗"}
    officer.follow(form)
    assert "已申请延到12月18日(周五)，待批" in officer.text
    bureau = verified.signed_in(verified.officer("司法局", "bureau"))
    bureau.get("/decisions")
    assert "人员未到岗" in bureau.text
    grant = bureau.form("/acts", lambda f: f["verb"] == "grant")
    assert grant.fields["day"] == "2026-12-18"
    bureau.follow(grant)
    assert verified.part(UNIT, JOINT).due == date(2026, 12, 18)
    with verified.store.read() as tx:
        assert [one.state for one in extensions.of_part(tx, part.id)] == ["granted"]
    officer.get(f"/parts/{part.uid}")
    assert "原定12月4日(周五)，已延期" in officer.text


def test_acting_for_somebody_keeps_both_names(verified: World) -> None:
    bureau = verified.signed_in(verified.officer("司法局", "bureau"))
    uid = verified.part(UNIT, TITLE).uid
    bureau.get(f"/parts/{uid}")
    fields = {"verb": "report"} | fields_for(verified, TITLE, {"behalf": UNIT, "words": "电话报结"})
    form = bureau.form("/acts", lambda f: f["verb"] == "report")
    form.fields |= {name: str(value) for name, value in fields.items()}
    bureau.follow(form)
    names = (verified.officer("司法局", "bureau").name, f"代{verified.officer(UNIT).name}")
    assert all(name in bureau.text for name in names)


def upload(world: World, who: Officer, name: str, data: bytes) -> int:
    browser = world.signed_in(who)
    browser.get("/subscribe")
    base = browser.form("/subscribe").fields
    fields = {"token": base["token"], "once": base["once"], "part": str(world.part(UNIT, TITLE).id), "words": "见附件"}
    files = [("files", (name, data, "application/octet-stream"))]
    return browser.client.post("/inbox/report", data=fields, files=files, headers=SAME_SITE).status_code


def test_a_report_with_a_file(world: World) -> None:
    assert upload(world, world.officer(UNIT), "签到表.png", PNG) == 303
    part = world.part(UNIT, TITLE)
    assert part.state == "reported"
    with world.store.read() as tx:
        (file,) = evidences.of_parts(tx, [part.id])
    assert (file.name, file.media_type, file.state) == ("签到表.png", "image/png", "stored")


PROGRAM, PAGE = b"MZ\x90\x00" * 64, b"<script>alert(1)</script>"


@pytest.mark.parametrize(("name", "data"), [("程序.exe", PROGRAM), ("页面.png", PAGE)])
def test_a_file_of_no_kind_stops_the_report(world: World, name: str, data: bytes) -> None:
    assert upload(world, world.officer(UNIT), name, data) == 303
    assert world.part(UNIT, TITLE).state == "open"
    browser = world.signed_in(world.officer(UNIT))
    browser.get("/inbox?talk=all")
    assert "这种附件收不下" in browser.text
    assert "没有报结" in browser.text


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_who_reads_only_sends_no_file(world: World, role: str) -> None:
    assert upload(world, someone(world, role), "签到表.png", PNG) == 403
    assert world.part(UNIT, TITLE).state == "open"


def test_another_units_file_is_not_kept(world: World) -> None:
    assert upload(world, world.officer(OTHER), "签到表.png", PNG) == 303
    with world.store.read() as tx:
        assert evidences.of_parts(tx, [world.part(UNIT, TITLE).id]) == []
