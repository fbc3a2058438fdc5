"""Find the names of a catalogue in running text.

A text is searched for the heads of all names, a few letters each, in one pass by a compiled trie;
only where a head stands are the names that begin with it tried, the longest first.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from dedup.attribution import look_alikes, names
from dedup.attribution.agency import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dedup.attribution.agency import Agency

_ASCII = bytes(range(128))
#: First bytes, in UTF-8, of what is neither Latin-1 nor punctuation (U+2000 to U+2FFF).
_OTHER_SCRIPTS = re.compile(rb"[\xc4-\xe1\xe3-\xf4]")
_ACCENTED = b"\xc3"  #: the first byte of the letters of Latin-1
_LATIN_1 = "\xff"
#: How many letters a head has. Names in capitals are rare enough for short ones.
_REACH, _CAPITALS_REACH = 8, 3


class _Name(NamedTuple):
    alias: str
    agency: str
    needs_context: bool = True
    short: bool = True  #: letters that others bear too, so that the text is asked who is meant
    common: bool = False  #: an everyday word, so that the text has to say that it means an agency
    sharers: tuple[str, ...] = ()  #: the entries that share the name with `agency`


class NameFinder:
    """The names of a set of entries, compiled when first needed."""

    def __init__(self, agencies: Mapping[str, Agency]) -> None:
        self._agencies = agencies
        self._tails: dict[str, re.Pattern[str]] = {}

    def find(self, text: str, start: int, end: int) -> list[Mention]:
        """Find the names in ``text[start:end]``, in their order, the longest where two overlap."""
        found = [(*span, self._name(text, *span)) for span in self._spans(text, start, end)]
        if not found:
            return []
        named = {name.agency for _, _, name in found if not name.short}
        out = self._left_out(text, found, named)
        return [
            _mention(first, last, name, named)
            for first, last, name in found
            if name.alias not in out and self._stands(text, first, last, name)
        ]

    def _left_out(
        self, text: str, found: list[tuple[int, int, _Name]], named: set[str]
    ) -> set[str]:
        """Give the names that the whole text says are meant for something else."""
        short = {name for _, _, name in found if name.short}
        vouched = {
            name.alias
            for first, last, name in found
            if name.common and look_alikes.vouched(text, first, last)
        }
        return {
            name.alias
            for name in short
            if look_alikes.explained_otherwise(text, name.alias, self._bearers(name))
            or (name.common and name.alias not in vouched and name.agency not in named)
        }

    def maybe(self, text: str) -> bool:
        """Whether a name stands in the text, whoever is meant; true wherever `find` finds one."""
        spans = (
            span for heads in self._heads(text) for span in self._search(heads, text, 0, len(text))
        )
        return next(spans, None) is not None

    def _stands(self, text: str, start: int, end: int, name: _Name) -> bool:
        entry = self._agencies[name.agency]
        if look_alikes.beside(text, start, end, entry):
            return False
        return not (name.short and look_alikes.other_subject(text, start, end, entry))

    def _bearers(self, name: _Name) -> tuple[str, ...]:
        entries = (self._agencies[id_] for id_ in (name.agency, *name.sharers))
        return tuple(full for entry in entries for full in entry.names)

    def _name(self, text: str, start: int, end: int) -> _Name:
        written = text[start:end]
        return self._names.get(written) or self._names[names.key(written)]

    def _spans(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        spans = [
            span for heads in self._heads(text) for span in self._search(heads, text, start, end)
        ]
        spans.sort(key=lambda span: (span[0], -span[1]))
        kept: list[tuple[int, int]] = []
        for span in spans:
            if not kept or span[0] >= kept[-1][1]:
                kept.append(span)
        return kept

    def _search(
        self, heads: re.Pattern[str], text: str, start: int, end: int
    ) -> Iterator[tuple[int, int]]:
        while found := heads.search(text, start, end):
            start = found.start()
            name = self._at(found.group()).match(text, start, end)
            if name and names.begins(text, start):
                yield name.span()
                start = name.end()
            else:
                start += 1

    def _at(self, head: str) -> re.Pattern[str]:
        """Give the pattern of the names that may stand where this head does."""
        if head not in self._tails:
            plain = names.plain(head)
            parts = (plain[:size] for size in range(1, len(plain) + 1))
            self._tails[head] = names.name_pattern(
                key for part in parts for key in self._by_head.get(part, ())
            )
        return self._tails[head]

    def _heads(self, text: str) -> Iterator[re.Pattern[str]]:
        """Give the patterns that a text calls for: by its scripts, which is cheap to see.

        A name in small letters would stop the search at every such letter. So one that is sure is
        first looked for as it is, and a ``context`` one (``sda``, ``ats``) only where letters with
        accents say that the text is not in English.
        """
        accented = False
        yield self._capital
        if not text.isascii():
            beyond_ascii = text.encode(errors="replace").translate(None, _ASCII)
            accented = _ACCENTED in beyond_ascii
            if _OTHER_SCRIPTS.search(beyond_ascii):
                yield self._other
        if accented or any(name in text for name in self._sure_small):
            yield self._small

    @cached_property
    def _capital(self) -> re.Pattern[str]:
        return names.head_pattern(h for h in self._by_head if h[0] <= _LATIN_1 and not _small(h))

    @cached_property
    def _small(self) -> re.Pattern[str]:
        return names.head_pattern(filter(_small, self._by_head))

    @cached_property
    def _other(self) -> re.Pattern[str]:
        return names.head_pattern(head for head in self._by_head if head[0] > _LATIN_1)

    @cached_property
    def _sure_small(self) -> list[str]:
        sure = [key for key, name in self._names.items() if _small(key) and not name.needs_context]
        return [key for key in sure if not any(key != s and key.startswith(s) for s in sure)]

    @cached_property
    def _by_head(self) -> dict[str, list[str]]:
        heads: dict[str, list[str]] = {}
        for key, name in self._names.items():
            as_written = key == names.key(name.alias)
            head = names.head(key, reach=_REACH if as_written else _CAPITALS_REACH)
            heads.setdefault(head, []).append(key)
        return heads

    @cached_property
    def _names(self) -> dict[str, _Name]:
        """Every spelling with what it names; as written comes before a change to capitals."""
        known: dict[str, _Name] = {}
        for entry in self._agencies.values():
            for alias in entry.names:
                doubtful = alias in entry.doubtful
                short = doubtful or alias in entry.exact
                name = _Name(alias, entry.id, doubtful, short, alias in entry.common)
                known.setdefault(names.key(alias), name)
        for written, name in list(known.items()):
            if not name.short:
                for spelling in names.in_capitals(written):
                    known.setdefault(spelling, name)
        for entry in self._agencies.values():
            for alias in entry.shared:
                name = known.setdefault(names.key(alias), _Name(alias, entry.id))
                if name.agency != entry.id:
                    known[names.key(alias)] = name._replace(sharers=(*name.sharers, entry.id))
        return known


def _small(head: str) -> bool:
    return head[0] <= _LATIN_1 and head[0].islower()


def _mention(start: int, end: int, name: _Name, named: set[str]) -> Mention:
    """Make the mention; a shared name means the sharer that the text also names in full."""
    agency = name.agency
    if name.agency not in named:
        agency = next((sharer for sharer in name.sharers if sharer in named), agency)
    return Mention(start, end, agency, name.alias, name.needs_context)
