"""The vocabulary: the words of `vocabulary.yaml`, as lists and as pieces of patterns."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's takes a tenth of the time
_READ = yaml.load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"), _LOADER)  # noqa: S506 a safe one
MISHEARD: Mapping[str, str] = _READ.pop("misheard")
"""What voice input writes for a word of ours."""
WORDS: Mapping[str, list[str]] = _READ


def either(name: str) -> str:
    """Any of the words, the longest first, as a piece of a pattern."""
    return "|".join(re.escape(word) for word in sorted(WORDS[name], key=len, reverse=True))
