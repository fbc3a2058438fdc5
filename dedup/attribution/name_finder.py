"""Find the names of a catalogue in running text.

A sieve tells where the first letters of a name stand; only there are the names that begin with them
compared, letter by letter. A name in another script than Latin is looked for where the text has
letters of such a script at all.
"""

from __future__ import annotations

import re
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from dedup.attribution import look_alikes, names
from dedup.attribution.agency import Mention
from dedup.attribution.beginnings import Alike, Beginnings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from dedup.attribution.agency import Agency
    from dedup.attribution.sieve import Sifted

_LATIN_1 = "\xff"
_NOTHING = r"(?!)"  #: a pattern that fits nowhere
_ACCENTED = b"\xc3"  #: the first byte, in UTF-8, of the letters of Latin-1
#: Whether a byte of UTF-8 begins what is neither Latin-1 nor punctuation (U+2000 to U+2FFF).
_OTHER_SCRIPTS = bytes(0xC4 <= byte != 0xE2 for byte in range(256))  # noqa: PLR2004  # said above


class _Name(NamedTuple):
    alias: str
    agency: str
    needs_context: bool = True
    short: bool = True  #: letters that others bear too, so that the text is asked who is meant
    common: bool = False  #: an everyday word, so that the text has to say that it means an agency
    sharers: tuple[str, ...] = ()  #: the entries that share the name with `agency`


class _Found(NamedTuple):
    start: int
    end: int
    name: _Name


class NameFinder:
    """The names of a set of entries.

    Attributes:
        heads: What a text has to be sifted for to find them.

    """

    def __init__(self, agencies: Mapping[str, Agency]) -> None:
        self._agencies = agencies
        self._names = _spellings(agencies)
        self._sure_small = [
            key for key, name in self._names.items() if _small(key) and not name.needs_context
        ]
        self._alike = Beginnings([key for key in self._names if _is_latin(key)])
        self.heads = self._alike.heads

    def find(self, text: str, sifted: Sifted | None = None) -> list[Mention]:
        """Find the names in a text, in their order, the longest where two overlap."""
        if sifted is None:
            sifted = self._alike.sift(text)
        found = [_Found(*span, self._name(text, *span)) for span in self._spans(text, sifted)]
        named = {one.name.agency for one in found if not one.name.short}
        if any(one.name.short for one in found):
            out = self._left_out(text, found, named)
            found = [one for one in found if one.name.alias not in out]
        return [_mention(one, named) for one in found if self._stands(text, one)]

    def _left_out(self, text: str, found: Sequence[_Found], named: AbstractSet[str]) -> set[str]:
        """Give the names that the whole text says are meant for something else."""
        short = [one for one in found if one.name.short]
        unsure = [one for one in short if one.name.common and one.name.agency not in named]
        vouched = {name.alias for *span, name in unsure if look_alikes.vouched(text, *span)}
        return {name.alias for _, _, name in unsure if name.alias not in vouched} | {
            name.alias
            for start, _, name in short
            if (phrase := look_alikes.spelt_out(text, start, name.alias))
            and not any(bearer in phrase for bearer in self._bearers(name))
        }

    def _stands(self, text: str, found: _Found) -> bool:
        """Whether neither a word beside a name nor another bearer of it makes it something else."""
        start, end, name = found
        if look_alikes.in_address(text, start):
            return False
        entry = self._agencies[name.agency]
        if entry.not_before and look_alikes.followed(text, end, entry.not_before):
            return False
        if entry.not_after and look_alikes.preceded(text, start, entry.not_after):
            return False
        return not (name.short and look_alikes.other_subject(text, start, end, entry))

    def _bearers(self, name: _Name) -> Iterator[str]:
        for id_ in (name.agency, *name.sharers):
            yield from self._agencies[id_].names

    def _name(self, text: str, start: int, end: int) -> _Name:
        written = text[start:end]
        return self._names.get(written) or self._names[names.key(written)]

    def _spans(self, text: str, sifted: Sifted) -> list[tuple[int, int]]:
        spans = []
        end = 0
        for at, begun in self._places(text, sifted):
            if at >= end:
                last = names.longest(begun.tree, text, at + begun.known)
                if last and names.begins(text, at) and self._counts(text, at):
                    spans.append((at, last))
                    end = last
        return spans

    def _places(self, text: str, sifted: Sifted) -> list[tuple[int, Alike]]:
        """Give the places where names may begin, in order, with those that may."""
        heads = self._alike
        places = [(at, begun) for at, head in sifted if (begun := heads[head])]
        if not text.isascii() and 1 in text.encode(errors="replace").translate(_OTHER_SCRIPTS):
            first, others = self._others
            places += [(found.start(), others[found[0]]) for found in first.finditer(text)]
            places.sort(key=itemgetter(0))
        return places

    def _counts(self, text: str, at: int) -> bool:
        """Whether a name that begins at ``text[at]`` counts: one in small letters may not.

        ``sda``, ``ats`` and the like are no names in a text that seems to be English: one without
        letters with accents, and without a name in small letters that means nothing else.
        """
        if not _small(text[at]) or _ACCENTED in text.encode(errors="replace"):
            return True
        return any(name in text for name in self._sure_small)

    def prepare(self) -> None:
        """Work out what is else worked out when it is first needed."""
        _ = self._others

    @cached_property
    def _others(self) -> tuple[re.Pattern[str], dict[str, Alike]]:
        """Give where the names of other scripts may begin, and which do with each first letter."""
        first: dict[str, list[str]] = {}
        for key in self._names:
            if key[0] > _LATIN_1:
                first.setdefault(key[0], []).append(key)
        heads = re.compile("|".join(map(_first_letters, first.values())) or _NOTHING)
        return heads, {letter: Alike.of(keys, 1) for letter, keys in first.items()}


def _first_letters(keys: Sequence[str]) -> str:
    """Give a pattern for the first letter of some names where the second of one follows."""
    seconds = {re.escape(key[1]) if key[1:2].isalnum() else r"\W|\Z" for key in keys}
    return f"{re.escape(keys[0][0])}(?={'|'.join(sorted(seconds))})"


def _spellings(agencies: Mapping[str, Agency]) -> dict[str, _Name]:
    """Give every spelling with what it names; as written comes before a change to capitals."""
    known: dict[str, _Name] = {}
    for entry in agencies.values():
        for alias in entry.names:
            doubtful = alias in entry.doubtful
            short = doubtful or alias in entry.exact
            name = _Name(alias, entry.id, doubtful, short, alias in entry.common)
            known.setdefault(names.key(alias), name)
    for written, name in list(known.items()):
        if not name.short:
            for spelling in names.in_capitals(written):
                known.setdefault(spelling, name)
    for entry in agencies.values():
        for alias in entry.shared:
            name = known.setdefault(names.key(alias), _Name(alias, entry.id))
            if name.agency != entry.id:
                known[names.key(alias)] = name._replace(sharers=(*name.sharers, entry.id))
    return known


def _is_latin(key: str) -> bool:
    return key[0] <= _LATIN_1 and key[0].isalnum()


def _small(key: str) -> bool:
    return _is_latin(key) and key[0].islower()


def _mention(found: _Found, named: AbstractSet[str]) -> Mention:
    """Make the mention; a shared name means the sharer that the text also names in full."""
    start, end, name = found
    agency = name.agency
    if name.sharers and agency not in named:
        agency = next((sharer for sharer in name.sharers if sharer in named), agency)
    return Mention(start, end, agency, name.alias, name.needs_context)
