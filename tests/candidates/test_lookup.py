"""One article more among many is paired with those that it would be paired with among all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.candidates import TOPIC, Evidence, Lookup, propose
from dedup.candidates.buckets import unpack
from dedup.candidates.topics import related
from dedup.text.background import background
from dedup.text.shingles import shingle
from dedup.text.tokens import tokenize

if TYPE_CHECKING:
    from dedup.candidates.lookup import Met

pytestmark = pytest.mark.usefixtures("back_end")

WORDS = [f"{a}{b}" for a in "bcdfghklmnprst" for b in ("ako", "elu", "imar", "oden", "usti")]
Paragraphs = list[list[str]]
PARAGRAPHS = st.lists(st.lists(st.sampled_from(WORDS), max_size=14), max_size=4)


def evidence(articles: list[Paragraphs]) -> Evidence:
    """Take articles of paragraphs as the pipeline would."""
    told = [" ".join(paragraph) for article in articles for paragraph in article]
    tokens = tokenize(told)
    begin = np.cumsum([0, *map(len, articles)])
    return Evidence(
        shingle=shingle,
        bounds=tokens.indptr,
        article=np.repeat(np.arange(len(articles), dtype=np.int32), np.diff(begin)),
        words=tokens.word,
        indptr=tokens.indptr[begin],
        weight=background("").weight(tokens.word),
    )


def hold(articles: list[Paragraphs], rank: int) -> None:
    """Hold what is looked up for one article to what is proposed among all."""
    others = [article for place, article in enumerate(articles) if place != rank]
    lookup = Lookup(evidence(others))
    met = lookup.meet(evidence([articles[rank]]), rank)
    found = met.places.tolist()
    pairs = propose(evidence(articles)).pairs
    own = (pairs.left == rank) | (pairs.right == rank)
    if not lookup.told:  # where no two share enough, the two that share most stand for all
        own &= pairs.channel != TOPIC
    among = np.where(pairs.left == rank, pairs.right, pairs.left)[own]
    assert len(found) == len(set(found))
    assert {place + (place >= rank) for place in found} >= set(among.tolist())
    if lookup.told:
        assert {place + (place >= rank) for place in found} == set(among.tolist())
        hold_others(articles, others, rank, met)


def topical(articles: list[Paragraphs]) -> set[tuple[int, int]]:
    """The pairs that a like subject makes."""
    table = evidence(articles)
    found = related(table.words, table.indptr, table.weight).pairs
    return set(zip(*(side.tolist() for side in unpack(found)), strict=True))


def hold_others(articles: list[Paragraphs], others: list[Paragraphs], rank: int, met: Met) -> None:
    """Hold what is said of the pairs of others to what their subjects make with and without it."""
    moved = {(a + (a >= rank), b + (b >= rank)): (a, b) for a, b in topical(others)}
    now = {pair for pair in topical(articles) if rank not in pair}
    gone = {moved[pair] for pair in moved if pair not in now}
    more = {(a - (a > rank), b - (b > rank)) for a, b in now - set(moved)}
    assert {tuple(pair) for pair in met.gone.tolist()} == gone
    assert {tuple(pair) for pair in met.more.tolist()} == more


@settings(deadline=None, max_examples=60, derandomize=True)
@given(st.data())
def test_any_article_among_any(data: st.DataObject) -> None:
    articles = data.draw(st.lists(PARAGRAPHS, min_size=2, max_size=7))
    hold(articles, data.draw(st.integers(0, len(articles) - 1)))


@pytest.mark.parametrize("many", [11, 12, 13, 19, 20, 21, 22, 49, 50, 51, 52, 199, 200, 201, 202])
@pytest.mark.parametrize("first", [True, False])
def test_at_the_edge_of_every_cap(many: int, first: bool) -> None:  # noqa: FBT001 - a parameter
    generator = np.random.default_rng(many)
    shared = [WORDS[k] for k in generator.integers(len(WORDS), size=40)]
    articles = [
        [
            shared[: 10 + place % 30],
            [WORDS[k] for k in generator.integers(len(WORDS), size=30)],
            *([shared[5:25]] if place % 3 else []),
        ]
        for place in range(many)
    ]
    hold(articles, 0 if first else many // 2)


@pytest.mark.parametrize("seed", range(12))
def test_subjects_that_crowd_each_other_out(seed: int) -> None:
    generator = np.random.default_rng(seed)
    size = int(generator.integers(8, 30))
    subject = [[WORDS[k] for k in generator.integers(len(WORDS), size=30)] for _ in range(3)]
    articles: list[Paragraphs] = []
    for _ in range(size):
        told = subject[int(generator.integers(3))]
        first = int(generator.integers(12))
        own = [WORDS[k] for k in generator.integers(len(WORDS), size=12)]
        articles.append([told[first : first + int(generator.integers(8, 18))] + own])
    for rank in generator.integers(0, size, 6).tolist():
        hold(articles, rank)


def test_identical_articles_of_which_it_is_one() -> None:
    generator = np.random.default_rng(7)
    text = [[WORDS[k] for k in generator.integers(len(WORDS), size=60)]]
    for many in (2, 20, 21, 22, 40):
        for rank in (0, many // 2, many - 1):
            hold([text] * many, rank)
