"""The names of metrics: those in an answer of /metrics, and those an expression of Prometheus asks for."""

import re

NAME = re.compile(r"\bruqi_[a-z_]+\b")


def families(text: str) -> dict[str, str]:
    """Every family of an answer, with its type."""
    return dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.MULTILINE))


def asked(expression: str) -> set[str]:
    """The families an expression asks for: a histogram's parts count as the histogram."""
    return {re.sub(r"_(bucket|sum|count)$", "", name) for name in NAME.findall(expression)}
