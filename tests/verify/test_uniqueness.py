"""What two writers do not find by themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.verify.passages import Piece
from dedup.verify.reading import LABEL, SEED
from dedup.verify.runs import seeds
from dedup.verify.uniqueness import (
    LEFT,
    LIST,
    LONG,
    SPEECH,
    STRING,
    WORDING,
    Told,
    Uniqueness,
    common_runs,
    wording,
)
from tests.verify.readings import bare, compared

if TYPE_CHECKING:
    from dedup.verify import Reading
    from dedup.verify.uniqueness import Common

OWN, OTHER = range(500, 700), range(800, 1000)
NUMBERS = st.lists(st.integers(1, 6), max_size=30)


def pair(*shared: int) -> tuple[Reading, Reading]:
    """Two articles that share runs of so many words, each among words of its own."""
    here, there, at = list(OWN), list(OTHER), 0
    for n, size in enumerate(shared):
        run = [10_000 + 100 * n + k for k in range(size)]
        here[at:at], there[at:at] = run, run
        at += size + 8
    return bare([here]), bare([there])


def laid(a: Reading, b: Reading, least: int = SEED) -> Common:
    return common_runs(seeds(a, b), slice(0, len(a)), slice(0, len(b)), least=least)


def first(a: Reading, b: Reading, size: int) -> str:
    """Why the first ``size`` words of two articles are no reuse."""
    piece = Piece(0, size - 1, 0, size - 1, 1.0)
    return Uniqueness(a, b, seeds(a, b)).refusal(piece)


@given(NUMBERS, NUMBERS, st.integers(SEED, LONG))
def test_common_runs_lie_apart_and_hold_the_same_stems(
    here: list[int], there: list[int], least: int
) -> None:
    a, b = bare([here]), bare([there])
    common = laid(a, b, least)
    assert len(set(common.here.tolist())) == len(set(common.there.tolist())) == len(common.run)
    assert a.stem[common.here].tolist() == b.stem[common.there].tolist()
    assert (np.bincount(common.run) >= least).all()
    same = np.diff(common.run) == 0
    assert (np.diff(common.here)[same] == 1).all()
    assert (np.diff(common.there)[same] == 1).all()


def test_the_longest_run_comes_first() -> None:
    common = laid(*pair(5, 12, 8))
    assert np.bincount(common.run).tolist() == [12, 8, 5]


@pytest.mark.parametrize(("size", "rule"), [(STRING, ""), (STRING - 1, WORDING)])
def test_a_long_string_of_own_words_is_unique(size: int, rule: str) -> None:
    assert first(*pair(size), size) == rule


def test_names_numbers_and_stock_clauses_are_no_own_words() -> None:
    a, b = pair(STRING)
    for column in ("name", "number", "stock"):
        marks = np.arange(len(a)) == 3
        assert first(replace(a, **{column: marks}), b, STRING) == WORDING


def test_what_either_side_quotes_is_no_wording() -> None:
    a, b = pair(STRING)
    said = np.arange(len(a)) < STRING
    assert first(replace(a, quoted=said), b, STRING) == SPEECH
    assert first(a, replace(b, quoted=said), STRING) == SPEECH
    middle = np.arange(len(a)) == STRING // 2
    assert first(replace(a, quoted=middle), b, STRING) == WORDING


def test_a_quotation_at_the_same_place_breaks_no_string() -> None:
    a, b = pair(2 * STRING)
    said = (np.arange(len(a)) > 3) & (np.arange(len(a)) <= 3 + STRING)
    assert first(replace(a, quoted=said), b, 2 * STRING) == ""
    own = wording(replace(a, quoted=said), b, laid(a, b))
    assert (own.string, own.told.string, own.longest[1]) == (STRING, STRING, STRING - 4)
    a, b = pair(4, STRING - 4)
    assert wording(a, b, laid(a, b)).string == STRING - 4, "another run is another string"


def test_a_short_string_is_enough_beside_much() -> None:
    assert first(*pair(8), 8) == WORDING
    assert first(*pair(8, 15, 20), 8) == ""
    assert first(*pair(8, 5, 5, 5, 5, 5, 5, 5), 8) == WORDING, "short runs establish nothing"


def test_what_a_figure_stands_beside_is_everybodys() -> None:
    """Labels of figures are wording, but show nothing by themselves."""
    a, b = pair(30)
    a = replace(a, number=(np.arange(len(a)) % 6 == 0) & (np.arange(len(a)) <= 30))
    shared = wording(a, b, laid(a, b))
    assert shared.told == Told(0, 0.0, 0)
    assert shared.string == 25
    assert shared.weight == pytest.approx(25 * 9.0)
    assert not Uniqueness(a, b, seeds(a, b)).unique(shared.told)


def test_words_far_from_figures_are_the_writers_own() -> None:
    a, b = pair(30)
    a = replace(a, number=np.arange(len(a)) == LABEL)
    shared = wording(a, b, laid(a, b)).told
    own = 30 - 2 * LABEL - 1
    assert (shared.string, shared.words) == (own, own)
    assert shared.weight == pytest.approx(own * 9.0)
    assert Uniqueness(a, b, seeds(a, b)).unique(shared)


@pytest.mark.parametrize(("around", "established"), [(100, True), (3000, False)])
def test_long_articles_share_a_few_runs_by_chance(around: int, established: bool) -> None:  # noqa: FBT001 - a case
    common = list(range(1, 46))
    a = bare([common, list(range(10_000, 10_000 + around))])
    b = bare([common, list(range(50_000, 50_000 + around))])
    assert Uniqueness(a, b, seeds(a, b)).established == established


def test_articles_that_share_little_else_are_unlike() -> None:
    a, b = pair(30)
    assert Uniqueness(a, b, seeds(a, b)).unlike
    topic = [[*range(700, 760)], [*range(300, 330)]]
    a, b = bare(topic), bare([topic[0][::-1], [*range(400, 430)]])
    assert not Uniqueness(a, b, seeds(a, b)).unlike


def test_too_little_is_left_to_say_that_articles_are_unlike() -> None:
    run = list(range(1, 60))
    a, b = bare([[*run, *range(100, 99 + LEFT)]]), bare([[*run, *range(300, 299 + LEFT)]])
    assert not Uniqueness(a, b, seeds(a, b)).unlike


def test_wording_is_weighed_once_a_stem() -> None:
    a, b = bare([[1, 2, 3, 1, 2, 3]]), bare([[1, 2, 3, 1, 2, 3]])
    shared = wording(a, b, laid(a, b))
    assert (shared.string, shared.words, shared.long, shared.longest) == (6, 6, 6, (0, 6))
    assert shared.weight == pytest.approx(27.0)


def test_nothing_shared_is_no_wording() -> None:
    assert wording(*pair(), laid(*pair())).words == 0


STORY = (
    "Keepers left the tower before dawn.\n\n“Our first duty is to the people who keep the light "
    "burning in every weather, whatever it costs us,” said Calder, who runs the trust.\n\n"
    "The slipway had been ripped from its bolts by waves that no chart had room for."
)
REPORT = (
    "Tea was served to four cold men.\n\n“Our first duty is to the people who keep the light "
    "burning in every weather, whatever it costs us,” said Calder, who runs the trust.\n\n"
    "Waves had ripped the slipway from its bolts, and no chart had room for them."
)


def test_a_refused_passage_says_why() -> None:
    found = compared(REPORT, STORY, strict=True, explain=True)
    assert not found.passages
    rules = {REPORT[r.start : r.end].split(maxsplit=1)[0]: r.rule for r in found.refusals}
    assert rules["Waves"] in {WORDING, "too little by itself", "the same fact in other words"}


@pytest.mark.parametrize(("names", "refused"), [(30, LIST), (20, "")])
def test_a_list_of_names_is_no_reuse(names: int, refused: str) -> None:
    """Its heading may be somebody's own sentence."""
    a, b = pair(14 + names)
    named = np.arange(len(a)) >= 14
    named &= np.arange(len(a)) < 14 + names
    a, b = replace(a, name=named), replace(b, name=named)
    found = Uniqueness(a, b, seeds(a, b))
    assert found.refusal(Piece(0, 13 + names, 0, 13 + names, 1.0)) == refused
