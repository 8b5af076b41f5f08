"""`python -m tests.fuzz --runs N --seed S`; `--number K` reads one input anew, for looking into it."""

import argparse
import sys
import time
from pathlib import Path

from tests.fuzz.running import again, run


def main() -> int:
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz")
    asked.add_argument("--runs", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--number", type=int)
    asked.add_argument("--report", type=Path)
    words = asked.parse_args()
    if words.number is not None:
        again(words.seed, words.number)
        return 0
    began = time.process_time()
    report = run(words.runs, words.seed)
    took = time.process_time() - began
    head = f"`python -m tests.fuzz --runs {words.runs} --seed {words.seed}`: {took:,.0f} s of CPU\n"
    text = "\n".join([head, *report.lines()]) + "\n"
    sys.stdout.write(text)
    if words.report:
        words.report.write_text(text, encoding="utf-8")
    return 0 if report.clean else 1


if __name__ == "__main__":
    sys.exit(main())
