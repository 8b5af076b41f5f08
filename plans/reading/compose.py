"""Timings out of phrases: a period and what follows it, a date and its year, so many days after an event.

`tell` reads a time field, where any date counts, or the body of a text, where only what is plainly a time limit does.
What is a time but gives no timing comes back as a doubt, with the words as they stand.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from plans.reading.after import event_timing
from plans.reading.dates import day_in, is_month_end, year_of
from plans.reading.firm import joined, limits
from plans.reading.grammar import Phrase, scan
from plans.reading.periods import every
from plans.reading.tidy import REMEMBERED
from schedules.timing import By, Event, Timing

_FIELD = frozenset({"dates", "periods", "days", "counts", "amounts", "within"})
_SENTENCE = re.compile(r"[^。;\n!?]+")


@dataclass(frozen=True, slots=True)
class Told:
    """A timing and where in the text it is said."""

    timing: Timing
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that speak of a time and give none, with the reason: no_year, no_day, other_period, no_event."""

    words: str
    reason: str


Found: TypeAlias = Told | Doubt


@dataclass(slots=True)
class _Reader:
    """One text being read; `carried` is the year last named in it."""

    text: str
    base: int | None
    field: bool
    carried: int | None = None

    def read(self) -> Iterator[Found]:
        for sentence in _SENTENCE.finditer(self.text):
            if not self.field:
                self.carried = None
            phrases = joined(self.text, self._phrases(sentence.start(), sentence.end()))
            yield from self._sentence(limits(self.text, phrases, field=self.field))

    def _phrases(self, start: int, end: int) -> list[Phrase]:
        return [
            Phrase(p.kind, p.start + start, p.end + start, p.said, p.entry)
            for p in _scanned(self.text[start:end], field=self.field)
        ]

    def _sentence(self, phrases: list[Phrase]) -> Iterator[Found]:
        at = 0
        while at < len(phrases):
            phrase = phrases[at]
            if at + 1 < len(phrases) and phrases[at + 1].entry.get("post"):
                yield from self._period([phrases[at + 1], phrase])
                at += 2
                continue
            group = _group(phrases, at)
            if phrase.kind == "periods":
                yield from self._period(group)
                at += len(group)
                continue
            yield from self._single(phrase)
            at += 1

    def _period(self, group: list[Phrase]) -> Iterator[Found]:
        if group[0].entry["gives"] == "other":
            yield Doubt(self.text[group[0].start : group[-1].end], "other_period")
            return
        for timing, start, end in every(self.text, group):
            yield Told(
                timing, min(start, group[-1].start), max(end, group[0].end if group[0].entry.get("post") else end)
            )

    def _single(self, phrase: Phrase) -> Iterator[Found]:
        if phrase.kind == "dates":
            yield self._date(phrase)
        elif (
            phrase.kind == "days"
            and (alone := phrase.entry.get("alone"))
            and (phrase.before or self.field or phrase.entry.get("firm"))
        ):
            head = Phrase("periods", phrase.start, phrase.start, {}, {"gives": alone})
            for timing, start, end in every(self.text, [head, phrase]):
                yield Told(timing, start, end)
        elif phrase.kind == "within":
            timing_or_none, start = event_timing(self.text, phrase, field=self.field)
            if timing_or_none is not None:
                yield Told(timing_or_none, start, phrase.end)
            elif self.field:
                yield Doubt(self.text[phrase.start : phrase.end], "no_event")

    def _date(self, phrase: Phrase) -> Found:
        said = year_of(phrase, self.base)
        if said is not None:
            self.carried = said
        year = self.carried or self.base
        words = self.text[phrase.start : phrase.end]
        if year is None:
            return Doubt(words, "no_year")
        try:
            return Told(By(day_in(year, phrase), month_end=is_month_end(phrase)), phrase.start, phrase.end)
        except ValueError:
            return Doubt(words, "no_day")


@lru_cache(REMEMBERED)
def _scanned(sentence: str, *, field: bool) -> tuple[Phrase, ...]:
    return tuple(scan(sentence, _FIELD, field=field))


def tell(text: str, base: int | None, *, field: bool) -> tuple[list[Told], list[Doubt]]:
    """The timings said in a text (half-width) and what remains in doubt, in order; `base` is the year meant."""
    found = list(_Reader(text, base, field).read())
    told = [one for one in found if isinstance(one, Told)]
    events = [one for one in told if isinstance(one.timing, Event)]
    told = [one for one in told if one in events or not any(e.start <= one.start and one.end <= e.end for e in events)]
    return told, [one for one in found if isinstance(one, Doubt)]


def _group(phrases: list[Phrase], at: int) -> list[Phrase]:
    """The period at `at` and what it governs: up to the next period or a date with a year of its own."""
    group = [phrases[at]]
    for phrase in phrases[at + 1 :]:
        own_year = phrase.kind == "dates" and ("Y" in phrase.said or phrase.said.get("R", "次") not in {"次", "翌"})
        month_in_month = phrase.kind == "dates" and phrases[at].entry.get("gives") in {"monthly", "quarterly"}
        if phrase.kind in {"periods", "within"} or own_year or month_in_month:
            break
        group.append(phrase)
    return group
