from __future__ import annotations

import numpy as np
import pytest

from bench import kernels
from dedup.tables import ShingleTable

TEXTS = [
    "The minister resigned on Monday after a week of talks in Paris.",
    "Too short.",
    "And " * 9,
]


def test_both_kernels_are_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "_REPEATS", 1)
    found = kernels.compare(TEXTS)
    assert (found["articles"], found["shingles"]) == (3, 8 + 1 + 5)
    assert found["sign_ratio"] == pytest.approx(
        found["datasketch_us_per_article"] / found["sign_us_per_article"], rel=0.01
    )
    assert found["tokenize_us_per_mb"] * found["tokenize_mb_per_s"] == pytest.approx(1e6, rel=0.01)


def test_a_wrong_signature_is_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernels, "SEED", 2)
    monkeypatch.setattr(kernels, "_REPEATS", 1)
    with pytest.raises(ValueError, match="not datasketch's"):
        kernels.compare(TEXTS)


def test_datasketch_gets_the_low_words_of_each_item() -> None:
    table = ShingleTable(
        indptr=np.array([0, 2, 2, 3]), hash=np.array([5, (7 << 32) + 6, 1 << 40], np.uint64)
    )
    assert kernels.low_words(table) == [[5, 6], [], [0]]


def test_the_best_time_comes_with_the_result() -> None:
    seconds, result = kernels.best(lambda: "done")
    assert result == "done"
    assert seconds >= 0
