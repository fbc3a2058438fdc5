"""Memory that one step gives back serves the next.

The columns of a large scan come and go by the hundred megabytes. A C library hands so much straight
back to the system, which clears it again page by page for the next step: a tenth of a scan's time.
"""

from __future__ import annotations

import contextlib
import gc
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Parameters of glibc's ``mallopt``: when to give memory back, how often to ask the system for it
#: apart from the heap, how many heaps there are: what one thread freed serves the others as well.
_TRIM_THRESHOLD, _MMAP_MAX, _ARENA_MAX = -1, -4, -8
_NEVER = 2**31 - 1


def keep_memory() -> None:
    """Keep what is freed until the process ends, where the C library can; before NumPy loads.

    Nor does a thread of linear algebra wait for products that are too small to be divided.
    """
    os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")  # most pages are touched once
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its threads wait by turning round
    with contextlib.suppress(ImportError, OSError, AttributeError, TypeError):
        import ctypes

        library = ctypes.CDLL(None)
        library.mallopt(_MMAP_MAX, 0)
        library.mallopt(_TRIM_THRESHOLD, _NEVER)
        library.mallopt(_ARENA_MAX, 1)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Keep the collector of cycles away from all that a command makes, then and afterwards.

    It would walk through a whole corpus to find nothing; the process ends with the command.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collecting:
            gc.enable()
