"""The middle of the walk: candidate pairs are verified on real text, each pair on its own."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dedup import text, times, verify
from dedup.pipeline.corpus import ROLES
from dedup.pipeline.reprints import SAME
from dedup.pipeline.wording import string, worded
from dedup.records import FURNITURE
from dedup.tables import ASIDE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.pipeline.corpus import Corpus
    from dedup.pipeline.wording import String, Worded
    from dedup.records import Span
    from dedup.verify import Overlap, Passage, Reading, Refusal, Words

#: Whether a paragraph of each role tells the story.
_TOLD = np.array([role not in FURNITURE for role in ROLES])
#: Readings kept at a time; pairs come sorted, so that a reading is used again soon.
_KEPT = 1024


class Pair(NamedTuple):
    """A pair to look at closely, two places of articles.

    Attributes:
        retell: one may be the other re-told.
        strict: what they share must be more than two reporters find by themselves.
        bare: they are no two reports but texts like any others.

    """

    left: int
    right: int
    retell: bool
    strict: bool
    bare: bool


class Found(NamedTuple):
    """One verified passage pair with its measures; ``article`` is not the earlier of the two.

    ``worded`` is its wording, where the comparison saw that it will be asked for.
    """

    article: int
    other: int
    passage: Passage
    overlap: Overlap
    cosine: float
    worded: Worded | None = None


class Compared(NamedTuple):
    """What a batch of pairs gave."""

    found: tuple[Found, ...]
    refusals: tuple[tuple[int, int, Refusal], ...]


class Asked(NamedTuple):
    """Two texts to compare; ``both``: nobody knows which is the later."""

    article: int
    other: int
    both: bool
    retell: bool
    strict: bool
    bare: bool


class _Seen(NamedTuple):
    """What a close look at two articles gave: passages with the strings they share, near misses.

    The string of a passage is left out where nobody will ask for its wording.
    """

    passages: tuple[tuple[Passage, String | None], ...]
    refusals: tuple[Refusal, ...]


class Comparer:
    """Verifies candidate pairs of one corpus."""

    def __init__(self, corpus: Corpus, *, explain: bool = False) -> None:
        """Take the corpus; with ``explain`` near misses are kept, with the rule that refused."""
        self.corpus = corpus
        self._twins = corpus.twins  # worked out once, before there are workers
        self.explain = explain
        self._laid_out = lru_cache(_KEPT)(self._read)
        self._between = lru_cache(_KEPT)(self._look)
        self._measured: dict[tuple[int, int, Passage], tuple[Overlap, float]] = {}

    def compare(self, pairs: Sequence[Pair]) -> Compared:
        """Verify a batch of pairs."""
        found: list[tuple[int, int, Passage, String | None]] = []
        refusals: list[tuple[int, int, Refusal]] = []
        for pair in pairs:
            asked = self.asked(pair)
            article, other = asked.article, asked.other
            twins = self._twins[article], self._twins[other]
            seen = self._between(Asked(*twins, *asked[2:]))
            found.extend((article, other, *one) for one in seen.passages)
            refusals.extend((article, other, refusal) for refusal in seen.refusals)
        return Compared(tuple(self._measure(found)), tuple(refusals))

    def asked(self, pair: Pair) -> Asked:
        """Say what is asked of a pair: whether the later one took from the earlier."""
        left, right, retell, strict, bare = pair
        order = times.order(self.corpus.whens[left], self.corpus.whens[right])
        later = order or (1 if self._id(left) < self._id(right) else -1)  # ids where unknown
        article, other = (left, right) if later > 0 else (right, left)
        return Asked(article, other, not order, retell, strict, bare)

    def _look(self, asked: Asked) -> _Seen:
        """Compare two articles."""
        a = self._laid_out(asked.article, asked.bare)
        b = self._laid_out(asked.other, asked.bare)
        result = verify.compare(
            a,
            b,
            both=asked.both,
            retell=asked.retell,
            strict=asked.strict,
            bare=asked.bare,
            explain=self.explain,
        )
        whole = SAME * max(len(a), len(b))  # nobody asks whose the wording of a whole article is
        shared = result.shared if asked.strict else None
        return _Seen(
            tuple(
                (one, string(shared, one[:2], one[2:4]) if shared and one.words < whole else None)
                for one in result.passages
            ),
            result.refusals,
        )

    def _id(self, article: int) -> str:
        return self.corpus.articles[article].id

    def reading(self, article: int) -> Reading:
        """Lay out what an article tells."""
        return self._laid_out(article, False)  # noqa: FBT003 - what is remembered goes by place

    def _read(self, article: int, whole: bool) -> Reading:  # noqa: FBT001 - as is asked above
        """Lay out an article for verification; ``whole``: with its headings and the like."""
        corpus = self.corpus
        body = corpus.articles[article].text
        sentences: list[tuple[int, Span]] = []
        rows, columns = corpus.rows_of(article), corpus.paragraphs
        told = _TOLD[columns.role[rows]] | whole
        start, end = columns.start[rows].tolist(), columns.end[rows].tolist()
        for row in np.flatnonzero(told).tolist():
            spans = text.sentences(body, start[row], end[row])
            sentences.extend([(row + 1, span) for span in spans])
        return verify.read(self._words(article), sentences, text.stock_clauses(body))

    def _words(self, article: int) -> Words:
        """An article's words with stems and weights; what the page sets in is left out."""
        tokens, whole = self.corpus.tokens, self.corpus.words_of(article)
        start, end = tokens.start[whole], tokens.end[whole]
        word, flags = tokens.word[whole], tokens.flags[whole]
        told = flags & ASIDE == 0
        if not told.all():
            start, end, word, flags = start[told], end[told], word[told], flags[told]
        language = self.corpus.languages[article]
        stem = text.stems(self.corpus.articles[article].text, start, end, word, language)
        return verify.Words(
            start=start,
            end=end,
            word=word,
            stem=stem,
            weight=text.weights_in(language, word, flags),
            flags=flags,
        )

    def _measure(self, found: Sequence[tuple[int, int, Passage, String | None]]) -> Iterator[Found]:
        """Give each passage pair its measures; what copies of one text share is measured once."""
        twins = self._twins
        keys = [(twins[article], twins[other], passage) for article, other, passage, _ in found]
        known = self._measured  # in the batch before
        fresh = [key for key in dict.fromkeys(keys) if key not in known]
        sides = [
            (
                self._stretch(article, passage.start, passage.end),
                self._stretch(other, passage.other_start, passage.other_end),
            )
            for article, other, passage in fresh
        ]
        weight = text.background("").weight  # one table for all: a score hangs on two texts alone
        cosine = verify.cosines(
            [(here.paragraphs, there.paragraphs) for here, there in sides], weight
        )
        measured = [verify.overlap(*both) for both in sides]
        known |= zip(fresh, zip(measured, cosine.tolist(), strict=True), strict=True)
        self._measured = {key: known[key] for key in keys}
        wording = iter(worded([one for *_, one in found if one]))
        for (article, other, passage, one), key in zip(found, keys, strict=True):
            own = next(wording) if one else None
            yield Found(article, other, passage, *known[key], own)

    def _stretch(self, article: int, start: int, end: int) -> verify.Stretch:
        """The word hashes of a passage and of the paragraphs it touches."""
        tokens, rows = self.corpus.tokens, self.corpus.words_of(article)
        own, columns = self.corpus.rows_of(article), self.corpus.paragraphs
        edges = np.array((start, end), columns.start.dtype)
        touched = columns.end[own].searchsorted(edges[0], side="right") + own.start
        beyond = columns.start[own].searchsorted(edges[1]) + own.start
        low, high = int(columns.first[touched]), int(columns.last[beyond - 1])
        first, last = (tokens.start[rows].searchsorted(edges) + rows.start).tolist()
        whole = tokens.word[low:high]
        passage = whole if (first, last) == (low, high) else tokens.word[first:last]
        return verify.Stretch(passage, whole)


def near_misses(corpus: Corpus, part: Compared) -> Iterator[dict[str, object]]:
    """Say the near misses with their texts."""
    for a, b, refusal in part.refusals:
        here, there = corpus.articles[a], corpus.articles[b]
        yield {
            "article_id": here.id,
            "start": refusal.start,
            "end": refusal.end,
            "other_id": there.id,
            "other_start": refusal.other_start,
            "other_end": refusal.other_end,
            "rule": refusal.rule,
            "text": here.text[refusal.start : refusal.end],
            "other_text": there.text[refusal.other_start : refusal.other_end],
        }
