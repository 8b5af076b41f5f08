"""`ruqi roster`, `officer`, `link`, `feed`, `event`: what they hand out works, once, and for the right person."""

import json
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from ruqi.settings import read_settings
from ruqi.wiring import open_office, system_clock
from storage import people
from tests.ruqi.conftest import Ruqi
from usecases import enroll, sign_in
from usecases.errors import BadInvite, BadLink
from usecases.feed import open_feed
from usecases.office import Desk

WHO = "示例·张敏"


@contextmanager
def desk(**later: float) -> Iterator[Desk]:
    office = open_office(read_settings()).office
    with office.write(system_clock().now() + timedelta(**later)) as found:
        yield found
    office.store.close()


def test_the_roster_comes_in_once(ruqi: Ruqi) -> None:
    first = ruqi("roster", "import", "sample-roster", "--json").data
    assert len(first["units_added"]) >= 20
    assert "没有改动" in ruqi("roster", "import", "sample-roster").out


def test_a_faulty_roster_changes_nothing(ruqi: Ruqi) -> None:
    Path("r.yaml").write_text(
        "ruqi_roster: 1\ntitle: 名册\nunits:\n  - {name: 甲局, officers: [{name: 张三, role: boss}]}\n"
    )
    assert re.search(r"r\.yaml:4:\d+: error", ruqi("roster", "import", "r.yaml", code=2).err)
    assert ruqi("officer", "list", "--json").data == []


def test_the_list_of_officers_can_be_narrowed(staffed: Ruqi) -> None:
    everybody = staffed("officer", "list", "--json").data
    assert {"officer", "unit", "role", "channels"} <= everybody[0].keys()
    some = staffed("officer", "list", "--unit", "司法局", "--json").data
    assert 0 < len(some) < len(everybody)
    assert WHO in staffed("officer", "list").out


def test_an_invitation_binds_one_chat_once(staffed: Ruqi) -> None:
    given = staffed("officer", "invite", WHO, "--json").data
    assert given["command"] == f"/start {given['code']}"
    assert given["unit"] == "司法局"
    with desk() as here:
        assert enroll.bind(here, given["code"], "telegram", "1").name == WHO
    with desk() as here, pytest.raises(BadInvite):
        enroll.bind(here, given["code"], "telegram", "2")
    rows = {row["officer"]: row["channels"] for row in staffed("officer", "list", "--json").data}
    assert rows[WHO] == ["telegram"]


def test_nobody_of_that_name(staffed: Ruqi) -> None:
    done = staffed("officer", "invite", "查无此人", code=2)
    assert "查无此人" in done.err
    assert "ruqi officer list" in done.err


def test_two_of_one_name_are_told_apart_by_unit(ruqi: Ruqi) -> None:
    units = "".join(f"  - {{name: {unit}, officers: [{{name: 王伟}}]}}\n" for unit in ("甲局", "乙局"))
    Path("r.yaml").write_text(f"ruqi_roster: 1\ntitle: 名册\nunits:\n{units}", encoding="utf-8")
    ruqi("roster", "import", "r.yaml")
    done = ruqi("link", "王伟", code=2)
    assert "甲局" in done.err
    assert "--unit" in done.err
    assert "/in/" in ruqi("link", "王伟", "--unit", "乙局").out


def test_a_link_signs_in_once_and_not_after_a_quarter_of_an_hour(staffed: Ruqi) -> None:
    links = [staffed("link", WHO, RUQI_BASE_URL="https://ruqi.example.cn").out.strip() for _ in range(2)]
    assert all(link.startswith("https://ruqi.example.cn/in/") for link in links)
    secrets = [link.rpartition("/")[2] for link in links]
    with desk() as here:
        assert sign_in.open_session(here, secrets[0])[0].name == WHO
    with desk() as here, pytest.raises(BadLink):
        sign_in.open_session(here, secrets[0])
    with desk(minutes=16) as here, pytest.raises(BadLink):
        sign_in.open_session(here, secrets[1])


