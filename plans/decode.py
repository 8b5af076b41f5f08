"""From bytes to text: which encoding a file has, and a kind word when it is no text at all.

The order is fixed: a byte order mark, UTF-8, then GB18030, which is told as a doubt.
"""

from pathlib import Path

from plans.problems import WHOLE_FILE, Finds

MOST_BYTES = 2 * 1024 * 1024

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_KINDS = (
    (b"PK\x03\x04", "docx/xlsx"),
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "doc/xls/wps"),
    (b"{\\rtf", "RTF"),
)


def read_file(path: Path, finds: Finds) -> str | None:
    """The text of a file of at most 2 MB; None, and a problem, when it has none."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        finds.add("no_file", WHOLE_FILE)
        return None
    except (OSError, ValueError) as error:
        finds.add("unreadable", WHOLE_FILE, reason=error.strerror if isinstance(error, OSError) else error)
        return None
    return decode(data, finds)


def decode(data: bytes, finds: Finds) -> str | None:
    """The text these bytes hold; None, and a problem, when they hold none."""
    kind = next((kind for mark, kind in _KINDS if data.startswith(mark)), None)
    if kind is not None:
        finds.add("not_yaml", WHOLE_FILE, kind=kind)
        return None
    if len(data) > MOST_BYTES:
        finds.add("too_large", WHOLE_FILE, most=MOST_BYTES // 1024**2)
        return None
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030":
            finds.add("encoding_guessed", WHOLE_FILE, encoding="GB18030（GBK）")
        return text
    finds.add("encoding", WHOLE_FILE)
    return None
