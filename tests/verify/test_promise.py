from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings

from dedup import verify
from dedup.tables import CAPITAL, NUMBER, BodyTable
from tests.strategies import SENTENCES, Draft, copies, drafts, laid_out, unrelated
from tests.verify.readings import compared, words_of

if TYPE_CHECKING:
    from tests.strategies import Copy

FILE = tomllib.loads(Path(__file__).with_name("reuse_cases.toml").read_text("utf-8"))
CASES = FILE["case"]


def body(*texts: str, language: str = "en") -> BodyTable:
    """The words of some articles, all of them told."""
    words = [words_of(text, language) for text in texts]
    weight = np.concatenate([each.weight for each in words])
    flags = np.concatenate([each.flags for each in words])
    return BodyTable(
        indptr=np.cumsum([0] + [len(each.word) for each in words]),
        word=np.concatenate([each.word for each in words]),
        weight=weight,
        telling=(np.where((flags & (CAPITAL | NUMBER)) > 0, 0, weight) * 16).astype(np.int32),
        flags=flags,
    )


def promising(a: str, b: str, language: str = "en", *, retell: bool = True) -> bool:
    both = body(a, b, language=language)
    left, right = np.array([0], np.int32), np.array([1], np.int32)
    heaviest = verify.stretches(verify.align(both, left, right), both.telling, both.indptr[right])
    told = verify.retellable(both, left, right) | verify.retellable(both, right, left)
    return bool(heaviest[0] >= verify.STRETCH or (retell and told[0]))


@given(copies())
@settings(max_examples=60)
def test_where_there_is_a_passage_a_glance_promises_it(copy: Copy) -> None:
    assert promising(copy.text, copy.source) or not compared(copy.text, copy.source).passages
    assert promising(copy.text, copy.source) == promising(copy.source, copy.text)


@given(copies())
@settings(max_examples=60)
def test_a_copy_promises_as_much_where_nothing_can_be_re_told(copy: Copy) -> None:
    found = compared(copy.text, copy.source, retell=False).passages
    assert promising(copy.text, copy.source, retell=False) or not found


def test_a_re_telling_is_promised_only_where_one_is_looked_for() -> None:
    article, source = laid_out(SENTENCES[:7], 2).text, laid_out(SENTENCES[10:18], 2).text
    assert promising(article, source)
    assert not promising(article, source, retell=False)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_no_case_of_reuse_is_passed_over(case: dict[str, str]) -> None:
    story = FILE["story"][case["story"]]
    article, other = case["article"].strip(), story["text"].strip()
    promised = promising(article, other, story["language"])
    assert promised or not compared(article, other, story["language"]).passages


@given(drafts(least=1))
@settings(max_examples=30)
def test_an_article_promises_itself(draft: Draft) -> None:
    assert promising(draft.text, draft.text)


#: Names enough for everybody, none twice.
NAMES = [
    f"{first}{last}"
    for first in ("Ba", "Do", "Ki", "Lu", "Mo", "Ra", "Su", "Ve")
    for last in ("bert", "dral", "nsson", "rovich", "thwen", "zelian", "mbeki", "lgado")
]


def named(draft: Draft, names: list[str]) -> str:
    """Let somebody else say each sentence."""
    said = zip(draft.sentences, names[::2], names[1::2], strict=False)
    return " ".join(f"{sentence.rstrip('.')}, {one} {two} said." for sentence, one, two in said)


@given(unrelated())
@settings(max_examples=30)
def test_articles_with_nothing_in_common_promise_nothing(pair: tuple[Draft, Draft]) -> None:
    assert not promising(named(pair[0], NAMES[:32]), named(pair[1], NAMES[32:]))


def test_no_article_is_re_told_from_one_that_lacks_its_names() -> None:
    told = named(laid_out(SENTENCES[:7], 2), NAMES)
    assert not promising(told, named(laid_out(SENTENCES[10:18], 2), NAMES[32:]))
    assert promising(told, named(laid_out(SENTENCES[10:18], 2), NAMES))


def test_a_far_longer_source_makes_no_re_telling() -> None:
    told = laid_out(SENTENCES[:6], 2).text
    assert promising(told, named(laid_out(SENTENCES[7:14], 2), NAMES))
    assert not promising(told, named(laid_out(SENTENCES[7:], 2), NAMES))


def test_a_short_article_makes_none_either() -> None:
    assert not promising(" ".join(SENTENCES[:2]), named(laid_out(SENTENCES[7:12], 2), NAMES))


def test_a_few_shared_phrases_far_apart_promise_nothing() -> None:
    phrases = (
        "crumbling limestone lighthouse",
        "embittered cello virtuoso",
        "bankrupt toffee manufacturer",
    )
    halves = SENTENCES[:15], SENTENCES[15:]
    names = NAMES[:32], NAMES[32:]
    openings = "It was a", "They bought one"
    near, far = [
        [
            " ".join(
                f"{named(Draft((part[i * step :][:step],)), who[10 * i :])} {opening} {what}."
                for i, what in enumerate(phrases)
            )
            for part, who, opening in zip(halves, names, openings, strict=True)
        ]
        for step in (0, 5)
    ]
    assert promising(*near, retell=False)
    assert not promising(*far)


@pytest.mark.parametrize("text", ["", "...", "Rain fell.", "Rain."])
def test_next_to_nothing_promises_nothing(text: str) -> None:
    whole = named(laid_out(SENTENCES[:8], 2), NAMES)
    assert not promising(text, whole)
    assert not promising(whole, text)
    assert not promising(text, text)


def test_a_stretch_counts_each_word_once_and_names_not_at_all() -> None:
    text = "It was on the table when Anna Berg saw hairline cracks in 12 girders."
    both = body(text, text)
    left, right = np.array([0], np.int32), np.array([1], np.int32)
    runs = verify.align(both, left, right)
    heaviest = verify.stretches(runs, both.telling, both.indptr[right])
    assert runs.length.tolist() == [14]
    assert heaviest[0] == both.telling[14:].sum()
    assert both.telling[14 + 6] == both.telling[14 + 7] == both.telling[14 + 12] == 0


def test_words_in_runs_are_counted_once() -> None:
    story = " ".join(SENTENCES[:3])
    both = body(story, f"{story} {NAMES[0]} spoke. {story}")
    left, right = np.array([0, 1], np.int32), np.array([1, 0], np.int32)
    runs = verify.align(both, left, right)
    words = int(both.indptr[1])
    assert verify.covered(runs).tolist() == [2 * words, words]
