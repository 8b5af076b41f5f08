"""One officer's year as it is read on a phone: `python -m tests.acceptance.transcript` writes the page.

What people answer is written down here; everything else is said by Ruqi. The same program gives the same bytes.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from plans import library
from schedules.roster import Roster
from schedules.rungs import load_ladders
from schedules.workdays import WorkCalendar
from storage import parts, people
from storage.engine import open_store
from storage.rows import Officer
from tests.acceptance.phone import CHAT, ZONE, Page
from usecases import answer, enroll, extend
from usecases.acting import Act
from usecases.import_plan import import_plan
from usecases.office import Desk, Office

PAGE = Path(__file__).parents[2] / "docs" / "officer-transcript.zh.md"
OFFICER, DEPUTY, HEAD, BUREAU = "示例·马晓芳", "示例·胡雪梅", "示例·朱建华", "示例·李卫东"
SHOWN = {
    OFFICER: "马晓芳（市场监督管理分局联络员）",
    DEPUTY: "胡雪梅（市场监督管理分局，马晓芳的AB角）",
    HEAD: "朱建华（市场监督管理分局局长）",
}
UNITS = ("司法局", "市场监督管理分局")
FOREWORD = """# 一位联络员的一年

如期的时间机里，红寺堡区三年行动任务分工的 2024 年全年。
市场监督管理分局的联络员马晓芳这一年有 14 件要办，报结后由司法局销号。
这一年里她签收、报结，延期一次，被退回一次，请假一周由AB角代办，还有一件逾期，催办之后发了督办单。

这一页由程序写成（`python -m tests.acceptance.transcript`）：如期说的每一句都是程序真正会发的，一个字没有改；
“马晓芳”后面是她发的话和按的按钮。人和单位都是虚构的。别人收到的，只写与她的任务有关的。
“那条改为”表示如期没有另发一条，手机不响，只是改了原来那一条，这里只写第一行。

如期主动发给她的消息，每月这么多条（她发话后的回复不算）：
"""


def live() -> Page:
    page = _begin()
    for months in (_january, _february, _spring, _early_summer, _autumn, _december):
        months(page)
    return page


def _begin() -> Page:
    """On the first working day the bureau switches the plan on; the deputy and the head have a chat already."""
    store = open_store("sqlite://")
    store.create()
    office = Office(store=store, zone=ZONE, calendar=WorkCalendar.published(), ladders=load_ladders())
    page = Page(office, SHOWN, now=datetime(2024, 1, 2, 8, 40, tzinfo=ZONE).astimezone(UTC))
    whole, plan = library.load_roster().roster, library.load("hongsibu-2023").plan
    assert whole is not None
    assert plan is not None
    roster = Roster(whole.title, units=tuple(unit for unit in whole.units if unit.name in UNITS), sample=True)
    with page.desk() as desk:
        enroll.load_roster(desk, roster)
        for name in (DEPUTY, HEAD):
            enroll.bind(desk, enroll.invite(desk, _officer(desk, name)), CHAT, name)
        import_plan(desk, replace(plan, verification="bureau"))
    return page


def _officer(desk: Desk, name: str) -> Officer:
    return enroll.find_officer(desk, name)


def _bureau(page: Page, verb: str, *codes: int, words: str = "") -> None:
    """The bureau decides on its own pages; what the unit hears of it is Ruqi's."""
    with page.desk() as desk:
        unit = next(unit for unit in people.units(desk.tx) if unit.name == UNITS[1])
        act = Act(_officer(desk, BUREAU), "web", words)
        for part in [row for row in parts.of_unit(desk.tx, unit.id) if row.code in codes]:
            match verb:
                case "销号":
                    answer.verify(desk, act, part.id)
                case "退回":
                    answer.return_(desk, act, part.id)
                case _:
                    extend.grant(desk, act, part.id)
    page.write(f"（李卫东（司法局）在网页上{verb} {' '.join(f'办{code}' for code in codes)}）")
    page.beat()


def _january(page: Page) -> None:
    page.binds()
    page.until(1, 2)
    page.presses("全部签收")
    page.until(1, 24)
    page.says("办1 市监法〔2024〕2号")
    page.says("延2 2月8日 全年案件数据要等市局核对")
    page.until(1, 24, 15)
    _bureau(page, "销号", 1)
    _bureau(page, "同意延期", 2)


def _february(page: Page) -> None:
    page.until(2, 1)
    page.says("完成 市监法〔2024〕5号", answering=True)
    page.until(2, 2, 10)
    _bureau(page, "退回", 2, words="缺分管领导签字的附表")
    page.until(2, 2, 14)
    page.says("办2 市监法〔2024〕5号，附表已补签")
    page.until(2, 4, 10)
    _bureau(page, "销号", 2)


def _spring(page: Page) -> None:
    """One duty is left lying over Qingming: 催办, 督办单 on the make-up Sunday, and then the report."""
    page.until(2, 22)
    page.says("办3、4 市监法〔2024〕9号")
    page.until(2, 23, 10)
    _bureau(page, "销号", 3, 4)
    page.until(3, 22)
    page.says("办6 清单已公布")
    page.until(3, 25, 10)
    _bureau(page, "销号", 6)
    page.until(4, 1)
    page.presses("为什么收到")
    page.until(4, 7, 10)
    page.says("办5 市监法〔2024〕17号，裁量权基准今天已公布")
    page.until(4, 8, 10)
    _bureau(page, "销号", 5)


def _early_summer(page: Page) -> None:
    """A week of leave at the end of the training: the deputy hears of it, and reports."""
    page.until(5, 24)
    page.says("办7、8 市监法〔2024〕26号")
    page.until(5, 27, 10)
    _bureau(page, "销号", 7, 8)
    page.until(6, 7, 10)
    page.says("请假 6月11日到6月14日 胡雪梅代")
    page.until(6, 12)
    page.says("办9 全员轮训完成，情况报告 市监法〔2024〕31号", who=DEPUTY)
    page.until(6, 17, 10)
    _bureau(page, "销号", 9)
    page.until(6, 21)
    page.says("办10办完了，人员已配齐")
    page.presses("是，报结")
    page.until(6, 24, 10)
    _bureau(page, "销号", 10)


def _autumn(page: Page) -> None:
    page.until(9, 2)
    page.says("清单")
    page.until(10, 24)
    page.presses("稍后")
    page.presses("下个工作日")
    page.until(10, 25)
    page.says("完成 典型案例 3 个，市监法〔2024〕48号", answering=True)
    page.until(10, 28, 10)
    _bureau(page, "销号", 11)


def _december(page: Page) -> None:
    page.until(12, 24)
    page.says("办12、13、14 年度总结 市监法〔2024〕60号")
    page.until(12, 25, 10)
    _bureau(page, "销号", 12, 13, 14)
    page.until(12, 31)
    page.says("收15")
    page.says("谢谢")
    page.until(12, 31, 18)


def write() -> str:
    page = live()
    page.office.store.close()
    months = page.months()
    table = [
        f"| {' | '.join(f'{month}月' for month, _ in months)} | 全年 |",
        f"|{'---:|' * 13}",
        f"| {' | '.join(str(n) for _, n in months)} | {sum(n for _, n in months)} |",
    ]
    return "\n".join([FOREWORD.rstrip("\n"), "", *table, *page.said]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(write(), encoding="utf-8")
