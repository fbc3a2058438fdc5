from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np

from dedup.text import boilerplate, likeness, paragraph_keys, segment, tokenize

if TYPE_CHECKING:
    import pytest

learned = sys.modules[boilerplate.__module__]

PROMO = "The Harbour Gazette is regulated by the press standards body; write to the editor."
NAMES = (
    "Malawi Lilongwe Mphande Kambuku fertiliser maize treasury ministry",
    "Besançon Vallier Citadelle tableau musée gardien police voleurs",
    "Hamburg Chebii Marathon zebra pacemaker runners harbour finish",
    "Ituri Luvange militia soldiers displaced whistles graves Bunia",
    "Corrindale Tallawong sewers skatepark mayor ratepayers audit Dubbo",
)


def story(topic: int, *, take: int = 0, size: int = 6) -> list[str]:
    """Paragraphs on one topic; another take of it words all of them anew."""
    names = NAMES[topic].split()
    return [
        f"{' '.join(names[(i + take + j) % 8] for j in range(5))} {'said' if take else 'told'} "
        f"us {'again ' * take}and {names[i % 8]} {'went' if take else 'came'}."
        for i in range(size)
    ]


def found(
    articles: list[list[str]], publishers: list[str], *, vocabulary: bool = True
) -> list[list[str]]:
    """Return each article's boilerplate."""
    texts = ["\n\n".join(paragraphs) for paragraphs in articles]
    tokens = tokenize(texts)
    parts = [segment(text).paragraphs for text in texts]
    first, last = (
        np.concatenate(
            [
                tokens.indptr[i]
                + np.searchsorted(
                    tokens.start[tokens.indptr[i] : tokens.indptr[i + 1]], [p[at] for p in part]
                )
                for i, part in enumerate(parts)
            ]
        ).astype(np.int64)
        for at in (1, 2)
    )
    keys = paragraph_keys(tokens, first, last)
    mask = boilerplate(
        keys,
        np.repeat(np.arange(len(parts), dtype=np.int32), [len(part) for part in parts]),
        publishers,
        (last - first).astype(np.int32),
        likeness(tokens, keys, first, last) if vocabulary else None,
    )
    marks = iter(mask.tolist())
    return [
        [text[p.start : p.end] for p in part if next(marks)]
        for text, part in zip(texts, parts, strict=True)
    ]


def test_a_line_under_unlike_stories_of_one_outlet_is_boilerplate() -> None:
    articles = [[*story(topic), PROMO] for topic in range(3)]
    assert found(articles, ["Gazette"] * 3) == [[PROMO]] * 3


def test_two_strange_stories_of_one_outlet_are_enough_for_a_short_line() -> None:
    articles = [[*story(topic), PROMO] for topic in range(2)]
    assert found(articles, ["Gazette"] * 2) == [[PROMO]] * 2
    assert found(articles, ["Gazette", "Herald"]) == [[], []]
    assert found(articles, ["", ""]) == [[], []]


def test_two_are_not_enough_for_a_long_paragraph() -> None:
    long = " ".join([PROMO] * 6)
    articles = [[*story(topic, size=40), long] for topic in range(2)]
    assert found(articles, ["Gazette"] * 2) == [[], []]


def test_a_line_under_unlike_stories_of_three_outlets_is_boilerplate() -> None:
    articles = [[*story(topic), PROMO] for topic in range(3)]
    assert found(articles, ["Gazette", "Herald", "Post"]) == [[PROMO]] * 3


def test_a_second_take_keeps_its_paragraphs() -> None:
    takes = [story(0), [*story(0)[:4], *story(0, take=1)[4:]], story(0)]
    assert found([*takes, story(1), story(2)], ["Reuters"] * 5) == [[]] * 5


