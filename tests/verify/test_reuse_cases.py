from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypedDict

import pytest

from dedup.records import Reuse
from tests.verify.readings import compared


class Case(TypedDict, total=False):
    """A later article beside an earlier one, as the file's header defines it."""

    name: str
    story: str
    article: str
    taken: list[str]
    free: list[str]
    kinds: list[str]
    strict: bool


FILE = tomllib.loads(Path(__file__).with_name("reuse_cases.toml").read_text("utf-8"))
CASES: list[Case] = FILE["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_reuse_and_what_looks_like_it(case: Case) -> None:
    story = FILE["story"][case["story"]]
    article = case["article"].strip()
    other, strict = story["text"].strip(), case.get("strict", False)
    passages = compared(article, other, story["language"], strict=strict).passages

    def touched(words: str) -> bool:
        start = article.index(words)
        return any(p.start < start + len(words) and start < p.end for p in passages)

    def inside(words: str) -> bool:
        start = article.index(words)
        return any(p.start <= start and start + len(words) <= p.end for p in passages)

    assert [words for words in case.get("taken", []) if not inside(words)] == []
    assert [words for words in case.get("free", []) if touched(words)] == []
    if passages and "kinds" in case:
        assert {str(passage.kind) for passage in passages} == set(case["kinds"])


def test_every_case_can_fail_either_way() -> None:
    assert all(case.get("taken") or case.get("free") for case in CASES)
    assert {kind for case in CASES for kind in case.get("kinds", [])} == {str(k) for k in Reuse}
    assert {story["language"] for story in FILE["story"].values()} == {"en", "fr", "de", "es"}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_reuse_shows_where_the_order_is_unknown_too(case: Case) -> None:
    """Looking both ways finds something where looking one way does, but for whole re-tellings."""
    story = FILE["story"][case["story"]]
    article, other = case["article"].strip(), story["text"].strip()
    if case.get("kinds") == ["paraphrase"]:
        return
    strict = case.get("strict", False)
    found = compared(article, other, story["language"], strict=strict).passages
    both = compared(article, other, story["language"], strict=strict, both=True).passages
    assert bool(found) == bool(both)
