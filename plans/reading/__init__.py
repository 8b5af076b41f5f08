"""Reading plan documents as offices have them: txt, md, html, docx, xlsx, csv and text pdf into duties.

from plans.reading import read_document, to_jsonl, to_plan, to_table
"""

from plans.reading.errors import CannotRead
from plans.reading.output import to_jsonl, to_table
from plans.reading.sandbox import read_document
from plans.reading.toplan import to_plan
from plans.reading.values import Found, Reading, Said, Unclear

__all__ = ["CannotRead", "Found", "Reading", "Said", "Unclear", "read_document", "to_jsonl", "to_plan", "to_table"]
