"""Marked secrets, and the places where they were found though they must not be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from sqlalchemy import create_engine, select, text

from storage.tables import metadata

STORE = {
    ("contact", "address"),
    ("group_chat", "address"),
    ("delivery", "address"),
    ("hook", "secret"),
    ("hook", "url"),
}
"""Where a secret has to lie in the clear, because Ruqi sends by it: an address with its key, what signs."""


@dataclass
class Canaries:
    """`marks`: what is looked for, by what it is. `said`: everything the program let out, by where."""

    marks: dict[str, str] = field(default_factory=dict)
    said: dict[str, list[str]] = field(default_factory=dict)

    def hear(self, where: str, words: str) -> None:
        self.said.setdefault(where, []).append(words)

    def found(self) -> Iterator[str]:
        """What escaped, and where to; the secret itself is not repeated."""
        for where, texts in self.said.items():
            for words in texts:
                for name, mark in self.marks.items():
                    if mark in words:
                        at = words.index(mark)
                        yield f"{name} in {where}: {words[max(0, at - 80) : at]}<{name}>"


def cells(url: str) -> Iterator[tuple[str, str]]:
    """Every cell of every table as text, with the name of its column; the store of secrets left out."""
    engine = create_engine(url)
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            wanted = [column for column in table.c if (table.name, column.name) not in STORE]
            for row in connection.execute(select(*wanted)):
                for column, value in zip(wanted, row, strict=True):
                    yield f"{table.name}.{column.name}", str(value)
    engine.dispose()


def break_tables(url: str, *names: str) -> None:
    """Take tables away under the program's feet, so that everything that needs them fails."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for name in names:
            connection.execute(text(f"ALTER TABLE {name} RENAME TO {name}_away"))
    engine.dispose()


def settings_of(values: Mapping[str, str]) -> dict[str, str]:
    return {f"RUQI_{name.upper()}": value for name, value in values.items()}
