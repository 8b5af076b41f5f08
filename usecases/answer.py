"""Answering: the verbs of the first hour under one name. Each act is one timeline row; a second press is none."""

from usecases.acting import UNDOABLE, Act, Answer
from usecases.report import receive, report
from usecases.snooze import snooze
from usecases.undo import answered_since, undo
from usecases.verify import return_, verify

__all__ = [
    "UNDOABLE",
    "Act",
    "Answer",
    "answered_since",
    "receive",
    "report",
    "return_",
    "snooze",
    "undo",
    "verify",
]
