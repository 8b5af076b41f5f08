"""The words and shapes templates need for one reader at one moment; the sentences themselves are the catalogue's."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from schedules.civil import civil_date, local
from texts import dates, lists, words
from texts.catalogue import has, say
from texts.reader import Reader
from texts.values import PartView
from usecases import delivery_sheet

SHAPES = {state: state for state in ("open", "received", "reported", "verified", "refused")}
OTHER_SHAPE = "ended"
STEPS = ("received", "reported", "verified")
MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Wording:
    """What templates call as ``w``."""

    language: str
    zone: ZoneInfo
    now: datetime

    @property
    def today(self) -> date:
        return civil_date(self.now, self.zone)

    @property
    def reader(self) -> Reader:
        return Reader(self.language, self.today, self.zone)

    @property
    def clock(self) -> str:
        return dates.clock(self.reader, self.now)

    def day(self, on: date) -> str:
        return dates.day(self.reader, on)

    def sortable(self, on: date) -> str:
        """2026-12-31: short, and columns of it align and sort."""
        return on.isoformat()

    def counted_from(self, part: PartView) -> str:
        return words.counted_from(self.reader, part)

    def long_day(self, on: date) -> str:
        """With the year, whatever year it is: for facts and for paper."""
        return say(self.language, "web.day", year=on.year, day=dates.day(Reader(self.language, on), on))

    def short_day(self, on: date) -> str:
        """12-31, for narrow columns; with the year where it is another one."""
        return f"{on:%m-%d}" if on.year == self.today.year else on.isoformat()

    def month(self, first: date) -> str:
        return say(self.language, "web.month.name", year=first.year, month=first.month)

    def month_key(self, first: date, step: int) -> str:
        """2026-12, so many months on."""
        months = first.year * 12 + first.month - 1 + step
        return f"{months // 12}-{months % 12 + 1:02}"

    def days_of(self, first: date) -> list[date]:
        days = (first + timedelta(days=n) for n in range(31))
        return [day for day in days if day.month == first.month]

    def weekday(self, on: date) -> str:
        return say(self.language, f"web.month.weekday.{on.weekday()}")

    def full_moment(self, at: datetime) -> str:
        return dates.full_moment(self.reader, at)

    def moment(self, at: datetime) -> str:
        return dates.moment(self.reader, at)

    def iso(self, at: datetime) -> str:
        return local(at, self.zone).isoformat(timespec="minutes")

    def left(self, part: PartView) -> str:
        return dates.left(self.reader, part)

    def due(self, part: PartView) -> str:
        return dates.due(self.reader, part)

    def title(self, part: PartView) -> str:
        return words.title(self.reader, part)

    def full_title(self, part: PartView) -> str:
        """Not cut short, for the part's own page."""
        return f"{part.title}({part.stage})" if part.stage else part.title

    def code(self, part: PartView) -> str:
        return words.code(self.reader, part)

    def source(self, part: PartView) -> str:
        """Behind the sign-in a confidential plan is named too."""
        said = {"plan": words.clean(part.plan), "item": part.item, "role": self.role(part)}
        return say(self.language, "part.source", **said)

    def progress(self, part: PartView) -> str:
        return words.progress(self.reader, part)

    def step(self, part: PartView) -> str:
        """Who took the last step, when; empty where the state says it all."""
        told = words.returned(part) or (part.state in STEPS and (part.received_at or part.reported_at))
        return words.acted(self.reader, part) if told else ""

    def role(self, part: PartView) -> str:
        return say(self.language, f"role.{part.role}")

    def rung(self, key: str) -> str:
        return lists.rung_name(self.reader, key)

    def verb(self, verb: str) -> str:
        return self._known("verb", verb)

    def door(self, door: str) -> str:
        return self._known("door", door)

    def audit_says(self, check: str) -> str:
        return say(self.language, f"audit.{check}")

    def audit_place(self, place: str) -> str:
        return say(self.language, f"audit.place.{place}")

    def audit_table(self, table: str) -> str:
        return say(self.language, f"audit.table.{table}")

    def delivery(self, state: str) -> str:
        return self._known("delivery", state)

    def why(self, reason: str) -> str:
        """Why a message did not go out; a service's own reason stays as it is."""
        return delivery_sheet.why(self.language, reason)

    def size(self, n: int) -> str:
        """Of a file: 12 KB, 3.4 MB."""
        return f"{max(1, n >> 10)} KB" if n < MEGABYTE else f"{n / MEGABYTE:.1f} MB"

    def clean(self, text: str) -> str:
        return words.clean(text)

    def _known(self, family: str, word: str) -> str:
        key = f"web.{family}.{word}"
        return say(self.language, key) if has(self.language, key) else word

    def state(self, part: PartView) -> str:
        return words.state_word(self.language, part)

    def standing(self, part: PartView) -> str:
        """The same where the due date stands beside it: that it is overdue, and what was done so far."""
        if self.kind(part) != "overdue":
            return self.state(part)
        done = "returned" if words.returned(part) else part.state
        return say(self.language, "web.standing", done=say(self.language, f"state.{done}"))

    def kind(self, part: PartView) -> str:
        """Which shape and colour stand for the state."""
        if words.is_open(part) and part.due < self.today:
            return "overdue"
        if words.returned(part):
            return "returned"
        if part.state == "reported" and words.settled(part):
            return "verified"
        return SHAPES.get(part.state, OTHER_SHAPE)
