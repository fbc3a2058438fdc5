from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings

from dedup.verify.following import following
from dedup.verify.runs import seeds
from tests.strategies import SENTENCES, copies, laid_out
from tests.verify import plain
from tests.verify.readings import like

if TYPE_CHECKING:
    from tests.strategies import Copy

SOURCE = laid_out(SENTENCES[:6], 2).text
OWN = SENTENCES[20:26]


def followed(article: str, source: str = SOURCE) -> tuple[list[bool], list[float]]:
    """Which sentences were taken, and what share of each runs as in the source."""
    found = like(article, source)
    follow = following(found, seeds(found.a, found.b))
    return follow.taken.tolist(), follow.tiled.tolist()


@given(copies())
@settings(max_examples=30)
def test_shares_are_the_plain_ones(copy: Copy) -> None:
    found = like(copy.text, copy.source)
    follow = following(found, seeds(found.a, found.b))
    theirs = plain.sentences(found.b)
    names = plain.sentences(found.a, "name")
    for i, sentence in enumerate(plain.sentences(found.a)):
        window = [w for s in theirs[max(0, follow.first[i] - 1) : follow.last[i] + 2] for w in s]
        assert follow.new[i] == sum(
            bool(name) and word not in window for word, name in zip(sentence, names[i], strict=True)
        )
        assert 0 <= follow.tiled[i] <= 1
        if sentence in theirs:
            assert follow.tiled[i] == 1.0
            assert theirs.index(sentence) in range(follow.first[i], follow.last[i] + 1)


def test_sentences_are_taken_where_they_follow() -> None:
    taken, tiled = followed(laid_out((OWN[0], *SENTENCES[1:3], OWN[1]), 2).text)
    assert taken == [False, True, True, False]
    assert tiled[1:3] == [1.0, 1.0]


def test_a_sentence_between_two_taken_ones_goes_with_them_if_some_words_run_on() -> None:
    between = "Nobody knows how a schoolteacher from Kisumu came to own so many umbrellas."
    taken, tiled = followed(" ".join((SENTENCES[1], between, SENTENCES[3])))
    assert 0 < tiled[1] < 0.5
    assert taken == [True, True, True]


def test_a_sentence_between_two_taken_ones_that_shares_no_words_is_the_writers_own() -> None:
    taken, _ = followed(" ".join((SENTENCES[1], OWN[0], SENTENCES[2])))
    assert taken == [True, False, True]


def test_words_run_on_only_near_the_place_a_sentence_is_like() -> None:
    """Scattered runs are chance; those beside the like sentence are its words."""
    scattered = "The harbour board rejected the plan, a schoolteacher from Kisumu won."
    far = f"{SENTENCES[0]} {' '.join(OWN[:4])} {SENTENCES[2]}"
    near = f"{SENTENCES[0]} {SENTENCES[2]}"
    assert followed(scattered, near)[1][0] > followed(scattered, far)[1][0] > 0


def test_new_names_and_numbers_speak_against() -> None:
    copy = SENTENCES[2]
    anew = copy.replace("Kisumu", "Eldoret").replace("a minute", "18 minutes")
    scores = []
    for sentence in (copy, anew):
        found = like(f"{sentence} {OWN[0]}", SOURCE)
        follow = following(found, seeds(found.a, found.b))
        scores.append(float(follow.score[0]))
        assert follow.new[0] == (0 if sentence == copy else 2)
    assert scores[0] > scores[1]


def test_a_sentence_cannot_come_from_a_much_shorter_one() -> None:
    long = (
        "Fishermen blocked the quay, said the widow of the lighthouse keeper, who has lived above "
        "the ropemaker's shop since her wedding and keeps eleven canaries, a parrot and a diary."
    )
    taken, _ = followed(f"{long} {OWN[0]}", f"Fishermen blocked the quay. {SENTENCES[5]}")
    assert taken == [False, False]


SPEECH = (
    "“Those cables were rotten and everybody on the river knew it for years,” said the engineer."
)
OTHER_WORDS = (
    "He stood in the rain. “Those cables were rotten and everybody on the river knew it for years.”"
)


@pytest.mark.parametrize(
    ("before", "speech", "expected"),
    [
        (OWN[0], SPEECH, False),
        (OWN[0], OTHER_WORDS, False),
        (SENTENCES[0], SPEECH, True),
    ],
)
def test_speech_was_taken_where_the_narration_round_it_was(
    before: str,
    speech: str,
    *,
    expected: bool,
) -> None:
    source = f"{SENTENCES[0]}\n\n{SPEECH}\n\n{SENTENCES[1]}"
    found = like(f"{before}\n\n{speech}\n\n{OWN[1]}", source)
    follow = following(found, seeds(found.a, found.b))
    spoken = np.flatnonzero(follow.quoted > 0.5)
    assert len(spoken)
    assert follow.score[spoken].max() > 0
    assert follow.taken[spoken].any() == expected


def figures(*numbers: int) -> str:
    lines = (
        "The capital will have a high of {} degrees and light winds.",
        "Showers reach the southern coast with {} millimetres of rain.",
        "The sun sets over the lagoon at {} past six in the evening.",
        "Pollen counts for grasses stand at {} grains per cubic metre.",
    )
    return " ".join(line.format(n) for line, n in zip(lines, numbers, strict=False))


@pytest.mark.parametrize(
    ("today", "form"),
    [
        ((31, 12, 24, 45), False),  # the same figures: the report was taken over
        ((24, 19, 51, 16), True),
        ((31, 19, 51, 45), False),  # half the figures are old
        ((24, 19), False),  # two lines are no form
    ],
)
def test_a_form_filled_in_anew(today: tuple[int, ...], *, form: bool) -> None:
    found = like(figures(*today), figures(31, 12, 24, 45))
    follow = following(found, seeds(found.a, found.b))
    assert follow.form == form
    assert follow.taken.any() == (not form)


def test_a_report_brought_up_to_date_is_no_form() -> None:
    told = " ".join(SENTENCES[:8])
    found = like(f"{told} {figures(24, 19, 51, 16)}", f"{told} {figures(31, 12, 24, 45)}")
    follow = following(found, seeds(found.a, found.b))
    assert not follow.form
    assert follow.taken[:8].all()
