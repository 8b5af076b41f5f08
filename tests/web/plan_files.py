"""Documents as offices make them, built by code: a Word plan with numbered items and a ledger in Excel."""

from io import BytesIO

from docx import Document
from openpyxl import Workbook

TITLE = "综合执法规范化建设三年行动方案"
ITEMS = (
    ("组织开展年度案卷评查", "综合执法局", "2027年1月29日前"),
    ("开展行政执法人员集中培训", "各行政执法部门", "每半年至少一次"),
    ("公布行政执法事项清单", "市司法局", "2027年3月底前"),
    ("适时总结推广经验", "司法局", "适时"),
)


def docx(title: str = TITLE, items: tuple[tuple[str, str, str], ...] = ITEMS, heading: str = "") -> bytes:
    document = Document()
    if heading:
        document.add_paragraph(heading)
    document.add_paragraph(title)
    document.add_paragraph("示政办发〔2026〕18号")
    document.add_paragraph("2026年11月16日")
    for number, (what, who, when) in enumerate(items, 1):
        document.add_paragraph(f"{number}.{what}。(责任单位:{who};完成时限:{when})")
    return _saved(document)


def xlsx(items: tuple[tuple[str, str, str], ...] = ITEMS) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([TITLE])
    sheet.append(["序号", "重点任务", "责任单位", "完成时限"])
    for number, row in enumerate(items, 1):
        sheet.append([number, *row])
    return _saved(book)


def _saved(document: object) -> bytes:
    buffer = BytesIO()
    document.save(buffer)  # type: ignore[attr-defined] # both kinds have it
    return buffer.getvalue()
