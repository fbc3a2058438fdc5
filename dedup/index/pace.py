"""How many articles may be walked in the time that there is."""

from __future__ import annotations

#: Seconds that an article adds to a walk, until that is learned; what a walk takes besides, in
#: articles; the share of the time left that is planned with; how soon the pace is learned.
_EACH, _FIXED, _PRUDENCE, _QUICKLY, _SLOWLY = 0.0005, 14, 0.6, 0.5, 0.05


class Pace:
    """How long a walk takes, learned from those that were made."""

    def __init__(self) -> None:
        self._each = _EACH

    def fits(self, seconds: float) -> int:
        """Give how many articles may be walked in so many seconds, fewer than none included."""
        return int(seconds * _PRUDENCE / self._each) - _FIXED

    def took(self, articles: int, seconds: float) -> None:
        """Learn from a walk; a slow one counts more than a quick one."""
        each = seconds / (articles + _FIXED)
        share = _QUICKLY if each > self._each else _SLOWLY
        self._each += share * (each - self._each)
