"""Which publishers are one outlet: by name, by the host of their pages, by the user's table."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedup.records import Article

    Printed = tuple[str, str]

_HOST = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,})(?:[:/].*)?", re.IGNORECASE)
#: Labels that stand before a country's own ("bbc.co.uk" is one label longer than "lemonde.fr").
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "gob", "nic", "or", "ne"})
_COUNTRY = 2


class Houses:
    """What each article's outlet is called: what a house prints is its own, whatever the byline.

    A publisher stands for all articles of a host on which it has more than half ("The Post" for
    "Post Opinion" and "Guest Writer"), and for its host's name where that is given as a publisher.
    A host that prints many publishers' articles, none of them most, joins nobody.
    """

    def __init__(self, counts: Mapping[Printed, int]) -> None:
        """Count who prints where: how many articles are said so (`printed`)."""
        given = {key for key, _ in counts}
        self._spelled = {
            _squeezed(key): key for key in sorted(given) if key and not _HOST.fullmatch(key)
        }
        shares: dict[str, Counter[str]] = defaultdict(Counter)
        for (key, host), times in counts.items():
            shares[host][_by_name(key, self._spelled)] += times
        self._owner = {
            host: name for host, names in shares.items() if host and (name := _most(names))
        }

    def outlet(self, given: Printed) -> str:
        """Give the outlet key of one of these articles."""
        key, host = given
        return self._owner.get(host) or _by_name(key, self._spelled)


def printed(article: Article, aliases: Mapping[str, str]) -> Printed:
    """Return an article's publisher, as its key, and the host that it lies on."""
    return outlet(article.publisher, aliases), _domain(article.url)


def houses(articles: Sequence[Article], aliases: Mapping[str, str]) -> tuple[str, ...]:
    """Return each article's outlet key."""
    keys = {name: outlet(name, aliases) for name in {one.publisher for one in articles}}
    given = [(keys[article.publisher], _domain(article.url)) for article in articles]
    known = Houses(counts := Counter(given))
    named = {pair: known.outlet(pair) for pair in counts}  # articles of one outlet are many
    return tuple(named[pair] for pair in given)


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
