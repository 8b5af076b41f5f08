"""Where the program begins: its version is told before anything is loaded that only a command needs."""

import os
import sys

SUFFIX = ".dist-info"


def main() -> None:
    if sys.argv[1:] == ["--version"] and (version := _installed()):
        sys.stdout.write(f"ruqi {version}\n")
        return
    from ruqi.cli import main as front

    front()


def _installed() -> str:
    """The version in the name of the folder that the installer made; empty where it is not found at once."""
    for folder in filter(os.path.isdir, sys.path):
        for name in os.listdir(folder):  # noqa: PTH208 - pathlib alone takes as long as all of this
            if name.startswith("ruqi-") and name.endswith(SUFFIX):
                return name.removeprefix("ruqi-").removesuffix(SUFFIX)
    return ""
