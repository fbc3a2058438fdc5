from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import pytest

from dedup.compiling import NUMBA, NUMPY, VARIABLE
from dedup.text import tokenize, tokens

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("back_end", [NUMPY, NUMBA])
def test_threads_change_nothing(
    seeds: Path, back_end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if back_end == NUMBA:
        pytest.importorskip("numba", reason="the extra fast has it")
    monkeypatch.setenv(VARIABLE, back_end)
    monkeypatch.setattr(tokens, "_CHUNK", 999)
    texts = ["", *(path.read_text("utf-8") for path in sorted(seeds.glob("*.txt"))), "R&amp;D", ""]
    alone, together = tokenize(texts), tokenize(texts, threads=3)
    for field in fields(alone):
        one, other = getattr(alone, field.name), getattr(together, field.name)
        assert one.dtype == other.dtype
        assert one.tolist() == other.tolist()
