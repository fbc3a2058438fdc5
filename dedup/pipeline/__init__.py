"""The corridor: the only place that knows the order of the steps.

Articles → paragraphs, words, credits (each article alone) → boilerplate (the whole corpus) →
candidate pairs (the whole corpus) → verified passages (each pair alone) → verdicts → tables.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from dedup.pipeline import deciding, tabulating
from dedup.pipeline.comparing import Comparer
from dedup.pipeline.corpus import in_time
from dedup.pipeline.furniture import without_furniture
from dedup.pipeline.learning import learn
from dedup.pipeline.proposing import Proposed, propose
from dedup.pipeline.reading import prepare
from dedup.pipeline.reviewing import Review
from dedup.verdict import decide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from dedup.attribution import Catalogue
    from dedup.marks import Mark
    from dedup.pipeline.comparing import Compared, Found
    from dedup.pipeline.corpus import Corpus, Prepared
    from dedup.pipeline.tabulating import Columns
    from dedup.records import Article

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

#: Articles and pairs worked on at a time.
_ARTICLES, _PAIRS = 256, 512


class Engine(Protocol):
    """What runs a step over batches; the outcome is the same whichever does."""

    def map_batches(
        self, step: Callable[[Item], Outcome], batches: Sequence[Item]
    ) -> Iterator[Outcome]:
        """Yield ``step(batch)`` for each batch, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The few numbers that the steps take.

    Attributes:
        window: compare only articles this many seconds apart, None for all; undated ones always.
        aliases: other names of outlets.
        ignored: texts whose paragraphs never count as reuse.
        explain: keep the near misses with the rule that refused them.
        labels: a reviewer's marks, which stand above what is found.

    """

    window: int | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)
    ignored: Sequence[str] = ()
    explain: bool = False
    labels: Sequence[Mark] = ()


@dataclass(frozen=True, eq=False, kw_only=True)
class Outcomes:
    """What a scan gives: the tables, and what the run record says of how they came about."""

    tables: dict[str, Columns]
    run: dict[str, object]


def scan(
    articles: Sequence[Article],
    catalogue: Catalogue,
    options: Options,
    engine: Engine,
    progress: Callable[[str, int, int], None],
) -> Outcomes:
    """Walk all articles through the rooms.

    Args:
        articles: each id once.
        catalogue: the agencies.
        options: the settings that the steps need.
        engine: what runs the steps over batches.
        progress: told (step, done, of) as the scan goes on.

    """
    articles = in_time(articles)
    corpus = learn(_read(articles, catalogue, engine, progress), articles, catalogue, options)
    review = Review(options.labels, corpus, catalogue)
    corpus = review.corpus()
    proposed = _proposed(corpus, options, progress)
    found, refusals = _compare(corpus, proposed, engine, options, progress)
    described = deciding.subjects(corpus)
    directed = review.matches(deciding.directed(described, found))
    directed, repeated = without_furniture(described, directed)
    rows, left_out = deciding.listed(directed, [article.id for article in articles])
    names = {agency.id: agency.name for agency in catalogue.agencies.values()}
    progress("deciding", 0, 1)
    decided = decide(described, rows, proposed.alike, names, review.verdicts())
    progress("deciding", 1, 1)
    tables = {
        "articles": tabulating.articles(corpus, described, decided),
        "paragraphs": tabulating.paragraphs(corpus, decided),
        "matches": tabulating.matches(corpus, rows, directed),
        "attributions": tabulating.attributions(corpus),
        "stories": tabulating.stories(corpus, decided),
        "sources": tabulating.sources(corpus, decided),
    }
    run = _record(corpus, proposed, left_out, repeated)
    run |= {"refusals": refusals, "labels": review.record(decided)}
    return Outcomes(tables=tables, run=run)


def _read(
    articles: Sequence[Article],
    catalogue: Catalogue,
    engine: Engine,
    progress: Callable[[str, int, int], None],
) -> list[Prepared]:
    """Read the articles, batch by batch."""
    batches = [articles[i : i + _ARTICLES] for i in range(0, len(articles), _ARTICLES)]
    out = []
    for part in engine.map_batches(lambda batch: prepare(batch, catalogue), batches):
        out.append(part)
        progress("reading", min(len(articles), len(out) * _ARTICLES), len(articles))
    return out


def _proposed(
    corpus: Corpus, options: Options, progress: Callable[[str, int, int], None]
) -> Proposed:
    """Propose pairs where at least some paragraph has words to compare."""
    columns = corpus.ledger
    if not (columns.counts & (columns.last > columns.first)).any():
        return Proposed(pairs=[], alike=[], nearest=None, dropped={})
    return propose(corpus, options.window, progress)


def _compare(
    corpus: Corpus,
    proposed: Proposed,
    engine: Engine,
    options: Options,
    progress: Callable[[str, int, int], None],
) -> tuple[list[Found], list[dict[str, object]]]:
    """Verify the candidate pairs, batch by batch."""
    comparer = Comparer(corpus, explain=options.explain)
    pairs = proposed.pairs
    batches = [pairs[i : i + _PAIRS] for i in range(0, len(pairs), _PAIRS)]
    found: list[Found] = []
    refusals: list[dict[str, object]] = []
    done = 0
    for batch, part in zip(batches, engine.map_batches(comparer.compare, batches), strict=True):
        found.extend(part.found)
        refusals.extend(_refusals(corpus, part))
        done += len(batch)
        progress("comparing", done, len(pairs))
    return found, refusals


def _refusals(corpus: Corpus, part: Compared) -> Iterator[dict[str, object]]:
    """Say the near misses with their texts."""
    for a, b, refusal in part.refusals:
        here, there = corpus.articles[a], corpus.articles[b]
        yield {
            "article_id": here.id,
            "start": refusal.start,
            "end": refusal.end,
            "other_id": there.id,
            "other_start": refusal.other_start,
            "other_end": refusal.other_end,
            "rule": refusal.rule,
            "text": here.text[refusal.start : refusal.end],
            "other_text": there.text[refusal.other_start : refusal.other_end],
        }


def _record(corpus: Corpus, proposed: Proposed, left_out: int, repeated: int) -> dict[str, object]:
    """What the run record says: what was compared, what limits dropped."""
    layouts: dict[str, int] = {}
    for layout in sorted(corpus.layouts):
        layouts[layout] = layouts.get(layout, 0) + 1
    limits = dict(proposed.dropped)
    limits[f"passage shared by over {deciding.WIDELY_SHARED} articles"] = left_out
    limits["passages: repeated by an outlet in unlike articles"] = repeated
    return {
        "wire_in_corpus": any(corpus.agencies),
        "compared_pairs": len(proposed.pairs),
        "all_pairs": len(corpus) * (len(corpus) - 1) // 2,
        "layouts": layouts,
        "limits": {name: count for name, count in sorted(limits.items()) if count},
        "nearest_pair": _nearest(corpus, proposed),
    }


def _nearest(corpus: Corpus, proposed: Proposed) -> dict[str, object] | None:
    """The two articles most alike, named even where nothing is shared."""
    if proposed.nearest is None:
        return None
    left, right, cosine = proposed.nearest
    return {
        "article_id": corpus.articles[left].id,
        "other_id": corpus.articles[right].id,
        "cosine": round(cosine, 3),
    }
