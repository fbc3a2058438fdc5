"""What the tests of this room share: both back ends, and the kernels as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from dedup.compiling import NUMBA, NUMPY, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOPS = "loops"


@pytest.fixture(scope="module", params=[NUMPY, NUMBA])
def back_end(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hold a module to each back end."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, request.param)
        if request.param == NUMBA:
            compile_all()
        yield


@pytest.fixture(scope="module", params=[NUMBA, LOOPS])
def kernels(request: pytest.FixtureRequest) -> Iterator[None]:
    """Give the kernels, compiled and as they are written."""
    with pytest.MonkeyPatch.context() as patch, np.errstate(over="ignore"):  # hashes wrap
        patch.setenv(VARIABLE, NUMBA)
        compile_all()
        from dedup.candidates import kernels, signature_kernels

        for module in (kernels, signature_kernels):
            for name, kernel in vars(module).copy().items():
                if request.param == LOOPS and hasattr(kernel, "py_func"):
                    patch.setattr(module, name, kernel.py_func)
        yield


def compile_all() -> None:
    """Use all kernels here, and not first in a test, which has but a moment.

    Some are compiled twice: for arrays that may be written to, and for those of a table.
    """
    pytest.importorskip("numba", reason="the extra fast has it")
    from dedup.candidates import Evidence, propose, sign
    from dedup.tables import ShingleTable
    from dedup.text.shingles import windows

    words = np.tile(np.arange(1, 41, dtype=np.uint64) << np.uint64(58), 2)
    indptr, bounds = np.array([0, 40, 80]), np.array([0, 40, 77, 80])
    shingles = ShingleTable(indptr=indptr.copy(), hash=words.copy())
    sign(shingles)
    sign(shingles, items=np.arange(2))
    for frozen in (False, True):
        if frozen:
            words.flags.writeable = indptr.flags.writeable = False
        propose(
            Evidence(
                windows=windows,
                bounds=bounds,
                article=np.array([0, 1, 1], np.int32),
                words=words,
                indptr=indptr,
                weight=np.full(80, 13, np.float32),
            )
        )
