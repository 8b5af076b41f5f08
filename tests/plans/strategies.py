"""Any plan that could be written down: what the round trips are tried with."""

from calendar import monthrange
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from schedules.plan import ROLES, Duty, Group, Plan
from schedules.timing import PER, AfterDone, By, Event, Every, EveryNYears, Period, Quantity, Timing

# Words that YAML could take for something else stand beside Chinese text and chance.
TRICKY = ["010", "2024-02-29", "yes", "null", "~", "1:20", "=", "<<", "-", "#5", "'", '"', "|", ">", "0x1F", "1_0"]
TRICKY += [".5", "-0", "1e5", "[甲", "{甲", "&甲", "*甲", "!甲", "%甲", "@甲", "`甲", "甲:", "甲:乙", "甲#乙", "---"]
TRICKY += ["...", "- 甲", "甲: 乙", "甲 #乙", "? 甲"]
CHARACTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z"))

_drawn = st.text(st.one_of(CHARACTERS, st.sampled_from("任务 每年底前〔〕、（）")), max_size=12).map(str.strip)
texts = st.one_of(st.sampled_from(TRICKY), _drawn)
words = texts.filter(bool)
prose = st.lists(texts, max_size=3).map(lambda lines: "\n".join(lines).strip())

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
month_ends = days.map(lambda day: day.replace(day=monthrange(day.year, day.month)[1]))
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
amounts = st.one_of(st.integers(1, 10**6), st.decimals(Decimal("0.01"), Decimal(9999), places=2))
counts = st.integers(1, 9)


def _in_some_year(month: int, day: int | None, *, ends: bool, count: int) -> Every:
    """A yearly timing whose day is one that its month has, and the last one where it says so."""
    longest = monthrange(2024, month)[1]
    return Every(Period.YEAR, month, day and (longest if ends else min(day, longest)), month_end=ends, min_count=count)


yearly = st.builds(
    _in_some_year, st.integers(1, 12), st.one_of(st.none(), st.integers(1, 31)), ends=st.booleans(), count=counts
)
timings: st.SearchStrategy[Timing] = st.one_of(
    st.builds(By, days, texts),
    st.builds(By, month_ends, texts, month_end=st.just(value=True)),
    yearly,
    st.builds(Every, st.sampled_from(Period), min_count=counts),
    st.builds(Every, st.sampled_from(Period), day=st.integers(1, 28), min_count=counts),
    st.builds(
        EveryNYears,
        st.integers(1, 50),
        st.one_of(st.none(), st.integers(1950, 2150)),
        st.integers(1, 12),
        st.integers(1, 28),
    ),
    st.builds(Event, words, st.integers(0, 400), st.sampled_from(["calendar", "working"])),
    st.builds(Quantity, amounts, words, st.sampled_from(list(PER))),
    st.builds(AfterDone, days, months=st.integers(1, 60)),
    st.builds(AfterDone, days, days=st.integers(1, 400), day_kind=st.sampled_from(["calendar", "working"])),
)
names = st.lists(words, min_size=1, max_size=3, unique=True).map(tuple)
no_names: st.SearchStrategy[tuple[str, ...]] = st.just(())
sources: st.SearchStrategy[dict[str, int | str]] = st.fixed_dictionaries(
    {}, optional={"line": st.integers(1, 9999), "quote": words, "sheet": words}
)
duties = st.builds(
    Duty,
    key=words.filter(lambda key: not key.startswith("~")),
    item=texts.filter(lambda item: not item.startswith("~")),
    title=words,
    text=prose,
    section=texts,
    kind=st.sampled_from(["standard", "report", "recurring"]),
    roles=st.dictionaries(st.sampled_from(ROLES), names),
    due=st.lists(timings, max_size=3).map(tuple),
    ongoing=st.booleans(),
    any_one=st.booleans(),
    measure=texts,
    source=sources,
)
plans = st.builds(
    Plan,
    key=slugs,
    title=words,
    issued=days,
    begins=days,
    ends=st.one_of(st.none(), st.dates(date(2151, 1, 1), date(2200, 1, 1))),
    short=texts,
    number=texts,
    issuer=texts,
    note=prose,
    sample=st.booleans(),
    verification=st.sampled_from(["none", "bureau"]),
    confidential=st.booleans(),
    due_on_holiday=st.sampled_from(["stay", "next_workday"]),
    counted_on_holiday=st.sampled_from(["stay", "next_workday"]),
    groups=st.dictionaries(words, st.builds(Group, st.one_of(no_names, names), names), max_size=3),
    aliases=st.dictionaries(words, words, max_size=3),
    duties=st.lists(duties, max_size=3, unique_by=lambda duty: duty.key).map(tuple),
)
