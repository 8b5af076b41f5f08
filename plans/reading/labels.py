"""Which column or label says what: 牵头单位 is the lead, 整改时限 the time. The words stand in `labels.yaml`."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from plans.loader import LOADER
from plans.reading.tidy import half, plain

ROLE_KINDS = ("lead", "support", "responsible")
FIELD_KINDS = frozenset({*ROLE_KINDS, "time", "person", "both", "start"})
_LONGEST = 20


@cache
def words() -> Mapping[str, Any]:
    """The tables of `labels.yaml` as they are written."""
    text = (files("plans.reading") / "labels.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, LOADER)  # noqa: S506 a safe one
    return loaded


def kind_of(label: str) -> str:
    """What a column or label of that name says; empty when it is none that Ruqi knows."""
    return _kind_of(half(plain(label)).replace("\n", "").replace("/", "、").strip(" :*"))


@cache
def _kind_of(label: str) -> str:
    bare = re.sub(r"\(.*?\)", "", label) or label
    if not bare or len(bare) > _LONGEST:
        return ""
    for rule in words()["labels"]:
        named = bare in rule.get("is", ())
        has = any(word in bare for word in rule.get("has", ()))
        if named or (has and not any(word in bare for word in rule.get("not", ()))):
            return str(rule["kind"])
    return ""


@cache
def line_label() -> re.Pattern[str]:
    """A label with its colon, at the start of a line or after a sign or a gap."""
    short = "|".join(sorted(words()["short"], key=len, reverse=True))
    before = r"(?:^|(?<=[ \n,;。、()\]】〕\"\[【〔|*●■▪·☆★→-]))\s*\**"
    said = r"(?:责任|牵头|配合|主办|协办|承办)(?:单位|部门)|(?:完成|整改|办结)(?:时限|时间|期限)"
    colon = rf"(?P<label>{words()['line']}|{short})(?:\([^()]{{0,16}}\))?\**\s*:\**"
    return re.compile(
        rf"{before}(?:{colon}|[【\[](?P<boxed>{words()['line']}|{short})[】\]]\s*:?|(?P<verbal>{said})[为是](?!准))"
        rf"|^(?P<gapped>{said}|责任科室|责任人)(?: (?=[^。]{{1,80}}$)|(?=\d[^。]{{1,40}}$))"
    )


def label_in(match: re.Match[str]) -> str:
    """The label that `line_label` found, whichever way it was written."""
    return match["label"] or match["boxed"] or match["verbal"] or match["gapped"]


def is_field(label: str) -> bool:
    """Whether a label on a line says who or when, or something else that is no part of the text or of a name."""
    return kind_of(label) in FIELD_KINDS | {"other"}


def mentions(text: str, table: str) -> bool:
    """Whether any word of that table of `labels.yaml` stands in the text."""
    return any(word in text for word in words()[table])
