"""A file into pages of blocks, whatever its format. This runs in the child process."""

from pathlib import Path

from plans.reading import limits
from plans.reading.archive import inspect
from plans.reading.decode import decode
from plans.reading.errors import Empty, Secret, TooLarge
from plans.reading.formats.csv import read_csv
from plans.reading.formats.docx import read_docx
from plans.reading.formats.html import charset, read_html
from plans.reading.formats.pdf import read_pdf
from plans.reading.formats.txt import read_text
from plans.reading.formats.xlsx import read_xlsx
from plans.reading.secrecy import is_marked
from plans.reading.sniff import kind_of_file
from plans.reading.values import Block, Pages, Paragraph


def read_pages(path: Path) -> Pages:
    """The blocks of a file. Raises a `CannotRead` that says what is the matter and what to do."""
    kind = kind_of_file(path)
    margins: list[str] = []
    notes: list[str] = []
    encoding = ""
    blocks: list[Block]
    if kind in {"docx", "xlsx"}:
        formulas = inspect(path)
        blocks, more = read_docx(path) if kind == "docx" else read_xlsx(path, formulas=formulas)
        margins, notes = (more, []) if kind == "docx" else ([], more)
    elif kind == "pdf":
        blocks = read_pdf(path)
    else:
        text, encoding, note = _decoded(path.read_bytes(), kind)
        notes = [note] if note else []
        blocks = list(_from_text(text, kind))
    if is_marked(blocks, margins):
        raise Secret
    _refuse_size(blocks)
    return Pages(tuple(blocks), kind, encoding, tuple(notes))


def _decoded(data: bytes, kind: str) -> tuple[str, str, str]:
    named = charset(data) if kind == "html" else ""
    if named and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(named), named, ""
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data)


def _from_text(text: str, kind: str) -> list[Block]:
    if len(text) > limits.MOST_CHARACTERS or text.count("\n") > limits.MOST_PARAGRAPHS * 3:
        raise TooLarge
    if kind == "html":
        return list(read_html(text))
    if kind == "csv":
        return list(read_csv(text))
    return list(read_text(text, markdown=kind == "md"))


def _refuse_size(blocks: list[Block]) -> None:
    paragraphs = sum(isinstance(block, Paragraph) for block in blocks)
    letters = sum(
        len(b.text) if isinstance(b, Paragraph) else sum(len(c.text) for c in {c for r in b.rows for c in r})
        for b in blocks
    )
    if paragraphs > limits.MOST_PARAGRAPHS or letters > limits.MOST_CHARACTERS:
        raise TooLarge
    if not letters:
        raise Empty
