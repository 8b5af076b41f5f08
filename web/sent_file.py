"""A file that came with a form, and how it lies on the disk while it is read."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form; `too_large` ones came without their content."""

    name: str
    content: BinaryIO | None
    too_large: bool = False

    @property
    def stem(self) -> str:
        return PurePath(self.name).stem

    def size(self) -> int:
        """Bytes that came, 0 where there is no content."""
        if self.content is None:
            return 0
        size = self.content.seek(0, os.SEEK_END)
        self.content.seek(0)
        return size

    @contextmanager
    def on_disk(self) -> Iterator[Path]:
        """The file under a name of our own with its ending, for as long as it is read."""
        ending = PurePath(self.name).suffix.lower()
        with TemporaryDirectory(prefix="ruqi-") as folder:
            path = Path(folder) / f"upload{ending if ending[1:].isalnum() else ''}"
            with path.open("wb") as file:
                while self.content and (chunk := self.content.read(1 << 20)):
                    file.write(chunk)
            yield path
