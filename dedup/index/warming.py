"""Loading what answers need, before anybody waits for one."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from dedup import compiling
from dedup.index.rehearsing import scanned

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedup.index.shelf import Shelf


def warm(shelf: Shelf, check: Callable[[str], object]) -> None:
    """Let the compiled kernels take over, and work with them on what has a bit of everything.

    Args:
        shelf: of the index.
        check: asks it about a text.

    """
    compiling.expect_much()
    scanned()
    with shelf.seeing():
        texts = (entry.article.text for _, entry in shelf.held.articles.entries())
        text = next(texts, "")
    check(text)
    gc.collect()
    gc.freeze()