def test_edited_copies_of_one_story_keep_the_paragraph_that_nobody_edited() -> None:
    quote = "We begin with the roof, which takes a year, and go on to the walls of the hall."
    articles = [[*story(0, take=take), quote] for take in range(5)]
    assert found(articles, ["A", "B", "C", "D", "E"]) == [[]] * 5
    assert found(articles, ["A"] * 5) == [[]] * 5
    assert found(articles, ["A"] * 5, vocabulary=False) == [[]] * 5


def test_without_a_vocabulary_more_articles_are_needed() -> None:
    articles = [[*story(topic), PROMO] for topic in range(5)]
    assert found(articles, ["Gazette"] * 5, vocabulary=False) == [[]] * 5
    more = [*articles, [*story(0, take=1), PROMO]]
    assert found(more, ["Gazette"] * 6, vocabulary=False) == [[PROMO]] * 6


def test_a_text_that_is_all_of_its_article_is_no_boilerplate() -> None:
    assert found([[PROMO]] * 4, ["Gazette"] * 4) == [[]] * 4


def test_numbers_do_not_make_a_line_another() -> None:
    lines = [f"Forecast prepared at {hour}.45 am for subscribers inland." for hour in (4, 5, 11)]
    articles = [[*story(topic), line] for topic, line in enumerate(lines)]
    assert found(articles, ["Radio"] * 3) == [[line] for line in lines]


def test_the_order_of_words_does() -> None:
    lines = ["Write to the editor of the paper", "Write to the paper of the editor"] * 2
    articles = [[*story(topic), line] for topic, line in enumerate(lines[:3])]
    assert found(articles, ["A", "B", "C"]) == [[]] * 3


def test_a_repetition_inside_one_article_is_none() -> None:
    assert found([[PROMO, *story(0), PROMO, PROMO]], ["Gazette"]) == [[]]


def test_a_line_that_many_articles_have_is_judged_by_a_sample() -> None:
    articles = [[*story(n % 5, take=n // 5 % 3), PROMO] for n in range(30)]
    assert found(articles, ["Gazette"] * 30) == [[PROMO]] * 30


def test_no_articles_have_none() -> None:
    nothing = np.zeros(0, np.uint64)
    mask = boilerplate(nothing, np.zeros(0, np.int32), [], np.zeros(0, np.int32))
    assert mask.tolist() == []


def test_paragraphs_without_words_are_never_asked_about() -> None:
    keys = np.array([7, 1, 7, 2, 7, 3], np.uint64)
    article = np.array([0, 0, 1, 1, 2, 2], np.int32)
    words = np.array([4, 9, 4, 9, 4, 9], np.int32)

    def strange(left: object, right: object) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        assert len(np.asarray(left)) == len(np.asarray(right))
        return np.zeros(len(np.asarray(left)))

    assert (
        boilerplate(keys, article, ["A", "B", "C"], words, strange).tolist()
        == [
            True,
            False,
        ]
        * 3
    )
    words[::2] = 0
    assert not boilerplate(keys, article, ["A", "B", "C"], words, strange).any()


def test_keys_are_those_of_the_words_alone() -> None:
    texts = ["It's 3 pm, “here”!", "IT’S 45 PM - HERE", "Here it's 3 pm", "", "3 pm"]
    tokens = tokenize(texts)
    keys = paragraph_keys(tokens, tokens.indptr[:-1], tokens.indptr[1:])
    assert keys[0] == keys[1]
    assert len(set(keys.tolist())) == 4
    assert keys[3] == 0


def test_keys_do_not_hang_on_how_many_words_are_hashed_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    texts = [" ".join(map(str, range(size))) + " of Malawi" * size for size in (0, 1, 9, 0, 4, 30)]
    tokens = tokenize([*texts, ""])
    bounds = tokens.indptr[:-1], tokens.indptr[1:]
    whole = paragraph_keys(tokens, *bounds)
    for run in (1, 3, 20, 1000):
        monkeypatch.setattr(learned, "_RUN", run)
        assert paragraph_keys(tokens, *bounds).tolist() == whole.tolist()
    assert np.flatnonzero(whole == 0).tolist() == [0, 3, 6]
