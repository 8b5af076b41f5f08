"""Office files built by code: each function writes one; the duties of each stand in documents/NAME.jsonl."""

from collections.abc import Callable
from pathlib import Path

from tests.plans.reading import build_docx, build_xlsx

BUILT: dict[str, Callable[[Path], None]] = {
    "docx_fields.docx": build_docx.docx_fields,
    "docx_automatic.docx": build_docx.docx_automatic,
    "docx_table.docx": build_docx.docx_table,
    "docx_two_rows.docx": build_docx.docx_two_rows,
    "docx_changes.docx": build_docx.docx_changes,
    "docx_cards.docx": build_docx.docx_cards,
    "docx_many_tables.docx": build_docx.docx_many_tables,
    "xlsx_dates.xlsx": build_xlsx.xlsx_dates,
    "xlsx_sheets.xlsx": build_xlsx.xlsx_sheets,
    "xlsx_quarters.xlsx": build_xlsx.xlsx_quarters,
    "xlsx_numbers_merged.xlsx": build_xlsx.xlsx_numbers_merged,
}
