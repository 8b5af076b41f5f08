"""One story text through every chat and the web inbox: real channels, real libraries, fakes only at the services."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.engine import open_store
from tests.rigs.every import EVERY
from tests.rigs.office import Town, town_on
from tests.rigs.people import Person
from tests.rigs.rig import Rig


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    store = open_store(f"sqlite:///{tmp_path / 'ruqi.db'}")
    store.create()
    yield town_on(store, tmp_path / "files")
    store.close()


@pytest.fixture(params=list(EVERY))
async def rig(request: pytest.FixtureRequest, town: Town) -> AsyncIterator[Rig]:
    made = EVERY[request.param](town)
    yield made
    await made.close()


async def told(rig: Rig) -> tuple[Person, Person]:
    """张敏 and her bureau are known; on a working day at nine she is told of her duty."""
    officer, bureau = await rig.joined("张敏"), await rig.joined("王芳")
    await rig.at("2026-11-18 09:00")
    await officer.sees("年度案卷评查", "12月18日")
    return officer, bureau


async def test_an_ordinary_duty(rig: Rig) -> None:
    async with rig.running():
        officer, bureau = await told(rig)
        officer.presses("签收")
        await officer.is_told("已签收")
        assert rig.town.part().state == "received"

        officer.says("办1 红司发〔2026〕5号")
        await officer.sees("已记录", "报结")
        assert (rig.town.part().state, rig.town.part().note) == ("reported", "红司发〔2026〕5号")

        officer.says("撤销")
        await officer.sees("已撤销")
        assert rig.town.part().state == "received"

        officer.says("办1 红司发〔2026〕5号，附签到表")
        await officer.sees("已记录", "报结", but=1)
        bureau.says("销号 教育局 1")
        await bureau.sees("已销号", "年度案卷评查")
        await officer.sees("已销号")
    assert rig.town.part().state == "verified"


async def test_a_returned_report(rig: Rig) -> None:
    async with rig.running():
        officer, bureau = await told(rig)
        officer.says("办1 已评查")
        await officer.sees("已记录", "报结")
        bureau.says("退回 教育局 1 缺签到表")
        await bureau.sees("退回", "年度案卷评查")
        await officer.sees("缺签到表")
        assert rig.town.part().state == "received"

        officer.says("办1 已补签到表")
        await officer.sees("已记录", "报结", but=1)
        bureau.says("销号 教育局 1")
        await officer.sees("已销号")
    assert rig.town.part().state == "verified"
    assert rig.town.part().due.isoformat() == "2026-12-18"
