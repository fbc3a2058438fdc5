"""Of the proposed pairs, those that are worth a close look."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

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
    return learn(prepare(articles, catalogue), articles, catalogue, Options())


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


# Bare texts


def turned(sentence: str) -> str:
    """The same words, two by two, from the last to the first."""
    words = sentence.rstrip(".").lower().split()
    pairs = [" ".join(words[i : i + 2]) for i in range(0, len(words), 2)]
    return " ".join(reversed(pairs)).capitalize() + "."


MIXED = " ".join(turned(sentence) for sentence in SENTENCES[5::-1])


def plain(texts: Sequence[str], publisher: str = "", published_at: str = "") -> Corpus:
    """Lay out texts that name no outlet and no time but for the last."""
    catalogue = attribution.load(None)
    articles = [Article(id=f"a{i}", text=text) for i, text in enumerate(texts)]
    articles[-1] = replace(articles[-1], publisher=publisher, published_at=published_at)
    return learn(prepare(articles, catalogue), articles, catalogue, Options())


def are_bare(corpus: Corpus) -> bool:
    return bool(corpus.bare(np.array([0]), np.array([1]))[0])


def test_two_texts_are_bare_unless_one_is_news_or_both_credit_somebody() -> None:
    told = f"{story(6)} The ferry will sail again, the owner told Reuters."
    assert are_bare(plain([story(0), story(6)]))
    assert not are_bare(plain([story(0), story(6)], publisher="Bay Post"))
    assert not are_bare(plain([story(0), story(6)], published_at=DAY.format(1)))
    assert are_bare(plain([story(0), told]))
    assert not are_bare(plain([told.replace("ferry", "train"), told]))


def test_bare_texts_are_looked_at_without_a_run_in_common() -> None:
    texts = [story(0), MIXED]
    corpus = plain(texts)
    assert [tuple(pair) for pair in sift(corpus, proposed(corpus), 1).pairs] == [
        (0, 1, True, False, True)
    ]
    assert not places(laid(texts, days=[1, 20])), "news would have runs"


def test_a_bare_text_told_in_other_order_is_found() -> None:
    records = [{"id": "a", "text": story(0)}, {"id": "b", "text": f"{story(8)}\n\n{MIXED}"}]
    (match,) = dedup.scan(records).matches.to_dict("records")
    assert records[1]["text"][match["other_start"] : match["other_end"]] == MIXED.rstrip(".")
    dated = [{**record, "publisher": record["id"]} for record in records]
    assert dedup.scan(dated).matches.empty


def test_headings_inside_a_copied_stretch_of_a_bare_text_belong_to_it() -> None:
    part = f"{SENTENCES[0]} {SENTENCES[1]}\n\nThe second part\n\n{SENTENCES[2]} {SENTENCES[3]}"
    records = [
        {"id": "a", "text": f"{story(10)}\n\n{part}\n\n{story(20)}"},
        {"id": "b", "text": f"Notes\n\n{part}"},
    ]
    (match,) = dedup.scan(records).matches.to_dict("records")
    assert records[0]["text"][match["start"] : match["end"]] == part.rstrip(".")
