"""Any plan that could be written down: what the round trips are tried with."""

from calendar import monthrange
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from schedules.plan import ROLES, Duty, Group, Plan
from schedules.timing import PER, By, Event, Every, EveryNYears, Period, Quantity, Timing

# Words that YAML could take for something else stand beside Chinese text and chance.
TRICKY = [
    "010",
    "2024-02-29",
    "yes",
    "null",
    "~",
    "1:20",
    "=",
    "<<",
    "- x",
    "a: b",
    "#5",
    "'",
    '"',
    "0x1F",
    "1_000",
    "é",
]
CHARACTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z"))


def texts(least: int = 0, most: int = 20) -> st.SearchStrategy[str]:
    drawn = st.text(st.one_of(CHARACTERS, st.sampled_from("任务 每年底前〔〕、（）")), min_size=least, max_size=most)
    return st.one_of(st.sampled_from(TRICKY), drawn.map(str.strip).filter(lambda text: len(text) >= least))


days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
month_ends = days.map(lambda day: day.replace(day=monthrange(day.year, day.month)[1]))
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
amounts = st.one_of(st.integers(1, 10**6), st.decimals(Decimal("0.01"), Decimal(9999), places=2))


@st.composite
def yearly(draw: st.DrawFn) -> Every:
    month = draw(st.integers(1, 12))
    length = 29 if month == 2 else monthrange(2023, month)[1]
    ends = draw(st.booleans())
    day = draw(st.one_of(st.none(), st.just(length) if ends else st.integers(1, length)))
    return Every(Period.YEAR, month, day, month_end=ends, min_count=draw(st.integers(1, 9)))


bys = st.one_of(st.builds(By, days, texts()), st.builds(By, month_ends, texts(), month_end=st.just(value=True)))
everies = st.one_of(
    yearly(),
    st.builds(Every, st.sampled_from(Period), min_count=st.integers(1, 9)),
    st.builds(Every, st.sampled_from(Period), day=st.integers(1, 28), min_count=st.integers(1, 9)),
)
timings: st.SearchStrategy[Timing] = st.one_of(
    bys,
    everies,
    st.builds(EveryNYears, st.integers(1, 50), st.one_of(st.none(), st.integers(1950, 2150)), st.integers(1, 12),
              st.integers(1, 28)),
    st.builds(Event, texts(1), st.integers(0, 400), st.sampled_from(["calendar", "working"])),
    st.builds(Quantity, amounts, texts(1), st.sampled_from(list(PER))),
)  # fmt: skip
names = st.lists(texts(1), min_size=1, max_size=3, unique=True).map(tuple)
sources: st.SearchStrategy[dict[str, int | str]] = st.fixed_dictionaries(
    {}, optional={"line": st.integers(1, 9999), "quote": texts(1), "sheet": texts(1)}
)


@st.composite
def duties(draw: st.DrawFn, key: str) -> Duty:
    return Duty(
        key=key,
        item=draw(st.one_of(st.just(key), texts())),
        title=draw(texts(1)),
        text=draw(texts(most=60)),
        section=draw(texts()),
        kind=draw(st.sampled_from(["standard", "report", "recurring"])),
        roles=draw(st.dictionaries(st.sampled_from(ROLES), names)),
        due=draw(st.lists(timings, max_size=3).map(tuple)),
        ongoing=draw(st.booleans()),
        any_one=draw(st.booleans()),
        measure=draw(texts()),
        source=draw(sources),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    begins = draw(days)
    keys = draw(st.lists(texts(1, 8), max_size=4, unique=True))
    optional_names = st.one_of(st.just(()), names)
    return Plan(
        key=draw(slugs),
        title=draw(texts(1, 30)),
        issued=draw(days),
        begins=begins,
        ends=draw(st.one_of(st.none(), st.dates(begins, date(2200, 1, 1)))),
        short=draw(texts()),
        number=draw(texts()),
        issuer=draw(texts()),
        note=draw(texts(most=80)),
        sample=draw(st.booleans()),
        verification=draw(st.sampled_from(["none", "bureau"])),
        confidential=draw(st.booleans()),
        due_on_holiday=draw(st.sampled_from(["stay", "next_workday"])),
        counted_on_holiday=draw(st.sampled_from(["stay", "next_workday"])),
        groups=draw(st.dictionaries(texts(1), st.builds(Group, names, optional_names), max_size=3)),
        aliases=draw(st.dictionaries(texts(1), texts(1), max_size=3)),
        duties=tuple(draw(duties(key)) for key in keys),
    )
