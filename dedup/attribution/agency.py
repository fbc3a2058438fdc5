"""One entry of the catalogue, and a place in a text where one is named."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class AgencyType(StrEnum):
    """What kind of source an entry is; only ``AGENCY`` is a news agency."""

    AGENCY = "agency"
    MEDIA = "media"
    PR_WIRE = "pr_wire"
    HOUSE = "house"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    """One entry of the catalogue; the head of ``agencies.toml`` defines each field."""

    id: str
    name: str
    type: AgencyType = AgencyType.AGENCY
    aliases: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    source: str = ""

    @property
    def is_agency(self) -> bool:
        """Whether this is a news agency, and not a medium that others cite."""
        return self.type is AgencyType.AGENCY

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that a text may use for this entry and no other, its own name first.

        The name is left out where it has a place of its own among the lists, or where it is one of
        the aliases with a leading “The”.
        """
        listed = (*self.aliases, *self.exact, *self.context, *self.common)
        placed = {*listed, *self.shared, *self.field}
        own = () if {self.name, self.name.removeprefix("The ")} & placed else (self.name,)
        return tuple(dict.fromkeys((*own, *listed)))

    @property
    def doubtful(self) -> frozenset[str]:
        """The names that mean something else as well, and so need a context."""
        return frozenset((*self.context, *self.common))


class Mention(NamedTuple):
    """A place in a text that names an entry; ``text[start:end]`` is the name as written there.

    ``alias`` is the name as it stands in the catalogue. Where ``needs_context`` is true the name is
    short or has another meaning, and counts only in a credit position or beside a reporting verb.
    """

    start: int
    end: int
    agency: str
    alias: str
    needs_context: bool
