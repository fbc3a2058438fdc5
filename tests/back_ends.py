"""What the kernels give is held to what NumPy gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.compiling import NUMPY, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray


def same(work: Callable[[], Iterable[NDArray]]) -> None:  # type: ignore[type-arg]
    """Hold what the back end in force gives to what NumPy gives, bit for bit."""
    found = work()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, NUMPY)
        expected = work()
    for one, other in zip(found, expected, strict=True):
        assert one.dtype == other.dtype
        assert one.tobytes() == other.tobytes()
