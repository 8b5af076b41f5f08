"""The numbers that Word shows before a paragraph without storing them: counted here as Word counts them."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from plans.reading.formats.wordparts import parsed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN = "〇一二三四五六七八九"
_HAN_FORMATS = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographTraditional",
        "ideographDigital",
        "japaneseDigitalTenThousand",
    }
)
_CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
_LEVELS = 9
_DEPTH = 12
_MOST_CIRCLED = 20
_LETTERS = 26


class Numbers:
    """Counts the numbered paragraphs of one document, in order."""

    def __init__(self, styles: bytes, numbering: Any) -> None:  # noqa: ANN401 - lxml's elements
        """The part of the styles as it is stored, and the root of the numbering, None where there is none."""
        self._stored = styles
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.counts: dict[str, list[int | None]] = {}
        self.abstract: dict[str, str] = {}
        if numbering is None:
            return
        for one in numbering.iter(f"{_W}abstractNum"):
            self.levels[one.get(f"{_W}abstractNumId", "")] = dict(map(_level, one.iter(f"{_W}lvl")))
        for num in numbering.iter(f"{_W}num"):
            link = num.find(f"{_W}abstractNumId")
            self.abstract[num.get(f"{_W}numId", "")] = link.get(f"{_W}val", "") if link is not None else ""

    @cached_property
    def styles(self) -> Mapping[str | None, Any]:
        """The styles by id, parsed when the first paragraph names one."""
        held = parsed(self._stored).iter(f"{_W}style") if self._stored else ()
        return {one.get(f"{_W}styleId"): one for one in held}

    def take(self, paragraph: Any) -> tuple[str, int]:  # noqa: ANN401 - lxml's elements
        """The number before a paragraph, and its heading level, 0 when it is no heading."""
        properties = paragraph.find(f"{_W}pPr")
        style = properties.find(f"{_W}pStyle") if properties is not None else None
        name = style.get(f"{_W}val") if style is not None else None
        numbering = self._numbering(properties, name)
        return (self._next(*numbering) if numbering else ""), self._heading(name)

    def _numbering(self, properties: Any, style: str | None) -> tuple[str, int] | None:  # noqa: ANN401 - lxml's elements
        number, level = _num_pr(properties)
        for _ in range(_DEPTH):
            if number is not None or style is None or style not in self.styles:
                break
            element = self.styles[style]
            number, inherited = _num_pr(element.find(f"{_W}pPr"))
            level = level if level is not None else inherited
            based = element.find(f"{_W}basedOn")
            style = based.get(f"{_W}val") if based is not None else None
        return None if number in {None, "0"} else (str(number), min(level or 0, _LEVELS - 1))

    def _next(self, number: str, level: int) -> str:
        abstract = self.abstract.get(number, "")
        levels = self.levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(abstract, [None] * _LEVELS)
        before = counts[level]
        counts[level] = levels[level][2] if before is None else before + 1
        for deeper in range(level + 1, _LEVELS):
            counts[deeper] = None
        style, text, _ = levels[level]
        if style in {"bullet", "none"}:
            return ""
        for one in range(level + 1):
            shown, _, start = levels.get(one, ("decimal", "", 1))
            text = text.replace(f"%{one + 1}", _shown(counts[one] or start, shown))
        return text

    def _heading(self, style: str | None) -> int:
        for _ in range(_DEPTH):
            if style is None or style not in self.styles:
                return 0
            element = self.styles[style]
            name = element.find(f"{_W}name")
            said = str(name.get(f"{_W}val", "")).lower() if name is not None else ""
            if said.startswith("heading ") and said[8:].isdigit():
                return int(said[8:])
            based = element.find(f"{_W}basedOn")
            style = based.get(f"{_W}val") if based is not None else None
        return 0


def _num_pr(properties: Any) -> tuple[str | None, int | None]:  # noqa: ANN401 - lxml's elements
    found = properties.find(f"{_W}numPr") if properties is not None else None
    if found is None:
        return None, None
    number, level = found.find(f"{_W}numId"), found.find(f"{_W}ilvl")
    said = level.get(f"{_W}val", "0") if level is not None else None
    return (number.get(f"{_W}val") if number is not None else None), int(said) if said and said.isdigit() else None


def _level(element: Any) -> tuple[int, tuple[str, str, int]]:  # noqa: ANN401 - lxml's elements
    def value(tag: str, otherwise: str) -> str:
        child = element.find(f"{_W}{tag}")
        return str(child.get(f"{_W}val", otherwise)) if child is not None else otherwise

    start = value("start", "1")
    level = element.get(f"{_W}ilvl", "0")
    return int(level) if level.isdigit() else 0, (
        value("numFmt", "decimal"),
        value("lvlText", ""),
        int(start) if start.isdigit() else 1,
    )


def _shown(count: int, style: str) -> str:
    if style in _HAN_FORMATS:
        return han(count)
    if style in _CIRCLED and 1 <= count <= _MOST_CIRCLED:
        return chr(ord("①") + count - 1)
    letters: Mapping[str, str] = {"upperLetter": "A", "lowerLetter": "a"}
    if style in letters and 1 <= count <= _LETTERS:
        return chr(ord(letters[style]) + count - 1)
    return str(count)


def han(count: int) -> str:
    """A count below a thousand in Chinese: 12 is 十二."""
    hundreds, rest = divmod(count, 100)
    tens, ones = divmod(rest, 10)
    said = _HAN[hundreds] + "百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else _HAN[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (_HAN[ones] if ones or not count else "")
