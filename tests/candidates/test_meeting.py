"""Whom some articles more would meet, as those say who keep the keys of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.candidates import POSTINGS, Evidence, Keyed, keyed, meet, propose
from dedup.text.background import background
from dedup.text.shingles import windows
from dedup.text.tokens import tokenize

if TYPE_CHECKING:
    from numpy.typing import NDArray

pytestmark = pytest.mark.usefixtures("back_end")

DAY = 86_400.0
WORDS = [f"{a}{b}" for a in "bcdfghklmnprst" for b in ("ako", "elu", "imar", "oden", "usti")]
Paragraphs = list[list[str]]
PARAGRAPHS = st.lists(st.lists(st.sampled_from(WORDS), max_size=14), max_size=4)


def evidence(articles: list[Paragraphs]) -> Evidence:
    """Take articles of paragraphs as the pipeline would."""
    told = [" ".join(paragraph) for article in articles for paragraph in article]
    tokens = tokenize(told)
    begin = np.cumsum([0, *map(len, articles)])
    return Evidence(
        windows=windows,
        bounds=tokens.indptr,
        article=np.repeat(np.arange(len(articles), dtype=np.int32), np.diff(begin)),
        words=tokens.word,
        indptr=tokens.indptr[begin],
        weight=background("").weight(tokens.word),
    )


def keys(articles: list[Paragraphs]) -> dict[int, Keyed]:
    """The keys of articles; a paragraph's is made of its words."""
    said = [
        (hash(tuple(words)) & ((1 << 62) - 1), row, len(words))
        for row, paragraphs in enumerate(articles)
        for words in paragraphs
        if words
    ]
    key, article, words = np.array(said, np.int64).reshape(-1, 3).T
    return keyed(evidence(articles), Keyed(key.astype(np.uint64), article, words))


class Held:
    """Articles whose keys are kept, in the order of their times."""

    def __init__(self, articles: list[Paragraphs], apart: float = 0.0) -> None:
        self.keys = keys(articles)
        self.apart = apart

    def find(
        self, channel: int, asked: NDArray[np.uint64], most: int, some: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        own = self.keys[channel]
        place, row = np.nonzero(asked[:, None] == own.key[None, :])
        many = np.bincount(place, minlength=len(asked)) > most
        named = ~many[place] | (row - np.searchsorted(own.key, asked)[place] < some)
        return place[named], own.article[row[named]]

    def count(
        self, channel: int, asked: NDArray[np.uint64], few: NDArray[np.int64], most: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        place, number = self.find(channel, asked, most, 0)
        count = np.bincount(place, minlength=len(asked))
        crowded = count > np.maximum(few, 1)
        named = ~crowded[place]
        for key in np.flatnonzero(crowded):  # the earliest alone is named
            rows = np.flatnonzero(place == key)
            named[rows[np.argmin(self.moments(number[rows]))]] = True
        return place[named], number[named], count

    def moments(self, numbers: NDArray[np.int64]) -> NDArray[np.float64]:
        return np.asarray(numbers * self.apart, np.float64)


def met(held: Held, newcomer: Paragraphs, when: float = 0.0) -> tuple[set[int], set[int]]:
    """Whom a newcomer meets by their wording, and by their subject alone."""
    found = meet(keys([newcomer]), np.array([when]), held)
    worded = found.worded > 0
    return set(found.other[worded].tolist()), set(found.other[~worded].tolist())


@given(articles=PARAGRAPHS.flatmap(lambda one: PARAGRAPHS.map(lambda two: [one, two, one + two])))
@settings(max_examples=50)
def test_runs_of_words_are_met_as_among_all(articles: list[Paragraphs]) -> None:
    proposed = propose(evidence(articles)).pairs
    runs = proposed.channel & POSTINGS > 0
    last = len(articles) - 1
    expected = {int(n) for n in proposed.left[runs & (proposed.right == last)]}
    assert met(Held(articles[:last]), articles[last])[0] >= expected


def test_of_a_crowd_with_one_paragraph_the_earliest_are_met() -> None:
    held = Held([[WORDS[:6], WORDS[n : n + 3]] for n in range(10, 40)], apart=-1.0)
    assert met(held, [WORDS[:6]])[0] == set(range(22, 30))


def test_of_a_crowd_with_one_text_the_first_is_met() -> None:
    held = Held([[[*WORDS[:30], WORDS[n]]] for n in range(31, 61)], apart=1.0)
    worded, alike = met(held, [WORDS[:30]])
    assert worded == {0}
    assert alike <= {0}


def test_a_like_subject_counts_in_its_days() -> None:
    said = [WORDS[n : n + 2] for n in range(0, 60, 4)]
    held = Held([[[word for words in said for word in words]]])
    again = [[word for words in said[::-1] for word in words]]
    assert met(held, again, when=3 * DAY) == (set(), {0})
    assert met(held, again, when=np.inf) == (set(), {0})
    assert met(held, again, when=9 * DAY) == (set(), set())
