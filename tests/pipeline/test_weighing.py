"""Who weighs the articles."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dedup.engine import Local
from dedup.pipeline import deciding

if TYPE_CHECKING:
    import pytest

    from dedup.verdict import Subject


def test_very_many_articles_are_weighed_by_one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "_MANY", 2)
    described = cast("list[Subject]", [None] * 3)
    engine = Local(2)
    assert deciding.by(engine, described[:2]) == engine.map_batches
    assert deciding.by(engine, described) is map
