"""The room where articles come in: files, folders, streams, records and tables.

Whatever cannot be used is a ``Skipped`` with one sentence, and never stops the rest.
"""

from __future__ import annotations

from dedup.sources.arrivals import Arrival, Arrivals
from dedup.sources.given import from_frame, from_records
from dedup.sources.reader import read
from dedup.sources.settling import settle
from dedup.sources.shelf import shelved

__all__ = ["Arrival", "Arrivals", "from_frame", "from_records", "read", "settle", "shelved"]
