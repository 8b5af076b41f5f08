"""A test that is skipped where everything is installed is a test nobody runs: in CI only the listed ones may skip."""

import tomllib
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path


@dataclass(frozen=True, slots=True)
class AllowedSkip:
    """`test` and `says` are shell patterns over the test's id and over the reason it gives when it skips."""

    test: str
    says: str
    reason: str

    def covers(self, test: str, says: str) -> bool:
        return fnmatch(test, self.test) and fnmatch(says, self.says)


def read_allowed(path: Path) -> list[AllowedSkip]:
    """Every entry of the list. A missing reason is a KeyError, an empty one a ValueError."""
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("skip", [])
    allowed = [AllowedSkip(entry["test"], entry["says"], entry["reason"].strip()) for entry in entries]
    for skip in allowed:
        if not skip.reason:
            raise ValueError(f"{path}: the skip of {skip.test} needs a reason")
    return allowed
