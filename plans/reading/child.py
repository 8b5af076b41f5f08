"""The child process: reads one untrusted file under hard limits and prints what it gave as JSON.

python -m plans.reading.child FILE NAME
"""

import json
import resource
import sys
from pathlib import Path

from plans.reading import limits
from plans.reading.collect import collect
from plans.reading.errors import CannotRead, Damaged, TookTooLong
from plans.reading.pages import read_pages
from plans.reading.wire import pack


def main() -> None:
    """Read the file named on the command line."""
    _, path, name = sys.argv
    restrain()
    sys.stdout.buffer.write(json.dumps(answer(Path(path), name), ensure_ascii=False).encode("utf-8", "replace"))


def answer(path: Path, name: str) -> dict[str, object]:
    """The reading, or the name of the error: nothing else of the document leaves this process."""
    try:
        return {"reading": pack(collect(read_pages(path), name))}
    except CannotRead as error:
        return {"error": type(error).__name__}
    except MemoryError:
        return {"error": TookTooLong.__name__}
    except RecursionError:
        return {"error": Damaged.__name__}


def restrain() -> None:
    """Take away what reading a file does not need: much memory, much time, writing files, starting processes."""
    resource.setrlimit(resource.RLIMIT_AS, (limits.CHILD_MEMORY, limits.CHILD_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CHILD_CPU_SECONDS, limits.CHILD_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
