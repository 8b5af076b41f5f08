"""Small files of every kind, made here: real ones where a library writes them, the defining bytes where none does."""

import io
import zipfile

from docx import Document
from openpyxl import Workbook
from PIL import Image


def picture(kind: str = "JPEG", colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(out, kind)
    return out.getvalue()


def docx() -> bytes:
    out = io.BytesIO()
    Document().save(out)
    return out.getvalue()


def xlsx() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            file.writestr(name, "content")
    return out.getvalue()


def ole(*entries: str) -> bytes:
    directory = b"".join(entry.encode("utf-16-le").ljust(128, b"\0") for entry in ("Root Entry", *entries))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + directory


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
