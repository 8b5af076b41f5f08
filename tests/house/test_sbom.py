"""The parts list names every locked package with its hashes, is the same each time, and holds no address."""

import json
import re
from pathlib import Path

from tests.house.sbom import components, document

LOCK = (Path(__file__).parents[2] / "requirements.lock").read_text(encoding="utf-8")


def test_every_locked_package_is_in_it() -> None:
    pinned = dict(re.findall(r"^([\w.-]+)==(\S+)", LOCK, re.MULTILINE))
    parts = list(components(LOCK))
    listed = {part["name"]: part["version"] for part in parts}
    assert listed == {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pinned.items()}
    assert len(listed) > 30
    assert all(part["properties"] for part in parts)


def test_it_is_cyclonedx_without_an_address_and_the_same_each_time() -> None:
    said = document(LOCK)
    assert (said["bomFormat"], said["specVersion"]) == ("CycloneDX", "1.5")
    assert "://" not in json.dumps(said)
    assert document(LOCK) == said
    assert document(LOCK + "\n")["serialNumber"] != said["serialNumber"]
