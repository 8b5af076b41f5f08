"""Columns on a terminal, where a Chinese character is two cells wide."""

import shutil
import unicodedata
from collections.abc import Iterator, Sequence

GAP = 2
WIDEST = 100
_NO_START = "，。、；：？！）》」”’…,.;:?!)"


def width(text: str) -> int:
    """Cells on the screen."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def screen() -> int:
    return min(shutil.get_terminal_size((WIDEST, 24)).columns, WIDEST)


def pad(text: str, cells: int) -> str:
    return text + " " * max(0, cells - width(text))


def wrap(text: str, cells: int) -> list[str]:
    """Lines of at most `cells`; Chinese breaks anywhere but before a closing mark, other words stay whole."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width(line + piece.rstrip()) > cells:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str) -> Iterator[str]:
    """What must not be torn apart: a word with the spaces after it, or a wide character with the marks after it."""
    piece = ""
    for sign in text:
        wide = width(sign) > 1
        if piece and sign not in _NO_START and (wide or width(piece[-1]) > 1 or (piece[-1] == " " and sign != " ")):
            yield piece
            piece = ""
        piece += sign
    if piece:
        yield piece


def pairs(rows: Sequence[tuple[str, str]], indent: int = 2) -> list[str]:
    """Two columns, the right one wrapped."""
    left = max((width(first) for first, _ in rows), default=0)
    right = max(20, screen() - indent - left - GAP)
    lines = []
    for first, second in rows:
        head, *rest = wrap(second, right)
        lines.append(f"{' ' * indent}{pad(first, left + GAP)}{head}".rstrip())
        lines += [" " * (indent + left + GAP) + line for line in rest]
    return lines


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Aligned columns under a head, in the width they need."""
    cells = [max(width(row[n]) for row in (head, *rows)) for n in range(len(head))]
    return [(" " * GAP).join(pad(text, cells[n]) for n, text in enumerate(row)).rstrip() for row in (head, *rows)]
