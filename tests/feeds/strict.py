"""A strict reader of calendar files, of our own and sharing nothing with the library: it raises on what others forgive.

Lines end by CRLF and hold at most 75 octets, each of them whole characters; no control sign is left; every line is
name, parameters and value (RFC 5545 section 3.1); components are closed in the order they were opened.
"""

import re
from dataclasses import dataclass, field

NAME = r"[A-Z0-9-]+"
CONTENT_LINE = re.compile(rf'({NAME})((?:;{NAME}=(?:[^\x00-\x1f\x7f";:,]*|"[^\x00-\x1f\x7f"]*"))*):(.*)', re.DOTALL)
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
TEXT_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
LIMIT = 75


class Broken(Exception):
    """This is no calendar file."""


@dataclass
class Component:
    name: str
    properties: list[tuple[str, str, str]] = field(default_factory=list)
    """(name, parameters as written, value as written)."""
    inner: list["Component"] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The names of the properties, sorted; twice what is there twice."""
        return sorted(name for name, _, _ in self.properties)

    def __getitem__(self, name: str) -> str:
        """The value of the only property of that name."""
        (value,) = [value for found, _, value in self.properties if found == name]
        return value

    def parameters(self, name: str) -> str:
        (parameters,) = [parameters for found, parameters, _ in self.properties if found == name]
        return parameters

    def text(self, name: str) -> str:
        return unescape(self[name])


def unescape(value: str) -> str:
    """A TEXT value as it was meant (RFC 5545 section 3.3.11)."""
    return TEXT_ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def read(content: bytes) -> Component:
    """The one calendar in the file."""
    root = Component("")
    open_ones = [root]
    for line in unfold(content):
        name, parameters, value = split(line)
        if name == "BEGIN":
            open_ones.append(Component(value))
            open_ones[-2].inner.append(open_ones[-1])
        elif name == "END":
            if open_ones.pop().name != value:
                raise Broken(f"END:{value} closes another component")
        else:
            open_ones[-1].properties.append((name, parameters, value))
    if len(open_ones) != 1 or root.properties or [inner.name for inner in root.inner] != ["VCALENDAR"]:
        raise Broken("not exactly one closed VCALENDAR")
    return root.inner[0]


def unfold(content: bytes) -> list[str]:
    if not content.endswith(b"\r\n"):
        raise Broken("the last line has no end")
    lines: list[str] = []
    for raw in content[:-2].split(b"\r\n"):
        if len(raw) > LIMIT:
            raise Broken(f"{len(raw)} octets in a line: {raw!r}")
        line = raw.decode("utf-8")  # each line for itself: a fold inside a character is an error here
        if CONTROL.search(line):
            raise Broken(f"a control sign is left: {line!r}")
        if line[:1] == " ":
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return lines


def split(line: str) -> tuple[str, str, str]:
    found = CONTENT_LINE.fullmatch(line)
    if found is None:
        raise Broken(f"no content line: {line!r}")
    return found[1], found[2], found[3]
