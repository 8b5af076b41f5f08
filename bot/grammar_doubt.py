"""Doubt: what must never be read as done. 完成不了, 没完成, 什么时候完成, 下周完成 look like reports and are none."""

import re
from typing import Literal

from bot.vocabulary import either

Doubt = Literal["", "unsure", "not_done"]

_HARMLESS = re.compile(either("harmless"))
_NOT_DONE = re.compile(
    f"(?:{either('denies')})[^,.;。]{{0,3}}(?:完|办|结|做|报|交|好|成|收|签|弄|搞|行)"
    f"|{either('still')}|没有?(?:$|呢)|[吗么呢][ ?。.]*$|[?]|n't|\\b(?:{either('never')})\\b"
)
_UNSURE = re.compile(f"{either('unsure')}|\\b(?:{either('unsure_english')})\\b")
_DENIES_RECEIPT = re.compile(
    "没有?收|未收|没签|未签|[吗么呢][ ?。.]*$|[?]|不是|什么意思|为什么|n't|\\b(?:not|never|when|why|how|yet)\\b"
)
_ASKS = re.compile(f"[?]|[吗么呢嘛吧][ ?。.,!]*$|{either('asks')}|\\b(?:how|why|when|can|could|may|should|whether)\\b")
_DENIED = re.compile(f"(?:{either('never_mind')})(?!同意|批准|予|准|归|是|属|该|应|由|在)")
_SUPPOSES = re.compile(
    f"{either('supposes')}|(?:[他她它你您]们?|[长任导记事方员]|[局办委科所镇])(?:刚才?|又|还|都|就)?(?:说|问|讲|告诉|回复说)"
)


def doubt(flat: str) -> Doubt:
    """Whether these words, said with a report, may mean that it is none."""
    kept = _HARMLESS.sub(" ", flat)
    if _NOT_DONE.search(kept):
        return "not_done"
    return "unsure" if _UNSURE.search(kept) else ""


def doubt_receipt(flat: str) -> Doubt:
    """The same for a receipt: 收到，下周办 is one all the same."""
    return "not_done" if _DENIES_RECEIPT.search(flat) else ""


def asks(flat: str) -> bool:
    """Whether it is a question, in words or by its sign."""
    return _ASKS.search(flat) is not None


def denied(flat: str) -> bool:
    """Whether it begins with what takes back everything after it: 不要…, 别…, 先不…."""
    return _DENIED.match(flat) is not None


def supposes(flat: str) -> bool:
    """Whether it tells what somebody else said, or what would be if."""
    return _SUPPOSES.search(flat) is not None
