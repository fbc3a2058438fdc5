"""Of the proposed pairs, those that are worth a close look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dedup
from dedup import attribution
from dedup.compiling import VARIABLE
from dedup.pipeline import Options
from dedup.pipeline.learning import learn
from dedup.pipeline.proposing import propose
from dedup.pipeline.reading import prepare
from dedup.pipeline.sifting import all_of, sift
from dedup.records import Article
from tests.strategies import SENTENCES, laid_out

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from dedup.pipeline.corpus import Corpus
    from dedup.pipeline.proposing import Proposed

#: Headlines of other stories, run into the last words of each article of an outlet.
RUN_IN = (
    "Midwives rescue flooded delta villagers Botanists rediscover vanished yellow orchid "
    "Divers raise rusted bronze propeller"
)
DAY = "2021-08-{:02}T10:00:00Z"


def laid(texts: Sequence[str], outlets: Sequence[str] = (), days: Sequence[int] = ()) -> Corpus:
    """Lay out articles, one a day unless other days are given, each of its own outlet unless so."""
    catalogue = attribution.load(None)
    articles = [
        Article(
            id=f"a{i}",
            text=text,
            publisher=outlets[i] if outlets else f"Outlet {i}",
            published_at=DAY.format(days[i] if days else i + 1),
        )
        for i, text in enumerate(texts)
    ]
    return learn([prepare(articles, catalogue)], articles, catalogue, Options())


def proposed(corpus: Corpus) -> Proposed:
    return propose(corpus, None, lambda *_: None)


def places(corpus: Corpus) -> set[tuple[int, int]]:
    return {(pair.left, pair.right) for pair in sift(corpus, proposed(corpus), 1).pairs}


def story(first: int, *, last: str = "") -> str:
    return f"{laid_out(SENTENCES[first : first + 6], 2).text} {last}".strip()


def test_a_copied_part_is_worth_a_look_and_a_stranger_is_not() -> None:
    copy = f"{SENTENCES[14]} {SENTENCES[15]} {SENTENCES[0]} {SENTENCES[1]}"
    assert places(laid([story(0), copy, story(20)])) == {(0, 1)}


def test_what_an_outlet_repeats_in_unlike_articles_promises_nothing() -> None:
    house = [story(first, last=f"Sharp {RUN_IN}") for first in (0, 6, 12, 18)]
    days = [1, 8, 15, 22]  # too far apart to be re-told
    assert places(laid(house, days=days)) >= {(0, 1), (2, 3)}, "of different outlets it may be"
    assert places(laid(house, ["Bay Post"] * 4, days)) == set()


def test_versions_of_one_story_are_looked_at_whoever_else_has_their_words() -> None:
    versions = [story(0), story(0), story(0, last=SENTENCES[20]), story(8)]
    assert places(laid(versions, ["Bay Post"] * 4)) >= {(0, 1), (0, 2), (1, 2)}


def test_only_fresh_news_is_re_told() -> None:
    corpus = laid([story(0), story(0), story(0)], days=[1, 4, 9])
    pairs = {
        (pair.left, pair.right): pair.retell for pair in sift(corpus, proposed(corpus), 1).pairs
    }
    assert pairs == {(0, 1): True, (0, 2): False, (1, 2): False}


def test_who_asks_why_sees_every_proposed_pair() -> None:
    corpus = laid([story(0), f"{story(12)} {SENTENCES[0]}", story(20)])
    found = proposed(corpus)
    every = all_of(corpus, found).pairs
    assert len(every) == len(found.left)
    assert {pair[:2] for pair in sift(corpus, found, 1).pairs} <= {pair[:2] for pair in every}


def test_both_back_ends_choose_the_same_pairs(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [story(first) for first in (0, 2, 4, 6, 3)]
    chosen = []
    for backend in ("numpy", "numba"):
        monkeypatch.setenv(VARIABLE, backend)
        chosen.append(places(laid(texts)))
    assert chosen[0] == chosen[1] != set()


def test_nothing_but_furniture_is_no_pair() -> None:
    result = dedup.scan([{"id": "a", "text": "Also Read | More"}, {"id": "b", "text": ""}])
    assert result.run["compared_pairs"] == 0
