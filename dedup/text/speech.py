"""Whose words an article prints: what somebody said, wrote or posted is not the reporter's own.

Two reporters who were told the same sentence print the same sentence. Such words are marked: direct
quotations, quoted paragraphs, posts of a social network up to their signature, what a colon
introduces and what a transcript gives under its speaker's name. What one article marks as a
quotation and another runs into its own telling is marked there too, for the words are the same.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import pays
from dedup.records import FURNITURE, Role, Span
from dedup.tables import QUOTED, TokenTable
from dedup.text.membership import held
from dedup.text.quotes import quotes
from dedup.text.shingles import shingle

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dedup.records import Paragraph

#: A quotation is known elsewhere by so many of its words in a row: fewer are the language's own.
STATED = 6
#: A post ends in its author's name and handle, or in its picture's address; it is no longer than
#: its network allows.
_SIGNATURE = re.compile(r"(?:—|–|--)\s[^\n]{1,80}\(@\w+\)|pic\.twitter\.com/\w+")
_LONGEST_POST = 420
#: A speaker is named in capitals before a colon, with a post or an outlet after a comma.
_SPEAKER = re.compile(r"\s*(?P<name>[^\W\d_][^\n:,(]{3,40})(?:[,(][^:\n]{1,60})?:\s")
#: A line of fewer characters ("Mr. Smith") may stand between a colon and what it introduces.
_SHORT_LINE = 25
#: Words by which a memo, a letter or a statement that is printed in full speaks of its writers.
_OURSELVES = re.compile(
    r"""\b(?:we|our|ours|us|my|I|nous|notre|nos|mes|je|wir|uns|unser\w*|ich|nosotr[oa]s|nuestr[oa]s?
    |n[óo]s|noss[oa]s?|noi|nostr[oaei])\b""",
    re.VERBOSE | re.IGNORECASE,
)


def speech(text: str, paragraphs: Sequence[Paragraph], *, news: bool) -> list[Span]:
    """Return the stretches of an article that are somebody else's words.

    Args:
        text: the article's text.
        paragraphs: its paragraphs, with their roles; only those that tell the story are read.
        news: posts and what a colon introduces are speech in a reporter's article; in any other
            document they may be anything, and only quotations count.

    """
    found: list[Span] = []
    opened = going_on = False
    for paragraph in paragraphs:
        if paragraph.role in FURNITURE:
            continue
        start, end = paragraph.start, paragraph.end
        said = quotes(text, start, end)
        given = news and (opened or _names_speaker(text, start, end))
        given = given or (going_on and not said and _speaks_of_itself(text, start, end))
        found.extend([Span(start, end)] if given or paragraph.role is Role.QUOTE else said)
        opens = text.endswith(":", start, end)
        if opens or end - start > _SHORT_LINE:
            opened, going_on = opens, given
    if news:
        found.extend(_posts(text))
    return found


def _speaks_of_itself(text: str, start: int, end: int) -> bool:
    """Whether a paragraph after one that was introduced still speaks of its writers."""
    return _OURSELVES.search(text, start, end) is not None


def _names_speaker(text: str, start: int, end: int) -> bool:
    """Whether a paragraph is a transcript's: ``SPEAKER, OUTLET: what was said``."""
    if not text[start : start + 2].isupper():
        return False
    label = _SPEAKER.match(text, start, end)
    return label is not None and label["name"].isupper()


def _posts(text: str) -> Iterator[Span]:
    """Yield the posts of a social network, each from its line's beginning to its signature."""
    if "(@" not in text and "pic.twitter.com/" not in text:
        return
    for signature in _SIGNATURE.finditer(text):
        line = text.rfind("\n", 0, signature.start()) + 1
        yield Span(max(line, signature.start() - _LONGEST_POST), signature.end())


def with_speech(tokens: TokenTable, spoken: Sequence[Sequence[Span]]) -> TokenTable:
    """Mark the words of each article that stand in its stretches of speech."""
    flags = tokens.flags.copy()
    for row, spans in enumerate(spoken):
        if not spans:
            continue
        words = slice(tokens.indptr[row], tokens.indptr[row + 1])
        bounds = np.searchsorted(tokens.start[words], np.array(spans)) + words.start
        for first, last in bounds.tolist():
            flags[first:last] |= QUOTED
    return _with_flags(tokens, flags)


def quoted_anywhere(tokens: TokenTable, news: NDArray[np.bool_]) -> TokenTable:
    """Mark the words that some article quotes wherever else they stand, ``STATED`` in a row.

    Args:
        tokens: the words of all articles.
        news: which articles are news, ``[articles]``; the others are left as they are.

    """
    whole = np.array([0, len(tokens.word)])
    hashes = shingle(tokens.word, whole, STATED).hash  # across articles too: those are left out
    full = np.repeat(news, np.diff(tokens.indptr))
    for back in range(1, STATED):
        full[tokens.indptr[1:][tokens.indptr[1:] >= back] - back] = False
    flags = tokens.flags.copy()
    if pays(len(flags)):
        from dedup.text import kernels

        kernels.mark_again(hashes, full, flags, np.uint8(QUOTED), STATED)
    else:
        _mark_again(hashes, full, flags)
    return _with_flags(tokens, flags)


def _mark_again(
    hashes: NDArray[np.uint64], full: NDArray[np.bool_], flags: NDArray[np.uint8]
) -> None:
    """Mark the runs of words that stand marked throughout anywhere; see the kernel."""
    begin = np.flatnonzero(full[: len(flags) - STATED + 1])
    hashes = hashes[begin]
    stated = _whole((flags & QUOTED) > 0, begin)
    again = begin[~stated][held(hashes[~stated], hashes[stated])]
    for step in range(STATED):
        flags[again + step] |= QUOTED


def _whole(marked: NDArray[np.bool_], begin: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which windows of ``STATED`` words are marked throughout."""
    before = np.zeros(len(marked) + 1, np.int32)
    np.cumsum(marked, out=before[1:])
    whole: NDArray[np.bool_] = before[begin + STATED] - before[begin] == STATED
    return whole


def _with_flags(tokens: TokenTable, flags: NDArray[np.uint8]) -> TokenTable:
    """The same words with other flags."""
    return TokenTable(
        indptr=tokens.indptr, start=tokens.start, end=tokens.end, word=tokens.word, flags=flags
    )
