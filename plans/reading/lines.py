"""What can be told from one line: a bracket left open, a label that says more of the same item."""

import re

from plans.reading.labels import is_field, kind_of, label_in, line_label
from plans.reading.tidy import half

_LABEL = re.compile(r"^([\u4e00-\u9fff]{2,8}):")


def open_bracket(text: str) -> bool:
    said = half(text)
    return any(said.count(opens) > said.count(closes) for opens, closes in ("()", "【】", "〔〕", "[]"))


def about(text: str) -> bool:
    """Whether a line with a label says more of the same item: 工作内容：… or 整改目标：…."""
    label = _LABEL.match(half(text))
    return label is not None and kind_of(label[1]) in {"measure", "goal", "other", "progress"}


def first_label(text: str) -> int:
    return next((m.start() for m in line_label().finditer(half(text)) if is_field(label_in(m))), 0)


def opens_labels(text: str) -> bool:
    """Whether the first label of a line stands in a bracket after other words: …改造。（责任单位：…."""
    before = half(text[: first_label(text)]).rstrip()
    return len(before) > 1 and before.endswith(("(", "【", "["))
