"""The memory that a walk through the corridor asks: what is known of the articles of an index."""

from __future__ import annotations

from hashlib import blake2b
from itertools import chain, islice
from typing import TYPE_CHECKING

from dedup.index import codec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from dedup.index.derived import Derived
    from dedup.pipeline.corpus import Prepared
    from dedup.pipeline.remembering import Shared
    from dedup.pipeline.wording import Worded
    from dedup.records import Article

#: Bytes of the name of an article's content.
_NAME = 16
#: Readings put together at a time, and held where nobody asks for them now.
_AT_ONCE, _HELD = 256, 1024


def content(record: bytes) -> bytes:
    """Name the content of an article as it is stored."""
    return blake2b(record, digest_size=_NAME).digest()


class Remembered:
    """Readings and comparisons of the articles of one index, by what they were made of.

    What is learned anew is kept beside the index when `settle` is called.
    """

    def __init__(self, derived: Derived) -> None:
        """Take the file; nothing is read from it yet."""
        self._derived = derived
        self._names: dict[str, bytes] = {}
        self._readings: dict[bytes, Prepared] = {}
        self._read: dict[bytes, tuple[str, Prepared]] = {}
        self._learned: dict[bytes, bytes] = {}
        self._compared: dict[bytes, bytes] = {}
        self._asked: set[bytes] = set()

    def know(self, articles: Iterable[tuple[Article, bytes]]) -> None:
        """Take the articles that are to be walked, each with the name of its content."""
        given = list(articles)
        self._names, self._asked = {}, set()
        if len(self._readings) > _HELD:
            asked = {name for _, name in given} | self._learned.keys() | self._read.keys()
            self._readings = {name: one for name, one in self._readings.items() if name in asked}
        self.know_more(given)

    def know_more(self, articles: Iterable[tuple[Article, bytes]]) -> None:
        """Take articles that are looked at beside those that are walked."""
        given = list(articles)
        self._names |= {article.id: name for article, name in given}
        wanted = {name: article for article, name in given if name not in self._readings}
        kept = self._derived.some("readings", list(wanted))
        while part := list(islice(kept, _AT_ONCE)):
            self._put_together(part, wanted)

    def _put_together(self, kept: list[tuple[bytes, bytes]], wanted: dict[bytes, Article]) -> None:
        """Make readings of what is kept of them."""
        names = [name for name, _ in kept]
        try:
            readings = list(
                codec.readings_of([data for _, data in kept], [wanted[n].text for n in names])
            )
        except (ValueError, TypeError, KeyError, IndexError):
            return  # they are worked out again
        self._readings.update(zip(names, readings, strict=True))

    def reading(self, article: Article) -> Prepared | None:
        """Give what reading an article gave, None where it is not known."""
        return self.by_content(self._name(article))

    def _name(self, article: Article) -> bytes:
        """Name the content of an article."""
        return self._names.get(article.id) or content(codec.article_bytes(article))

    def by_content(self, name: bytes) -> Prepared | None:
        """Give what reading an article of this content gave, None where it is not known."""
        return self._readings.get(name)

    def keep_reading(self, article: Article, reading: Prepared) -> None:
        """Remember what reading an article gave."""
        self.keep(self._name(article), article, reading)

    def keep(self, name: bytes, article: Article, reading: Prepared) -> None:
        """Remember what reading an article gave, the name of whose content is known."""
        self._readings[name] = reading
        self._read[name] = article.text, reading

    def learn(self, name: bytes, reading: Prepared, data: bytes) -> None:
        """Remember what another process read: as it is, and as it is kept."""
        self._readings[name] = reading
        self._learned[name] = data

    def comparison(self, name: bytes) -> Sequence[Shared] | None:
        """Give what a comparison found, None where it is not known."""
        self._asked.add(name)
        data = self._compared.get(name) or self._derived.one("comparisons", name)
        try:
            return None if data is None else codec.shared_of(data)
        except (ValueError, TypeError, KeyError, IndexError):
            return None  # it is made again

    def keep_comparison(self, name: bytes, found: Sequence[Shared]) -> None:
        """Remember what a comparison found."""
        self._compared[name] = codec.shared_bytes(found)

    def wording(self, name: bytes) -> Worded | None:
        """Give the wording of a match, None where it is not known."""
        self._asked.add(name)
        data = self._compared.get(name) or self._derived.one("comparisons", name)
        return codec.worded_of(data) if data else None

    def keep_wording(self, name: bytes, worded: Worded) -> None:
        """Remember the wording of a match."""
        self._compared[name] = codec.worded_bytes(worded)

    def beside(self, article: Article, name: bytes) -> Beside:
        """Give a memory that knows one article more for a while, and keeps nothing of it."""
        return Beside(self, article, name)

    def settle(self, gone: Sequence[bytes] = ()) -> None:
        """Keep beside the index what was learned, and lose what is gone.

        Args:
            gone: names of contents that nothing may be kept of.

        """
        for name in gone:
            self._readings.pop(name, None)
            self._read.pop(name, None)
            self._learned.pop(name, None)
        self._derived.keep("readings", chain(self._learned.items(), self._written()))
        self._derived.keep("comparisons", self._compared.items())
        self._learned, self._read, self._compared = {}, {}, {}
        if gone:
            self._derived.forget("readings", gone)
            self._derived.settle()

    def _written(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield what was read since, as bytes."""
        fresh = iter(self._read.items())
        while part := dict(islice(fresh, _AT_ONCE)):
            yield from zip(
                part, codec.readings_bytes(*zip(*part.values(), strict=True)), strict=True
            )

    def tidy(self, wanted: AbstractSet[bytes], *, walked: bool) -> None:
        """Lose what is not of articles that are there.

        Args:
            wanted: the names of their contents.
            walked: whether all of them were walked just now, and asked for the comparisons that
                are still made.

        """
        self._readings = {n: r for n, r in self._readings.items() if n in wanted}
        kept = [name for name, _ in self._derived.all("readings")]
        self._derived.forget("readings", [name for name in kept if name not in wanted])
        if walked:
            made = [name for name, _ in self._derived.all("comparisons")]
            self._derived.forget("comparisons", [n for n in made if n not in self._asked])
        self._derived.compact()


class Beside:
    """The memory of an index and one article that is only asked about."""

    def __init__(self, memory: Remembered, article: Article, name: bytes) -> None:
        """Take the memory, the article and the name of its content."""
        self._memory = memory
        self._article = article
        self._reading = memory.by_content(name)
        self._compared: dict[bytes, Sequence[Shared]] = {}
        self._worded: dict[bytes, Worded] = {}

    def know(self, articles: Iterable[tuple[Article, bytes]]) -> None:
        """Take the articles that are to be walked, each with the name of its content."""
        self._memory.know(articles)

    def know_more(self, articles: Iterable[tuple[Article, bytes]]) -> None:
        """Take articles that are looked at beside those that are walked."""
        self._memory.know_more(articles)

    def reading(self, article: Article) -> Prepared | None:
        """Give what reading an article gave, None where it is not known."""
        if article.id == self._article.id:
            return self._reading
        return self._memory.reading(article)

    def keep_reading(self, article: Article, reading: Prepared) -> None:
        """Remember what reading an article gave."""
        if article.id == self._article.id:
            self._reading = reading
        else:
            self._memory.keep_reading(article, reading)

    def comparison(self, name: bytes) -> Sequence[Shared] | None:
        """Give what a comparison found, None where it is not known."""
        found = self._compared.get(name)
        return self._memory.comparison(name) if found is None else found

    def keep_comparison(self, name: bytes, found: Sequence[Shared]) -> None:
        """Remember what a comparison found, as long as this memory lasts."""
        self._compared[name] = found

    def wording(self, name: bytes) -> Worded | None:
        """Give the wording of a match, None where it is not known."""
        return self._worded.get(name) or self._memory.wording(name)

    def keep_wording(self, name: bytes, worded: Worded) -> None:
        """Remember the wording of a match, as long as this memory lasts."""
        self._worded[name] = worded
