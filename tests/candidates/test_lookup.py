"""One article more among many is paired with those that it would be paired with among all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.candidates import TOPIC, Evidence, Lookup, propose
from dedup.text.background import background
from dedup.text.shingles import shingle
from dedup.text.tokens import tokenize

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
    found = lookup.partners(evidence([articles[rank]]), rank).tolist()
    pairs = propose(evidence(articles)).pairs
    own = (pairs.left == rank) | (pairs.right == rank)
    if not lookup.told:  # where no two share enough, the two that share most stand for all
        own &= pairs.channel != TOPIC
    among = np.where(pairs.left == rank, pairs.right, pairs.left)[own]
    assert len(found) == len(set(found))
    assert {place + (place >= rank) for place in found} >= set(among.tolist())
    if lookup.told:
        assert {place + (place >= rank) for place in found} == set(among.tolist())


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


def test_identical_articles_of_which_it_is_one() -> None:
    generator = np.random.default_rng(7)
    text = [[WORDS[k] for k in generator.integers(len(WORDS), size=60)]]
    for many in (2, 20, 21, 22, 40):
        for rank in (0, many // 2, many - 1):
            hold([text] * many, rank)
