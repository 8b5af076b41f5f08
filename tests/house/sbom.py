"""The parts list of what an office installs, CycloneDX JSON from a lock alone: `python -m tests.house.sbom LOCK OUT`.

Source: cyclonedx.org, specification 1.5. No network, no registry's address; the same lock gives the same bytes.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

ROOT = Path(__file__).parents[2]
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)(?:\[[^]]*])?==([^\s;\\]+)")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def components(lock: str) -> Iterator[dict[str, object]]:
    """Each pinned package with its purl and the hashes pip would take."""
    for block in re.split(r"\n(?=\S)", lock):
        found = PIN.match(block)
        if found:
            name, version = re.sub(r"[-_.]+", "-", found[1]).lower(), found[2]
            purl = f"pkg:pypi/{name}@{version}"
            yield {
                "type": "library",
                "bom-ref": purl,
                "name": name,
                "version": version,
                "purl": purl,
                "properties": [{"name": "ruqi:sha256", "value": one} for one in sorted(set(HASH.findall(block)))],
            }


def document(lock: str) -> dict[str, object]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    digest = sha256(lock.encode()).hexdigest()
    us = f"pkg:pypi/{project['name']}@{project['version']}"
    parts = list(components(lock))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, digest)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": us,
                "name": project["name"],
                "version": project["version"],
                "purl": us,
            },
            "properties": [{"name": "ruqi:lock-sha256", "value": digest}],
        },
        "components": parts,
        "dependencies": [{"ref": us, "dependsOn": [part["bom-ref"] for part in parts]}],
    }


def main() -> None:
    lock, out = map(Path, sys.argv[1:])
    out.write_text(json.dumps(document(lock.read_text(encoding="utf-8")), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
