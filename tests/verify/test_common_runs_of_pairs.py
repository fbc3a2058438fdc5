from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedup import verify
from dedup.tables import CAPITAL, BodyTable
from dedup.verify import align
from dedup.verify.promise import first_of
from dedup.verify.reading import COMMON
from tests.verify import plain
from tests.verify.working import BACKENDS, WAYS, working_with

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.tables import RunTable

WORDS = st.lists(st.integers(1, 4), max_size=40)
ARTICLES = st.lists(WORDS, min_size=1, max_size=6)


def body(articles: Sequence[Sequence[int]]) -> BodyTable:
    """Articles of bare numbers; all tell but 1."""
    word = np.array([word for article in articles for word in article], np.uint64)
    telling = np.where(word == 1, 0, 5).astype(np.int32)
    return BodyTable(
        indptr=np.cumsum([0] + [len(article) for article in articles]),
        word=word,
        weight=telling.astype(np.float32),
        telling=telling,
        flags=np.zeros(len(word), np.uint8),
    )


def aligned(articles: Sequence[Sequence[int]], backend: str, threads: int = 1) -> RunTable:
    """Align every article with every one, itself too."""
    left, right = (place.ravel().astype(np.int32) for place in np.indices([len(articles)] * 2))
    with working_with(backend):
        return align(body(articles), left, right, threads=threads)


def rows(found: RunTable, pair: int) -> list[tuple[int, int, int]]:
    mine = slice(found.indptr[pair], found.indptr[pair + 1])
    columns = (found.here[mine], found.there[mine], found.length[mine])
    return list(zip(*(column.tolist() for column in columns), strict=True))


@BACKENDS
@given(articles=ARTICLES)
@example(articles=[[1, 2, 3] * 12, [1, 2, 3] * 12])
@example(articles=[[], [2, 2], [2, 2, 2], [1, 1, 1, 1]])
def test_runs_of_every_pair_are_the_plain_ones(articles: list[list[int]], backend: str) -> None:
    found = aligned(articles, backend)
    pair = 0
    for left in articles:
        for right in articles:
            wanted = {
                (i, j, n)
                for j, i, n in plain.runs(right, left, COMMON)
                if set(left[i : i + n]) != {1}
            }
            assert rows(found, pair) == sorted(wanted, key=lambda run: (run[1], run[0]))
            pair += 1


@given(ARTICLES)
def test_both_back_ends_give_the_same_arrays(articles: list[list[int]]) -> None:
    one, two = aligned(articles, "numpy"), aligned(articles, "numba", threads=2)
    for name in ("indptr", "here", "there", "length"):
        mine, theirs = getattr(one, name), getattr(two, name)
        assert mine.dtype == theirs.dtype
        assert (mine == theirs).all()


@BACKENDS
def test_many_runs_and_many_pairs(backend: str) -> None:
    """More runs than the kernel makes room for at first, in more pairs than one block."""
    phrase = [[10 * k + 2, 10 * k + 3, 10 * k + 4] for k in range(300)]
    left = [word for k, part in enumerate(phrase) for word in (*part, 5000 + k)]
    right = [word for k, part in enumerate(phrase) for word in (*part, 9000 + k)]
    found = aligned([left, right], backend)
    assert rows(found, 1) == [(4 * k, 4 * k, 3) for k in range(300)]
    few = np.zeros(40_000, np.int32)
    with working_with(backend):
        many = align(body([[2, 3, 4]]), few, few)
    assert (many.length == 3).all()
    assert (np.diff(many.indptr) == 1).all()


@BACKENDS
def test_no_pairs_have_no_runs(backend: str) -> None:
    none = np.empty(0, np.int32)
    with working_with(backend):
        found = align(body([[2, 3, 4]]), none, none)
    assert found.indptr.tolist() == [0]


@given(ARTICLES)
def test_a_word_is_new_once_in_each_article(articles: list[list[int]]) -> None:
    both = body(articles)
    wanted = [word not in article[:at] for article in articles for at, word in enumerate(article)]
    for backend in WAYS:
        with working_with(backend):
            assert first_of(both.word, both.indptr).tolist() == wanted


@given(st.lists(st.lists(st.integers(1, 9), min_size=80, max_size=110), min_size=2, max_size=4))
@settings(max_examples=40)
def test_names_that_the_other_lacks_are_counted_alike(articles: list[list[int]]) -> None:
    """Numbers above 5 are names here; one of nine may be lacking (8 % of 9, rounded down: none)."""
    plain_body = body(articles)
    both = BodyTable(
        indptr=plain_body.indptr,
        word=plain_body.word,
        weight=plain_body.weight,
        telling=plain_body.telling,
        flags=np.where(plain_body.word > 5, CAPITAL, 0).astype(np.uint8),
    )
    article, other = (place.ravel().astype(np.int32) for place in np.indices([len(articles)] * 2))
    wanted = [
        not {word for word in articles[a] if word > 5} - set(articles[b])
        for a, b in zip(article.tolist(), other.tolist(), strict=True)
    ]
    for backend in WAYS:
        with working_with(backend):
            assert verify.retellable(both, article, other).tolist() == wanted
