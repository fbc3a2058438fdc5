"""Which publishers are one outlet: by case-folded name, registrable domain, the user's table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_HOST = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?:[:/].*)?", re.IGNORECASE)
#: Labels that stand before a country's own ("bbc.co.uk" is one label longer than "lemonde.fr").
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "gob", "nic", "or", "ne"})
_COUNTRY = 2


def outlet(publisher: str, aliases: Mapping[str, str]) -> str:
    """Return the key of a publisher: equal keys are one outlet, "" is unknown."""
    name = " ".join(publisher.split()).casefold()
    known = {" ".join(alias.split()).casefold(): to for alias, to in aliases.items()}
    if name in known:
        return " ".join(known[name].split()).casefold()
    host = _HOST.fullmatch(name)
    if host is None:
        return name
    domain = _registrable(host[1])
    return " ".join(known.get(domain, domain).split()).casefold()


def _registrable(host: str) -> str:
    """The part of a host name that somebody registered."""
    labels = host.split(".")
    long = len(labels[-1]) == _COUNTRY and len(labels) > _COUNTRY and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3 if long else -2 :])
