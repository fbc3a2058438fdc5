"""Whose words an article prints: what somebody said, wrote or posted is not the reporter's own.

Two reporters who were told the same sentence print the same sentence. Such words are marked: direct
quotations, quoted paragraphs, posts of a social network up to their signature, what a colon
introduces and what a transcript gives under its speaker's name. What one article marks as a
quotation and another runs into its own telling is marked there too, for the words are the same.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from dedup.compiling import pays
from dedup.records import FURNITURE, Role, Span
from dedup.spilling import Growing, column
from dedup.tables import ASIDE, QUOTED, TokenTable
from dedup.text.membership import Sieve, held
from dedup.text.shingles import shingle
from dedup.text.tokens import rows_at

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from dedup.records import Paragraph
    from dedup.text.quotes import Quoted

#: A quotation is known elsewhere by so many of its words in a row: fewer are the language's own.
STATED = 6
#: Words that are worked on at a time.
_WORDS = 1 << 20
#: A post ends in its author's name and handle, or in its picture's address; it is no longer than
#: its network allows.
_SIGNATURE = re.compile(
    r"""
    [—–p-]  # begins with one set of characters, which lets the search run from one to the next
    (?: (?:(?<=[—–])|(?<=-)-)\s[^\n]{1,80}\(@\w+\) | (?<=p)ic\.twitter\.com/\w+ )
    """,
    re.VERBOSE,
)
_LONGEST_POST = 420
#: A speaker is named in capitals before a colon, with a post or an outlet after a comma.
#: All in characters.
SHORTEST_SPEAKER, _LONGEST_SPEAKER, _LONGEST_POSITION = 4, 41, 60
LONGEST_LABEL = _LONGEST_SPEAKER + 1 + _LONGEST_POSITION
_SPEAKER = re.compile(
    rf"\s*(?P<name>[^\W\d_][^\n:,(]{{{SHORTEST_SPEAKER - 1},{_LONGEST_SPEAKER - 1}}})"
    rf"(?:[,(][^:\n]{{1,{_LONGEST_POSITION}}})?:\s"
)
#: A line of fewer characters ("Mr. Smith") may stand between a colon and what it introduces.
_SHORT_LINE = 25
#: A conversation is printed turn by turn where so many speakers are each named so many times, in
#: lines of their own; this many characters of a line may be a name.
_SPEAKERS, _TIMES, LONGEST_NAME = 2, 3, 40
TURNS = _SPEAKERS * _TIMES
_NEVER_A_NAME = FURNITURE - {Role.HEADING, Role.HEADLINE}
#: Words by which a memo, a letter or a statement that is printed in full speaks of its writers.
_OURSELVES = re.compile(
    r"""\b(?:we|our|ours|us|my|I|nous|notre|nos|mes|je|wir|uns|unser\w*|ich|nosotr[oa]s|nuestr[oa]s?
    |n[óo]s|noss[oa]s?|noi|nostr[oaei])\b""",
    re.VERBOSE | re.IGNORECASE,
)


def speech(
    text: str,
    paragraphs: Sequence[Paragraph],
    quoted: Quoted,
    *,
    news: bool,
    introduces: bool = True,
) -> list[Span]:
    """Return the stretches of an article that are somebody else's words.

    Args:
        text: the article's text.
        paragraphs: its paragraphs, with their roles; only those that tell the story are read.
        quoted: their direct quotations, which a paragraph that is one as a whole has too.
        news: posts and what a colon introduces are speech in a reporter's article; in any other
            document they may be anything, and only quotations count.
        introduces: whether a paragraph may lead to what somebody says, or be a turn of a
            conversation, where that was looked for before.

    """
    given: set[int] = set()
    if news and introduces:
        told = [paragraph for paragraph in paragraphs if paragraph.role not in FURNITURE]
        given = _given(text, told, quoted) | _in_turn(text, paragraphs)
    found: list[Span] = []
    for number in sorted(quoted.keys() | {n - 1 for n in given}) if given else quoted:
        n, start, end, role = paragraphs[number]
        if role in FURNITURE:
            continue
        if role is Role.QUOTE or n in given:
            found.append(Span(start, end))
        else:
            found += quoted[number]
    if news:
        found.extend(_posts(text))
    return found


def _given(text: str, told: Sequence[Paragraph], quoted: Quoted) -> set[int]:
    """Return the numbers of the paragraphs that a colon or a speaker's name introduces.

    What a comma introduces must speak of itself ("As Orwell put it," and "I had never thought of
    it" in a paragraph of its own).
    """
    lasts = [text[end - 1] for _, _, end, _ in told]
    named = set()
    if ":" in text:
        capitals = [one for one in told if text[one.start : one.start + 2].isupper()]
        named = {n for n, start, end, _ in capitals if _names_speaker(text, start, end)}
    if told and named == {told[0].n}:
        named = set()  # "NEW DELHI: " over a report is where it was written
    if not named and ":" not in lasts and "," not in lasts:
        return named
    given = set()
    opened = broken_off = going_on = False
    if _is_place(text[told[0].start : told[0].end]):
        lasts[0] = ""
    for (n, start, end, _), last in zip(told, lasts, strict=True):
        goes_on = opened or n in named
        broken_off = broken_off and text[start].isupper()
        if not goes_on and (going_on or broken_off) and n - 1 not in quoted:
            goes_on = _OURSELVES.search(text, start, end) is not None
        if goes_on:
            given.add(n)
        opens, broken_off = last == ":", last == ","
        if opens or end - start > _SHORT_LINE:
            opened, going_on = opens, goes_on
    return given


def _is_place(line: str) -> bool:
    """Whether a line says where a report was written: "New Delhi:", "LONDON, June 4:"."""
    words = line.removesuffix(":").split()
    return len(line) <= LONGEST_NAME and all(
        word.lstrip("(")[:1].isupper() or word[0].isdigit() for word in words
    )


def _in_turn(text: str, paragraphs: Sequence[Paragraph]) -> set[int]:
    """Return the numbers of what is said in a conversation that is printed turn by turn.

    Each turn stands under a line of its own that names its speaker, so that a few such lines come
    again and again; what a heading stands over comes once.
    """
    lines = {
        n: text[start:end].lower()
        for n, start, end, role in paragraphs
        if end - start <= LONGEST_NAME and role not in _NEVER_A_NAME and text[end - 1].isalpha()
    }
    if len(lines) < TURNS:
        return set()
    times = Counter(lines.values())
    speakers = {line for line, count in times.items() if count >= _TIMES}
    if len(speakers) < _SPEAKERS:
        return set()
    given, speaking = set(), False
    for n, *_ in paragraphs:
        if n in lines:
            speaking = lines[n] in speakers or (speaking and times[lines[n]] > 1)
        elif speaking:
            given.add(n)
    return given


def _names_speaker(text: str, start: int, end: int) -> bool:
    """Whether a paragraph is a transcript's: ``SPEAKER, OUTLET: what was said``."""
    label = _SPEAKER.match(text, start, end)
    return label is not None and label["name"].isupper()


def _posts(text: str) -> Iterator[Span]:
    """Yield the posts of a social network, each from its line's beginning to its signature."""
    if not ("@" in text and "(@" in text) and not ("/" in text and "pic.twitter.com/" in text):
        return
    for signature in _SIGNATURE.finditer(text):
        line = text.rfind("\n", 0, signature.start()) + 1
        yield Span(max(line, signature.start() - _LONGEST_POST), signature.end())


def with_speech(tokens: TokenTable, spoken: Sequence[Sequence[Span]]) -> TokenTable:
    """Mark the words of each article that stand in its stretches of speech."""
    return _marked(tokens, spoken, QUOTED)


def with_asides(tokens: TokenTable, set_in: Sequence[Sequence[Span]]) -> TokenTable:
    """Mark the words of each article that a page sets into its sentences (`asides`)."""
    return _marked(tokens, set_in, ASIDE) if any(set_in) else tokens


def _marked(tokens: TokenTable, spoken: Sequence[Sequence[Span]], flag: int) -> TokenTable:
    """Set a flag of the words of each article that stand in its stretches."""
    spans = [span for found in spoken for span in found]
    places = np.fromiter(chain.from_iterable(spans), np.int32, 2 * len(spans))
    begin, end = places.reshape(-1, 2).T.copy()
    sizes = np.array([*map(len, spoken)], np.int64)
    article = np.repeat(np.arange(len(spoken), dtype=np.int32), sizes)
    edges = np.zeros(len(tokens.flags) + 1, np.int32)
    np.add.at(edges, rows_at(tokens, article, begin), 1)
    np.add.at(edges, rows_at(tokens, article, end), -1)
    marked = np.cumsum(edges[:-1], dtype=np.int32) > 0
    return _with_flags(tokens, tokens.flags | marked * np.uint8(flag))


def quoted_anywhere(tokens: TokenTable, news: NDArray[np.bool_]) -> TokenTable:
    """Mark the words that some article quotes wherever else they stand, ``STATED`` in a row.

    Args:
        tokens: the words of all articles.
        news: which articles are news, ``[articles]``; the others are left as they are.

    """
    flags = column(len(tokens.flags), np.uint8)
    flags[:] = tokens.flags
    known = _quoted(tokens, news)
    sieve = Sieve(known)
    others: Growing[np.uint64] = Growing()
    begin: Growing[np.int64] = Growing()
    for hashes, first in _runs(tokens, news, whole=False):
        asked = np.flatnonzero(sieve.may_hold(hashes))
        others.extend(hashes[asked])
        begin.extend(first[asked])
    again = begin.column()[held(others.column(), known)]
    for step in range(STATED):
        flags[again + step] |= QUOTED
    return _with_flags(tokens, flags)


def stated(tokens: TokenTable, news: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Return the runs of ``STATED`` words that some article quotes throughout, sorted.

    Args:
        tokens: the words of all articles, as each marks its own quotations.
        news: which articles are news, ``[articles]``; what the others quote counts for nobody.

    """
    return np.unique(_quoted(tokens, news))


def _quoted(tokens: TokenTable, news: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """Return the runs of ``STATED`` words that some article quotes throughout."""
    found: Growing[np.uint64] = Growing()
    for hashes, _ in _runs(tokens, news, whole=True):
        found.extend(hashes.copy())
    return found.column()


def _runs(
    tokens: TokenTable, news: NDArray[np.bool_], *, whole: bool
) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.int64]]]:
    """Yield the runs of ``STATED`` words of news, quoted throughout or not, some at a time.

    Of each its hash and the row of its first word; they stand until the next ones are asked for.
    """
    edges = tokens.cuts(_WORDS)
    if not pays(len(tokens.word)):
        for hashes, begin, quoted in map(partial(runs_said, tokens, news), edges):
            yield hashes[quoted == whole], begin[quoted == whole]
        return
    from dedup.text import kernels

    room = max(int(tokens.indptr[last] - tokens.indptr[first]) for first, last in edges)
    runs = np.empty(room, np.uint64), np.empty(room, np.int64)
    for first, last in edges:
        items = tokens.indptr[first : last + 1], news[first:last]
        count = kernels.runs_said((tokens.word, tokens.flags), items, STATED, whole, runs)
        yield runs[0][:count], runs[1][:count]


def quoted_as(
    tokens: TokenTable, news: NDArray[np.bool_], known: NDArray[np.uint64]
) -> NDArray[np.int64]:
    """Return the rows of the words that stand in runs which are quoted elsewhere.

    Args:
        tokens: the words of a few articles, as each marks its own quotations.
        news: which of them are news.
        known: the runs that are quoted anywhere, sorted.

    """
    hashes, begin, quoted = runs_said(tokens, news, (0, len(tokens.indptr) - 1))
    asked = np.flatnonzero(~quoted)
    place = np.minimum(np.searchsorted(known, hashes[asked]), max(len(known) - 1, 0))
    among = known[place] == hashes[asked] if len(known) else np.zeros(len(asked), bool)
    rows: NDArray[np.int64] = np.unique(begin[asked[among]][:, None] + np.arange(STATED))
    return rows


def runs_said(
    tokens: TokenTable, news: NDArray[np.bool_], articles: tuple[int, int]
) -> tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.bool_]]:
    """Return the runs of ``STATED`` words of some articles, where they are news.

    Returns:
        Of each run its hash, the row of its first word, and whether all its words are quoted.

    """
    own = tokens.of(*articles)
    runs = shingle(own.word, own.indptr, STATED)
    count = np.diff(runs.indptr)
    begin = np.arange(len(runs.hash)) + np.repeat(own.indptr[:-1] - runs.indptr[:-1], count)
    full = np.repeat(news[slice(*articles)] & (np.diff(own.indptr) >= STATED), count)
    begin = begin[full]
    quoted = _whole((own.flags & QUOTED) > 0, begin)
    return runs.hash[full], begin + tokens.indptr[articles[0]], quoted


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
