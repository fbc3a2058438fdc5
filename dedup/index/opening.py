"""Opening the files of an index, all of them or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.errors import IndexUnusableError
from dedup.index.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dedup.config import Config


def opened(
    path: Path,
    config: Config | None,
    wait: float,
    progress: Callable[[str, int, int], None] | None,
    *,
    create: bool,
    kind: Callable[..., Shelf] = Shelf,
) -> Shelf:
    """Open the files of an index; see `Index.open`.

    Raises:
        IndexUnusableError: where they cannot be used.
        ConfigError: where they were made with other settings.

    """
    if not create and not path.exists():
        message = f"there is no index at {path}"
        raise IndexUnusableError(message)
    shelf = kind(path, config, wait, progress)
    try:
        shelf.look()
    except BaseException:
        shelf.close()
        raise
    return shelf
