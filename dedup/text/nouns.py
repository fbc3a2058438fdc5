"""Nouns that a language writes with a capital: they are no names.

A capital inside a sentence shows a name, which anybody who tells of its bearer must use. German
sets one on every noun, so that half of a writer's own wording would pass for names. There a name is
what stands beside another ("Minister Karl Roth"), or a short word that no list has and that stands
without an article; a long one is a compound.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from dedup.tables import CAPITAL
from dedup.text.background import background
from dedup.text.tokens import tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.tables import TokenTable

#: The language that writes nouns so.
_GERMAN = "de"
_ARTICLES = (
    "der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner "
    "im am zum zur vom beim ins ans ihr ihre ihrer ihren ihrem sein seine seiner seinen seinem"
)
#: Characters from which on a word that no list has is a compound, no name.
_COMPOUND = 10


def without_nouns(tokens: TokenTable, languages: Sequence[str]) -> TokenTable:
    """Take the mark of a capital from the nouns of a language that writes all with one.

    Args:
        tokens: the words of some articles.
        languages: the language of each article.

    """
    wanted = [row for row, tag in enumerate(languages) if tag.lower().split("-")[0] == _GERMAN]
    if not wanted:
        return tokens
    table, flags = background(_GERMAN), tokens.flags.copy()
    unknown = table.weigh(np.zeros(1, np.uint64), np.zeros(1, np.uint8), compiled=False)[0]
    articles = tokenize([_ARTICLES]).word
    for row in wanted:
        own = slice(int(tokens.indptr[row]), int(tokens.indptr[row + 1]))
        weight = table.weigh(tokens.word[own], flags[own], compiled=False)
        start, end = tokens.start[own], tokens.end[own]
        noun = ((flags[own] & CAPITAL) > 0) & (weight > 0)
        side_by_side = noun[:-1] & noun[1:] & (start[1:] - end[:-1] == 1)
        name = (weight == unknown) & (end - start < _COMPOUND)
        name[1:] &= ~np.isin(tokens.word[own][:-1], articles)
        name[:-1] |= side_by_side
        name[1:] |= side_by_side
        flags[own][noun & ~name] &= ~np.uint8(CAPITAL)
    return replace(tokens, flags=flags)
