"""Thin evidence: the one sentence or two that articles of two outlets share, and nothing else.

Who has an agency's text or another outlet's names it somewhere, takes more, or takes what is told
as nobody else would tell it. Where two articles share one short passage, name no agency that both
have, and none of them is an agency's, the passage must show by itself that it was not found twice:

- a figure is stated with its label ("net income of $112 million, or 87 cents per share"): what
  stands beside figures is everybody's;
- what both relay ("police said", "the bill would", "was sentenced to") was told to both.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np

from dedup import text
from dedup.pipeline.furniture import without
from dedup.records import Kind, Reuse
from dedup.verify import ESTABLISHED, STRING, Told, Uniqueness, seeds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedup.attribution import Catalogue
    from dedup.pipeline.comparing import Comparer, Found
    from dedup.pipeline.corpus import Corpus
    from dedup.verdict import Match, Subject

#: Who takes so many words, or this share of an article, has shown it.
LONGEST, MOST = 100, 0.8
#: Nobody is told so many words in a row and tells all of them on.
PARAGRAPH = 2 * STRING


def without_thin(
    comparer: Comparer,
    described: Sequence[Subject],
    matches: Mapping[Match, Found],
    catalogue: Catalogue,
) -> tuple[dict[Match, Found], int]:
    """Leave out what two articles may have found each by itself.

    Args:
        comparer: lays out the articles.
        described: the articles, as they are judged.
        matches: what they share.
        catalogue: tells which outlet is meant by a name.

    Returns:
        The matches that remain, and how many were left out.

    """
    search = _Search(comparer, described, catalogue)
    thin = [pair for pair in _strangers(comparer.corpus, matches) if search.thin(pair)]
    dropped = {match for pair in thin for match in pair}
    return without(matches, dropped), len(dropped)


def _strangers(corpus: Corpus, matches: Mapping[Match, Found]) -> list[list[Match]]:
    """The matches of each two articles of two outlets.

    What was re-told has rules of its own; who has a paragraph word for word was not only told it.
    """
    pairs: dict[tuple[int, int], list[Match]] = defaultdict(list)
    for match in matches:
        pairs[match.article, match.other].append(match)
    places = np.array([*pairs], np.intp).reshape(-1, 2).T
    asked = (corpus.strict(*places) & ~corpus.one_house(*places)).tolist()
    return [pair for pair in compress(pairs.values(), asked) if not any(map(_shows, pair))]


def _shows(match: Match) -> bool:
    """Whether a match shows by its kind that one had the other."""
    if match.kind is Reuse.EDITED:
        return False
    return match.kind is Reuse.PARAPHRASE or match.words >= PARAGRAPH


class _Search:
    """Looks at the matches of one corpus."""

    def __init__(
        self, comparer: Comparer, described: Sequence[Subject], catalogue: Catalogue
    ) -> None:
        self.corpus, self.described, self.catalogue = comparer.corpus, described, catalogue
        self._reading = comparer.reading

    def thin(self, matches: Sequence[Match]) -> bool:
        """Whether all that two articles share is what both may have found."""
        article, other = matches[0].article, matches[0].other
        words = sum(m.words for m in matches)
        whole = min(self.described[article].words, self.described[other].words)
        if words >= min(LONGEST, MOST * whole) or self._backed(article, other):
            return False
        a, b = self._reading(article), self._reading(other)
        pair = Uniqueness(a, b, seeds(a, b))
        parts = [pair.inside(m[2:4], m[4:6]).told for m in matches]
        told = Told(
            max(one.string for one in parts),
            sum(one.weight for one in parts),
            sum(one.words for one in parts),
        )
        if not pair.unique(told):
            return True
        if told.words >= ESTABLISHED:
            return False
        return all(
            self._relayed(article, m[2:4])
            and self._relayed(other, m[4:6])
            and not (a.quotes(*m[2:4]) and b.quotes(*m[4:6]))
            for m in matches
        )

    def _backed(self, article: int, other: int) -> bool:
        """Whether what the articles say of their sources makes it likely that they share text.

        One of them is an agency's, they name one agency, or one names the other's outlet.
        """
        here, there = self.described[article], self.described[other]
        if any(
            one.agency or one.article_credits or one.credit_without_name for one in (here, there)
        ):
            return True
        ours, theirs = _named(here), _named(there)
        return bool(
            {name for name in ours if ours[name]} & {name for name in theirs if theirs[name]}
            or self._house(other) in ours
            or self._house(article) in theirs
        )

    def _house(self, article: int) -> str:
        """The medium that an article's outlet is, as credits name it; "" where none is known."""
        printed = self.corpus.articles[article]
        return self.catalogue.house(printed.publisher, printed.url)

    def _relayed(self, article: int, place: tuple[int, int]) -> bool:
        """Whether a sentence that a passage touches relays what somebody told."""
        body, language = self.corpus.articles[article].text, self.corpus.languages[article]
        start, end = place
        return any(
            text.relays(body[span.start : span.end], language)
            for paragraph in self.corpus.paragraphs.of(article)
            if paragraph.start < end and start < paragraph.end
            for span in text.sentences(body, paragraph.start, paragraph.end)
            if span.start < end and start < span.end
        )


def _named(subject: Subject) -> dict[str, bool]:
    """The media that an article names as its sources, and which of them are agencies."""
    rows = subject.credits.attributions
    return {row.agency: row.is_agency for row in rows if row.agency and row.kind is not Kind.PHOTO}
