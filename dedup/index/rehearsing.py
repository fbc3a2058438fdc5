"""A rehearsal: all that an index has compiled kernels for is done once, with very little."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from dedup.candidates import RUN, once
from dedup.config import Config
from dedup.detector import scan
from dedup.engine import Second, available
from dedup.index.register import Register
from dedup.index.sheet import STAMP, Listed

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedup.compiling import Kernel

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


def rehearse(leave: Callable[[], None]) -> bool:
    """Let another process compile the kernels where this machine never did; say whether it could.

    A compiler takes a few hundred megabytes that it never gives back but by ending.

    Args:
        leave: lets go, in that process, of what is this one's alone.

    """
    from dedup.index import kernels

    if _compiled(kernels.together):
        return True
    if not available():
        return False
    other = Second[None, None](lambda _: _worked_through(), leave)
    other.take(other.send(None))
    other.close()
    return True


def _compiled(kernel: Kernel[..., object]) -> bool:
    """Whether a kernel was compiled before on this machine, or cannot be kept there."""
    function, where = kernel.py_func, kernel.stats.cache_path
    name = f"*.{function.__name__}-{function.__code__.co_firstlineno}.*.nbi"
    return where is None or any(Path(where).glob(name))


def _worked_through() -> None:
    """Work with all kernels that an index has use for."""
    with TemporaryDirectory(prefix="dedup-") as folder:
        register = Register(Path(folder) / "rehearsal", "", write=True)
        for n in range(4):
            keys = {RUN: once(np.arange(9, dtype=np.uint64), *np.full((2, 9), 0))}
            register.put([Listed(b"%d" % n, bytes(STAMP), float(n), ("", ""))], keys)
        asked = np.arange(9, dtype=np.uint64)
        register.known(RUN, asked)
        with register.without([b"0"]):
            register.count(RUN, asked, np.zeros(9, np.int64), 9)
    scanned()


def scanned() -> None:
    """Scan two articles."""
    published = ("2024-03-04T08:00:00Z", "2024-03-04T11:00:00Z")
    records = [
        {"id": outlet, "text": text, "publisher": outlet, "published_at": when}
        for outlet, text, when in zip(
            ("Reuters", "The Post"), (_REPORT, _COPY), published, strict=True
        )
    ]
    scan(records, config=Config(workers=1, quiet=True))
