"""What a document says about itself: title, 文号, issuer, date of issue, and the year that other dates mean."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from plans.reading.labels import mentions
from plans.reading.numbering import numbered
from plans.reading.numerals import number
from plans.reading.tidy import half, plain
from plans.reading.values import Head

_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,14}[〔\[(【]\s*((?:19|20)\d\d)\s*[〕\])】]\s*第?\s*\d{1,5}\s*号")
_YEAR = r"(?:(?:19|20)\d\d|[一二][一二三四五六七八九〇零]{3})"
_DATE = re.compile(
    rf"^(?:(?:印发|发布|成文|发文|公开)(?:日期|时间)[:]?)?({_YEAR})年([\d一二三四五六七八九十]{{1,2}})月([\d一二三四五六七八九十]{{1,3}})日(?:\d\d:\d\d)?(?:印发)?$|^((?:19|20)\d\d)-(\d{{1,2}})-(\d{{1,2}})(?:\d\d:\d\d)?$"
)
_SPAN = re.compile(r"(?:19|20)\d\d年?[-—–~至]+(?:19|20)?\d\d年?")
_IN_TITLE = re.compile(r"((?:19|20)\d\d)年")
_TITLE_MOST = 90
_FIRST = 40
_SENTENCE = re.compile(r"[。;,:?!]")
_ATTACHED = re.compile(r"^附(?:件|表|录)?[\d一二三四五六七八九十]{0,2}[:\s]*")
_PATH = re.compile(r"首页|>|»|当前位置|现在的位置")
_UNENDED = ("关于", "印发", "办公室", "人民政府")
_BELOW = re.compile(r"^\([^()]{0,20}年[^()]{0,6}\)$")
_ISSUER_MOST = 30
_HALF_TITLE = 40
_LEAST = 8
_DUE_YEAR = re.compile(r"((?:19|20)\d\d)年(?:\d{1,2}月|底|年底|上半年|下半年|内|第?[一二三四]季度)")


def read_head(lines: Sequence[str], cells: Sequence[str], titles: Sequence[str]) -> Head:
    """The head of a document from its lines; `cells` hold years too, `titles` stand above tables or are the file's."""
    flat = [half(plain(line)) for line in lines]
    title = _title(lines, flat) or next((t for t in titles if mentions(t, "plans")), "") or next(iter(titles[:-1]), "")
    found = next((m for line in flat[:_FIRST] if (m := _NUMBER.search(line)) and len(line) < _TITLE_MOST), None)
    dated = [(index, day) for index, line in enumerate(flat) if (day := _issued(line))]
    index, issued = dated[-1] if dated else (-1, None)
    above = flat[index - 1] if index > 0 else ""
    named = 0 < len(above) < _ISSUER_MOST and not any(f(above) for f in (numbered, _SENTENCE.search, _NUMBER.search))
    heads = [line for line in flat[:_FIRST] if len(line) < _HALF_TITLE and _heads(line)]
    year = _year([title, *titles, *heads], issued, found, [*flat, *(half(plain(cell)) for cell in cells)])
    return Head(title, found[0] if found and title else "", plain(lines[index - 1]) if named else "", issued, year)


def _heads(line: str) -> bool:
    """Whether a line could be the title of a plan, wherever among the first it stands."""
    return mentions(line, "plans") and not numbered(line) and not _SENTENCE.search(line) and not _PATH.search(line)


def _title(lines: Sequence[str], flat: Sequence[str]) -> str:
    for index, line in enumerate(flat[:_FIRST]):
        if numbered(line):
            break
        if _PATH.search(line):
            continue
        bare = _ATTACHED.sub("", line)
        fits = 0 < len(bare) < _TITLE_MOST and mentions(bare, "plans")
        if fits and not _SENTENCE.search(_SPAN.sub("", bare)):
            before = flat[index - 1] if index else ""
            joined = 0 < len(before) < _HALF_TITLE and before.endswith(_UNENDED) and not _NUMBER.search(before)
            below = plain(lines[index + 1]) if index + 1 < len(lines) and _BELOW.match(flat[index + 1]) else ""
            own = plain(lines[index])[len(line) - len(bare) :]
            whole = (plain(lines[index - 1]) if joined else "") + own + below
            return _NUMBER.sub("", whole).strip("《》 ")
    first = flat[0] if flat else ""
    plainly = _LEAST < len(first) < _HALF_TITLE and not _SENTENCE.search(first) and not numbered(first)
    return plain(lines[0]) if plainly and _IN_TITLE.search(first) and not _issued(first) else ""


def _issued(line: str) -> date | None:
    match = _DATE.match(line) if len(line) < _ISSUER_MOST else None
    if match is None:
        return None
    said = [part for part in match.groups() if part]
    try:
        return date(*(number(part) for part in said))
    except ValueError:
        return None


def _year(titles: Sequence[str], issued: date | None, found: re.Match[str] | None, flat: Sequence[str]) -> int | None:
    for title in titles:
        years = _IN_TITLE.findall(_SPAN.sub("", half(title)))
        if years:
            return int(years[0])
    if issued:
        return issued.year
    if found:
        return int(found[1])
    spans = [m for title in titles for m in _SPAN.findall(half(title))]
    if spans:
        return int(spans[0][:4])
    counts = Counter(int(year) for line in flat for year in _DUE_YEAR.findall(line))
    return max(counts, key=lambda year: (counts[year], -year)) if counts else None
