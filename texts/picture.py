"""The week as a picture: one row a unit, each state a shape, a word and a colour; the share in time as a bar."""

import io
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from texts import week as weeks
from texts import words
from texts.reader import Reader
from texts.week import Week, WeekRow

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

USUAL = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)
MOST = 20
"""Units in the picture; more are counted."""
WIDTH, MARGIN, ROW, TOP = 1200, 48, 52, 196
COLUMNS = (("overdue", 430), ("open", 530), ("received", 630), ("reported", 730), ("done", 830))
BAR, BAR_WIDTH = 920, 150
INK, FAINT, LINE, PAPER = "#1f2933", "#7b8794", "#e4e7eb", "#ffffff"
COLOURS: Mapping[str, str] = MappingProxyType(
    {"overdue": "#c81e1e", "open": "#7b8794", "received": "#1d5fbf", "reported": "#0f766e", "done": "#15803d"}
)
SHAPES: Mapping[str, str] = MappingProxyType(
    {"overdue": "▲", "open": "○", "received": "◐", "reported": "●", "done": "✓"}
)


@cache
def font_path() -> str:
    """A font with Chinese signs on this machine; empty where there is none."""
    for path in USUAL:
        if Path(path).is_file():
            return path
    try:
        asked = ["fc-match", "-f", "%{file}|%{lang}", ":lang=zh-cn"]
        found = subprocess.run(asked, capture_output=True, text=True, timeout=5, check=True).stdout  # noqa: S603 fixed words
    except (OSError, subprocess.SubprocessError):
        return ""
    path, _, languages = found.partition("|")
    return path if "zh" in languages and Path(path).is_file() else ""


def draw(reader: Reader, week: Week) -> bytes:
    """The picture as PNG; empty where the machine has no font for it."""
    if not font_path() or not week.rows:
        return b""
    from PIL import Image, ImageDraw  # noqa: PLC0415 only where a picture is drawn

    shown = week.rows[:MOST]
    over = len(week.rows) - len(shown)
    height = TOP + ROW * (len(shown) + 1 + bool(over)) + MARGIN
    image = Image.new("RGB", (WIDTH, height), PAPER)
    pen = ImageDraw.Draw(image)
    _head(pen, reader, week)
    for number, row in enumerate(shown):
        _row(pen, row, TOP + ROW * number)
    end = TOP + ROW * len(shown)
    if over:
        pen.text((MARGIN, end + ROW / 2), reader.say("week.more", n=over), FAINT, _font(22), anchor="lm")
        end += ROW
    pen.line((MARGIN, end, WIDTH - MARGIN, end), INK, 2)
    _row(pen, week.total, end, strong=True)
    kept = io.BytesIO()
    image.save(kept, "PNG")
    return kept.getvalue()


def _head(pen: "ImageDraw", reader: Reader, week: Week) -> None:
    pen.text((MARGIN, 66), weeks.title(reader, week), INK, _font(38, bold=True), anchor="lm")
    pen.text((MARGIN, 116), reader.say("week.about"), FAINT, _font(22), anchor="lm")
    pen.text((MARGIN, 168), reader.say("week.column.unit"), FAINT, _font(21), anchor="lm")
    for name, x in COLUMNS:
        label = f"{SHAPES[name]} {reader.say(f'week.column.{name}')}"
        pen.text((x, 168), label, COLOURS[name], _font(21), anchor="mm")
    pen.text((BAR, 168), reader.say("week.column.rate"), FAINT, _font(21), anchor="lm")
    pen.line((MARGIN, TOP - 6, WIDTH - MARGIN, TOP - 6), INK, 2)


def _row(pen: "ImageDraw", row: WeekRow, top: int, *, strong: bool = False) -> None:
    middle = top + ROW / 2
    pen.text((MARGIN, middle), words.clean(row.unit, 14), INK, _font(24, bold=strong), anchor="lm")
    for name, x in COLUMNS:
        count: int = getattr(row, name)
        colour = COLOURS[name] if count else LINE
        pen.text((x, middle), str(count) if count else "·", colour, _font(25, bold=name == "overdue"), anchor="mm")
    _bar(pen, row.rate, middle)
    if not strong:
        pen.line((MARGIN, top + ROW, WIDTH - MARGIN, top + ROW), LINE, 1)


def _bar(pen: "ImageDraw", rate: float | None, middle: float) -> None:
    if rate is not None:
        pen.rounded_rectangle((BAR, middle - 9, BAR + BAR_WIDTH, middle + 9), 9, LINE)
        if rate > 0:
            wide = max(18, BAR_WIDTH * rate)
            pen.rounded_rectangle((BAR, middle - 9, BAR + wide, middle + 9), 9, COLOURS["reported"])
    pen.text((WIDTH - MARGIN, middle), weeks.percent(rate), INK, _font(23), anchor="rm")


@cache
def _font(size: int, *, bold: bool = False) -> "FreeTypeFont":
    from PIL import ImageFont  # noqa: PLC0415 only where a picture is drawn

    path = font_path()
    heavy = path.replace("-Regular", "-Bold")
    return ImageFont.truetype(heavy if bold and Path(heavy).is_file() else path, size, index=_face(path))


def _face(path: str) -> int:
    """Noto's collection holds Japanese, Korean, Chinese in this order; the third face is Simplified Chinese."""
    return 2 if "NotoSansCJK" in path else 0
