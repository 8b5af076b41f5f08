"""A page of what one phone shows: the real engine, a clock that jumps to what comes next, a chat that only records."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.conversation import Incoming, respond
from schedules.civil import instant, local
from schedules.retry import Sent
from storage import deliveries
from texts.dates import day
from texts.reader import Reader
from texts.values import Message
from usecases import deliver, enroll, remind
from usecases.office import Desk, Office

ZONE = ZoneInfo("Asia/Shanghai")
CHAT = "telegram"
_READER = Reader("zh", date(1, 1, 1))
"""Of another year, so that each day is written with its year."""


@dataclass(slots=True)
class Page:
    """The people whose chats are shown, by name; the first is the officer whose phone this is. The rest is not said."""

    office: Office
    people: dict[str, str]
    """A name, and how the page calls them."""
    now: datetime
    said: list[str] = field(default_factory=list)
    shown: dict[str, tuple[str, Message]] = field(default_factory=dict)
    """Whose message, and how it reads now, by its number."""
    last: dict[str, str] = field(default_factory=dict)
    """The newest message about duties of each person, by its number."""
    sent: dict[str, str] = field(default_factory=dict)
    """When each message was sent, in words."""
    heard: dict[str, list[date]] = field(default_factory=dict)
    """The days on which a phone buzzed unasked, once for each message."""
    _day: date | None = None
    _turns: bool = False
    _edits: dict[str, list[str]] = field(default_factory=dict)
    """What cards say now, and when they were sent: said at the next line of the page."""

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        with self.office.write(self.now) as desk:
            yield desk

    def until(self, month: int, on: int, hour: int = 9, minute: int = 20) -> None:
        """Let time pass, from one thing to do to the next, in local time of that year; a roll a week is enough."""
        year = local(self.now, ZONE).year
        end = datetime(year, month, on, hour, minute, tzinfo=ZONE).astimezone(UTC)
        while (step := self._next()) <= end:
            self.now = step
            here = local(step, ZONE)
            if here.time() != time(0):
                self.beat()
            elif here.weekday() == 0:
                with self.desk() as desk:
                    remind.roll(desk)
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

    def says(self, words: str, *, who: str = "", answering: bool = False) -> None:
        """Somebody types; `answering` the newest reminder, by replying to it."""
        name = who or self.officer
        self.write(f"**{self._clock()} {self._short(name)}**{'（回复上一条提醒）' if answering else ''}：{words}")
        self._turn(Incoming(CHAT, name, text=words, reply_to=self.last[name] if answering else ""))

    def presses(self, label: str, *, who: str = "") -> None:
        """Somebody presses the newest button with this label."""
        name = who or self.officer
        ref, data = next(self._buttons(name, label))
        self.write(f"**{self._clock()} {self._short(name)}**按下 [{label}]")
        self._turn(Incoming(CHAT, name, button=data, reply_to=ref))

    def binds(self) -> None:
        """The officer sends the code that the bureau gave her; it is another one each time, so it is not shown."""
        with self.desk() as desk:
            code = enroll.invite(desk, enroll.find_officer(desk, self.officer))
        self.write(f"**{self._clock()} {self._short(self.officer)}**：/start 邀请码")
        self._turn(Incoming(CHAT, self.officer, text=f"/start {code}"))

    def write(self, *lines: str) -> None:
        edits, self._edits = self._edits, {}
        for line, sent in edits.items():
            self.write(f"（{'、'.join(sent)} 的那条改为：{line}）")
        today = local(self.now, ZONE).date()
        if today != self._day:
            self._day = today
            self.said += ["", f"## {day(_READER, today)}"]
        self.said += ["", *lines]

    def months(self) -> list[tuple[int, int]]:
        """How many messages the officer got unasked, for each month of the year."""
        days = self.heard.get(self.officer, [])
        return [(month, sum(one.month == month for one in days)) for month in range(1, 13)]

    @property
    def officer(self) -> str:
        return next(iter(self.people))

    def _buttons(self, name: str, label: str) -> Iterator[tuple[str, str]]:
        for ref, (whose, message) in reversed(self.shown.items()):
            for button in (button for row in message.buttons for button in row if whose == name):
                if button.label == label:
                    yield ref, button.data

    def _turn(self, incoming: Incoming) -> None:
        self._turns = True
        with self.desk() as desk:
            reply = respond(desk, enroll.who(desk, CHAT, incoming.address), incoming)
            toast = reply.toast if incoming.button else ""
            if toast:
                self.write(f"（弹出：{toast}）")
            place = self._place(desk, incoming) if reply.replaces else ""
            for message in () if toast and reply.toast_is_enough and not place else reply.messages:
                deliver.say(
                    desk,
                    message,
                    officer_id=None,
                    channel=CHAT,
                    address=incoming.address,
                    parts_shown=reply.parts,
                    edit_ref=place,
                )
        self.beat()
        self.now += timedelta(minutes=1)
        self._turns = False

    def _place(self, desk: Desk, incoming: Incoming) -> str:
        """As the channel does: an answer takes the place of its question, reminders change by themselves."""
        pressed = deliveries.by_message(desk.tx, CHAT, incoming.address, incoming.reply_to)
        return incoming.reply_to if pressed and pressed.kind == "say" else ""

    def _next(self) -> datetime:
        midnight = instant(local(self.now, ZONE).date() + timedelta(days=1), time(0), ZONE)
        with self.office.read(self.now) as desk:
            moment = remind.next_moment(desk, (CHAT,))
        return midnight if moment is None or moment <= self.now else min(moment, midnight)

    def _show(self, outgoing: deliver.Outgoing) -> None:
        name = outgoing.address
        if name not in self.people:
            return
        ref = outgoing.edit_ref or str(outgoing.delivery_id)
        before = self.shown.get(ref)
        self.shown[ref] = name, outgoing.message
        if outgoing.kind == "edit":
            self._changed(ref, before[1] if before else outgoing.message, outgoing.message)
            return
        if not outgoing.edit_ref:
            self.last[name] = ref
        if not self._turns:
            self.heard.setdefault(name, []).append(local(self.now, ZONE).date())
        whom = "" if name == self.officer else f" → {self.people[name]}"
        whom += "（代替上面那一问）" if outgoing.edit_ref else ""
        self.sent[ref] = f"{day(_READER, local(self.now, ZONE).date()).partition('年')[2]} {self._clock()}"
        rows = [" ".join(f"[{button.label}]" for button in row) for row in outgoing.message.buttons]
        self.write(f"**{self._clock()} 如期{whom}**", "```text", *outgoing.message.lines, *rows, "```")

    def _changed(self, ref: str, before: Message, after: Message) -> None:
        """A card that changed; the phone stays still, so it is said once, and only where the first line is another."""
        if before.lines[0] != after.lines[0]:
            self._edits.setdefault(after.lines[0], []).append(self.sent[ref])

    def _short(self, name: str) -> str:
        return self.people[name].partition("（")[0]

    def _clock(self) -> str:
        return f"{local(self.now, ZONE):%H:%M}"
