"""Marks of secrecy: 秘密★10年, 内部资料 注意保存. A document that bears one is refused and not repeated."""

import re
from collections.abc import Iterable, Iterator

from plans.reading.tidy import half
from plans.reading.values import Block, Paragraph

_MARK = re.compile(
    r"^[\[(【<★☆\s]*(?:密级[:：]?)?(?:绝密|机密|秘密|工作秘密|商业秘密|内部(?:资料|文件|材料|使用|事项|公开|参阅|掌握|刊物))"
    r"(?:级)?[\])】>\s]*(?:[★☆*·.,，、/\-—]?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3}|长期|启用前|注意保存|请勿外传|不得外传|不得翻印|不得公开|严禁外传|妥善保管|年|个?月|天|☆|★)*)*[。!！\])】]*$"
)
_FIRST = 60
_MOST = 30


def is_marked(blocks: Iterable[Block], margins: Iterable[str]) -> bool:
    """Whether a line at the head of a document or in its margins is a mark of secrecy."""
    return any(
        _MARK.match(half("".join(line.split())))
        for line in (*_first_lines(blocks), *margins)
        if 0 < len(line.strip()) <= _MOST
    )


def _first_lines(blocks: Iterable[Block]) -> Iterator[str]:
    seen = 0
    for block in blocks:
        texts = [block.text] if isinstance(block, Paragraph) else [c.text for row in block.rows[:6] for c in row]
        for text in texts:
            for line in re.split(r"[\n\t]|\s{3,}", text):
                yield line
                seen += 1
        if seen > _FIRST:
            return
