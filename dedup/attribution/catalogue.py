"""The catalogue of agencies: who is meant by a name in a text, a byline or a publisher field."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING

from dedup.attribution import agency_file, names
from dedup.attribution.agency import Agency, Mention
from dedup.attribution.field_names import FieldNames
from dedup.attribution.name_finder import NameFinder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from dedup.attribution.sieve import Sifted

__all__ = ["Agency", "Catalogue", "Mention", "load"]

_FILES = ("agencies.toml", "media.toml")
_LIKENESS = 0.75  #: from which a misspelt name is offered


def load(extra: bytes | None = None) -> Catalogue:
    """Load the shipped catalogue, with the user's additions if any.

    Args:
        extra: TOML of the same form as the shipped ``agencies.toml``; an entry with a known id adds
            its names and domains to that one's, any other is new.

    Raises:
        CatalogueError: with every fault of ``extra``, one sentence a line.

    """
    if extra is None:
        return _shipped()
    return _catalogue(*agency_file.read(_shipped_files(), extra))


@cache
def _shipped() -> Catalogue:
    return _catalogue(*agency_file.read(_shipped_files()))


def _catalogue(version: str, entries: Iterable[Agency]) -> Catalogue:
    return Catalogue(version, MappingProxyType({entry.id: entry for entry in entries}))


def _shipped_files() -> list[bytes]:
    folder = resources.files("dedup.attribution")
    return [folder.joinpath(name).read_bytes() for name in _FILES]


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Every known agency, medium and press-release wire, and who is meant by a name.

    Attributes:
        version: Of the shipped data, for the report.
        agencies: The entries by their id, in the order of the files.

    """

    version: str
    agencies: Mapping[str, Agency]

    def __reduce__(self) -> tuple[object, tuple[str, list[Agency]]]:
        return _catalogue, (self.version, list(self.agencies.values()))

    @property
    def heads(self) -> AbstractSet[bytes]:
        """What a text has to be sifted for to find the names in it."""
        return self._finder.heads

    def find(self, text: str, sifted: Sifted | None = None) -> list[Mention]:
        """Find every entry named in running text; where two names overlap, the longest counts.

        Args:
            text: The text.
            sifted: The places where grams stand in it, where they are known.

        """
        return self._finder.find(text, sifted)

    def prepare(self) -> None:
        """Work out now what is else worked out when it is first needed."""
        self._finder.prepare()
        self.by_name("")

    def find_in_field(self, text: str) -> list[Mention]:
        """Find the entries named in an author, credit or byline field, in any case.

        No mention needs a context here. Letters that are also a given name or a word (``Ana``,
        ``Map``) count in their own case, or where they stand alone in their part of the field.
        """
        found = list(self._fields.find(text))
        taken = {at for mention in found for at in range(mention.start, mention.end)}
        found += [
            mention
            for mention in self.find(text)
            if not mention.needs_context and taken.isdisjoint(range(mention.start, mention.end))
        ]
        return sorted(found)

    def by_publisher(self, publisher: str, url: str = "") -> str:
        """Give the id of the news agency that a publisher is, or an empty text.

        The whole of ``publisher`` must be a name or a host of the agency, or the host of ``url``
        must be one: “AP News”, ``www.apnews.com``; not “Reuters Institute”.
        """
        house = self.house(publisher, url)
        return house if house and self.agencies[house].is_agency else ""

    def house(self, publisher: str, url: str = "") -> str:
        """Give the id of the entry, of any type, that a publisher is, or an empty text."""
        return self._fields.by_publisher(publisher, url)

    def by_name(self, name: str) -> str:
        """Give the id of the entry, of any type, with this id or name, or an empty text."""
        return name if name in self.agencies else self._fields.by_name(name)

    def search(self, name: str) -> list[Agency]:
        """Give the entries with ``name`` in their id or a name, or else those named most alike.

        Exact names come first, then the order of the catalogue; an empty name gives every entry.
        """
        from difflib import get_close_matches

        wanted = names.fold(name)
        labels = {id_: _labels(entry) for id_, entry in self.agencies.items()}
        hits = [id_ for id_, known in labels.items() if any(wanted in label for label in known)]
        if not hits:
            every = [label for known in labels.values() for label in known]
            near = set(get_close_matches(wanted, every, cutoff=_LIKENESS))
            hits = [id_ for id_, known in labels.items() if not near.isdisjoint(known)]
        hits.sort(key=lambda id_: wanted not in labels[id_])
        return [self.agencies[id_] for id_ in hits]

    @cached_property
    def _finder(self) -> NameFinder:
        return NameFinder(self.agencies)

    @cached_property
    def _fields(self) -> FieldNames:
        return FieldNames(self.agencies)


def _labels(entry: Agency) -> list[str]:
    return [names.fold(name) for name in (entry.id, *entry.names, *entry.field, *entry.shared)]
