"""Random histories of an index, and what one scan says of where they end.

``python -m tests.index.histories 200`` walks so many.
"""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

import dedup
from dedup import Index, sources
from dedup.index.answers import Answers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup import Article, Result

ROOT = Path(__file__).parents[2]
STEPS = 6


def real_articles() -> list[Article]:
    """The newsroom set and the seeds, by id."""
    lines = (ROOT / "tests/data/newsroom/articles.jsonl").read_text("utf-8").splitlines()
    records = sources.from_records(json.loads(line) for line in lines)
    articles, _ = sources.settle([*records, *sources.read([str(ROOT / "seeds")])])
    return articles


def csv_of(result: Result, folder: Path) -> dict[str, bytes]:
    """The tables, byte for byte."""
    return {path.name: path.read_bytes() for path in result.write(folder, ["csv"])}


class Walk(NamedTuple):
    """What a history did to an index, and what it should hold at the end."""

    done: list[str]
    holds: dict[str, Article]


def edited(article: Article, other: Article, generator: np.random.Generator) -> Article:
    """Another version: paragraphs cut, one of another article put in, or published anew."""
    paragraphs = article.text.split("\n\n")
    what = generator.integers(4)
    if what == 0 and len(paragraphs) > 2:
        paragraphs.pop(int(generator.integers(len(paragraphs))))
    elif what == 1:
        taken = other.text.split("\n\n")
        at = int(generator.integers(len(paragraphs) + 1))
        paragraphs.insert(at, taken[int(generator.integers(len(taken)))])
    elif what == 2:
        return replace(article, published_at=other.published_at)
    else:
        return replace(article, publisher=other.publisher, url=other.url)
    return replace(article, text="\n\n".join(paragraphs))


def walk(index: Index, articles: Sequence[Article], generator: np.random.Generator) -> Walk:
    """Do a few things at random to an index."""
    done: list[str] = []
    holds: dict[str, Article] = {}
    pool = [articles[i] for i in generator.permutation(len(articles))[: generator.integers(8, 45)]]
    for _ in range(STEPS):
        what = generator.choice(["add", "add", "add", "update", "remove", "expire"])
        if what == "add":
            batch = [pool[i] for i in generator.permutation(len(pool))[: generator.integers(1, 20)]]
            index.add(batch)
            holds |= {article.id: article for article in batch}
        elif what == "update" and holds:
            chosen = [holds[n] for n in generator.choice(sorted(holds), 3)]
            batch = [
                edited(article, pool[int(generator.integers(len(pool)))], generator)
                for article in {article.id: article for article in chosen}.values()
            ]
            index.add(batch)
            holds |= {article.id: article for article in batch}
        elif what == "remove" and holds:
            gone = {str(name) for name in generator.choice(sorted(holds), 4)}
            index.remove(gone)
            holds = {name: article for name, article in holds.items() if name not in gone}
        elif what == "expire" and holds:
            times = sorted(a.published_at for a in holds.values() if a.published_at)
            if times:
                before = times[len(times) // 4]
                index.expire(before=before)
                left = set(index.ids())
                holds = {name: article for name, article in holds.items() if name in left}
        done.append(str(what))
    return Walk(done, holds)


def opened(path: Path, few: int | None = None) -> Index:
    """Open an index, in which only up to so many articles are all walked whatever comes."""
    index = Index.open(path)
    if few is not None:
        index._shelf.few = index._shelf.readable = few
        index._shelf.half = 0
    return index


def differences(
    seed: int, articles: Sequence[Article], folder: Path, few: int | None = None
) -> list[str]:
    """Walk one history; name the tables in which it does not end as one scan of what is there.

    What the feed said last of each article is one of them.
    """
    generator = np.random.default_rng(seed)
    with opened(folder / "news.dedup", few) as index:
        done, holds = walk(index, articles, generator)
        found = csv_of(index.tables(), folder / "found")
        told = {change.article_id: change.verdict for change in index.changes()}
    with opened(folder / "news.dedup", few) as index:
        again = csv_of(index.tables(), folder / "again")
    scanned = dedup.scan(holds.values())
    expected = csv_of(scanned, folder / "expected")
    wrong = [name for name in expected if not found[name] == again[name] == expected[name]]
    if {name: row for name, row in told.items() if row} != Answers(scanned).verdicts():
        wrong.append("the feed")
    return [f"{name} after {done} (seed {seed}, few {few})" for name in wrong]


def main() -> int:
    """Walk as many histories as the command line says."""
    articles = real_articles()
    wrong = []
    for seed in range(int(sys.argv[1])):
        with tempfile.TemporaryDirectory() as folder:
            wrong += differences(seed, articles, Path(folder), few=(None, 0)[seed % 2])
    sys.stdout.write("\n".join([*wrong, f"{len(wrong)} tables differ\n"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
