"""Cleaning what pages, scans and conversions leave in a text. Words are kept; only noise between them goes."""

import re
import unicodedata
from functools import cache, lru_cache
from operator import ne

_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TONED = re.compile(r"[(（]\s*[a-zü]*[āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ][a-zāáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜü]*\s*[)）]")
_TONELESS = re.compile(r"(?<=[\u4e00-\u9fff])[(（]\s*[a-z]{1,6}\s*[)）]")
_VARIANT = re.compile(r"[\u2474-\u249b\u2e80-\u2fdf\uf900-\ufaff]")
_MANY_NOTES = 3
_GAP = re.compile(r"[ \t\u3000\u00a0\u2000-\u200a]+")
_LOOSE = re.compile(r"(?<![A-Za-z]) +| +(?![A-Za-z])")
_CJK = r"\u4e00-\u9fff\u3400-\u4dbf"
_SIGNS = r"，。、；：？！（）《》〈〉【】〔〕“”‘’％…—·,;:()%"
_BY_SIGN = re.compile(rf"(?<=[{_SIGNS}]) +| +(?=[{_SIGNS}])")
_BY_DIGIT = re.compile(rf"(?<=[0-9０-９]) +(?=[{_CJK}])|(?<=[{_CJK}]) +(?=[0-9０-９])")
_HALF = {chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)} | dict(
    zip("“”„‟∶︰﹕﹔﹐﹒﹙﹚－﹣‒―─〜∼～［］０○", '"""":::;,.()-----~~~[]0〇', strict=True)
)
# PDF writers put radicals where characters belong; Unicode normalises those of Kangxi, not these.
_RADICALS = str.maketrans(
    "⺠⺟⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⺩⺎⺈⺮⺶⻌",
    "民母虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟王兀刀竹羊辶",
)
_TRADITIONAL_SHARE = 0.02
_FEW = 20
REMEMBERED = 2048
"""Texts of one document of which it is remembered what was made of them: each is asked for from several sides."""
_NOT_HAN = re.compile(r"[^\u4e00-\u9fff]+")


def has_notes(text: str) -> bool:
    """Whether pronunciation is noted in brackets after characters: 關(guān)."""
    return len(_TONED.findall(text)) >= _MANY_NOTES


def clean(text: str, *, noted: bool = False) -> str:
    """The text without notes of pronunciation and invisible signs."""
    text = _INVISIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _VARIANT.search(text):
        text = text.translate(_RADICALS)
        text = "".join(unicodedata.normalize("NFKC", c) if _VARIANT.match(c) else c for c in text)
    text = _TONED.sub("", text)
    return _TONELESS.sub("", text) if noted else text


def spaced(text: str) -> str:
    """One line with single gaps, and none beside digits and signs; a gap between words is kept for names in a row."""
    text = _GAP.sub(" ", text).strip()
    return _BY_DIGIT.sub("", _BY_SIGN.sub("", text))


@lru_cache(REMEMBERED)
def plain(text: str) -> str:
    """The text without gaps between Chinese words."""
    return _LOOSE.sub("", text) if " " in text else text


@lru_cache(REMEMBERED)
def half(text: str) -> str:
    """The same text in half-width signs, sign for sign, so that places stay what they were."""
    for sign in _HALF.keys() & set(text):  # few signs often: a third of what translate takes
        text = text.replace(sign, _HALF[sign])
    return text


def to_simplified(text: str) -> tuple[str, bool]:
    """The text in Simplified characters and whether it was in Traditional ones."""
    han = len(_NOT_HAN.sub("", text))
    if not han:
        return text, False
    turned = _converter().convert(text)
    if turned == text:
        return text, False
    changed = sum(map(ne, text, turned))
    return (turned, True) if changed > max(_TRADITIONAL_SHARE * han, 1) or (han < _FEW and changed) else (text, False)


@cache
def _converter() -> "_Converter":
    import opencc  # noqa: PLC0415 - 2 MB of dictionaries, for the one command that reads documents

    made: _Converter = opencc.OpenCC("t2s")
    return made


class _Converter:
    """What is used of OpenCC."""

    def convert(self, text: str) -> str:
        raise NotImplementedError
