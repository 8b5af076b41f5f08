"""The monthly bulletin 通报 as a Word draft: headline, four short sections, a table by unit, the line for the seal.

The layout follows GB/T 9704-2012 (党政机关公文格式) where a program can: A4, margins 37/35/28/26 mm, headline 二号
(22 pt), text 三号 (16 pt) with a line pitch of 28 pt, first lines indented by two characters.
"""

import io
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from texts.catalogue import say
from usecases.bulletin import MOST_NAMED, Bulletin, Late
from usecases.statistics import Tally

HOWS = ("open", "lapsed", "done")
HEAD, TEXT, TABLE = Pt(22), Pt(16), Pt(12)
PITCH = Pt(28)
ROW = Mm(8)
"""The least height of a line of the table."""
PRINTED, FIRST_COLUMN = 156, 44
"""Millimetres between the margins, and of the column of names."""
HEAD_FONT, TITLE_FONT, TEXT_FONT = "方正小标宋简体", "黑体", "仿宋"
TONGUE = "zh-CN"
"""Of the Chinese signs: without it a reader may take another country's shapes, the commas in the middle."""
SIGNED = 5
"""The last title with its text, an empty line, who signs, and the day."""


def bulletin_draft(bulletin: Bulletin, language: str = "zh") -> bytes:
    """The draft's bytes (docx). Everything people typed stands in it as text."""
    page = _Page(language)
    month = say(language, "bulletin.month", year=bulletin.first.year, month=bulletin.first.month)
    page.line(say(language, "bulletin.title", month=month), HEAD, HEAD_FONT, centred=True)
    page.line("")
    page.line(say(language, "bulletin.to"))
    page.text(say(language, "bulletin.intro", month=month))
    _whole(page, bulletin)
    if bulletin.total.due:
        _good(page, bulletin)
        _late(page, bulletin)
    page.title(say(language, "bulletin.ask.title"))
    page.text(say(language, "bulletin.ask.overdue" if bulletin.total.overdue else "bulletin.ask.fine"))
    page.line("")
    day = bulletin.made_on
    page.line(say(language, "bulletin.sign", office=bulletin.office), right=True)
    page.line(say(language, "bulletin.day", year=day.year, month=day.month, day=day.day), right=True)
    page.together(SIGNED)
    if bulletin.units:
        page.turn()
        page.title(say(language, "bulletin.table.title"))
        page.table(_table(bulletin, language))
    page.line(say(language, "bulletin.draft"), TABLE)
    return page.saved()


def percent(tally: Tally) -> str:
    """The on-time rate, 97.5% or 100%; a dash where nothing was due."""
    rate = tally.on_time_rate
    return "—" if rate is None else f"{round(rate * 100, 1):g}%"


def _whole(page: "_Page", bulletin: Bulletin) -> None:
    total = bulletin.total
    page.title(say(page.language, "bulletin.whole.title"))
    if not total.due:
        page.text(say(page.language, "bulletin.whole.none"))
        return
    counts = {
        name: getattr(total, name)
        for name in ("due", "on_time", "late", "overdue", "lapsed", "extended", "returned", "waived")
    }
    page.text(say(page.language, "bulletin.whole.text", units=len(bulletin.units), rate=percent(total), **counts))


def _good(page: "_Page", bulletin: Bulletin) -> None:
    page.title(say(page.language, "bulletin.good.title"))
    units = say(page.language, "list.joiner").join(bulletin.on_time)
    page.text(say(page.language, "bulletin.good.text" if units else "bulletin.good.none", units=units))


def _late(page: "_Page", bulletin: Bulletin) -> None:
    page.title(say(page.language, "bulletin.late.title"))
    if not bulletin.late:
        page.text(say(page.language, "bulletin.late.none"))
    groups: dict[tuple[str, date], list[Late]] = {}
    for late in bulletin.late:
        groups.setdefault((late.title, late.due), []).append(late)
    for (title, due), held in list(groups.items())[:MOST_NAMED]:
        page.text(_named(title, due, held, page.language))
    if len(groups) > MOST_NAMED:
        page.text(say(page.language, "bulletin.late.more", n=len(groups) - MOST_NAMED))


