"""Which publishers are one outlet: by name, by the host of their pages, by the user's table."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedup.records import Article

_HOST = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?:[:/].*)?", re.IGNORECASE)
#: Labels that stand before a country's own ("bbc.co.uk" is one label longer than "lemonde.fr").
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "gob", "nic", "or", "ne"})
_COUNTRY = 2


class Houses:
    """What each article's outlet is called: what a house prints is its own, whatever the byline.

    A publisher stands for all articles of a host on which it has more than half ("The Post" for
    "Post Opinion" and "Guest Writer"), and for its host's name where that is given as a publisher.
    A host that prints many publishers' articles, none of them most, joins nobody.

    Attributes:
        keys: each article's outlet key.

    """

    def __init__(self, articles: Sequence[Article], aliases: Mapping[str, str]) -> None:
        """Count who prints where."""
        self._aliases = aliases
        known = {name: outlet(name, aliases) for name in {one.publisher for one in articles}}
        keys = [known[article.publisher] for article in articles]
        self._given = set(known.values())
        self._spelled = {
            _squeezed(key): key for key in sorted(self._given) if key and not _HOST.fullmatch(key)
        }
        keys = [_by_name(key, self._spelled) for key in keys]
        hosts = [_domain(article.url) for article in articles]
        self._shares: dict[str, Counter[str]] = defaultdict(Counter)
        for key, host in zip(keys, hosts, strict=True):
            self._shares[host][key] += 1
        self._owner = {
            host: name for host, names in self._shares.items() if host and (name := _most(names))
        }
        self.keys = tuple(self._owner.get(host, key) for key, host in zip(keys, hosts, strict=True))

    def newcomer(self, article: Article) -> str | None:
        """Give the outlet key of one article more; None where it gives others another one."""
        key, host = outlet(article.publisher, self._aliases), _domain(article.url)
        if key not in self._given and key and not _HOST.fullmatch(key):
            squeezed = _squeezed(key)
            hosts = (name for name in self._given if _HOST.fullmatch(name))
            if any(_squeezed(name.partition(".")[0]) == squeezed for name in hosts):
                return None
        key = _by_name(key, self._spelled)
        if not host:
            return key
        names = self._shares[host] + Counter((key,)) if host in self._shares else Counter((key,))
        owner = _most(names)
        if host in self._shares and owner != self._owner.get(host, ""):
            return None
        return owner or key


def houses(articles: Sequence[Article], aliases: Mapping[str, str]) -> tuple[str, ...]:
    """Return each article's outlet key."""
    return Houses(articles, aliases).keys


def _most(names: Counter[str]) -> str:
    """The publisher that has more than half of a host, "" where none has."""
    name, count = names.most_common(1)[0]
    return name if 2 * count > names.total() else ""


def outlet(publisher: str, aliases: Mapping[str, str]) -> str:
    """Return the key of a publisher: equal keys are one outlet, "" is unknown."""
    name = " ".join(publisher.split()).casefold()
    known = {" ".join(alias.split()).casefold(): to for alias, to in aliases.items()}
    if name in known:
        return " ".join(known[name].split()).casefold()
    domain = _domain(name)
    return " ".join(known.get(domain, domain).split()).casefold() if domain else name


def _by_name(key: str, spelled: Mapping[str, str]) -> str:
    """The key of a publisher; one given as a host ("dailypost.co.uk") has that of its name."""
    if not _HOST.fullmatch(key):
        return key
    return spelled.get(_squeezed(key.partition(".")[0]), key)


def _squeezed(name: str) -> str:
    """A name as a host would have it: letters and digits alone."""
    return "".join(filter(str.isalnum, name))


def _domain(address: str) -> str:
    """The part of an address's host that somebody registered, "" where it has none."""
    host = _HOST.fullmatch(address.strip().casefold())
    if host is None:
        return ""
    labels = host[1].split(".")
    long = len(labels[-1]) == _COUNTRY and len(labels) > _COUNTRY and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3 if long else -2 :])
