"""Looking an index over: its figures, and what may be wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup import __version__
from dedup.index.deciding import UNSETTLED
from dedup.index.making import FORMAT

if TYPE_CHECKING:
    from pathlib import Path

    from dedup.index.shelf import Shelf
    from dedup.index.store import Store

_FILES = ("", "-wal", "-shm", ".derived", ".derived-wal", ".derived-shm")


def figures(shelf: Shelf) -> dict[str, object]:
    """Say how much there is, of what time, and how large the files are."""
    dated: list[str] = []
    outlets, told = set(), 0
    for _, entry in shelf.held.articles.entries():
        article = entry.article
        outlets.add(article.publisher)
        dated += [article.published_at] if article.published_at else []
        dated = [min(dated), max(dated)] if dated else []
        told += len(article.text.encode("utf-8", "surrogatepass"))
    files = _files(shelf.path)
    derived = sum(size for name, size in files.items() if name.startswith((".derived", ".keys")))
    store = shelf.store
    return {
        "path": str(shelf.path),
        "articles": len(shelf.held.articles),
        "outlets": len(outlets - {""}),
        "former_versions": store.size("history") if store else 0,
        "changes": store.size("changes") if store else 0,
        "unsettled": (store.meta(UNSETTLED) or 0) if store else 0,
        "first_published_at": dated[0] if dated else "",
        "last_published_at": dated[-1] if dated else "",
        "text_bytes": told,
        "record_bytes": sum(files.values()) - derived,
        "derived_bytes": derived,
        "format": FORMAT,
        "version": __version__,
        "settings": shelf.kept.said(),
    }


def _files(path: Path) -> dict[str, int]:
    """How large the files of an index are, by what stands behind its name in theirs."""
    sizes = {ending: path.with_name(path.name + ending) for ending in _FILES}
    keys = [p for p in path.parent.iterdir() if p.name.startswith(f"{path.name}.keys")]
    sizes |= {p.name.removeprefix(path.name): p for p in keys}
    return {ending: p.stat().st_size for ending, p in sizes.items() if p.exists()}


def faults(shelf: Shelf) -> list[str]:
    """Look for what is wrong: first in the record, then in what was worked out from it."""
    if shelf.store is None:
        return []
    found = shelf.store.faults()
    if found:
        return found
    with shelf.seeing():
        return _misfits(shelf, shelf.store)


def _misfits(shelf: Shelf, store: Store) -> list[str]:
    """Look for what was worked out and is not what is worked out now.

    Of very many, nothing that is remembered is used in a walk of all, and all is worked out once.
    """
    found = []
    result, answers, _ = shelf.now()
    articles = [e.article for _, e in shelf.held.articles.entries()] if shelf.recalled else []
    if shelf.recalled and shelf.judged(articles, None).result.tables != result.tables:
        found.append(f"{shelf.path}: what is kept beside it does not fit its articles: rebuild it")
    said = {name: one.row for name, one in shelf.held.verdicts.entries()}
    if answers.verdicts() != said and not store.meta(UNSETTLED):
        found.append(f"{shelf.path}: its verdicts are not those of this version: rebuild it")
    return found
