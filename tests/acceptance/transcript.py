"""One officer's three months as they are read on a phone: `python -m tests.acceptance.transcript` writes the page.

The real engine, a clock that jumps from one moment to the next, and a chat that only records. What people answer is
written down below; everything else is said by Ruqi. The same program gives the same bytes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.conversation import Incoming, respond
from ruqi.sample import load_sample
from schedules.civil import instant, local
from schedules.retry import Sent
from schedules.rungs import load_ladders
from schedules.workdays import WorkCalendar
from storage import deliveries
from storage.engine import open_store
from storage.rows import Officer
from texts.dates import day
from texts.reader import Reader
from texts.values import Message
from usecases import deliver, enroll, remind
from usecases.office import Desk, Office

ZONE = ZoneInfo("Asia/Shanghai")
PAGE = Path(__file__).parents[2] / "docs" / "officer-transcript.zh.md"
CHAT = "telegram"
_READER = Reader("zh", date(1, 1, 1))
"""Of another year, so that each day is written with its year."""
BEGIN = datetime(2026, 11, 20, 8, 0, tzinfo=ZONE).astimezone(UTC)
END = date(2027, 2, 28)
OFFICER, HEAD, BUREAU = "示例·马晓芳", "示例·朱建华", "示例·李卫东"
WHO = {
    OFFICER: "马晓芳（市场监督管理分局联络员）",
    HEAD: "朱建华（市场监督管理分局局长）",
    BUREAU: "李卫东（司法局）",
}
FOREWORD = """# 一位联络员的三个月

如期的示例数据，从 2026年11月20日到 2027年2月28日。
市场监督管理分局的联络员马晓芳有两份方案的任务；别的单位谁也没有答复。
这一页由程序写成（`python -m tests.acceptance.transcript`）：如期说的每一句都是程序真正会发的，一个字没有改；
“马晓芳”后面是她发的话和按的按钮。人和单位都是虚构的。

“那条改为”表示如期没有另发一条，而是改了原来那一条，这里只写第一行。
"""


@dataclass(slots=True)
class Town:
    """Three people with a chat each, and everything said so far as lines of the page."""

    office: Office
    now: datetime = BEGIN
    said: list[str] = field(default_factory=list)
    shown: dict[str, Message] = field(default_factory=dict)
    last: dict[str, str] = field(default_factory=dict)
    """The newest reminder of each person, by its message's number."""
    sent: dict[str, str] = field(default_factory=dict)
    """When each message was sent, in words."""
    _day: date | None = None

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        with self.office.write(self.now) as desk:
            yield desk

    def until(self, moment: datetime) -> None:
        """Let time pass, from one thing to do to the next; `moment` is local."""
        end = moment.astimezone(UTC)
        while (step := self._next()) <= end:
            self.now = step
            if local(step, ZONE).time() == time(0):
                with self.desk() as desk:
                    remind.roll(desk)
            self.beat()
        self.now = end
        self.beat()

    def beat(self) -> None:
        with self.desk() as desk:
            remind.hand_over(desk)
            claimed = deliver.claim(desk, owner="page", channels=[CHAT], limit=1000)
        for delivery in claimed:
            with self.desk() as desk:
                outgoing = deliver.prepare(desk, delivery)
                if outgoing is not None:
                    deliver.record(desk, delivery, outgoing, Sent(str(delivery.id)))
                    self._show(outgoing)

    def says(self, words: str, *, answering: bool = False) -> None:
        """The officer types; `answering` the newest reminder, by replying to it."""
        self._write(f"**{self._clock()} 马晓芳**{'（回复上一条提醒）' if answering else ''}：{words}")
        self._turn(Incoming(CHAT, OFFICER, text=words, reply_to=self.last[OFFICER] if answering else ""))

    def binds(self) -> None:
        """The officer sends the code that the bureau gave her; it is another one each time, so it is not shown."""
        with self.desk() as desk:
            code = enroll.invite(desk, _officer(desk, OFFICER))
        self._write(f"**{self._clock()} 马晓芳**：/start 邀请码")
        self._turn(Incoming(CHAT, OFFICER, text=f"/start {code}"))

    def presses(self, label: str) -> None:
        """The officer presses the newest button with this label."""
        ref, data = next(self._buttons(label))
        self._write(f"**{self._clock()} 马晓芳**按下 [{label}]")
        self._turn(Incoming(CHAT, OFFICER, button=data, reply_to=ref))

    def _buttons(self, label: str) -> Iterator[tuple[str, str]]:
        for ref, message in reversed(self.shown.items()):
            for button in (button for row in message.buttons for button in row):
                if button.label == label:
                    yield ref, button.data

    def _turn(self, incoming: Incoming) -> None:
        with self.desk() as desk:
            reply = respond(desk, enroll.who(desk, CHAT, OFFICER), incoming)
            toast = reply.toast if incoming.button else ""
            if toast:
                self._write(f"（弹出：{toast}）")
            place = self._place(desk, incoming) if reply.replaces else ""
            for message in () if toast and reply.toast_is_enough and not place else reply.messages:
                deliver.say(
                    desk,
                    message,
                    officer_id=None,
                    channel=CHAT,
                    address=OFFICER,
                    parts_shown=reply.parts,
                    edit_ref=place,
                )
        self.beat()
        self.now += timedelta(minutes=1)

    def _place(self, desk: Desk, incoming: Incoming) -> str:
        """As the channel does: an answer takes the place of its question, reminders change by themselves."""
        pressed = deliveries.by_message(desk.tx, CHAT, OFFICER, incoming.reply_to)
        return incoming.reply_to if pressed and pressed.kind == "say" else ""

    def _next(self) -> datetime:
        midnight = instant(local(self.now, ZONE).date() + timedelta(days=1), time(0), ZONE)
        with self.office.read(self.now) as desk:
            moment = remind.next_moment(desk, (CHAT,))
        return midnight if moment is None or moment <= self.now else min(moment, midnight)

    def _show(self, outgoing: deliver.Outgoing) -> None:
        ref, name = outgoing.edit_ref or str(outgoing.delivery_id), outgoing.address
        if name == OFFICER:
            self.shown[ref] = outgoing.message
        if outgoing.kind == "digest":
            self.last[name] = ref
        if outgoing.kind == "edit":
            whom = "她" if name == OFFICER else WHO[name]
            self._write(f"（{self.sent[ref]} 给{whom}的那条改为：{outgoing.message.lines[0]}）")
            return
        whom = "" if name == OFFICER else f" → {WHO[name]}"
        whom += "（代替上面那一问）" if outgoing.edit_ref else ""
        self.sent[ref] = f"{day(_READER, local(self.now, ZONE).date())} {self._clock()}"
        rows = [" ".join(f"[{button.label}]" for button in row) for row in outgoing.message.buttons]
        self._write(f"**{self._clock()} 如期{whom}**", "```text", *outgoing.message.lines, *rows, "```")

    def _write(self, *lines: str) -> None:
        today = local(self.now, ZONE).date()
        if today != self._day:
            self._day = today
            self.said += ["", f"## {day(_READER, today)}"]
        self.said += ["", *lines]

    def _clock(self) -> str:
        return f"{local(self.now, ZONE):%H:%M}"


