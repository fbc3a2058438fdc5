from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.records import Reuse
from dedup.verify.clusters import (
    DENSE,
    IN_ORDER,
    SEED_COSINE,
    SEED_DICE,
    WHOLE,
    _alike,
    _in_order,
    best,
    clusters,
    near,
)
from dedup.verify.following import following
from dedup.verify.likeness import likeness
from dedup.verify.passages import Piece
from dedup.verify.runs import seeds
from tests.strategies import SENTENCES, articles, laid_out, one_by_one, turned
from tests.verify import plain
from tests.verify.readings import bare, like, taken

OWN = SENTENCES[20:28]
SOURCE = laid_out(SENTENCES[:9], 3).text
SEEDS = st.sets(st.tuples(st.integers(0, 25), st.integers(0, 25)), min_size=1, max_size=25)


def columns(found: set[tuple[int, int]]) -> tuple[list[int], list[int]]:
    rows, cols = zip(*sorted(found), strict=True)
    return list(rows), list(cols)


def found_in(article: str, source: str = SOURCE) -> list[Piece]:
    both = like(article, source)
    return clusters(both, following(both, seeds(both.a, both.b)))


# Grouping


@given(SEEDS, st.integers(0, 4))
def test_groups_are_dense_on_both_sides(found: set[tuple[int, int]], gap: int) -> None:
    rows, cols = columns(found)
    groups = list(near(rows, cols, gap))
    assert sorted(seed for group in groups for seed in group) == list(range(len(rows)))
    for group in groups:
        for side in (rows, cols):
            assert (np.diff(sorted(side[seed] for seed in group)) <= gap + 1).all()


@given(SEEDS, st.integers(0, 4))
def test_neighbours_are_grouped_together(found: set[tuple[int, int]], gap: int) -> None:
    rows, cols = columns(found)
    group_of = {i: n for n, group in enumerate(near(rows, cols, gap)) for i in group}
    for i in range(len(rows)):
        for j in range(i):
            if max(abs(rows[i] - rows[j]), abs(cols[i] - cols[j])) <= gap + 1:
                assert group_of[i] == group_of[j]


@given(SEEDS)
def test_order_is_that_of_the_longest_rising_choice(found: set[tuple[int, int]]) -> None:
    rows, cols = columns(found)
    told = sorted(set(rows))
    choices = [sorted(column for at, column in found if at == row) for row in told]
    dense = len(told) >= DENSE * (told[-1] - told[0] + 1)
    rising = plain.longest_rising(choices) >= IN_ORDER * len(told)
    assert _in_order(rows, cols) == (dense and rising)


@given(articles(4, 8), articles(4, 8), st.data())
def test_likeness_of_stretches_is_the_plain_one(a: str, b: str, data: st.DataObject) -> None:
    found = like(a, b)
    top, bottom, left, right = (
        data.draw(st.integers(low, size - 1)) for low, size in ((0, 4), (3, 4), (0, 4), (3, 4))
    )
    weight = plain.weights(found.a) | plain.weights(found.b)
    here = [w for s in plain.sentences(found.a)[top : bottom + 1] for w in s]
    there = [w for s in plain.sentences(found.b)[left : right + 1] for w in s]
    expected = plain.cosine(plain.vector(here, weight), plain.vector(there, weight))
    assert _alike(found, top, bottom, left, right) == pytest.approx(expected, abs=0.05)


PIECES = st.builds(
    lambda here, size, score: Piece(here, here + size, here, here + size, score),
    st.integers(0, 40),
    st.integers(0, 10),
    st.integers(0, 9).map(float),
)


@given(st.lists(PIECES, max_size=8))
def test_of_overlapping_clusters_the_most_alike_stays(found: list[Piece]) -> None:
    kept = best(found)
    assert kept == sorted(kept)
    for piece in found:
        crossed = [k for k in kept if k.here <= piece.here_last and piece.here <= k.here_last]
        assert crossed
        assert piece in kept or max(k.score for k in crossed) >= piece.score
    assert all(p.here_last < q.here for p, q in itertools.pairwise(kept))


# Whole articles


def test_a_stretch_re_told_in_a_longer_article_is_found() -> None:
    told = [turned(sentence) for sentence in SENTENCES[2:6]]
    article = laid_out((*OWN[:4], *told, *OWN[4:]), 2).text
    (piece,) = found_in(article)
    both = like(article, SOURCE)
    start, end = both.a.span(piece.here, piece.here_last)
    assert article[start:end] == "\n\n".join((" ".join(told[:2]), " ".join(told[2:]))).rstrip(".")
    start, end = both.b.span(piece.there, piece.there_last)
    assert SOURCE[start:end].startswith(SENTENCES[2])
    assert SOURCE[start:end] + "." == SOURCE[start : end + 1]
    assert SENTENCES[5].rstrip(".") == SOURCE[start:end][-len(SENTENCES[5]) + 1 :]


