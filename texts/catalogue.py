"""The catalogue: every sentence Ruqi says, by key, one catalogue for each language.

A language's catalogue is `texts/<language>.yaml` together with any `texts/<language>.<room>.yaml` beside it. Keys are
nested; a list counts from 0. Sentences are `str.format` templates with one addition: ``{n:duty|duties}`` says the first
word where n is 1 and the second otherwise.
"""

import string
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import yaml

from schedules.errors import RuqiError

LANGUAGES = ("zh", "en")
HERE = Path(__file__).parent


class MissingText(RuqiError):
    """A sentence is missing from the catalogue; add it to texts/zh.yaml and texts/en.yaml."""


class _Plurals(string.Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        one, bar, other = format_spec.partition("|")
        if not bar:
            return str(super().format_field(value, format_spec))
        return one if value == 1 else other


_WRITE = _Plurals()


def say(language: str, key: str, /, **values: object) -> str:
    """The sentence `key` with its placeholders filled; raises MissingText that names the key or the placeholder."""
    template = sentences(language).get(key)
    if template is None:
        raise MissingText(f"The {language} catalogue has no sentence {key!r}; add it to texts/{language}.yaml.")
    try:
        return "".join([piece if name is None else _field(values[name], piece) for name, piece in _pieces(template)])
    except (KeyError, IndexError) as error:
        raise MissingText(f"The {language} sentence {key!r} needs {{{error.args[0]}}}, which was not given.") from error


def _field(value: object, spec: str) -> str:
    if type(value) is str and not spec:
        return value
    return _WRITE.format_field(value, spec)


@cache
def _pieces(template: str) -> tuple[tuple[str | None, str], ...]:
    """A template taken apart once: (None, literal text) and (placeholder, how it is written)."""
    found: list[tuple[str | None, str]] = []
    for literal, name, spec, _ in _WRITE.parse(template):
        found += [(None, literal)] if literal else []
        found += [(name, spec or "")] if name is not None else []
    return tuple(found)


def has(language: str, key: str) -> bool:
    return key in sentences(language)


def placeholders(template: str) -> frozenset[str]:
    """The names a sentence needs."""
    return frozenset(name for _, name, _, _ in _WRITE.parse(template) if name is not None)


@cache
def placeholders_of(language: str, key: str) -> frozenset[str]:
    """The names that sentence needs; none where there is no such sentence."""
    return placeholders(sentences(language).get(key, ""))


@cache
def sentences(language: str) -> Mapping[str, str]:
    """Every sentence of a language by its dotted key; raises MissingText for a language Ruqi does not speak."""
    if language not in LANGUAGES:
        raise MissingText(f"Ruqi has no catalogue for {language!r}, only for {', '.join(LANGUAGES)}.")
    found: dict[str, str] = {}
    for path in (HERE / f"{language}.yaml", *sorted(HERE.glob(f"{language}.*.yaml"))):
        # BaseLoader makes nothing but text: `off: …` stays a key called off and `1: …` one called 1.
        found.update(_flat(yaml.load(path.read_text(encoding="utf-8"), yaml.CBaseLoader) or {}))  # noqa: S506 text only
    return MappingProxyType(found)


def _flat(node: dict[str, object] | list[object], prefix: str = "") -> Iterator[tuple[str, str]]:
    pairs = node.items() if isinstance(node, dict) else enumerate(node)
    for name, below in pairs:
        key = f"{prefix}.{name}" if prefix else str(name)
        if isinstance(below, (dict, list)):
            yield from _flat(below, key)
        else:
            yield key, str(below).rstrip("\n")
