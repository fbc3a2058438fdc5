from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import verify
from dedup.compiling import NUMBA, NUMPY, VARIABLE
from dedup.verify import counting, measures
from tests.verify import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

LOOPS = "loops"
#: words that differ in their leading bits, and words that differ in their last
WORDS = st.one_of(st.integers(0, 9), st.integers(0, 9).map(lambda n: n * 0x9E3779B97F4A7C15 >> 4))
ARTICLES = st.lists(st.lists(WORDS, max_size=20), min_size=1, max_size=7)
SLOT_BITS = st.sampled_from([1, 3, 20])


def weight(words: NDArray[np.uint64]) -> NDArray[np.float32]:
    return (words % np.uint64(7)).astype(np.float32) + np.float32(0.1)


def laid_out(articles: list[list[int]]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    words = np.array([word for article in articles for word in article], np.uint64)
    return words, np.cumsum([0] + [len(article) for article in articles])


def cosines(articles: list[list[int]], pairs: list[tuple[int, int]]) -> NDArray[np.float64]:
    left, right = (np.array([pair[side] for pair in pairs], np.int32) for side in (0, 1))
    return verify.document_cosines(*laid_out(articles), (left, right), weight)


@pytest.fixture(scope="module", params=[NUMBA, LOOPS])
def compiled(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let the kernels do the work, compiled and as they are written."""
    pytest.importorskip("numba", reason="the extra fast has it")
    from dedup.verify import vector_kernels

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, NUMBA)
        cosines([[1, 2], [2, 3]], [(0, 1)])
        for name, kernel in vars(vector_kernels).copy().items():
            if request.param == LOOPS and hasattr(kernel, "py_func"):
                patch.setattr(vector_kernels, name, kernel.py_func)
        yield


@pytest.mark.usefixtures("compiled")
@given(ARTICLES, SLOT_BITS, st.data())
def test_the_back_ends_agree_bit_for_bit(
    articles: list[list[int]], bits: int, data: st.DataObject
) -> None:
    place = st.integers(0, len(articles) - 1)
    pairs = data.draw(st.lists(st.tuples(place, place)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "_SLOT_BITS", bits)
        found = cosines(articles, pairs)
        patch.setenv(VARIABLE, NUMPY)
        assert found.tobytes() == cosines(articles, pairs).tobytes()


@pytest.mark.parametrize("backend", [NUMPY, NUMBA])
@given(articles=ARTICLES, data=st.data())
def test_cosines_are_the_plain_ones(
    backend: str, articles: list[list[int]], data: st.DataObject
) -> None:
    place = st.integers(0, len(articles) - 1)
    pairs = data.draw(st.lists(st.tuples(place, place)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, backend)
        found = cosines(articles, pairs)
    words, _ = laid_out(articles)
    table = dict(zip(words.tolist(), weight(words).tolist(), strict=True))
    rows = [plain.vector(article, table) for article in articles]
    expected = [plain.cosine(rows[one], rows[other]) for one, other in pairs]
    assert found.tolist() == pytest.approx(expected, abs=1e-6)


@given(ARTICLES, st.data())
def test_a_share_at_a_time_gives_the_same(articles: list[list[int]], data: st.DataObject) -> None:
    place = st.integers(0, len(articles) - 1)
    pairs = data.draw(st.lists(st.tuples(place, place)))
    whole = cosines(articles, pairs)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measures, "_WORDS", data.draw(st.integers(1, 30)))
        assert cosines(articles, pairs).tobytes() == whole.tobytes()


@pytest.mark.parametrize("backend", [NUMPY, NUMBA])
@given(articles=ARTICLES, bits=SLOT_BITS)
def test_words_are_counted(backend: str, articles: list[list[int]], bits: int) -> None:
    words, indptr = laid_out(articles)
    if not len(words):
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, backend)
        patch.setattr(counting, "_SLOT_BITS", bits)
        known, counts = counting.count_words(words, indptr)
    assert known.tolist() == sorted(set(words.tolist()))
    assert counts.has_canonical_format
    found = [dict(zip(known.tolist(), row, strict=True)) for row in counts.toarray()]
    assert [{word: n for word, n in row.items() if n} for row in found] == [
        Counter(article) for article in articles
    ]
