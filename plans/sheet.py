"""A file being read: its tree, held against the models, and the problems with their places."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from plans.complaints import complaints
from plans.decode import MOST_BYTES
from plans.parse import parse
from plans.problems import WHOLE_FILE, Finds, Position
from plans.tree import Listing, Path, Table, at_path, is_null, name_position, names_and_values, plain, position, written

M = TypeVar("M", bound=BaseModel)


def open_sheet(text: str, finds: Finds, *, own: str, other: tuple[str, str]) -> "Sheet | None":
    """The text as a sheet; None, and problems, when there is nothing to read in it.

    `own` is the name that every file of this kind has; `other` is that of the other kind, and the problem then told.
    """
    if len(text) > MOST_BYTES:
        finds.add("too_large", WHOLE_FILE, most=MOST_BYTES // 1024**2)
        return None
    root = parse(text, finds)
    if isinstance(root, Table) and (own in root.entries or other[0] not in root.entries):
        return Sheet(root, finds)
    if isinstance(root, Table):
        finds.add(other[1], root.entries[other[0]][0])
    elif root is not None and not is_null(root):
        finds.add("want_entries", root.at, given="[…]" if isinstance(root, Listing) else root.text)
    elif not finds:
        finds.add("empty_file", WHOLE_FILE)
    return None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The tree of one file, and where its problems go."""

    root: Table
    finds: Finds

    def tell(self, key: str, path: Path, /, **values: object) -> None:
        """Add a problem with the entry at `path`. A value that is a path becomes the line of that entry."""
        self._add(key, position(self.root, path), path, values)

    def tell_name(self, key: str, path: Path, /, **values: object) -> None:
        """Add a problem with the name of the entry at `path`."""
        self._add(key, name_position(self.root, path), path, values)

    def items(self, name: str, *, none: str) -> range:
        """The indexes of the list `name` at the top of the file. No list is a problem, an empty one is `none`."""
        node = at_path(self.root, (name,))
        if isinstance(node, Listing):
            if not node.items:
                self.tell(none, (name,))
            return range(len(node.items))
        if node is None or is_null(node):
            self.tell("missing", (name,), name=name)
        else:
            self.tell("want_list", (name,), given=name)
        return range(0)

    def fit(self, model: type[M], path: Path) -> M | None:
        """The entry at `path` as a model; None, and its problems, when it does not fit."""
        node = at_path(self.root, path)
        try:
            return model.model_validate(None if node is None else plain(node))
        except ValidationError as error:
            self._tell_all(model, path, error)
            return None

    def salvage(self, model: type[M], *, without: str) -> M | None:
        """The top of the file as a model, less the list `without` and what is wrong; None when too little is left."""
        data = names_and_values(self.root)
        data.pop(without, None)
        try:
            return model.model_validate(data)
        except ValidationError as error:
            self._tell_all(model, (), error)
            for detail in error.errors(include_url=False):
                _remove(data, detail["loc"])
        try:
            return model.model_validate(data)
        except ValidationError:
            return None

    def _tell_all(self, model: type[BaseModel], path: Path, error: ValidationError) -> None:
        for complaint in complaints(model, error):
            tell = self.tell_name if complaint.of_name else self.tell
            tell(complaint.key, (*path, *complaint.path), **complaint.values)

    def _add(self, key: str, at: Position, path: Path, values: Mapping[str, object]) -> None:
        said = {word: self._line(value) if isinstance(value, tuple) else value for word, value in values.items()}
        self.finds.add(key, at, written(path), **said)

    def _line(self, path: Path) -> int:
        return position(self.root, path)[0]


def _remove(data: dict[str, Any], loc: Path) -> None:
    """Take the wrong entry out: of a table of names the one entry, else the whole value."""
    first, inner = str(loc[0]), data.get(str(loc[0]))
    if isinstance(inner, dict) and len(loc) > 1:
        inner.pop(loc[1], None)
    else:
        data.pop(first, None)
