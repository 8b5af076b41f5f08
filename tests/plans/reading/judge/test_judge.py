"""Documents of many offices, labelled before anyone looked at how the reader works: all their duties, no others."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from plans.reading import read_document, to_jsonl
from tests.plans.reading.judge.build import build
from tests.plans.reading.judge.labels import Label, due_of, read_labels, roles_of, starts_with

DOCUMENTS = sorted((Path(__file__).parent / "documents").glob("*.yaml"))


def judge(labels: list[Label], duties: list[dict[str, Any]]) -> list[str]:
    """Where what was read differs from what a person reads; nothing when all is right."""
    left, faults = list(duties), []
    for label in labels:
        duty = next((one for one in left if starts_with(one["text"], label)), None)
        if duty is None:
            faults += [] if label.optional else [f"missed {label.item} {label.starts[0]}"]
            continue
        left.remove(duty)
        faults += [] if label.optional else _differences(label, duty)
    return faults + [f"no duty: {duty['text'][:40]} {duty['due']}" for duty in left]


def _differences(label: Label, duty: dict[str, Any]) -> list[str]:
    name = f"{label.item} {label.starts[0]}"
    wrong = [] if due_of(duty) in label.dues else [f"due {name}: {duty['due']}"]
    return wrong + ([] if roles_of(duty) in label.roles else [f"roles {name}: {duty['roles']}"])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_reads_an_office_s_document_as_a_person_does(path: Path, tmp_path: Path) -> None:
    told = yaml.safe_load(path.read_text("utf-8"))
    printed = to_jsonl(read_document(build(told, tmp_path)))
    duties = [json.loads(line) for line in printed.splitlines()]
    faults = judge(read_labels(told["labels"]), duties)
    assert not faults, "\n".join(faults)
