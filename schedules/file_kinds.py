"""What kind of file some bytes are, told by the bytes alone: pictures, PDF, office documents, plain text; nothing else.

What a sender claims (a name, a media type) decides nothing. Pages, drawings with scripts, programs and archives are of
no kind. Sources of the signatures: the formats' own specifications; OLE2: [MS-CFB] 2.2; OFD: GB/T 33190-2016.
"""

import io
import zipfile
from dataclasses import dataclass
from types import MappingProxyType

MOST_MEMBERS = 20_000
"""Of a document that is an archive; an ordinary one has some hundred."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIF = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_MARKUP = ("<", "#!", "%!", "mz", "{\\rtf", "javascript:")
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind we take: its media type, and the endings a name may have; the first is the usual one."""

    media_type: str
    endings: tuple[str, ...]


def _office(tail: str, *endings: str) -> FileKind:
    return FileKind(f"application/vnd.openxmlformats-officedocument.{tail}", endings)


PICTURES = MappingProxyType(
    {
        b"\xff\xd8\xff": FileKind("image/jpeg", ("jpg", "jpeg")),
        b"\x89PNG\r\n\x1a\n": FileKind("image/png", ("png",)),
        b"GIF87a": FileKind("image/gif", ("gif",)),
        b"GIF89a": FileKind("image/gif", ("gif",)),
        b"II*\0": FileKind("image/tiff", ("tif", "tiff")),
        b"MM\0*": FileKind("image/tiff", ("tif", "tiff")),
        b"BM": FileKind("image/bmp", ("bmp",)),
    }
)
PDF = FileKind("application/pdf", ("pdf",))
TEXT = FileKind("text/plain", ("txt", "csv", "md"))
WEBP = FileKind("image/webp", ("webp",))
HEIC = FileKind("image/heic", ("heic", "heif"))
ARCHIVED = MappingProxyType(
    {
        "word/document.xml": _office("wordprocessingml.document", "docx"),
        "xl/workbook.xml": _office("spreadsheetml.sheet", "xlsx"),
        "ppt/presentation.xml": _office("presentationml.presentation", "pptx"),
        "OFD.xml": FileKind("application/ofd", ("ofd",)),
    }
)
OLD = MappingProxyType(
    {
        "WordDocument": FileKind("application/msword", ("doc", "wps")),
        "Workbook": FileKind("application/vnd.ms-excel", ("xls", "et")),
        "PowerPoint Document": FileKind("application/vnd.ms-powerpoint", ("ppt", "dps")),
    }
)
MACROS = ("vbaProject.bin", "vbaData.xml")


def file_kind(data: bytes) -> FileKind | None:
    """The kind of a file, or None when it is not one of those we take."""
    if data.startswith(b"%PDF-"):
        return PDF
    if data[4:8] == b"ftyp":
        return HEIC if data[8:12] in _HEIF else None
    if data.startswith(b"RIFF"):
        return WEBP if data[8:12] == b"WEBP" else None
    if data.startswith(b"PK\x03\x04"):
        return _archived(data)
    if data.startswith(_OLE):
        return _old(data)
    picture = next((kind for mark, kind in PICTURES.items() if data.startswith(mark) and b"\0" in data), None)
    return picture or _text(data)


def _archived(data: bytes) -> FileKind | None:
    """A document that is a ZIP archive: told by its main part; one with macros is of no kind."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    if len(names) > MOST_MEMBERS or any(name.endswith(MACROS) for name in names):
        return None
    return next((kind for part, kind in ARCHIVED.items() if part in names), None)


def _old(data: bytes) -> FileKind | None:
    """A document of the years before 2007: told by the names in its directory."""
    if "_VBA_PROJECT".encode("utf-16-le") in data:
        return None
    return next((kind for name, kind in OLD.items() if name.encode("utf-16-le") in data), None)


def _text(data: bytes) -> FileKind | None:
    """Plain text, in UTF-8 or GB 18030, without control signs, that no program would take for something else."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return TEXT if text.strip() and _is_plain(text) else None
    return None


def _is_plain(text: str) -> bool:
    head = text[:_HEAD].lstrip().lower()
    strange = any(sign < " " and sign not in "\t\n\r\f" for sign in text)
    return not strange and not head.startswith(_MARKUP) and "<html" not in head and "<script" not in head
