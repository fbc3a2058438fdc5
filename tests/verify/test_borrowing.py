"""What one author took from another: texts that are nobody's reports."""

from __future__ import annotations

from collections import Counter
from math import log, sqrt
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from dedup.records import Reuse
from dedup.verify.borrowing import BREAK, RUN, SUMMARY_GAP, Box, Sentences, borrowed
from dedup.verify.clusters import SHORTEST, WIDEST
from dedup.verify.runs import seeds
from tests.strategies import SENTENCES, articles
from tests.verify import plain
from tests.verify.readings import compared, like

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.verify import Passage, Reading

#: Four sentences, and the same shuffled inside and put in another order.
TOLD = SENTENCES[:4]
SHUFFLED = [
    " ".join(reversed(sentence.rstrip(".").lower().split())).capitalize() + "."
    for sentence in reversed(TOLD)
]
OWN, OTHERS = SENTENCES[4:12], SENTENCES[12:20]


def between(here: Sequence[str], there: Sequence[str]) -> tuple[Passage, ...]:
    """The passages of two bare texts."""
    return compared(" ".join(here), " ".join(there), both=True, retell=False, bare=True).passages


def isf(a: Reading, b: Reading) -> dict[int, float]:
    held = [set(words) for side in (a, b) for words in plain.sentences(side)]
    spread = Counter(stem for words in held for stem in words)
    return {stem: log(len(held) / count) for stem, count in spread.items()}


# Measures


@given(articles(2, 6), articles(2, 6))
def test_sentences_are_weighed_within_the_two_texts(a: str, b: str) -> None:
    both = Sentences(like(a, b))
    weight = isf(both.a, both.b)
    here = [plain.vector(words, weight) for words in plain.sentences(both.a)]
    there = [plain.vector(words, weight) for words in plain.sentences(both.b)]
    for i, one in enumerate(here):
        expected = [plain.cosine(one, two) for two in there]
        assert both.cosine[i].tolist() == pytest.approx(expected, abs=1e-5)
    whole = [sum(map(Counter, side), Counter[int]()) for side in (here, there)]
    product = sum(value * whole[1][stem] for stem, value in whole[0].items())
    lengths = [sqrt(sum(value * value for value in side.values())) for side in whole]
    box = Box(0, len(here) - 1, 0, len(there) - 1)
    assert both.whole(box) == pytest.approx(product / max(lengths[0] * lengths[1], 1e-9), abs=1e-5)


def test_the_words_of_the_subject_tell_nothing() -> None:
    subject = "The harbour board of Kisumu"
    here = [f"{subject} {s[0].lower()}{s[1:]}" for s in OWN]
    there = [f"{subject} {s[0].lower()}{s[1:]}" for s in OTHERS]
    assert not between(here, there)


# Which passages


def test_likeness_is_enough_between_two_authors_in_whatever_order() -> None:
    here, there = [*OWN[:4], *SHUFFLED, *OWN[4:]], [*OTHERS[:4], *TOLD, *OTHERS[4:]]
    (passage,) = between(here, there)
    text = " ".join(here)
    assert text[passage.start : passage.end] == " ".join(SHUFFLED).rstrip(".")
    assert passage.kind is Reuse.PARAPHRASE
    assert not compared(" ".join(here), " ".join(there), both=True).passages, "reporters may"


def test_two_texts_of_their_own_share_nothing() -> None:
    assert not between(OWN, OTHERS)


def test_one_short_sentence_is_too_little() -> None:
    assert len(SHUFFLED[0]) < SHORTEST
    assert not between([*OWN, SHUFFLED[0]], [*OTHERS, TOLD[-1]])


# As it stands


def test_what_is_copied_as_it_stands_ends_where_the_copying_does() -> None:
    words = " ".join(TOLD).split()
    copied = " ".join(words[5 : 5 + RUN + 15])
    here, there = " ".join([*OWN, f"Surely {copied} indeed we say so today."]), " ".join(TOLD)
    (passage,) = between([here], [there])
    assert here[passage.start : passage.end] == copied.rstrip(".")
    assert there[passage.other_start : passage.other_end] == copied.rstrip(".")


@pytest.mark.parametrize(("between_them", "passages"), [(BREAK, 1), (BREAK + 40, 2)])
def test_runs_are_one_passage_where_little_lies_between(between_them: int, passages: int) -> None:
    first, second = " ".join(TOLD[:2]), " ".join(TOLD[2:])
    own, others = " ".join(OWN).split(), " ".join(OTHERS).split()
    here = f"{first} {' '.join(own[:between_them])} {second}"
    there = f"{first} {' '.join(others[:between_them])} {second}"
    both = like(here, there)
    assert len(borrowed(both, seeds(both.a, both.b))) == passages


def test_a_text_that_repeats_itself_is_laid_beside_the_other_once() -> None:
    assert len(between([*TOLD, *OWN, *TOLD], [*OTHERS, *TOLD])) == 1


# Summaries


def test_a_summary_draws_on_places_far_apart() -> None:
    far = WIDEST + 1
    assert far < SUMMARY_GAP
    filler = [OTHERS[:far], OWN[:far], SENTENCES[20 : 20 + far], ()]
    there = [told for one, more in zip(TOLD, filler, strict=True) for told in (one, *more)]
    (passage,) = between([*SENTENCES[26:], *SHUFFLED], there)
    source = " ".join(there)
    covered = source[passage.other_start : passage.other_end]
    assert covered.startswith(TOLD[0])
    assert covered.endswith(TOLD[3].rstrip("."))


def test_a_copy_of_one_place_is_not_stretched_over_the_source() -> None:
    there = [*OTHERS, *TOLD, *SENTENCES[20:]]
    (passage,) = between([*OWN, *SHUFFLED], there)
    covered = " ".join(there)[passage.other_start : passage.other_end]
    assert covered == " ".join(TOLD).rstrip(".")


SAID = "“{}” the harbour master told the committee, folding his cap as the lamps went out."
FRAMES = ("“{}” he said.", "“{}” she added.")


@pytest.mark.parametrize(("frames", "taken"), [((SAID, SAID), True), (FRAMES, False)])
def test_a_passage_of_quotations_counts_by_the_words_between_them(
    frames: tuple[str, str], *, taken: bool
) -> None:
    """What both quote was taken from neither, unless who quotes it says it in the same words."""
    both = [frame.format(said.rstrip(".") + ",") for frame, said in zip(frames, TOLD, strict=False)]
    assert bool(between([*OWN, *both], [*both, *OTHERS])) is taken
