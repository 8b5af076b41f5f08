"""Which dates in a text are time limits. In a time field all are; in prose those with 前, 到, 于 or a verb of doing."""

import re
from functools import cache

from plans.reading.grammar import Phrase, tables

_RANGE = re.compile(r"(?:份|日|起|初|开始)?(?:至|到|-{1,2}|—{1,2}|–|~|起至)")
_LISTED = re.compile(r"[、和及与,](?:各)?")
_TITLE_MOST = 120
_NUMBER_MOST = 12
_NEAR = 40
_DID = re.compile(r".{0,4}(?:完成|开展|组织|召开|举办|出台|印发|制定|建成)了")
_ATTRIBUTE = re.compile(
    r"(?:[^,的]{1,2}|投入使用|投入运营|建成投用|参加工作|签订合同|登记注册|注册登记|批准立项|印发实施|制定出台)的[^情工]"
)
_CLAUSE = re.compile(r"[,。;:!?\n]")
_HAPPENED = re.compile(r"(?:召开|印发|发布|公布|通过|签署|施行|修订|举行|成立)(?:的[^,。;]*)?(?=[)。;]|$)")
_REPORTED = re.compile(r"[^。;]*?(?:开展|组织|召开|反馈|进行|完成|举办|印发|通报|检查)了")
_BARE_YEAR_GOES_ON = re.compile(r"全年|[^,;。、]{1,12}(?:前|后)")


def joined(text: str, phrases: list[Phrase]) -> list[Phrase]:
    """The phrases with every range "from A to B" made one: its end."""
    made: list[Phrase] = []
    for phrase in phrases:
        last = made[-1] if made else None
        if last is not None and _is_range(text, last, phrase):
            made[-1] = _range(last, phrase)
            continue
        made.append(phrase)
    return made


def _is_range(text: str, first: Phrase, last: Phrase) -> bool:
    dates = first.kind == last.kind == "dates" and not first.before
    return dates and _RANGE.fullmatch(text, first.end, last.start) is not None


def _range(first: Phrase, last: Phrase) -> Phrase:
    year = {key: first.said[key] for key in ("Y", "R") if key in first.said and "Y" not in last.said}
    return Phrase("dates", first.start, last.end, {**year, **last.said}, {**last.entry, "range": True})


def limits(text: str, phrases: list[Phrase], *, field: bool) -> list[Phrase]:
    """The phrases without the dates that limit nothing."""
    kept: list[Phrase] = []
    for index, phrase in enumerate(phrases):
        if phrase.kind == "dates" and not _is_limit(text, phrases, index, field=field):
            continue
        if phrase.kind == "periods" and not field and not _period_counts(text, phrase):
            continue
        if _in_title(text, phrase.start):
            continue
        kept.append(phrase)
    return kept


def _in_title(text: str, at: int) -> bool:
    """Whether a place stands within 《…》 or 〔…〕."""
    marks = (("《", "》", _TITLE_MOST), ("〔", "〕", _NUMBER_MOST))
    return any(
        text.rfind(opens, max(0, at - most), at) > text.rfind(closes, max(0, at - most), at)
        for opens, closes, most in marks
    )


def _is_limit(text: str, phrases: list[Phrase], index: int, *, field: bool) -> bool:
    phrase = phrases[index]
    rest = text[phrase.end : phrase.end + 4]
    if field:
        return _bare_year_counts(text, phrases, index) and not _only_begins(text, phrases, index)
    if rest.startswith(_words("not_after")) and not rest.startswith(("后续",)):
        return False
    if text[phrase.end - 1 : phrase.end + 4].startswith(_words("not_after")) or _attributive(text, phrase):
        return False
    if _past(text, phrase):
        return False
    return _is_firm(text, phrase) or _listed(text, phrases, index)


def _only_begins(text: str, phrases: list[Phrase], index: int) -> bool:
    """自2025年1月起，每季度末: where a field says more, the date from which it counts is no limit."""
    begins = not phrases[index].before and len(phrases) > 1
    return begins and re.match(r"份?起(?!至|到)", text[phrases[index].end :]) is not None


def _bare_year_counts(text: str, phrases: list[Phrase], index: int) -> bool:
    """In a field 2026年 alone is its end; 2026年国庆节前 is not. 2024—2026年每年… names the span of a period."""
    phrase = phrases[index]
    if index + 1 < len(phrases) and phrases[index + 1].kind == "periods" and phrases[index + 1].start == phrase.end:
        return False
    bare = phrase.entry.get("gives") == "year" and phrase.entry.get("field")
    return not bare or phrase.before or _BARE_YEAR_GOES_ON.match(text, phrase.end) is None


def _is_firm(text: str, phrase: Phrase) -> bool:
    clause = _clause_start(text, phrase.start)
    leads = text[max(clause, phrase.start - 3) : phrase.start].endswith(_words("leads"))
    does = text.startswith(_words("verbs"), phrase.end) or text.startswith("前", phrase.end)
    if not phrase.before and not leads and phrase.entry.get("gives") == "day" and _HAPPENED.match(text, phrase.end):
        return False
    if phrase.entry.get("range"):
        opens = phrase.start == clause or leads
        return opens and (does or text.startswith((",", "期间"), phrase.end)) and not _REPORTED.match(text, phrase.end)
    if phrase.before or phrase.entry.get("firm") or leads:
        return True
    return does and text[phrase.end : phrase.end + 4].find("了") < 0


def _listed(text: str, phrases: list[Phrase], index: int) -> bool:
    """6月、12月底前: the first date is as firm as the one after the comma."""
    if index + 1 >= len(phrases) or phrases[index + 1].kind != "dates":
        return False
    after = phrases[index + 1]
    return after.before and _LISTED.fullmatch(text, phrases[index].end, after.start) is not None


def _attributive(text: str, phrase: Phrase) -> bool:
    """2000年底前建成的小区: the date belongs to a thing, not to a duty."""
    clause = _CLAUSE.search(text, phrase.end, phrase.end + _NEAR)
    rest = text[phrase.end : clause.start() if clause else phrase.end + _NEAR][:7]
    return _ATTRIBUTE.match(rest) is not None and not rest.startswith(("将", "对", "把"))


def _past(text: str, phrase: Phrase) -> bool:
    start, end = _clause_start(text, phrase.start), _CLAUSE.search(text, phrase.end, phrase.end + _NEAR)
    before = text[max(start, phrase.start - 20) : phrase.start]
    after = text[phrase.end : min(phrase.end + 8, end.start() if end else len(text))]
    words = _words("past")
    done = ("已", "曾")
    if after.startswith(done) or _DID.match(after):
        return True
    return any(word in after or word in before[-8:] for word in words if not word.startswith(done))


def _period_counts(text: str, phrase: Phrase) -> bool:
    """按月报送 is a rhythm in prose when something is done; 按季度性 is none."""
    if phrase.entry.get("firm") is not False:
        return not text.endswith(("了", "上", "近", "过去"), 0, phrase.start)
    return text.startswith(_words("rhythm_verbs"), phrase.end)


def _clause_start(text: str, at: int) -> int:
    start = 0
    for match in _CLAUSE.finditer(text, max(0, at - 80), at):
        start = match.end()
    return start or max(0, at - 80)


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(tables()[name])
