"""What a page sets into a writer's sentences: words in the middle of prose that are no part of it.

Some sites follow a name with links to what else they have on it. Without its marks the page reads
"Jane Doe Jane Mary DoeTown hall sold Doe to run again MORE said on Friday": the name again, the
headlines run into it, the link to more of them, then the sentence goes on.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dedup.records import Span
from dedup.text.first_look import look, look_at
from dedup.text.furniture import link_closers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.text.first_look import Look

#: Characters of the longest list of links that is set into a sentence.
_LONGEST = 800
#: A name, then, run into it or after a blank, the name again in full: only capitals and initials
#: stand between the two, no comma, no small word.
_NAMED_AGAIN = re.compile(
    r"""
    \b (?P<name>[^\W\d_a-z][\w’'-]*[^\W_]) (?=[ ]|[^\W\d_a-z])
    (?P<list>
        [ ]? (?P<between>(?:[("“]?[^\W\d_][\w.’'-]*[)"”]?,?[ ]){1,6}?)
        (?P=name) (?: (?=[^\W_a-z]|["“'‘|]) | [ ](?=[^\W_a-z]) )
    )
    """,
    re.VERBOSE,
)


def asides(text: str, seen: Look | None = None) -> list[Span]:
    """Return the stretches of a text that a page sets into its sentences, in order.

    Args:
        text: the article's text.
        seen: how it looks, if it was looked at before.

    """
    seen = seen or look_at([text])[0]
    if _closers().keys().isdisjoint(seen.rare):
        return []
    found: list[Span] = []
    for sign in seen.rare.keys() & _closers().keys():
        closer = _closers()[sign]
        places = [at for at in seen.rare[sign] if text.startswith(closer, at)]
        found.extend(_closed_by(text, places, len(closer)))
    return sorted(found)


@cache
def _closers() -> dict[bytes, str]:
    """The words that end a list of links, by how they look."""
    return {look(closer): closer for closer in link_closers()}


def _closed_by(text: str, places: Sequence[int], size: int) -> Iterator[Span]:
    """Yield the lists of links that end in a certain word, of so many letters."""
    done = 0
    for at in places:
        end = at + size
        if not text[end : end + 1].isalnum():
            begin = max(done, text.rfind("\n", 0, at) + 1, at - _LONGEST)
            again = _named_again(text, begin, at)
            if again is not None:
                yield Span(again.start("list"), end)
            done = end


def _named_again(text: str, begin: int, end: int) -> re.Match[str] | None:
    """Where the first name that is printed again stands: of its words the last that comes again."""
    for first in _NAMED_AGAIN.finditer(text, begin, end):
        if any(word[0].islower() for word in first["between"].split()):
            continue
        found: re.Match[str] | None = first
        while found is not None:
            last = found
            found = _NAMED_AGAIN.match(text, last.end("name") + 1, end)
        return last
    return None
