"""Columns for the corridor: frozen groups of read-only NumPy arrays, ragged data as CSR.

``indptr[i]:indptr[i + 1]`` are the rows of item *i*. Arrays are made read-only and their lengths
checked once, when a table is made.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Self

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Words = NDArray[np.uint64]
    Offsets = NDArray[np.int32]
    Pointers = NDArray[np.int64]
    Flags = NDArray[np.uint8]

#: Bits of ``TokenTable.flags``; QUOTED are somebody else's words, which the writer only reports,
#: ASIDE those that the page sets into his sentences and that are no part of them.
CAPITAL, NUMBER, SPACELESS, QUOTED, ASIDE = 1, 2, 4, 8, 16


class Table:
    """A frozen group of columns: read-only, all with one row count but the pointers."""

    def __post_init__(self) -> None:
        """Freeze the arrays and check that the columns agree.

        Raises:
            ValueError: where two columns differ in length, or the pointers do not span them.

        """
        sizes = set()
        for field in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass
            column = getattr(self, field.name)
            column.flags.writeable = False
            if field.name != "indptr":
                sizes.add(len(column))
            elif len(column) == 0 or column[0] != 0:
                message = f"{type(self).__name__}.indptr must begin with 0"
                raise ValueError(message)
        indptr = getattr(self, "indptr", None)
        if indptr is not None and sizes:
            sizes.add(int(indptr[-1]))
        if len(sizes) > 1:
            message = f"{type(self).__name__}: columns of lengths {sorted(sizes)}"
            raise ValueError(message)

    @classmethod
    def concatenate(cls, parts: Sequence[Self]) -> Self:
        """Put tables end to end; pointers are shifted."""
        columns = {}
        for field in fields(cls):  # type: ignore[arg-type]  # every subclass is a dataclass
            arrays = [getattr(part, field.name) for part in parts]
            if field.name == "indptr":
                ends = np.cumsum([0] + [int(a[-1]) for a in arrays])
                arrays = [arrays[0][:1]] + [
                    a[1:] + base for a, base in zip(arrays, ends, strict=False)
                ]
            columns[field.name] = np.concatenate(arrays)
        return cls(**columns)


@dataclass(frozen=True, eq=False)
class TokenTable(Table):
    """The words of a run of articles, in the order of the text.

    ``start, end`` are code-point offsets in the article's own text; ``word`` is the hash of the
    folded word (docs/engine.md); ``flags`` are CAPITAL, NUMBER, SPACELESS, and, once the articles
    were read, QUOTED and ASIDE.
    """

    indptr: Pointers
    start: Offsets
    end: Offsets
    word: Words
    flags: Flags


@dataclass(frozen=True, eq=False)
class BodyTable(Table):
    """The words that tell the story (no headings, promos, captions, credits), article by article.

    ``weight`` is how much each word tells, in nats; ``telling`` the same in steps of 1/16, 0 where
    the wording is not the writer's own: names and figures.
    """

    indptr: Pointers
    word: Words
    weight: NDArray[np.float32]
    telling: Offsets
    flags: Flags


@dataclass(frozen=True, eq=False)
class RunTable(Table):
    """Runs of words that two articles have in common, pair by pair.

    ``here`` and ``there`` are where a run begins in the words of the left and the right article.
    """

    indptr: Pointers
    here: Offsets
    there: Offsets
    length: Offsets


@dataclass(frozen=True, eq=False)
class ShingleTable(Table):
    """Hashes of word n-grams, item by item (an item is an article or a paragraph)."""

    indptr: Pointers
    hash: Words


@dataclass(frozen=True, eq=False)
class SignatureTable(Table):
    """MinHash signatures, one row an item: ``value[n, num_perm]``, equal to datasketch's."""

    value: NDArray[np.uint32]


@dataclass(frozen=True, eq=False)
class PairTable(Table):
    """Candidate pairs, ``left < right``, sorted, unique; ``channel`` is a bit mask."""

    left: Offsets
    right: Offsets
    channel: Flags
