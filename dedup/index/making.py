"""A new index: an empty record that is there whole, or not at all."""

from __future__ import annotations

import os
import secrets
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

#: What tells an index from other SQLite files ("dedu"), and its form.
MARK, FORMAT = 0x64656475, 1
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL, sum BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE articles (
  id BLOB PRIMARY KEY, version INTEGER NOT NULL, added_at TEXT NOT NULL, record BLOB NOT NULL,
  sum BLOB NOT NULL);
CREATE TABLE history (
  id BLOB NOT NULL, version INTEGER NOT NULL, added_at TEXT NOT NULL, record BLOB NOT NULL,
  sum BLOB NOT NULL, PRIMARY KEY (id, version));
CREATE TABLE verdicts (id BLOB PRIMARY KEY, verdict BLOB NOT NULL, sum BLOB NOT NULL);
CREATE TABLE deliveries (file BLOB PRIMARY KEY, stamp TEXT NOT NULL, sum BLOB NOT NULL);
CREATE TABLE changes (
  number INTEGER PRIMARY KEY, at TEXT NOT NULL, id BLOB NOT NULL, change TEXT NOT NULL,
  former BLOB NOT NULL, verdict BLOB NOT NULL, sum BLOB NOT NULL);
CREATE INDEX changes_of ON changes (id);
"""


def create(path: Path) -> None:
    """Make an empty index: it is there whole, or not at all."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        connection = sqlite3.connect(part, isolation_level=None)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            connection.executescript(
                f"BEGIN; PRAGMA application_id = {MARK}; PRAGMA user_version = {FORMAT}; "
                f"{_SCHEMA} COMMIT;"
            )
        finally:
            connection.close()
        part.replace(path)
        _sync(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Make sure that what was renamed in a folder stays renamed."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