def _officer(desk: Desk, name: str) -> Officer:
    return enroll.find_officer(desk, name)


def build() -> Town:
    store = open_store("sqlite://")
    store.create()
    town = Town(Office(store=store, zone=ZONE, calendar=WorkCalendar.published(), ladders=load_ladders()))
    with town.desk() as desk:
        load_sample(desk)
        for name in (HEAD, BUREAU):
            enroll.bind(desk, enroll.invite(desk, _officer(desk, name)), CHAT, name)
    return town


def at(month: int, on: int, hour: int = 9, minute: int = 20) -> datetime:
    return datetime(2026 if month > 6 else 2027, month, on, hour, minute, tzinfo=ZONE)


def november(town: Town) -> None:
    town.binds()
    town.until(at(11, 20))
    town.presses("全部签收")
    town.says("本周")
    town.until(at(11, 23))
    town.presses("为什么收到")
    town.presses("稍后")
    town.presses("下个工作日")
    town.until(at(11, 24))
    town.says("完成 市监发〔2026〕41号", answering=True)
    town.says("撤销")
    town.says("办5 市监发〔2026〕42号")


def december(town: Town) -> None:
    town.until(at(12, 4, 16, 40))
    town.says("今天下午宣誓做完了，共 46 人")
    town.presses("是，报结")
    town.until(at(12, 24))
    town.says("清单")
    town.until(at(12, 30))
    town.says("1办结了吗")
    town.says("办1 年度讲座和测评已完成")


def after_new_year(town: Town) -> None:
    """The supervision of the second half-year is left lying: 催办, 督办单, 通报, and then it is reported."""
    town.until(at(1, 14))
    town.says("逾期")
    town.says("办7 12月28日已配合检查，材料昨天补齐")
    town.says("办7")
    town.until(at(1, 29, 10))
    town.says("办2 市监发〔2027〕3号")
    town.until(at(2, 26, 15))
    town.says("完成 市监发〔2027〕8号", answering=True)
    town.says("清单")
    town.says("谢谢")
    town.until(datetime.combine(END, time(18), ZONE))


def write() -> str:
    town = build()
    for months in (november, december, after_new_year):
        months(town)
    town.office.store.close()
    return "\n".join([FOREWORD.rstrip("\n"), *town.said]) + "\n"


if __name__ == "__main__":
    PAGE.write_text(write(), encoding="utf-8")
