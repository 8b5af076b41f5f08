"""``make bench``: runs every measurement and prints one table of ratios."""

import sys
from importlib import import_module

PARTS = ("startup", "occurrences", "claims", "feeds", "ledger", "plays")


def main(wanted: list[str]) -> None:
    _tell(f"{'what':<62} {'ours':>10} {'other':>10}      {'ratio':>7}  reach")
    for part in wanted or PARTS:
        for row in import_module(f"benchmarks.{part}").run():
            figures = f"{row.ours:>10.2f} {row.other:>10.2f} {row.unit:<4} {row.ratio:>7.2f}"
            _tell(f"{row.what:<62} {figures}  {row.reach}")


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
