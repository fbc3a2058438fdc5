"""The report: verdicts as CSV tables, as one JSON document and as one page for people.

Takes plain columns (`columns.TABLES` names them) and knows nothing of how they were found.
"""

from __future__ import annotations

from dedup.report.document import Document, write_json
from dedup.report.page import write_page
from dedup.report.table import write_csv

__all__ = ["Document", "write_csv", "write_json", "write_page"]
