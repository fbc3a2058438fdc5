"""Each way in which the work of verification may be done."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dedup.compiling import VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

WAYS = ("numpy", "numba", "loops")
BACKENDS = pytest.mark.parametrize("backend", WAYS)


@contextmanager
def working_with(backend: str) -> Iterator[None]:
    """Let a back end do the work: ``loops`` are the kernels as they are written."""
    with pytest.MonkeyPatch.context() as patch, np.errstate(over="ignore"):
        patch.setenv(VARIABLE, "numpy" if backend == "numpy" else "numba")
        if backend == "loops":
            from dedup.verify import (
                close_kernels,
                following_kernels,
                kernels,
                piece_kernels,
                run_kernels,
            )

            parts = close_kernels, following_kernels, piece_kernels, run_kernels
            for module in (kernels, *parts):
                for name, value in vars(module).items():
                    if hasattr(value, "py_func"):
                        patch.setattr(module, name, value.py_func)
        yield
