"""The plan file as pydantic models: what may be written, told to people by JSON Schema, to the program by validation.

Descriptions are shown by editors while somebody types, hence in both languages.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from plans.fields import (
    Amount,
    Count,
    Day,
    Entry,
    Label,
    Mark,
    Month,
    MonthDay,
    Name,
    Ordinal,
    Prose,
    Sentence,
    Slug,
    Version,
    Year,
)
from schedules.timing import Timing
from schedules.timing_data import timing_from_dict


class Due(Entry):
    """A timing 时限: the rule by which due dates arise."""

    def timing(self) -> Timing:
        """The timing itself."""
        return timing_from_dict({name: _json(value) for name, value in self.model_dump(exclude_unset=True).items()})


def _json(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


Names: TypeAlias = Annotated[tuple[Name, ...], Field(max_length=500)]
MonthEnd: TypeAlias = Annotated[bool, Field(description="“底前”：当月最后一天 / the last day of the month")]
MinCount: TypeAlias = Annotated[Count, Field(description="每期至少几次 / at least so many times in each period")]
LastMonthDay: TypeAlias = Annotated[
    MonthDay | None,
    Field(description="期末那个月的几日，不写是最后一天 / day of the period's last month; default its last"),
]


class ByDue(Due):
    """某日前（含当日）/ by a date, which is included."""

    type: Literal["by"]
    date: Day
    month_end: MonthEnd = False
    stage: Label = Field("", description="阶段，如“取得阶段性成果” / the stage of the work due then")


class YearlyDue(Due):
    """每年 / every year, by a day or by the end of the year."""

    type: Literal["yearly"]
    month: Month | None = None
    day: MonthDay | None = None
    month_end: MonthEnd = False
    min_count: MinCount = 1


class HalfYearlyDue(Due):
    """每半年 / every half year."""

    type: Literal["half_yearly"]
    day: LastMonthDay = None
    month_end: MonthEnd = False
    min_count: MinCount = 1


class QuarterlyDue(Due):
    """每季度 / every quarter."""

    type: Literal["quarterly"]
    day: LastMonthDay = None
    month_end: MonthEnd = False
    min_count: MinCount = 1


class MonthlyDue(Due):
    """每月 / every month."""

    type: Literal["monthly"]
    day: LastMonthDay = None
    month_end: MonthEnd = False
    min_count: MinCount = 1


class EveryNYearsDue(Due):
    """每隔几年 / once in n years."""

    type: Literal["every_n_years"]
    n: int = Field(ge=1, le=100)
    anchor: Year | None = Field(None, description="到期的某一年 / a year in which it is due")
    month: Month = 12
    day: MonthDay = 31
    month_end: MonthEnd = False


class EventDue(Due):
    """某事之后几日内 / within days of an event that somebody registers."""

    type: Literal["event"]
    event: Annotated[Label, Field(min_length=1, description="事件名称，登记时用 / the event's name")]
    days: int = Field(ge=0, le=3660, description="0 表示在事件之前 / 0: before the event")
    day_kind: Literal["calendar", "working"] = Field("calendar", description="日历日、工作日 / which days count")


class QuantityDue(Due):
    """每期一定数量 / an amount in every period."""

    type: Literal["quantity"]
    amount: Amount
    unit: Annotated[Label, Field(min_length=1, max_length=20, description="单位，如学时 / unit of measure")]
    per: Literal["person-year", "year", "half-year", "quarter", "month"]


class AfterDoneDue(Due):
    """上一期办结后若干时间（复查、回头看）/ so long after the last one was completed."""

    type: Literal["after_done"]
    first: Day = Field(description="首期日期 / the first due date")
    months: int | None = Field(None, ge=1, le=120, description="几个月，与 days 二选一 / months; or days")
    days: int | None = Field(None, ge=1, le=3660, description="几天，与 months 二选一 / days; or months")
    day_kind: Literal["calendar", "working"] = Field("calendar", description="日历日、工作日 / which days count")

    @model_validator(mode="after")
    def _counts_one_way(self) -> Self:
        if (self.months is None) == (self.days is None):
            raise PydanticCustomError("months_or_days", "either months or days")
        if self.months is not None and self.day_kind == "working":
            raise PydanticCustomError("working_months", "working days are counted by days")
        return self


AnyDue: TypeAlias = Annotated[
    ByDue
    | YearlyDue
    | HalfYearlyDue
    | QuarterlyDue
    | MonthlyDue
    | EveryNYearsDue
    | EventDue
    | QuantityDue
    | AfterDoneDue,
    Field(discriminator="type"),
]


class GroupEntry(Entry):
    """单位组：按名册类别或单位名称 / the units a name stands for, by roster category or by name."""

    categories: Names = ()
    units: Names = ()


class RolesEntry(Entry):
    """牵头、责任、配合 / lead, responsible, support."""

    lead: Names = ()
    responsible: Names = ()
    support: Names = ()


class SourceEntry(Entry):
    """出处 / where in the document it stands."""

    line: Ordinal | None = None
    paragraph: Ordinal | None = None
    page: Ordinal | None = None
    row: Ordinal | None = None
    sheet: Name | None = None
    file: Name | None = None
    quote: Prose | None = None


class DutyEntry(Entry):
    """任务 / one obligation."""

    item: Mark = Field(description="条号 / its number in the document")
    key: Mark | None = Field(None, description="方案内唯一，不写同 item / unique in the plan; default: item")
    section: Annotated[Sentence, Field(max_length=200)] = ""
    title: Annotated[
        Sentence, Field(min_length=1, max_length=200, description="标题，20 字以内 / at most 20 characters")
    ]
    text: Prose = ""
    kind: Slug = Field("standard", description="提醒办法 / ladder kind: standard, report, recurring")
    roles: RolesEntry = RolesEntry()
    due: tuple[AnyDue, ...] = Field((), max_length=100)
    ongoing: bool = Field(default=False, description="长期坚持 / goes on without end")
    any_one: bool = Field(default=False, description="任一单位完成即可 / any one unit is enough")
    measure: Sentence = Field("", description="不产生时限的标准 / a standard that sets no date of its own")
    source: SourceEntry = SourceEntry()

    @model_validator(mode="after")
    def _has_a_key(self) -> Self:
        if not (self.key or self.item):
            raise PydanticCustomError("item_or_key", "neither item nor key")
        return self


class PlanHead(Entry):
    """方案本身，不含任务 / the plan without its duties."""

    ruqi: Version = Field(description="格式版本 / format version")
    key: Slug = Field(description="代号，如 hongsibu-2023 / stable key, the NAME in `ruqi plan import NAME`")
    title: Annotated[Sentence, Field(min_length=1)]
    short: Label = Field("", description="简称，16 字以内 / short name for message headings")
    number: Annotated[Sentence, Field(max_length=80, description="文号 / document number")] = ""
    issuer: Annotated[Sentence, Field(max_length=120, description="发文机关 / issuing body")] = ""
    issued: Day = Field(description="发文日期 / date of the document")
    begins: Day | None = Field(None, description="重复任务从这天起算，不写同 issued / recurring duties begin")
    ends: Day | None = Field(None, description="重复任务到这天为止 / recurring duties end here")
    note: Prose = ""
    sample: bool = Field(default=False, description="示例 / a sample")
    verification: Literal["none", "bureau"] = Field("none", description="谁来销号 / who verifies")
    confidential: bool = Field(default=False, description="消息只写条号和日期 / messages carry number and date only")
    due_on_holiday: Literal["stay", "next_workday"] = "stay"
    counted_on_holiday: Literal["stay", "next_workday"] = "next_workday"
    groups: dict[Name, GroupEntry] = Field(default_factory=dict)
    units: dict[Name, Name] = Field(
        default_factory=dict, description="方案里的叫法: 名册里的名称 / name in the plan: name in the roster"
    )


class PlanFile(PlanHead):
    """如期方案文件 / a Ruqi plan file."""

    duties: tuple[DutyEntry, ...]
