"""How an outlet names itself in its own text."""

from __future__ import annotations

import re
from functools import lru_cache

_ARTICLE = re.compile(r"^(?:(?:The|Le|La|Il|El|O|A|Die|Der|Das) |L['’])")
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_DOMAIN = re.compile(r"(?:https?://)?(?:www\.)?([\w-]+)\.[a-z.]{2,}/?\Z", re.IGNORECASE)
_NOT_ALONE = frozenset({"news", "online", "daily", "media", "press", "journal", "today", "web"})
_SHORTEST = 3


@lru_cache(maxsize=4096)
def outlet_names(publisher: str) -> tuple[tuple[str, bool], ...]:
    """Give the ways an outlet names itself, and whether each may stand without "the".

    "The Harbour Mercury" is also "Harbour Mercury" and "the Mercury"; a domain is its first label.
    """
    domain = _DOMAIN.match(publisher)
    if domain:
        label = domain[1]
        return tuple((name, True) for name in dict.fromkeys((label.title(), label.upper())))
    full = _ARTICLE.sub("", _IN_BRACKETS.sub("", publisher)).strip()
    if len(full) < _SHORTEST:
        return ()
    names = [(full, True)]
    *before, last = full.split()
    if before and last[0].isupper() and last.lower() not in _NOT_ALONE:
        names.append((last, False))
    return tuple(names)
