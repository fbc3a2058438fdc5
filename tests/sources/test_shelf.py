"""Articles whose texts stand on a shelf are articles like any others."""

from __future__ import annotations

import multiprocessing
from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import detector, sources, spilling
from dedup.config import Config
from dedup.records import Article, Skipped
from dedup.sources.shelf import shelved

TEXTS = st.text(st.characters(exclude_categories=()))  # lone surrogates too


def told(article: Article) -> list[object]:
    return [getattr(article, field.name) for field in fields(Article)]


@given(st.lists(TEXTS, max_size=8), st.integers(0, 20))
def test_no_article_is_changed(texts: list[str], held: int) -> None:
    given = [Article(id=str(n), text=text, authors=("A",)) for n, text in enumerate(texts)]
    found = list(shelved([*given, Skipped("a", "", "b")], held))
    assert found.pop() == Skipped("a", "", "b")
    articles = [article for article in found if isinstance(article, Article)]
    assert [*map(told, articles)] == [*map(told, given)]


def test_it_takes_its_text_along_to_another_process() -> None:
    given = Article(id="a", text="on the shelf", authors=("A",))
    here, there = multiprocessing.Pipe()
    with here, there:
        for article in shelved([given], 0):
            there.send(article)
        assert here.recv() == given


def test_only_what_comes_after_so_many_characters_is_on_the_shelf() -> None:
    given = [Article(id=str(n), text="four") for n in range(3)]
    found = list(shelved(given, 8))
    assert [one is other for one, other in zip(found, given, strict=True)] == [True, True, False]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_scan_with_everything_in_files_gives_the_same(
    monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    config = Config(workers=workers)
    plain = detector.scan("seeds", config=config).tables
    monkeypatch.setattr(spilling, "LARGE", 1)
    monkeypatch.setattr(detector, "_WORTH_FORKING", 1)
    monkeypatch.setattr(sources, "shelved", lambda items: shelved(items, 0))
    assert detector.scan("seeds", config=config).tables == plain
