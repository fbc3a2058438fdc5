"""Looking an index over: its figures, and what may be wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup import __version__
from dedup.index.store import FORMAT

if TYPE_CHECKING:
    from dedup.index.shelf import Shelf

_FILES = ("", "-wal", "-shm", ".derived", ".derived-wal", ".derived-shm")


def figures(shelf: Shelf) -> dict[str, object]:
    """Say how much there is, of what time, and how large the files are."""
    articles = [entry.article for entry in shelf.held.articles.values()]
    dated = sorted(article.published_at for article in articles if article.published_at)
    sizes = {ending: shelf.path.with_name(shelf.path.name + ending) for ending in _FILES}
    size = {ending: path.stat().st_size for ending, path in sizes.items() if path.exists()}
    return {
        "path": str(shelf.path),
        "articles": len(articles),
        "outlets": len({article.publisher for article in articles if article.publisher}),
        "former_versions": shelf.store.size("history") if shelf.store else 0,
        "changes": shelf.store.size("changes") if shelf.store else 0,
        "first_published_at": dated[0] if dated else "",
        "last_published_at": dated[-1] if dated else "",
        "text_bytes": sum(len(a.text.encode("utf-8", "surrogatepass")) for a in articles),
        "record_bytes": sum(n for ending, n in size.items() if "derived" not in ending),
        "derived_bytes": sum(n for ending, n in size.items() if "derived" in ending),
        "format": FORMAT,
        "version": __version__,
        "settings": shelf.kept.said(),
    }


def faults(shelf: Shelf) -> list[str]:
    """Look for what is wrong: first in the record, then in what was worked out from it."""
    if shelf.store is None:
        return []
    found = shelf.store.faults()
    if found:
        return found
    anew, answers, _ = shelf.judged([e.article for e in shelf.held.articles.values()], None)
    if anew.tables != shelf.now().result.tables:
        found.append(f"{shelf.path}: what is kept beside it does not fit its articles: rebuild it")
    if answers.verdicts() != shelf.held.verdicts:
        found.append(f"{shelf.path}: its verdicts are not those of this version: rebuild it")
    return found
