"""Reads news articles and works out, paragraph by paragraph, where they come from.

``dedup.scan`` is the main job; ``dedup.read_report`` gives back what it wrote; ``dedup.Index``
keeps articles that come one by one. Names are loaded when they are first used, so that importing
the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dedup.config import Config
    from dedup.detector import scan
    from dedup.errors import (
        CatalogueError,
        ConfigError,
        DedupError,
        IndexUnusableError,
        MissingExtra,
        ReportError,
        SourceError,
    )
    from dedup.index import Answer, Change, Index, Revision
    from dedup.records import Article, Skipped
    from dedup.result import Result, Verdict, read_report

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "Article",
    "CatalogueError",
    "Change",
    "Config",
    "ConfigError",
    "DedupError",
    "Index",
    "IndexUnusableError",
    "MissingExtra",
    "ReportError",
    "Result",
    "Revision",
    "Skipped",
    "SourceError",
    "Verdict",
    "__version__",
    "read_report",
    "scan",
]

_ROOMS = {
    "dedup.config": ("Config",),
    "dedup.detector": ("scan",),
    "dedup.errors": (
        "CatalogueError",
        "ConfigError",
        "DedupError",
        "IndexUnusableError",
        "MissingExtra",
        "ReportError",
        "SourceError",
    ),
    "dedup.index": ("Answer", "Change", "Index", "Revision"),
    "dedup.records": ("Article", "Skipped"),
    "dedup.result": ("Result", "Verdict", "read_report"),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> object:
    """Load a public name from its room on first use.

    Raises:
        AttributeError: where the package has no such name.

    """
    if name not in _HOME:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})
