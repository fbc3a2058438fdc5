"""Settles which of several records with one id is the article, and brings all in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup import times
from dedup.records import Article, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def settle(items: Iterable[Article | Skipped]) -> tuple[list[Article], list[Skipped]]:
    """Keep one article an id, and sort: the outcome never depends on the order of ``items``.

    Of several with one id the latest is kept, by ``published_at``; where the latest cannot be told,
    of those that may be it the one whose feed gives it the highest version, then the one with the
    greater text.

    Returns:
        The articles by id, and what was skipped by path and record.

    """
    versions: dict[str, list[Article]] = {}
    skipped: list[Skipped] = []
    for item in items:
        if isinstance(item, Article):
            versions.setdefault(item.id, []).append(item)
        else:
            skipped.append(item)
    articles = []
    for name in sorted(versions):
        same = versions[name]
        kept = same[0] if len(same) == 1 else _latest(same)
        articles.append(kept)
        skipped += [_skip(other, kept) for other in same if other is not kept]
    return articles, sorted(skipped, key=_order)


def _latest(same: Sequence[Article]) -> Article:
    """Return the version that none is certainly later than; of several the highest, or greatest."""
    dated = [(times.parse(version.published_at), version) for version in same]
    # among times of one kind the doubt is the same, so that the last of each kind speaks for all
    last = [
        max((when for when, _ in dated if when and when.zoned is zoned), default=None)
        for zoned in (True, False)
    ]
    open_ = [
        version for when, version in dated if all(times.order(when, other) >= 0 for other in last)
    ]
    return max(
        open_,
        key=lambda one: (_version(one), one.text, one.published_at, repr(one)),
    )


def _version(article: Article) -> int:
    """Return the number that a feed gives a version of its item; 0 for none."""
    numbers = (value for name, value in article.evidence if name.endswith(".version"))
    return max((int(number[:18]) for number in numbers if number.isdecimal()), default=0)


def _skip(article: Article, kept: Article) -> Skipped:
    order = times.order(times.parse(article.published_at), times.parse(kept.published_at))
    why = "with the same text" if article.text == kept.text else "with another text"
    why = "published later" if order < 0 else why
    reason = f"the id {article.id!r} was seen in another record, {why}, which was kept"
    return Skipped(article.path or article.id, "", reason)


def _order(skipped: Skipped) -> tuple[str, int, str, str]:
    number = int(skipped.record) if skipped.record.isdecimal() else 0
    return skipped.path, number, skipped.record, skipped.reason
