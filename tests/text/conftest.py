"""What the tests of this room share: each back end, and one that runs the kernels as written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from dedup.compiling import NUMBA, NUMPY, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

LOOPS = "loops"


@pytest.fixture(scope="module", params=[NUMPY, NUMBA, LOOPS])
def back_end(request: pytest.FixtureRequest) -> Iterator[None]:
    """Hold a module to each back end."""
    with pytest.MonkeyPatch.context() as patch, np.errstate(over="ignore"):  # hashes wrap
        patch.setenv(VARIABLE, NUMPY)
        if request.param != NUMPY:
            prepare(request.param, patch)
        yield


@pytest.fixture(scope="module", params=[NUMBA, LOOPS])
def kernels(request: pytest.FixtureRequest) -> Iterator[ModuleType]:
    """Give the kernels, compiled and as they are written."""
    with pytest.MonkeyPatch.context() as patch, np.errstate(over="ignore"):
        yield prepare(request.param, patch)


def prepare(how: str, patch: pytest.MonkeyPatch) -> ModuleType:
    """Let the kernels do the work, compiled or as they are written, one step at a time."""
    pytest.importorskip("numba", reason="the extra fast has it")
    from dedup.text import kernels, quote_kernels, word_kernels

    patch.setenv(VARIABLE, NUMBA)
    for module in (kernels, quote_kernels, word_kernels) if how == LOOPS else ():
        for name, kernel in vars(module).copy().items():
            if hasattr(kernel, "py_func"):
                patch.setattr(module, name, kernel.py_func)
    compile_all()
    return kernels


def compile_all() -> None:
    """Use all kernels here, and not first in a test, which has but a moment.

    Each is compiled twice: for arrays that may be written to, and for those of a table.
    """
    from dedup.text import (
        background,
        guess_languages,
        look_at,
        paragraph_keys,
        quoted_anywhere,
        rows_at,
        segment,
        shingle,
        stock_clauses,
        tokenize,
    )

    tokens = tokenize(["Compiled once."])
    guess_languages(tokens)
    look_at(["Compiled once."])
    segment("“Compiled once.”")
    stock_clauses("Compiled once.")
    rows_at(tokens, np.zeros(1, np.int32), np.zeros(1, np.int64))
    quoted_anywhere(tokens, np.ones(1, bool))
    paragraph_keys(tokens, tokens.indptr[:-1], tokens.indptr[1:])
    for word, indptr in ((tokens.word, tokens.indptr), (tokens.word.copy(), tokens.indptr.copy())):
        shingle(word, indptr, 2)
        background("en").weight(word)
