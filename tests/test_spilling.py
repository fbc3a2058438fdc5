"""Columns in memory and in files without a name are the same columns."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import spilling
from dedup.spilling import Growing, column
from dedup.tables import Pile, ShingleTable

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTS = st.lists(st.lists(st.integers(0, 2**64 - 1), max_size=9), min_size=1, max_size=9)
LARGEST = 2**62


@pytest.fixture(params=[1, 40, LARGEST], ids=["in a file", "spills", "in memory"])
def _large(request: pytest.FixtureRequest) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spilling, "LARGE", request.param)
        yield


@pytest.mark.usefixtures("_large")
@given(PARTS, st.sampled_from([0, 3, 9, 99]))
def test_a_column_grows_at_its_end(parts: list[list[int]], foreseen: int) -> None:
    growing: Growing[np.uint64] = Growing(foreseen)
    for part in parts:
        growing.extend(np.array(part, np.uint64))
    expected = [cell for part in parts for cell in part]
    assert growing.size == len(expected)
    if expected:  # nothing at all cannot be mapped, and is never asked for when there is a file
        assert growing.column().tolist() == expected


@pytest.mark.usefixtures("_large")
@given(PARTS, st.sampled_from([0, 3, 9, 99]))
def test_a_pile_is_its_tables_end_to_end(parts: list[list[int]], foreseen: int) -> None:
    pile = Pile(ShingleTable, foreseen)
    tables = [
        ShingleTable(indptr=np.array([0, len(part)]), hash=np.array(part, np.uint64))
        for part in [*parts, [1]]
    ]
    for table in tables:
        pile.add(table)
    whole = pile.table()
    assert whole.hash.tolist() == [cell for part in parts for cell in part] + [1]
    assert np.diff(whole.indptr).tolist() == [*map(len, parts), 1]
    for place, table in enumerate(tables):
        own = whole.of(place, place + 1)
        assert own.hash.tolist() == table.hash.tolist()
        assert own.indptr.tolist() == table.indptr.tolist()


@pytest.mark.usefixtures("_large")
def test_a_column_is_there_to_be_filled() -> None:
    cells = column(1000, np.int32)
    cells[:] = np.arange(1000)
    assert cells.sum() == 499_500
    assert column(0, np.int32).shape == (0,)


@pytest.mark.parametrize(
    "fills",
    [
        "spilling.column(1 << 20, np.uint8)",
        "spilling.Growing().extend(np.zeros(1 << 20, np.uint8))",
    ],
)
def test_a_full_disk_is_told_in_one_sentence(fills: str) -> None:
    """A limit on the size of files stands for the end of a disk."""
    program = f"""
import resource, signal
import numpy as np
from dedup import spilling
from dedup.errors import DedupError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16))
spilling.LARGE = 1
try:
    {fills}
except DedupError as error:
    print(error)
"""
    said = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert "cannot be kept in" in said
    assert "TMPDIR names another folder." in said
    assert said.count("\n") == 1
