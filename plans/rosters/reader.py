"""Reading one sheet into the listing: each row's unit, people, role and category, and what is doubtful about it."""

from pathlib import PurePath

from plans.problems import Finds
from plans.rosters.cells import Person, holds, holds_phone, is_as_above, is_blank, listed, people, role_of, squeezed
from plans.rosters.draft import Draft, Listing
from plans.rosters.grid import Grid
from plans.rosters.header import Named
from plans.rosters.rows import Aside, Line, walk
from schedules.roster import RosterOfficer

LONGEST_UNIT = 120
LONGEST_WORD = 60
"""The lengths of the columns in which they will be kept."""
LONGEST_TITLE = 120
_PHONE = "手机号"


class Reader:
    """One grid being read into the listing."""

    def __init__(self, listing: Listing, grid: Grid, start: int) -> None:
        self.listing, self.grid, self.start = listing, grid, start
        self.finds = Finds(f"{listing.file}#{grid.name}" if grid.name else listing.file)
        listing.finds.append(self.finds)
        self._told_columns: set[str] = set()
        self._told_sections: set[str] = set()

    def read(self) -> None:
        self.listing.title = self.listing.title or self._title()
        self._hidden()
        for item in walk(self.grid, self.start):
            if isinstance(item, Aside):
                self._aside(item)
            else:
                self._line(item)

    def _title(self) -> str:
        cells = (squeezed(cell) for row in self.grid.rows[: self.start] for cell in row)
        said = " ".join(dict.fromkeys(cell for cell in cells if cell)) or squeezed(self.grid.above)
        return (said or PurePath(self.listing.file).stem)[:LONGEST_TITLE]

    def tell(self, key: str, row: int, column: int = 0, /, **values: object) -> None:
        self.finds.add(key, (row + 1, column + 1), **values)

    def _hidden(self) -> None:
        hidden = [row for row in self.grid.hidden if row > self.start and any(self.grid.rows[row : row + 1])]
        if hidden:
            self.tell("list_hidden_rows", hidden[0], count=len(hidden))
        for row, column in self.grid.unread:
            self.tell("list_formula", row, column)

    def _aside(self, item: Aside) -> None:
        if item.kind == "remark":
            self.tell("list_remark", item.number, text=item.text)

    def _line(self, line: Line) -> None:
        columns = line.columns
        note = " ".join(line.cells[n] for n in columns.not_kept)
        if holds(note, "example"):
            self.tell("list_example", line.number)
            return
        self._columns(line)
        if not line.unit:
            self.tell("list_no_unit", line.number, columns.single["unit"])
            return
        if len(line.unit) > LONGEST_UNIT:
            self.tell("list_long_unit", line.number, columns.single["unit"], most=LONGEST_UNIT)
            return
        unit = self._unit(line)
        for named in columns.people:
            for person in self._people(line, named):
                self._take(line, unit, person, left=holds(note, "left"))

    def _columns(self, line: Line) -> None:
        """Headings that are not known, or whose cells are not kept, are told when a cell stands under them."""
        columns = line.columns
        for key, headings in (("list_column", columns.unknown), ("list_not_kept", columns.not_kept)):
            for column, name in headings.items():
                if line.cells[column].strip() and name not in self._told_columns:
                    self._told_columns.add(name)
                    self.tell(key, line.number, column, name=name)

    def _unit(self, line: Line) -> Draft:
        place = (self.finds.file, line.number + 1)
        unit = self.listing.units.setdefault(line.unit, Draft(line.unit, place))
        unit.short = unit.short or self._word(line, "short")
        unit.categories |= dict.fromkeys(self._categories(line))
        parent = self._word(line, "parent", LONGEST_UNIT)
        if parent and not unit.parent:
            unit.parent, unit.parent_place = parent, place
        return unit

    def _categories(self, line: Line) -> tuple[str, ...]:
        """The cell's categories; without such a column the section's heading is taken for one, and said to be."""
        column = line.columns.single.get("category")
        if column is None:
            return self._section(line)
        text = self._above(line.number, column) if is_as_above(line.cells[column]) else line.cells[column]
        fitting = tuple(word for word in listed(text) if len(word) <= LONGEST_WORD)
        if len(fitting) < len(listed(text)):
            self.tell("list_long_word", line.number, column, most=LONGEST_WORD)
        return fitting

    def _section(self, line: Line) -> tuple[str, ...]:
        section = line.section
        if not section or len(section) > LONGEST_WORD:
            return ()
        if section not in self._told_sections:
            self._told_sections.add(section)
            self.tell("list_section", line.number, name=section)
        return (section,)

    def _above(self, number: int, column: int) -> str:
        above = (row[column] for row in reversed(self.grid.rows[:number]))
        return next((cell for cell in above if not is_as_above(cell)), "")

    def _word(self, line: Line, kind: str, most: int = LONGEST_WORD) -> str:
        text = line.columns.text(line.cells, kind)
        return "" if is_blank(text) else self._fitting(squeezed(text), line, kind, most)

    def _fitting(self, text: str, line: Line, kind: str, most: int) -> str:
        if len(text) <= most:
            return text
        self.tell("list_long_word", line.number, line.columns.single.get(kind, 0), most=most)
        return text[: most - 1] + "…"

    def _people(self, line: Line, named: Named) -> list[Person]:
        """The people of one column in this row; a name that a merged cell repeats from above was read there."""
        text = line.cells[named.column]
        if (line.number, named.column) in self.grid.copies or is_blank(text):
            return []
        if holds_phone(text) and _PHONE not in self._told_columns:
            self._told_columns.add(_PHONE)
            self.tell("list_not_kept", line.number, named.column, name=_PHONE)
        found = people(text)
        for person in found:
            if not person.name or len(person.name) > LONGEST_WORD:
                self.tell("list_no_name", line.number, named.column, text=person.position or person.name)
        fitting = [person for person in found if person.name and len(person.name) <= LONGEST_WORD]
        return [self._complete(line, named, person, alone=len(fitting) == 1) for person in fitting]

    def _complete(self, line: Line, named: Named, person: Person, *, alone: bool) -> Person:
        position = "" if named.position is None or not alone else line.cells[named.position]
        position = squeezed(position) if not is_blank(position) else person.position
        return Person(person.name, self._role(line, named, person), self._fitting(position, line, "", LONGEST_WORD))

    def _role(self, line: Line, named: Named, person: Person) -> str:
        """What the brackets say, else the heading, else the column 角色, else 联络员. Empty: a word nobody knows."""
        said = line.columns.text(line.cells, "role")
        if person.role or is_blank(said):
            return person.role or named.role or "officer"
        found = role_of(said)
        if found is None:
            self.tell("list_role", line.number, line.columns.single["role"], word=said, name=person.name)
        return found or ""

    def _take(self, line: Line, unit: Draft, person: Person, *, left: bool) -> None:
        if not person.role:
            return
        if left:
            self.listing.gone.append((unit.name, person.name))
            return
        known = unit.officers.get(person.name)
        officer = RosterOfficer(person.name, person.role, person.position)
        if known is None:
            unit.officers[person.name] = officer
            unit.places[person.name] = (self.finds.file, line.number + 1)
            return
        file, row = unit.places[person.name]
        at = f"{file.rpartition('#')[2]}:{row}"
        if known.role != officer.role or (known.position and officer.position and known.position != officer.position):
            self.tell("list_differs", line.number, name=person.name, unit=unit.name, at=at)
        else:
            self.tell("list_repeated", line.number, name=person.name, unit=unit.name, at=at)
            unit.officers[person.name] = RosterOfficer(known.name, known.role, known.position or officer.position)
