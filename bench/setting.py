"""What every part of the bench is told: how much to measure, on what, with what beside."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from bench import corpus

if TYPE_CHECKING:
    from pathlib import Path

    from bench.corpus import Planted

_MEBI = 1 << 20


class Made(NamedTuple):
    """Articles on disk, as JSON Lines, and what was planted among them."""

    file: Path
    planted: list[Planted]
    articles: int

    def said(self) -> dict[str, float]:
        """Describe them."""
        size = round(self.file.stat().st_size / _MEBI, 1)
        return {"articles": self.articles, "mib": size, "planted": len(self.planted)}


@dataclass(frozen=True, kw_only=True)
class Setting:
    """How to measure.

    Attributes:
        scratch: a folder for corpora and results, gone afterwards.
        rounds: of every race.
        most: articles that no part is to go beyond, 0 for no such limit.
        data: real articles, as JSON Lines; corpora are made of them, if given.
        peers: the Python of an environment with the peers.
        keeps: whether the folder stays, with the corpora and indexes of an earlier time.

    """

    scratch: Path
    rounds: int = 5
    most: int = 0
    data: Path | None = None
    peers: str = sys.executable
    keeps: bool = False
    _made: dict[int, Made] = field(default_factory=dict)

    @cached_property
    def _bases(self) -> corpus.Bases:
        """The articles of all corpora."""
        return corpus.Bases(self.data)

    def size(self, articles: int) -> int:
        """Return so many articles, or fewer where that is too many."""
        return min(articles, self.most or articles)

    def corpus(self, articles: int) -> Made:
        """Make a corpus, unless it was made before."""
        articles = self.size(articles)
        if articles not in self._made:
            file = self.scratch / f"corpus{articles}.jsonl"
            self._made[articles] = Made(file, self._planted(file, articles), articles)
        return self._made[articles]

    def index(self, made: Made) -> Path:
        """Say where an index of a corpus stands, or is to stand."""
        return self.scratch / f"index{made.articles}" / "bench.dedup"

    def _planted(self, file: Path, articles: int) -> list[Planted]:
        """Write a corpus, unless it is kept from an earlier time; give what is planted in it."""
        kept = file.with_suffix(".planted.json")
        if self.keeps and kept.exists():
            return [corpus.Planted(*one) for one in json.loads(kept.read_text("utf-8"))]
        planted = corpus.write(articles, file, self._bases)
        kept.write_text(json.dumps(planted), "utf-8")
        self.tell(f"made a corpus of {articles:,} articles")
        return planted

    def forget(self, articles: int) -> None:
        """Delete a corpus, to make room on disk, unless all is kept."""
        made = self._made.pop(self.size(articles))
        if not self.keeps:
            made.file.unlink()

    def real(self, data: Path) -> Made:
        """Return the articles of a file as they are, the first of them where a limit is set."""
        file = self.scratch / "real.jsonl"
        articles = 0
        with file.open("wb") as out:
            for line in islice(corpus.lines(data), self.most or None):
                out.write(line)
                articles += 1
        return Made(file, [], articles)

    def tell(self, what: str) -> None:
        """Say how far the bench has come."""
        print(what, file=sys.stderr, flush=True)
