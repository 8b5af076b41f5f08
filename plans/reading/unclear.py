"""The sentences about what was not understood, each with its place."""

from collections.abc import Iterator

from plans.reading.compose import Doubt, tell
from plans.reading.fields import Fields
from plans.reading.tidy import half, plain
from plans.reading.values import Source, Unclear

_SENTENCES = {
    "no_time": "完成时限“{words}”没有日期",
    "no_year": "“{words}”没有写年份，文件里也找不到年份",
    "no_day": "“{words}”不是真实的日期",
    "other_period": "“{words}”的周期目前不能提醒",
    "no_event": "“{words}”没有写明从什么时候算起",
}
_MOST = 40
_READ = 4000


def doubts_of(fields: Fields, text: str, base: int | None, *, place: str, source: Source) -> Iterator[Unclear]:
    """What the fields of an item and its text leave in doubt."""
    for doubt in fields.doubts:
        yield _unclear(doubt, place, source)
    for doubt in tell(half(plain(text[:_READ])), base, field=False)[1]:
        yield _unclear(doubt, place, source)


def _unclear(doubt: Doubt, place: str, source: Source) -> Unclear:
    words = doubt.words if len(doubt.words) <= _MOST else doubt.words[:_MOST] + "…"
    return Unclear(place, f"{place}：{_SENTENCES[doubt.reason].format(words=words)}", source)


def nothing_found() -> Unclear:
    """A document without duties says so."""
    return Unclear("全文", "全文：没有找到任务。这份文件可能不是派任务的文件，或者任务写在图片里。")
