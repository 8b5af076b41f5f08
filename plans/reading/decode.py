"""From bytes to text, in a fixed order: marks, UTF-16, UTF-8, then GB18030 or Big5, which is told as a doubt."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_USUAL = "的一是在和年月日位任务務责責单單完成时時限工作各市县縣区區局部门門按前底、。，：；（）"
_LOST_SHARE = 0.01
_SAMPLE = 200_000
_LEAST = 4
_HIGH = bytes((*range(0x4E, 0xA0), 0x30, 0xFF))
"""The high bytes of Chinese characters and their signs in UTF-16."""


def decode(data: bytes) -> tuple[str, str, str]:
    """The text, the name of its encoding, and a note when the encoding is a guess."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), name.removesuffix("-sig"), ""
    wide = _utf16(data)
    if wide:
        return data.decode(wide, "replace"), wide, f"文件没有写明编码，按 {wide} 读取，请核对文字。"
    try:
        return data.decode("utf-8"), "utf-8", ""
    except UnicodeDecodeError:
        pass
    lost = data.decode("utf-8", "replace")
    if lost.count("\ufffd") < max(3, _LOST_SHARE * len(lost)) and _usual(lost) > 0:
        return lost, "utf-8", "文件里有损坏的字，已略过，请核对文字。"
    return _double_byte(data)


def _double_byte(data: bytes) -> tuple[str, str, str]:
    texts = {name: data.decode(name, "replace") for name in ("gb18030", "big5hkscs")}
    name = max(texts, key=lambda one: _usual(texts[one]) - 3 * texts[one][:_SAMPLE].count("\ufffd"))
    said = "Big5" if name.startswith("big5") else "GB18030"
    return texts[name], said, f"文件没有写明编码，按 {said} 读取，请核对文字。"


def _utf16(data: bytes) -> str:
    head = data[:_SAMPLE]
    if len(head) < _LEAST or len(head) % 2:
        return ""
    for name, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        zeros, han = high.count(0), len(high) - len(high.translate(None, _HIGH))
        if (zeros + han) > 0.95 * len(high) and (zeros > 0.02 * len(high)):
            return name
    return ""


def _usual(text: str) -> int:
    """How often the commonest signs of such documents stand in a text; the wrong encoding gives few."""
    sample = text[:_SAMPLE]
    return len(re.findall(f"[{_USUAL}]", sample)) - len(re.findall(r"[\ue000-\uf8ff\u3100-\u312f]", sample))
