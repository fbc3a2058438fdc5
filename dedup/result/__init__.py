"""The answer to a scan: tables as DataFrames, verdicts with their evidence, reports on disk."""

from __future__ import annotations

from dedup.result.reading import read_report
from dedup.result.result import Result
from dedup.result.verdict import Evidence, Verdict

__all__ = ["Evidence", "Result", "Verdict", "read_report"]