def test_it_is_a_paraphrase() -> None:
    told = [turned(sentence) for sentence in SENTENCES[2:6]]
    names = "Anna Berg", "Piotr Nowak", "Chidi Eze", "Lars Holm", "Aiko Mori", "Rosa Diaz"
    own = [s.replace(".", f", {name} said.") for s, name in zip(OWN, names, strict=False)]
    (found,) = taken(laid_out((*own[:2], *told, *own[2:]), 2).text, SOURCE)
    assert found.kind is Reuse.PARAPHRASE
    assert found.text.startswith(told[0][:20])
    assert found.text.endswith(told[-1][-20:-1])


def test_two_like_sentences_may_be_chance() -> None:
    told = [turned(sentence) for sentence in SENTENCES[2:4]]
    assert found_in(laid_out((*OWN[:4], *told), 2).text) == []


def test_what_is_told_in_another_order_is_no_re_telling() -> None:
    told = [turned(sentence) for sentence in SENTENCES[:7]][::-1]
    assert found_in(laid_out((*OWN[:2], *told), 2).text) == []


def test_own_names_in_every_sentence_show_a_reporter() -> None:
    told = [
        turned(sentence).replace(".", f", said {name}.")
        for sentence, name in zip(
            SENTENCES[2:6],
            ("Anna Berg of Radio Oslo", "Piotr Nowak", "Chidi Eze of Abuja", "Lars Holm"),
            strict=True,
        )
    ]
    assert found_in(laid_out((*OWN[:4], *told, *OWN[4:]), 2).text) == []


def test_short_sentences_may_be_alike_by_chance() -> None:
    source = "Trams stopped. Shops closed. Sirens wailed. Dogs barked. Rain fell."
    assert found_in("Stopped trams. Closed shops. Wailed sirens.", source) == []


def test_two_stretches_that_are_not_alike_as_one_are_found_apart() -> None:
    """The gap between them is narrowed until each is alike as a whole."""
    padding = one_by_one("""
        Nurses from the northern clinics marched past the parliament with lanterns, whistles,
        drums, paper lilies, borrowed umbrellas, framed portraits, handwritten verses, ladles,
        saucepans, accordion players, stilt walkers, fire eaters and a brass elephant on wheels.
        Nobody counted crates of plums, jars of pickled herring, bundles of rhubarb, sheaves of
        barley, casks of cider, wheels of cheese, strings of garlic, sacks of chestnuts, nets of
        mussels, tins of treacle, loaves of rye, bowls of cherries, heaps of kale and turnips.
        Painters, plumbers, glaziers, saddlers, weavers, cobblers, tinkers, coopers, chandlers,
        milliners, thatchers, wheelwrights, blacksmiths, stonemasons, locksmiths, bookbinders,
        basket makers, clock menders and knife grinders hung their signs along the market lane.
        Herons, coots, grebes, bitterns, plovers, curlews, sandpipers, kingfishers, cormorants,
        wagtails, swifts, swallows, warblers and ospreys were ringed, weighed and photographed.
    """)
    first, second = ([turned(s) for s in SENTENCES[i : i + 3]] for i in (0, 6))
    article = laid_out((*first, *padding, *second), 3).text
    others = [
        ", and ".join(
            sentence.rstrip(".").lower() for sentence in SENTENCES[i : i + 3]
        ).capitalize()
        + "."
        for i in range(9, 21, 3)
    ]
    source = laid_out((*SENTENCES[:3], *others, *SENTENCES[6:9]), 3).text
    both = like(article, source)
    found = clusters(both, following(both, seeds(both.a, both.b)))
    assert _alike(both, 0, 9, 0, 9) < WHOLE
    assert [int(both.a.sentence[piece.here]) for piece in found] == [0, 7]
    assert [int(both.b.sentence[piece.there]) for piece in found] == [0, 7]


def test_neighbours_that_are_not_alike_as_a_whole_are_dropped() -> None:
    """Pairs just alike enough to be seeds, where no gap is left to narrow."""
    here = [[*range(10 * i, 10 * i + 3), *range(500 + 7 * i, 507 + 7 * i)] for i in range(1, 4)]
    there = [[*range(10 * i, 10 * i + 3), *range(700 + 4 * i, 704 + 4 * i)] for i in range(1, 4)]
    both = likeness(bare(here), bare(there))
    follow = following(both, seeds(both.a, both.b))
    assert (both.cosine.diagonal() > SEED_COSINE).all()
    assert (both.dice(np.arange(3), np.arange(3)) > SEED_DICE).all()
    assert _alike(both, 0, 2, 0, 2) < WHOLE
    assert clusters(both, follow) == []


def test_speech_seeds_no_cluster() -> None:
    told = [f"“{turned(sentence).rstrip('.')},” she said." for sentence in SENTENCES[2:6]]
    assert found_in(laid_out((*OWN[:4], *told), 2).text) == []
