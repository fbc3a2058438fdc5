"""What came along with what was taken, and what may as well be anybody's."""

from __future__ import annotations

import pytest

from tests.strategies import SENTENCES
from tests.verify.readings import compared

TOLD = "The harbour master asked two boys to carry the great lamp down to the wet quay at noon."
RETOLD = "By midday some youngsters were off, as a master of the harbour had said, with that lamp."
#: A quotation with its frame, as the other has it.
SAID = (
    "“Nobody who has ever polished that lamp would have carried it through the rain,” the master "
    "told reporters. “It weighs as much as a calf.”"
)


def matched(here: list[str], there: list[str]) -> str:
    """The words that one article took from another, laid end to end."""
    a, b = "\n\n".join(here), "\n\n".join(there)
    found = sorted(compared(a, b, strict=True, retell=False).passages)
    return "\n\n".join(a[p.start : p.end] for p in found)


def told(sentence: str, *, place: int = 8, own: int = 0) -> bool:
    """Whether a sentence is found in an article of copied ones and some of its own."""
    source = [*SENTENCES[:8], *SENTENCES[14:18], TOLD, *SENTENCES[18:20]]
    copied = SENTENCES[:8]
    article = [*copied[:place], sentence, *copied[place:], *SENTENCES[20 : 20 + own]]
    return sentence.rstrip(".")[-20:] in matched(article, source)


def test_a_sentence_re_told_after_copied_ones_came_along() -> None:
    assert told(RETOLD)


@pytest.mark.parametrize(
    "sentence",
    [
        RETOLD.replace("some youngsters", "Tom Roe and Ann Poe"),
        RETOLD.replace("some youngsters", "17 youngsters"),
        "Gulls and poets, umbrellas, tambourines, whistles, sandwiches and wet dogs went by.",
    ],
)
def test_a_sentence_with_something_of_its_own_did_not(sentence: str) -> None:
    assert not told(sentence)


def test_a_sentence_out_of_order_did_not() -> None:
    assert not told(RETOLD, place=0)


def test_in_an_article_that_is_mostly_its_own_it_may_be_anybodys() -> None:
    assert not told(RETOLD, own=8)


def test_a_quotation_beside_what_was_taken_came_along() -> None:
    """It stands elsewhere there, and half of the article is its own: it was set beside it."""
    source = [*SENTENCES[:6], SAID, *SENTENCES[6:8]]
    own = SENTENCES[20:26]
    assert SAID[1:40] in matched([*own[:3], SENTENCES[0], SAID, *own[3:]], source)
    assert matched([*own[:3], SAID, *own[3:], SENTENCES[0]], source) == SENTENCES[0].rstrip(".")


def test_a_few_quoted_words_are_anybodys() -> None:
    short = "“It weighs a calf.”"
    own = SENTENCES[20:26]
    source = [*SENTENCES[:2], short, *SENTENCES[2:8]]
    assert "calf" in matched([*own, SENTENCES[1], short], source)
    assert "calf" not in matched([*own, SENTENCES[6], short], source)


def test_a_lead_in_other_words_is_ones_own() -> None:
    assert not told(RETOLD, place=0)
