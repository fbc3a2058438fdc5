"""Read the names of a catalogue in fields that hold little else: author, credit, publisher."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dedup.attribution import names
from dedup.attribution.agency import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dedup.attribution.agency import Agency

    Words = list[tuple[int, int, str]]

_HOST = re.compile(r"(?:[a-z]+:)?(?://)?(?:[^@/?#]*@)?([^/:?#\s]+)", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:(?:the|la|le|die|der|das|el)\s+|l['’])", re.IGNORECASE)
_GENERIC = re.compile(r"[\s-]+(?:news[\s-]?agency|newswire|news|agency|wire)$", re.IGNORECASE)
_PARTS = re.compile(r"[^|/,;()\[\]\n–—:]+")
_FILLERS = frozenset(
    """
    a agencies agency and bureau by correspondent correspondents desk from news reporter reporters s
    service services staff the via wire wires with writer writers
    """.split()  # noqa: SIM905  # a list of so many words would stand one a line
)


class FieldNames:
    """The names of a set of entries by their folded words, so that case and accents do not matter.

    Letters that are a given name or a word too (``Ana``, ``Map``: an entry's ``context`` names) are
    taken in their own case only, or where they stand alone in their part of the field.
    """

    def __init__(self, agencies: Mapping[str, Agency]) -> None:
        self._any: dict[str, str] = {}
        self._sure: dict[str, str] = {}
        self._letters: dict[str, str] = {}
        self._whole: dict[str, str] = {}
        self._hosts: dict[str, str] = {}
        shared = {name for entry in agencies.values() for name in entry.shared}
        for entry in agencies.values():
            self._hosts |= dict.fromkeys(entry.domains, entry.id)
            sure = {*entry.names, entry.name, *entry.field, *entry.domains} - entry.doubtful
            words = set(map(names.fold, entry.doubtful))
            _enter(self._sure, entry.id, set(map(names.fold, sure - shared)) - words)
            _enter(self._letters, entry.id, map(names.key, {*entry.context, *entry.exact} - shared))
            _enter(self._whole, entry.id, map(names.key, {*entry.names} - shared))
        for entry in agencies.values():
            _enter(self._any, entry.id, map(names.fold, (entry.id, entry.name, *entry.names)))
        for entry in agencies.values():
            _enter(self._any, entry.id, map(names.fold, (*entry.field, *entry.shared)))
        # many articles have one publisher
        self._named = lru_cache(maxsize=4096)(self._publisher)
        self._housed = lru_cache(maxsize=4096)(self._of_host)
        #: the most words of the names that begin with a word
        self._longest: dict[str, int] = {}
        for name in self._any.keys() | self._sure.keys():
            first, *others = name.split(" ")
            self._longest[first] = max(self._longest.get(first, 0), 1 + len(others))

    def by_name(self, name: str) -> str:
        """Give the id of the entry with this name in any case, or an empty text."""
        return self._any.get(names.fold(name), "")

    def by_publisher(self, publisher: str, url: str) -> str:
        """Give the id of the entry that a publisher is by its whole name, or by its host."""
        return self._named(publisher) or self._by_host(url)

    def _publisher(self, publisher: str) -> str:
        bare = _ARTICLE.sub("", publisher.strip(), count=1)
        for name in (publisher, bare, _GENERIC.sub("", bare)):
            id_ = self._whole.get(names.key(name)) or self._sure.get(names.fold(name))
            if id_:
                return id_
        return self._by_host(publisher)

    def find(self, field: str) -> Iterator[Mention]:
        """Find the names in a field, the longest at each word."""
        if not self._longest.keys().isdisjoint(word for _, _, word in names.tokens(field)):
            for part in _PARTS.finditer(field):
                yield from self._in_part(part.group(), part.start(), field)

    def _in_part(self, part: str, offset: int, field: str) -> Iterator[Mention]:
        words = names.tokens(part)
        runs = list(self._runs(words))
        if not runs:
            return
        covered = {at for first, last, _ in runs for at in range(first, last)}
        alone = all(at in covered or word in _FILLERS for at, (_, _, word) in enumerate(words))
        for first, last, name in runs:
            start, end = words[first][0], words[last - 1][1]
            written = part[start:end]
            id_ = self._sure.get(name, "")
            if not id_ and alone:
                id_ = self._any[name]
            elif not id_ and written.isupper() and not field.isupper():
                id_ = self._letters.get(names.key(written), "")
            if id_:
                yield Mention(offset + start, offset + end, id_, written, needs_context=False)

    def _runs(self, words: Words) -> Iterator[tuple[int, int, str]]:
        """Give the runs of words that make a name, as ``first, last + 1, folded name``."""
        at = 0
        while at < len(words):
            longest = self._longest.get(words[at][2], 0)
            for last in range(min(len(words), at + longest), at, -1):
                name = " ".join(word for _, _, word in words[at:last])
                if name in self._any or name in self._sure:
                    yield at, last, name
                    at = last
                    break
            else:
                at += 1

    def _by_host(self, address: str) -> str:
        """Give the id of the entry whose host this address has, itself or as a parent domain."""
        match = _HOST.match(address.strip())
        return self._housed(match[1]) if match else ""

    def _of_host(self, host: str) -> str:
        host = host.lower()
        while "." in host:
            if host in self._hosts:
                return self._hosts[host]
            host = host.partition(".")[2]
        return ""


def _enter(known: dict[str, str], id_: str, keys: Iterable[str]) -> None:
    for key in keys:
        known.setdefault(key, id_)
