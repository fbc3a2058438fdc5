"""Articles laid out for verification as the pipeline does it, and ways to look at a result."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypedDict, Unpack

import numpy as np

from dedup import text as rooms
from dedup import verify
from dedup.records import FURNITURE, Span
from dedup.tables import NUMBER
from dedup.verify.likeness import likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.records import Paragraph, Reuse
    from dedup.verify.likeness import Likeness

#: The weight of a number, as the pipeline sets it.
NUMBER_WEIGHT = 8.06


class Taken(NamedTuple):
    """A passage as a reader sees it: the words on both sides, and how closely they follow."""

    text: str
    other: str
    kind: Reuse


def weights(
    word: NDArray[np.uint64], flags: NDArray[np.uint8], language: str
) -> NDArray[np.float32]:
    background = rooms.background(language)
    weight = background.weight(word)
    weight[background.function(word)] = 0.0
    weight[(flags & NUMBER) > 0] = NUMBER_WEIGHT
    return weight


def words_of(text: str, language: str = "en", paragraphs: Sequence[Paragraph] = ()) -> verify.Words:
    """Give all words of a text with stems and weights; speech is marked in these paragraphs."""
    quoted = rooms.quotes(text, [(one.start, one.end) for one in paragraphs])
    spoken = rooms.speech(text, paragraphs, quoted, news=True)
    tokens = rooms.with_speech(rooms.tokenize([text]), [spoken])
    return verify.Words(
        start=tokens.start,
        end=tokens.end,
        word=tokens.word,
        stem=rooms.stems(text, tokens.start, tokens.end, tokens.word, language),
        weight=weights(tokens.word, tokens.flags, language),
        flags=tokens.flags,
    )


@cache
def read_text(text: str, language: str = "en") -> verify.Reading:
    """Lay an article out; its paragraphs and their roles are found in the text."""
    return read_paragraphs(text, rooms.segment(text).paragraphs, language)


def read_paragraphs(
    text: str, paragraphs: Sequence[Paragraph], language: str = "en"
) -> verify.Reading:
    """Lay out an article whose paragraphs and roles are given."""
    sentences: list[tuple[int, Span]] = []
    for paragraph in paragraphs:
        if paragraph.role in FURNITURE:
            continue
        place = (paragraph.start, paragraph.end)
        sentences.extend((paragraph.n, span) for span in rooms.sentences(text, *place))
    words = words_of(text, language, paragraphs)
    return verify.read(words, sentences, rooms.stock_clauses(text))


def like(a: str, b: str, language: str = "en") -> Likeness:
    return likeness(read_text(a, language), read_text(b, language))


class How(TypedDict, total=False):
    """How two articles are compared; left out: the order is known, a re-telling is possible."""

    both: bool
    retell: bool
    strict: bool
    bare: bool
    explain: bool


def compared(a: str, b: str, language: str = "en", **how: Unpack[How]) -> verify.Comparison:
    """Compare a later article with an earlier one."""
    asked: How = {"both": False, **how}
    return verify.compare(
        read_text(a, language),
        read_text(b, language),
        both=asked["both"],
        retell=asked.get("retell", True),
        strict=asked.get("strict", False),
        bare=asked.get("bare", False),
        explain=asked.get("explain", False),
    )


def taken(a: str, b: str, language: str = "en", *, both: bool = False) -> list[Taken]:
    """Give the passages that ``a`` took from ``b``, as words."""
    return [
        Taken(a[p.start : p.end], b[p.other_start : p.other_end], p.kind)
        for p in compared(a, b, language, both=both).passages
    ]


def reused(a: str, b: str, language: str = "en") -> float:
    """Give the share of the counted words of ``a`` that lie in passages taken from ``b``."""
    reading = read_text(a, language)
    inside = np.zeros(len(reading), bool)
    for passage in compared(a, b, language).passages:
        inside |= (reading.start >= passage.start) & (reading.start < passage.end)
    return float(inside.mean()) if len(reading) else 0.0


def bare(sentences: Sequence[Sequence[int]], weight: float = 9.0) -> verify.Reading:
    """Make a reading of bare numbers: each word is a number, five characters wide."""
    stem = np.array([word for sentence in sentences for word in sentence], np.uint64)
    at = np.arange(len(stem), dtype=np.int32) * 5
    ends = np.cumsum([0] + [len(sentence) for sentence in sentences])
    spans = [
        (n, Span(first * 5, last * 5))
        for n, (first, last) in enumerate(pairwise(ends.tolist()), start=1)
    ]
    words = verify.Words(
        start=at,
        end=at + 4,
        word=stem,
        stem=stem,
        weight=np.full(len(stem), weight, np.float32),
        flags=np.zeros(len(stem), np.uint8),
    )
    return verify.read(words, spans)
