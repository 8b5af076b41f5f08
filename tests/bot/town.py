"""A small town for the conversation's tests: an office on a real database, two units, a bureau, two plans."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.conversation import Incoming, Reply, respond
from schedules.plan import Duty, Plan
from schedules.retry import Sent
from schedules.roster import Roster, RosterOfficer, RosterUnit
from schedules.rungs import load_ladders
from schedules.timing import By, Event, Every, Period, Quantity
from schedules.workdays import WorkCalendar
from storage.engine import open_store
from storage.rows import Officer
from texts.values import Message, PartView
from usecases import deliver, look, remind
from usecases.enroll import bind, find_officer, invite, load_roster
from usecases.import_plan import import_plan
from usecases.office import Desk, Office

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 2, 10, tzinfo=SHANGHAI)
OURS = ("教育局", "水务局")

ROSTER = Roster(
    "名册",
    units=(
        RosterUnit(
            "示例区教育局",
            short="教育局",
            categories=("行政执法部门", "乡镇街道教育"),
            officers=(RosterOfficer("张敏"), RosterOfficer("周强", "head")),
        ),
        RosterUnit("示例区水务局", short="水务局", categories=("行政执法部门",), officers=(RosterOfficer("李娜"),)),
        RosterUnit(
            "示例区司法局", short="司法局", officers=(RosterOfficer("王芳", "bureau"), RosterOfficer("赵静", "auditor"))
        ),
    ),
)
PLAN = Plan(
    key="town",
    title="示例区行政执法工作方案",
    issued=date(2026, 1, 5),
    begins=date(2026, 1, 1),
    ends=date(2026, 12, 31),
    short="执法工作方案",
    duties=(
        Duty("1", "1", "年度案卷评查", roles={"responsible": OURS}, due=(By(date(2026, 11, 30)),)),
        Duty("2", "2", "配合市级案卷评查", roles={"responsible": OURS[:1]}, due=(By(date(2026, 12, 10)),)),
        Duty("3", "3", "年度集中宣誓", roles={"responsible": OURS}, due=(By(date(2026, 12, 4)),)),
        Duty("4", "4", "执法监督", roles={"responsible": OURS[:1]}, due=(Every(Period.YEAR, min_count=2),)),
        Duty("5", "5", "业务培训", roles={"responsible": OURS[:1]}, due=(Quantity(60, "学时", "year"),)),
        Duty("6", "6", "发布后报送情况", roles={"responsible": OURS[:1]}, due=(Event("自方案发布之日", 15),)),
        Duty("7", "7", "廉洁教育", roles={"responsible": OURS[:1]}, ongoing=True),
    ),
)
CHECKED = Plan(
    key="checked",
    title="专项督查方案",
    issued=date(2026, 1, 5),
    begins=date(2026, 1, 1),
    verification="bureau",
    duties=(Duty("1", "1", "整改情况报告", roles={"responsible": OURS}, due=(By(date(2026, 12, 18)),)),),
)
SECRET = Plan(
    key="secret",
    title="保密方案",
    issued=date(2026, 1, 5),
    begins=date(2026, 1, 1),
    confidential=True,
    duties=(Duty("1", "1", "不能说的事", roles={"responsible": OURS[1:]}, due=(By(date(2026, 12, 1)),)),),
)
CHAT = "telegram"


@dataclass(slots=True)
class Town:
    """People by name; `now` moves when a test says so."""

    office: Office
    now: datetime = MONDAY

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        with self.office.write(self.now) as desk:
            yield desk

    def officer(self, name: str) -> Officer:
        with self.desk() as desk:
            return find_officer(desk, name)

    def say(self, name: str, text: str, *, reply_to: str = "") -> Reply:
        return self.turn(name, Incoming(CHAT, f"chat-{name}", text=text, reply_to=reply_to))

    def press(self, name: str, data: str, *, on: str = "") -> Reply:
        return self.turn(name, Incoming(CHAT, f"chat-{name}", button=data, reply_to=on))

    def turn(self, name: str, incoming: Incoming) -> Reply:
        with self.desk() as desk:
            return respond(desk, find_officer(desk, name), incoming)

    def stranger(self, text: str = "", *, button: str = "", address: str = "chat-nobody") -> Reply:
        with self.desk() as desk:
            return respond(desk, None, Incoming(CHAT, address, text=text, button=button))

    def parts(self, name: str) -> dict[str, PartView]:
        """What the person's unit has open, by title."""
        with self.desk() as desk:
            return {part.title: part for part in look.open_parts(desk, find_officer(desk, name))}

    def part(self, part_id: int) -> PartView:
        with self.desk() as desk:
            return look.by_id(desk, find_officer(desk, "王芳"), part_id)

    def state(self, part: PartView) -> str:
        return self.part(part.id).state

    def states(self, name: str) -> dict[str, tuple[str, Decimal]]:
        return {title: (part.state, part.counted) for title, part in self.parts(name).items()}

    def bind(self, name: str) -> None:
        with self.desk() as desk:
            bind(desk, invite(desk, find_officer(desk, name)), CHAT, f"chat-{name}")

    def beat(self) -> dict[str, Message]:
        """Hand over what is due and send it; gives the messages by their reference."""
        with self.desk() as desk:
            remind.hand_over(desk)
            claimed = deliver.claim(desk, owner="test", channels=[CHAT])
        sent = {}
        for delivery in claimed:
            with self.desk() as desk:
                outgoing = deliver.prepare(desk, delivery)
                if outgoing is None:
                    continue
                ref = outgoing.edit_ref or f"m{delivery.id}"
                deliver.record(desk, delivery, outgoing, Sent(ref))
                sent[ref] = outgoing.message
        return sent

    def later(self, **step: float) -> None:
        self.now += timedelta(**step)


def build(url: str) -> Town:
    store = open_store(url)
    store.create()
    office = Office(store=store, zone=SHANGHAI, calendar=WorkCalendar.published(), ladders=load_ladders())
    town = Town(office)
    with town.desk() as desk:
        load_roster(desk, ROSTER)
        for plan in (PLAN, CHECKED, SECRET):
            import_plan(desk, plan)
    return town


def text(reply: Reply) -> str:
    return "\n".join(message.text for message in reply.messages)


def buttons(reply: Reply) -> dict[str, str]:
    """Data by label."""
    return {button.label: button.data for message in reply.messages for row in message.buttons for button in row}
