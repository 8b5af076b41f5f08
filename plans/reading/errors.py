"""Why a document cannot be read, each with what to do about it. No message repeats what the document says."""

from typing import ClassVar

from schedules.errors import RuqiError


class CannotRead(RuqiError, ValueError):
    """This document cannot be read; `says` is the sentence for people."""

    says: ClassVar[str] = "这份文件无法读取，请另存为 docx、xlsx、pdf 或 txt 再试。"

    def __init__(self, says: str = "") -> None:
        super().__init__(says or self.says)


class Missing(CannotRead):
    """There is no such file."""

    says = "没有找到这个文件，请检查文件名和路径。"


class Empty(CannotRead):
    """The file holds no text."""

    says = "文件是空的，里面没有文字。请确认选对了文件。"


class TooLarge(CannotRead):
    """The file, or what it unpacks to, is above the limits."""

    says = "文件太大，或展开后太大，已停止读取。请只保留任务部分，另存后再试。"


class Damaged(CannotRead):
    """The file is cut short or broken."""

    says = "文件内容损坏或不完整，无法打开。请用原来的软件打开，另存一份再试。"


class Unsafe(CannotRead):
    """The file has entities, odd paths or the like inside."""

    says = "文件里有不安全的内容，没有读取。请用办公软件打开，另存一份再试。"


class Encrypted(CannotRead):
    """The file has a password."""

    says = "文件设有密码，无法读取。请在办公软件里取消密码，另存一份再试。"


class Legacy(CannotRead):
    """The file is of an old format: doc, xls, ppt, wps, et, rtf."""

    says = "这是旧版格式（doc、xls、wps、et、rtf）。请用 WPS 或 Word 打开，另存为 docx 或 xlsx 再试。"


class Scanned(CannotRead):
    """The pages are pictures."""

    says = "这是扫描件或图片，没有可读的文字。请用文字识别软件转成 docx 或文字版 pdf 再试。"


class Unsupported(CannotRead):
    """The file is of no format that Ruqi reads."""

    says = "不认识这种文件。请另存为 docx、xlsx、pdf、html、csv、md 或 txt 再试。"


class Secret(CannotRead):
    """The document bears a mark of secrecy."""

    says = "文件上有密级或内部标志，没有读取，也没有保存内容。涉密和内部文件不得导入。"


class TookTooLong(CannotRead):
    """Reading went beyond the limits of time or memory."""

    says = "读取超过了时间或内存限度，已停止。请只保留任务部分，另存后再试。"


_ALL: tuple[type[CannotRead], ...] = (CannotRead, *CannotRead.__subclasses__())
KINDS = {kind.__name__: kind for kind in _ALL}
"""The errors by name, as the child process reports them."""
