"""Signatures go out as datasketch objects, and others' come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from datasketch import LeanMinHash, MinHash, MinHashLSH

from dedup import ConfigError, Index
from tests.index.crashes import article

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with Index.open(tmp_path / "news.dedup") as index:
        index.add([article(number) for number in range(9)])
    return tmp_path / "news.dedup"


def test_signatures_serve_datasketch(path: Path) -> None:
    with Index.open(path) as index:
        sketches = index.to_datasketch()
        rows = index.signatures()
        assert sorted(sketches) == sorted(rows) == index.ids()
        assert all(np.array_equal(sketches[n].hashvalues, rows[n]) for n in rows)
        lsh = MinHashLSH(threshold=0.5, num_perm=128)
        for name, sketch in sketches.items():
            lsh.insert(name, sketch)
        assert all(name in lsh.query(sketch) for name, sketch in sketches.items())


def test_sketches_of_others_find_articles(path: Path) -> None:
    with Index.open(path) as index:
        sketches = index.to_datasketch()
        found = index.from_datasketch({"theirs": sketches["a00004"]})
        assert found["theirs"][0] == ("a00004", 1.0)
        assert index.from_datasketch({}) == {}


@pytest.mark.parametrize(
    "sketch",
    [
        LeanMinHash(MinHash(num_perm=128, seed=2, scheme="affine32")),
        LeanMinHash(MinHash(num_perm=128, scheme="legacy")),
        LeanMinHash(MinHash(num_perm=64, scheme="affine32")),
    ],
)
def test_sketches_that_do_not_compare_are_refused(path: Path, sketch: LeanMinHash) -> None:
    with Index.open(path) as index, pytest.raises(ConfigError, match="these sketches"):
        index.from_datasketch({"theirs": sketch})
