"""Loading what answers need, before anybody waits for one."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from dedup import compiling
from dedup.config import Config
from dedup.detector import scan

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedup.index.shelf import Shelf

_REPORT = """HARBOUR CITY (Reuters) - The ferry company said on Monday it would close its oldest \
line in March after losing 1.2 million crowns in two years.

"We have tried everything to keep the boats running," its director, Ada Lindqvist, told reporters \
at the pier. About 340 people cross the sound every day, most of them on their way to work.

The town council meets on Thursday to decide whether buses could take their place. A bridge was \
planned in 1987, but the money went to the hospital, which opened six years later."""
_COPY = """The town council meets on Thursday to decide whether buses could take their place. A \
bridge was planned in 1987, but the money went to the hospital, which opened six years later.

The oldest line of the ferry company will close in March because it has lost 1.2 million crowns \
within two years, the company said on Monday. About 340 people use it every day, most of them to \
get to work."""


def warm(shelf: Shelf, check: Callable[[str], object]) -> None:
    """Let the compiled kernels take over, and work with them on what has a bit of everything.

    Args:
        shelf: of the index.
        check: asks it about a text.

    """
    compiling.expect_much()
    published = ("2024-03-04T08:00:00Z", "2024-03-04T11:00:00Z")
    records = [
        {"id": outlet, "text": text, "publisher": outlet, "published_at": when}
        for outlet, text, when in zip(
            ("Reuters", "The Post"), (_REPORT, _COPY), published, strict=True
        )
    ]
    scan(records, config=Config(workers=1, quiet=True))
    with shelf.seeing():
        texts = (entry.article.text for _, entry in shelf.held.articles.entries())
        text = next(texts, "")
    check(text)
    gc.collect()
    gc.freeze()