def _named(title: str, due: date, held: Sequence[Late], language: str) -> str:
    """One duty and every unit that was late with it, those still open first."""
    said = [
        say(language, f"bulletin.late.{how}", units=units) for how in HOWS if (units := _units(held, how, language))
    ]
    joined = say(language, "bulletin.late.then").join(said)
    shown = title or say(language, "part.confidential")
    return say(language, "bulletin.late.line", title=shown, month=due.month, day=due.day, said=joined)


def _units(held: Sequence[Late], how: str, language: str) -> str:
    """The units late in that way, those with the same number of days together."""
    by_days: dict[int, list[str]] = {}
    for late in held:
        if late.how == how:
            by_days.setdefault(late.days, []).append(late.unit)
    comma = say(language, "list.joiner")
    groups = sorted(by_days.items(), reverse=True)
    return comma.join(say(language, "bulletin.late.unit", unit=comma.join(units), n=n) for n, units in groups)


def _table(bulletin: Bulletin, language: str) -> list[list[str]]:
    rows = [*bulletin.units, (say(language, "bulletin.table.total"), bulletin.total)]
    head = [say(language, f"bulletin.table.column.{column}") for column in range(9)]
    return [head, *([name, *_counts(tally)] for name, tally in rows)]


def _counts(tally: Tally) -> list[str]:
    names = ("due", "on_time", "late", "overdue", "lapsed", "extended", "returned")
    return [*(str(getattr(tally, name)) for name in names), percent(tally)]


class _Page:
    """A document that is written from top to bottom."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._document = Document()
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
        for held in self._document.styles.element.iter(qn("w:lang")):
            held.set(qn("w:eastAsia"), TONGUE)

    def title(self, words: str) -> None:
        self._add(words, TEXT, TITLE_FONT, indent=True)

    def text(self, words: str) -> None:
        self._add(words, TEXT, TEXT_FONT, indent=True)

    def line(
        self, words: str, size: Pt = TEXT, font: str = TEXT_FONT, *, centred: bool = False, right: bool = False
    ) -> None:
        paragraph = self._add(words, size, font, indent=False)
        if centred or right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.RIGHT

    def together(self, count: int) -> None:
        """The last `count` paragraphs stand on one page: a signature never stands alone."""
        for paragraph in self._document.paragraphs[-count:-1]:
            paragraph.paragraph_format.keep_with_next = True

    def turn(self) -> None:
        """What follows stands on a new page."""
        self._document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        table = self._document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
        table.autofit = False
        widths = [Mm(FIRST_COLUMN), *[Mm((PRINTED - FIRST_COLUMN) / (len(rows[0]) - 1))] * (len(rows[0]) - 1)]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width  # LibreOffice goes by the columns, Word by the cells
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - no public way to it
        for number, (cells, row) in enumerate(zip(table.rows, rows, strict=True)):
            cells.height, font = ROW, TEXT_FONT if number else TITLE_FONT
            for place, (cell, words) in enumerate(zip(cells.cells, row, strict=True)):
                cell.width, cell.vertical_alignment = widths[place], WD_CELL_VERTICAL_ALIGNMENT.CENTER
                paragraph = cell.paragraphs[0]
                paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if place == 0 else WD_ALIGN_PARAGRAPH.CENTER
                _run(paragraph, words, TABLE, font)

    def saved(self) -> bytes:
        out = io.BytesIO()
        self._document.save(out)
        return out.getvalue()

    def _add(self, words: str, size: Pt, font: str, *, indent: bool) -> Any:  # noqa: ANN401 - python-docx has no public type for it
        paragraph = self._document.add_paragraph()
        layout = paragraph.paragraph_format
        layout.space_before = layout.space_after = Pt(0)
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, PITCH
        if indent:
            layout.first_line_indent = Pt(size.pt * 2)
        _run(paragraph, words, size, font)
        return paragraph


def _run(paragraph: Any, words: str, size: Pt, font: str) -> None:  # noqa: ANN401 - python-docx has no public type for it
    """Text in a Chinese typeface; XML takes no control signs."""
    run = paragraph.add_run("".join(sign for sign in words if unicodedata.category(sign) not in {"Cc", "Cs"}))
    run.font.size, run.font.name = size, font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001 - no public way to it