def test_a_calendar_address_lives_is_exchanged_and_dies(staffed: Ruqi) -> None:
    first = staffed("feed", "create", WHO, "--json").data["url"]
    (row,) = staffed("feed", "list", WHO, "--json").data
    second = staffed("feed", "rotate", WHO, str(row["number"])).out.strip()
    assert opened(second)
    assert not opened(first)
    (row,) = staffed("feed", "list", WHO, "--json").data
    staffed("feed", "revoke", WHO, str(row["number"]))
    assert not opened(second)
    assert staffed("feed", "list", WHO, "--json").data == []


def test_a_plans_calendar_needs_its_plan(staffed: Ruqi) -> None:
    assert "--scope plan" in staffed("feed", "create", WHO, "--plan", "three-duties", code=2).err
    assert "three-duties" in staffed("feed", "create", WHO, "--scope", "plan", "--plan", "three-duties", code=2).err
    staffed("plan", "import", "three-duties")
    assert opened(staffed("feed", "create", WHO, "--scope", "plan", "--plan", "three-duties").out.strip())


def test_only_the_bureau_reads_everything(staffed: Ruqi) -> None:
    staffed("feed", "create", WHO, "--scope", "bureau", code=2)
    assert opened(staffed("feed", "create", "示例·李卫东", "--scope", "bureau").out.strip())


def test_feeds_that_are_off_are_not_handed_out(staffed: Ruqi) -> None:
    staffed("feed", "create", WHO, code=2, RUQI_FEEDS="off")


def test_an_event_starts_what_waits_for_it(staffed: Ruqi) -> None:
    staffed("plan", "import", "model-essays")
    waiting = {row["name"] for row in staffed("event", "list", "--json").data}
    assert "规范性文件发布之日" in waiting
    done = staffed("event", "add", "model-essays", "规范性文件发布之日", "2030-03-01", "--json").data
    assert done["day"] == "2030-03-01"
    assert "早已登记" in staffed("event", "add", "model-essays", "规范性文件发布之日", "2030-03-01").out
    held = next(row for row in staffed("event", "list", "--json").data if row["event"])
    assert held["day"] == "2030-03-01"
    assert "2030-03-08" in staffed("event", "move", str(held["event"]), "2030-03-08").out
    assert [row["day"] for row in staffed("event", "list", "--json").data if row["event"]] == ["2030-03-08"]
    staffed("event", "cancel", str(held["event"]))
    assert not any(row["event"] for row in staffed("event", "list", "--json").data)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere", "发布", "2026-01-01"], "nowhere"),
        (["model-essays", "从没听过", "2026-01-01"], "从没听过"),
        (["model-essays", "规范性文件发布之日", "改天"], "改天"),
        (["model-essays", "规范性文件发布之日", "2026-02-30"], "2026-02-30"),
    ],
)
def test_an_event_that_cannot_be_registered(staffed: Ruqi, words: list[str], said: str) -> None:
    staffed("plan", "import", "model-essays")
    assert said in staffed("event", "add", *words, code=2).err


def opened(url: str) -> bool:
    with desk() as here:
        return open_feed(here, url.rpartition("/")[2].removesuffix(".ics")) is not None


def test_a_persons_data_is_handed_over_and_then_erased(ruqi: Ruqi) -> None:
    ruqi("roster", "import", "sample-roster")
    ruqi("officer", "export", WHO, "-o", "data.json")
    assert json.loads(Path("data.json").read_text(encoding="utf-8"))["person"]["name"] == WHO
    assert stat.S_IMODE(Path("data.json").stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
    assert "data.json" in ruqi("officer", "export", WHO, "-o", "data.json", code=2).err
    assert "办理离任" in ruqi("officer", "erase", WHO, "--yes", code=2).err
    with desk() as now:
        people.change_officer(now.tx, enroll.find_officer(now, WHO).id, active=False)
    assert "没有改动" in ruqi("officer", "erase", WHO).out
    assert "已抹去" in ruqi("officer", "erase", WHO, "--yes").out
    assert WHO in ruqi("officer", "export", WHO, code=2).err
