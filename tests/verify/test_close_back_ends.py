from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dedup import verify
from dedup.records import Span
from dedup.tables import CAPITAL, NUMBER, QUOTED
from dedup.verify.edges import Edges
from dedup.verify.following import following
from dedup.verify.likeness import likeness
from dedup.verify.passages import Piece, grade, pieces, stretches
from dedup.verify.reading import COMMON
from dedup.verify.runs import longest, seeds
from dedup.verify.uniqueness import common_runs, wording
from tests.verify import plain
from tests.verify.readings import bare
from tests.verify.working import BACKENDS, WAYS, working_with

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Sentences = list[list[tuple[int, int]]]

#: Words are numbers; what they weigh, by the remainder of three.
WEIGHTS = np.array([0.0, 2.3, 9.1], np.float32)
FLAGS = st.sampled_from((0, 0, 0, CAPITAL, NUMBER, QUOTED, CAPITAL | QUOTED))
WORD = st.tuples(st.integers(1, 9), FLAGS)
SENTENCES = st.lists(st.lists(WORD, min_size=1, max_size=9), min_size=1, max_size=8)
#: The same line, again and again, and lines that have nothing in common with it.
STUTTER: Sentences = [[(1, 0), (2, 0), (4, CAPITAL), (5, 0)]] * (COMMON + 2)
STRANGE: Sentences = [[(7, NUMBER), (8, QUOTED)], [(7, 0)]]


def reading(sentences: Sentences) -> verify.Reading:
    """Make a reading of words that are numbers and what is said of them."""
    words = [word for sentence in sentences for word in sentence]
    stem = np.array([number for number, _ in words], np.uint64)
    at = np.arange(len(words), dtype=np.int32) * 5
    ends = np.cumsum([0] + [len(sentence) for sentence in sentences]).tolist()
    return verify.read(
        verify.Words(
            start=at,
            end=at + 4,
            word=stem,
            stem=stem,
            weight=WEIGHTS[stem % 3],
            flags=np.array([flags for _, flags in words], np.uint8),
        ),
        [(n, Span(first * 5, last * 5)) for n, (first, last) in enumerate(pairwise(ends), start=1)],
    )


def measured(a: Sentences, b: Sentences, backend: str) -> Sequence[NDArray[np.generic]]:
    """Everything that is computed of two articles before passages are put together."""
    with working_with(backend):
        one, two = reading(a), reading(b)
        found, both = seeds(one, two), likeness(one, two)
        follow = following(both, found)
        edges = Edges(both, found, follow)
        rows, columns = (place.ravel() for place in np.indices(both.dot.shape))
        whole = Piece(0, len(one) - 1, 0, len(two) - 1, 1.0)
        return [
            *found,
            *(one.bags.weights, *one.bags.counts, *one.bags.norms),
            *(both.here, both.there, both.told, both.counts, both.dot, both.cosine, *both.window),
            *(follow.first, follow.last, follow.tiled, follow.frame, follow.quoted, follow.new),
            *(follow.score, follow.taken),
            both.dice(rows, columns),
            np.array((follow.form, longest(found))),
            *(*both.held(*whole.sides), *edges._known, *edges._followed),
        ]


def put_together(a: Sentences, b: Sentences, backend: str) -> list[object]:
    """What becomes of the whole of two articles, taken for one piece."""
    with working_with(backend):
        one, two = reading(a), reading(b)
        found, both = seeds(one, two), likeness(one, two)
        follow = following(both, found)
        edges = Edges(both, found, follow)
        whole = Piece(0, len(one) - 1, 0, len(two) - 1, 1.0)
        kept, common = edges.cut(whole), common_runs(found, *whole.sides, least=3)
        taken = list(pieces(both, found, follow))
        return [
            *(column.tolist() for column in common),
            wording(one, two, common),
            *(taken, list(stretches(both, taken, edges.cut))),
            verify.overlap(verify.Stretch(one.word, one.word), verify.Stretch(two.word, two.word)),
            *(verify.compare(one, two, both=way, strict=not way)[:2] for way in (True, False)),
            *(column.tolist() for column in common_runs(found, *kept.sides, least=4)),
            *(kept, edges.divided([(whole, [kept])], lambda _: "")),
            *(grade(one, two, found, piece) for piece in (whole, kept)),
        ]


@given(SENTENCES, SENTENCES)
@example(STUTTER, STUTTER)
@example(STUTTER, STRANGE)
@example(STUTTER + STRANGE, STRANGE + STUTTER)
def test_every_back_end_puts_the_same_together(a: Sentences, b: Sentences) -> None:
    expected, *others = (put_together(a, b, way) for way in WAYS)
    assert all(found == expected for found in others)


@given(SENTENCES, SENTENCES)
@example(STUTTER, STUTTER)
@example(STUTTER, STRANGE)
@example(STRANGE, STUTTER[:1])
def test_every_back_end_measures_the_same(a: Sentences, b: Sentences) -> None:
    expected, *others = (measured(a, b, way) for way in WAYS)
    for found in others:
        for one, other in zip(found, expected, strict=True):
            assert one.dtype == other.dtype
            assert one.shape == other.shape
            assert one.tobytes() == other.tobytes()


@BACKENDS
@given(a=st.lists(st.integers(1, 4), max_size=40), b=st.lists(st.integers(1, 4), max_size=40))
@example(a=[], b=[1, 2, 3])
@example(a=[1, 2, 3], b=[])
def test_seeds_are_the_plain_ones_in_order(a: list[int], b: list[int], backend: str) -> None:
    with working_with(backend):
        here, there = seeds(bare([a]), bare([b]))
    wanted = {
        (i + step, j + step)
        for i, j, length in plain.runs(a, b, COMMON)
        for step in range(length - 2)
    }
    found = list(zip(here.tolist(), there.tolist(), strict=True))
    assert found == sorted(wanted, key=lambda seed: (seed[1] - seed[0], seed[0]))


@BACKENDS
@given(sentences=SENTENCES)
def test_a_reading_counts_and_weighs_as_the_plain_way(sentences: Sentences, backend: str) -> None:
    with working_with(backend):
        one = reading(sentences)
        rows, columns, count = one.bags.counts
        single, double = one.bags.norms
    stems = one.bags.distinct
    bags = [[number for number, _ in sentence] for sentence in sentences]
    cells = {
        (row, stem): bag.count(stem) for row, bag in enumerate(bags) for stem in sorted(set(bag))
    }
    keys = zip(rows.tolist(), stems[columns].tolist(), strict=True)
    assert list(zip(keys, count.tolist(), strict=True)) == list(cells.items())
    weight = {stem: float(WEIGHTS[stem % 3]) for stem in range(1, 10)}
    vectors = [plain.vector(bag, weight) for bag in bags]
    assert single == pytest.approx([plain.length(vector) for vector in vectors], abs=1e-5)
    pairs = [plain.vector([*bag, *after], weight) for bag, after in pairwise(bags)]
    assert double[:-1] == pytest.approx([plain.length(vector) for vector in pairs], abs=1e-5)
    assert double[-1] == single[-1]
