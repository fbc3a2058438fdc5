"""Notes on who wrote the article ("Jane Doe is a professor of law at Harrow. Follow her @doe").

Such a note stands under or over all that its writer publishes, and is no part of any of it. It
speaks of somebody of whom the article does not: the writer by the article's own record, or a name
that comes once, where the article begins or ends, with what its bearer does for a living.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from dedup.records import FURNITURE
from dedup.text.first_look import NOTED, look, look_at
from dedup.text.furniture import fold, writers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.records import Paragraph
    from dedup.text.first_look import Look

#: A name of two to five words at the beginning, with a title or the outlet's name before it at
#: most; then, after what stands in commas or brackets, a verb and the rest of the sentence.
_NOTE = re.compile(
    r"""
    [\s*•·_(\[|—–-]* (?:(?P<title>(?:[^\W\d_][\w.&’'-]*\s){1,5}?))?
    (?P<name> [^\W\d_a-z][\w.’'-]*\s
        (?: (?:[^\W\d_a-z][\w.’'-]*|[("“][^\W\d_a-z][a-z]+[)"”]) \s){0,3}?
        (?P<last>[^\W\d_a-z][\w’'-]+) )
    (?: \s\([^)\n]{1,60}\) | \s?,\s(?P<apposition>[^.\n]{1,200}?)\s?,(?=\s[^\W_]+\s) )?
    \s (?:also\s|currently\s)? (?P<verb>[^\W_]+)\s (?P<rest>[^\n]*)
    """,
    re.VERBOSE,
)
_LONGEST = 900  # characters
_EDGE = 3  # paragraphs at either end of an article in which its writer's note may stand
_END = 2  # paragraphs at either end in which a note on nobody known may stand without a sign
_SHORTEST_ARTICLE = 5  # paragraphs; a shorter one may be all about whom it begins with
_STATED_WITHIN = 12  # words after the verb in which a note says what its writer is
_CLAUSE_END = re.compile(r"[,;:.](?!\w)")
_LINE = 60  # characters: a shorter paragraph is a heading, a byline, not the story
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SEVERAL = 2


def notes_on_writers(
    text: str, paragraphs: Sequence[Paragraph], authors: Sequence[str], seen: Look | None = None
) -> list[int]:
    """Return the numbers of the paragraphs that are notes on who wrote the article.

    Args:
        text: the article's text.
        paragraphs: its paragraphs, with their roles.
        authors: who wrote it, as far as its record says.
        seen: how it looks, if it was looked at before.

    """
    told = [paragraph for paragraph in paragraphs if paragraph.role not in FURNITURE]
    last = max(_EDGE, len(told) - _EDGE)
    middle = [n for n in _with_signs(text, told, seen or look_at([text])[0]) if _EDGE <= n < last]
    several = len(middle) >= _SEVERAL
    if several:  # pieces by several writers, each with a note, and not every note with a sign
        middle = [*range(_EDGE, last)]
    found = []
    for place in (*range(min(_EDGE, len(told))), *middle, *range(last, len(told))):
        _, start, end, _ = told[place]
        note = _NOTE.match(text, start, end) if end - start <= _LONGEST else None
        if note is None or not _is_named(note):
            continue
        if not _EDGE <= place < last and _is_one_of(authors, note["name"]):
            found.append(told[place].n)
        elif _states_trade(note) and not _told_of(note, text, told, place):
            signed = writers().signs.search(fold(note[0])) is not None
            at_end = place < _END or place >= len(told) - _END
            present = note["verb"] not in writers().past
            at_end = several or (at_end and len(told) >= _SHORTEST_ARTICLE)
            if signed or (present and at_end):
                found.append(told[place].n)
    return found


def _with_signs(text: str, told: Sequence[Paragraph], seen: Look) -> list[int]:
    """The places of the paragraphs that hold a sign of a note, in order."""
    if _noted().keys().isdisjoint(seen.rare):
        return []
    found = [
        at
        for sign in seen.rare.keys() & _noted().keys()
        for at in seen.rare[sign]
        if text.startswith(_noted()[sign], at)
    ]
    starts = [paragraph.start for paragraph in told]
    return sorted({bisect_right(starts, at) - 1 for at in found})


@cache
def _noted() -> dict[bytes, str]:
    """The signs of a note in the middle of an article, by how they look."""
    return {look(word): word for word in NOTED}


def _is_named(note: re.Match[str]) -> bool:
    """Whether a paragraph begins with a name and says of its bearer what he is or does."""
    words = writers()
    if not any(note["verb"] in verbs for verbs in (words.being, words.past, words.verbs)):
        return False
    title = (note["title"] or "").split()
    if title and title[-1][0].islower() and title[-1] not in words.posts | {"and"}:
        return False
    return not ("The" in {*title, note["name"].split()[0]} and "Rev." not in title)


def _is_one_of(authors: Sequence[str], name: str) -> bool:
    """Whether all of a name stands among those of the authors."""
    known = set(_WORD.findall(fold(" ".join(authors))))
    return known.issuperset(_WORD.findall(fold(name)))


def _states_trade(note: re.Match[str]) -> bool:
    """Whether a note says, before anything else, what its bearer does for a living."""
    words = writers()
    if note["verb"] in words.verbs:
        return True
    return any(_names_trade(part) for part in (note["apposition"] or "", note["rest"]))


def _names_trade(clause: str) -> bool:
    """Whether a clause begins with what somebody does for a living."""
    words = writers()
    for word in _WORD.findall(fold(_CLAUSE_END.split(clause, 1)[0]))[:_STATED_WITHIN]:
        if word in words.posts or word.removesuffix("s") in words.posts:
            return True
        if word in words.small:
            return False
    return False


def _told_of(note: re.Match[str], text: str, told: Sequence[Paragraph], place: int) -> bool:
    """Whether the rest of an article speaks of a note's bearer, and not only over his own piece."""
    name, label = note["last"], f"{note['name']}:"
    at = text.find(name)
    while at >= 0:
        for other, (_, start, end, _role) in enumerate(told):
            elsewhere = other != place and not text.startswith(label, start)
            if start <= at < end and elsewhere and end - start > _LINE:
                return True
        at = text.find(name, at + 1)
    return False
