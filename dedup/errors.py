"""The failures, each with one clear sentence for the user.

DedupError
├── SourceError       an input that cannot be read at all (a path that is not there)
├── ConfigError       a setting out of range or unknown; all faults of a file in one message
├── CatalogueError    an agencies file that does not hold to its schema
├── ReportError       a report folder or a labels file that cannot be read or written
├── IndexUnusableError an index that is damaged, busy, of another version, or cannot be written
└── MissingExtra      an optional dependency that is not installed, with its install line
"""

from __future__ import annotations


class DedupError(Exception):
    """The root of every failure that `dedup` raises on purpose."""


class SourceError(DedupError):
    """An input that cannot be read at all."""


class ConfigError(DedupError):
    """A setting that is unknown or out of range."""


class CatalogueError(DedupError):
    """An agencies file that does not hold to its schema."""


class ReportError(DedupError):
    """A report folder or a labels file that cannot be read or written."""


class IndexUnusableError(DedupError):
    """An index that is damaged, busy, of another version, or that cannot be written."""


class MissingExtra(DedupError):  # noqa: N818 - reads as the thing that is missing
    """An optional dependency that is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an extra: pip install 'dedup[{extra}]'")
        self._given = what, extra

    def __reduce__(self) -> tuple[type[MissingExtra], tuple[str, str]]:
        """Let it come out of another process as it is."""
        return MissingExtra, self._given
