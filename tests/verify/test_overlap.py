from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer

from dedup import text as rooms
from dedup import verify
from dedup.verify import measures
from tests.strategies import articles, copies
from tests.verify import plain

if TYPE_CHECKING:
    from tests.strategies import Copy

WORDS = st.lists(st.integers(1, 4), max_size=14)
TABLE = np.linspace(0.5, 12.0, 11).astype(np.float32)


def hashes(words: list[int]) -> np.ndarray:
    return np.array(words, np.uint64)


def side(words: list[int]) -> verify.Stretch:
    return verify.Stretch(hashes(words), hashes(words))


def weight(words: np.ndarray) -> np.ndarray:
    """Some weight for each of eleven words."""
    return np.asarray(TABLE[words.astype(int) % len(TABLE)])


def share(part: set[tuple[int, ...]], of: set[tuple[int, ...]]) -> float:
    return len(part & of) / len(of)


@given(WORDS, WORDS)
def test_shares_are_those_of_the_sets(a: list[int], b: list[int]) -> None:
    found = verify.overlap(side(a), side(b))
    one, two = plain.trigrams(a), plain.trigrams(b)
    if one and two:
        assert found.resemblance == pytest.approx(share(one & two, one | two))
        assert found.containment == pytest.approx(share(two, one))
        assert found.other_containment == pytest.approx(share(one, two))
    else:
        assert set(found) == {float(bool(a) and a == b)}


@given(WORDS, WORDS)
def test_resemblance_is_symmetric_and_no_more_than_either_containment(
    a: list[int], b: list[int]
) -> None:
    here, there = verify.overlap(side(a), side(b)), verify.overlap(side(b), side(a))
    assert here.resemblance == there.resemblance
    assert (here.containment, here.other_containment) == (
        there.other_containment,
        there.containment,
    )
    assert 0 <= here.resemblance <= min(here.containment, here.other_containment) <= 1


@given(WORDS.filter(lambda words: len(words) >= 3), WORDS)
def test_all_is_contained_exactly_where_all_trigrams_are(a: list[int], b: list[int]) -> None:
    contained = verify.overlap(side(a), side(b)).containment == 1
    assert contained == (plain.trigrams(a) <= plain.trigrams(b))


def test_passages_and_their_paragraphs_are_measured_apart() -> None:
    here = verify.Stretch(hashes([1, 2, 3, 4]), hashes([9, 1, 2, 3, 4, 8]))
    there = verify.Stretch(hashes([1, 2, 3, 4]), hashes([1, 2, 3, 4]))
    assert verify.overlap(here, there) == (1.0, 0.5, 1.0)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=5))
def test_cosines_are_the_plain_ones(pairs: list[tuple[list[int], list[int]]]) -> None:
    found = verify.cosines([(hashes(a), hashes(b)) for a, b in pairs], weight)
    table = {word: float(TABLE[word]) for word in range(5)}
    expected = [plain.cosine(plain.vector(a, table), plain.vector(b, table)) for a, b in pairs]
    assert found.tolist() == pytest.approx(expected, abs=1e-6)


@given(copies())
@settings(max_examples=25)
def test_cosines_are_those_of_scikit_learn_with_the_same_weights(copy: Copy) -> None:
    tokens = rooms.tokenize([copy.source, copy.text])
    table = rooms.background("").weight
    sides = [tokens.word[tokens.indptr[i] : tokens.indptr[i + 1]] for i in (0, 1)]
    vectorizer = TfidfVectorizer(
        analyzer=lambda words: words.tolist(), norm="l2", smooth_idf=False
    ).fit(sides)
    known = np.array(vectorizer.get_feature_names_out(), np.uint64)
    vectorizer.idf_ = table(known).astype(float)
    rows = vectorizer.transform(sides).toarray()
    assert verify.cosines([(sides[0], sides[1])], table)[0] == pytest.approx(rows[0] @ rows[1])


@given(articles(), articles())
@settings(max_examples=25)
def test_a_cosine_depends_on_the_two_texts_alone(a: str, b: str) -> None:
    tokens = rooms.tokenize([a, b, "Something else is told here.", a])
    table = rooms.background("").weight
    one, two, three, four = (tokens.word[tokens.indptr[i] : tokens.indptr[i + 1]] for i in range(4))
    alone = verify.cosines([(one, two)], table)[0]
    among = verify.cosines([(three, one), (one, two), (one, four)], table)
    assert among[1] == pytest.approx(alone)
    assert among[2] == pytest.approx(1.0)
    left, right = np.array([0, 0], np.int32), np.array([1, 3], np.int32)
    whole = verify.document_cosines(tokens.word, tokens.indptr, (left, right), table)
    assert whole.tolist() == pytest.approx([alone, 1.0])


@given(st.lists(WORDS, min_size=2, max_size=6))
def test_the_nearest_two_are_the_plain_ones(texts: list[list[int]]) -> None:
    words = hashes([word for text in texts for word in text])
    indptr = np.cumsum([0] + [len(text) for text in texts])
    left, right, found = verify.nearest(words, indptr, weight)
    table = {word: float(TABLE[word]) for word in range(5)}
    rows = [plain.vector(text, table) for text in texts]
    assert left != right
    assert found == pytest.approx(plain.cosine(rows[left], rows[right]), abs=1e-6)
    assert found == pytest.approx(
        max(plain.cosine(one, two) for one, two in combinations(rows, 2)), abs=1e-6
    )


def test_nothing_to_measure() -> None:
    nowhere = np.zeros(0, np.int32)
    assert verify.cosines([], weight).tolist() == []
    assert verify.cosines([(hashes([]), hashes([]))], weight).tolist() == [0.0]
    assert verify.cosines([(hashes([]), hashes([1]))], weight).tolist() == [0.0]
    found = verify.document_cosines(hashes([1, 2]), np.array([0, 2]), (nowhere, nowhere), weight)
    assert found.tolist() == []


def test_many_pairs_are_measured_in_blocks() -> None:
    size = measures._BLOCK + 2
    words, indptr = hashes([1, 2, 1, 3]), np.array([0, 2, 4])
    left, right = np.zeros(size, np.int32), np.ones(size, np.int32)
    right[-1] = 0
    found = verify.document_cosines(words, indptr, (left, right), weight)
    assert Counter(np.round(found, 3).tolist()).most_common()[0][1] == size - 1
    assert found[-1] == pytest.approx(1.0)
