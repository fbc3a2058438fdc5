"""The corridor: the only place that knows the order of the steps.

Articles → paragraphs, words, credits (each article alone) → boilerplate (the whole corpus) →
candidate pairs (the whole corpus) → verified passages (each pair alone) → verdicts → tables.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, pairwise
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeVar

from dedup import compiling, verify
from dedup.pipeline import deciding, tabulating
from dedup.pipeline.comparing import Comparer, near_misses
from dedup.pipeline.corpus import in_time, together
from dedup.pipeline.furniture import without_furniture
from dedup.pipeline.reading import prepare
from dedup.pipeline.remembering import Remembered, apart
from dedup.pipeline.reprints import LIMIT
from dedup.pipeline.reviewing import Review
from dedup.pipeline.sifting import all_of
from dedup.pipeline.standing import without_standing
from dedup.pipeline.thin import without_thin
from dedup.pipeline.whole import Itself, Working
from dedup.verdict import decide

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from dedup.attribution import Catalogue
    from dedup.marks import Mark
    from dedup.pipeline.comparing import Compared, Found, Pair
    from dedup.pipeline.corpus import Corpus, Prepared
    from dedup.pipeline.proposing import Proposed
    from dedup.pipeline.remembering import Memory
    from dedup.pipeline.sifting import Sifted
    from dedup.pipeline.tabulating import Columns
    from dedup.pipeline.whole import Whole
    from dedup.records import Article
    from dedup.verdict import Decided, Match, Subject

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

#: Articles and pairs worked on at a time; the first articles, read before there are workers.
_ARTICLES, _PAIRS, _FIRST = 256, 64, 16
#: Characters of a word and what follows it, and about how many articles are looked at, to tell how
#: much there is to do.
_WORD, _SAMPLE = 5, 256


class Engine(Protocol):
    """What runs a step over batches; the outcome is the same whichever does."""

    @property
    def workers(self) -> int:
        """How many steps it runs at once."""

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


class Known(NamedTuple):
    """What is known from before: readings and comparisons, and what other articles there are.

    ``compare`` compares a batch of pairs, where another process has a part in it.
    """

    memory: Memory | None = None
    whole: Whole = Itself()
    compare: Callable[[Comparer, Sequence[Pair]], Compared] = Comparer.compare


KNOWN = Known()


class Walked(NamedTuple):
    """What the steps of a walk gave, for who goes on from there."""

    read: Prepared
    corpus: Corpus
    proposed: Proposed
    sifted: Sifted
    found: list[Found]
    decided: Decided


class Outcomes(NamedTuple):
    """What a scan gives: the tables, what the run record says of how they came about, the steps."""

    tables: dict[str, Columns]
    run: dict[str, object]
    walked: Walked


def scan(
    articles: Sequence[Article],
    catalogue: Catalogue,
    options: Options,
    engine: Engine,
    progress: Callable[[str, int, int], None],
    known: Known = KNOWN,
) -> Outcomes:
    """Walk all articles through the rooms.

    Args:
        articles: each id once.
        catalogue: the agencies.
        options: the settings that the steps need.
        engine: what runs the steps over batches.
        progress: told (step, done, of) as the scan goes on.
        known: what is known from before, and of other articles.

    """
    articles, (memory, whole, compare) = in_time(articles), known
    working = Working(engine.workers, progress)
    with _loading(len(articles) > _FIRST) as beside:
        parts = beside(_read(articles, catalogue, engine, progress, memory))
        read = together(parts, _words(articles))
        corpus = whole.learn(read, articles, catalogue, options, engine.workers)
        review = Review(options.labels, corpus, catalogue)
        corpus = review.corpus()
        proposed = whole.propose(corpus, options, working)
    sifted = (all_of if options.explain else whole.sift)(corpus, proposed, working)
    comparer = Comparer(corpus, explain=options.explain)
    remembered = Remembered(corpus, comparer, memory) if memory else None
    found, refusals = _compare(comparer, compare, sifted.pairs, engine, progress, remembered)
    described = deciding.subjects(corpus)
    directed = review.matches(deciding.directed(described, found))
    asked = engine, whole, remembered
    directed, refused = _reuse(comparer, described, directed, asked, catalogue)
    rows, left_out = deciding.listed(directed, [article.id for article in articles])
    progress("deciding", 0, 1)
    names, marked = _names(catalogue), review.verdicts()
    decided = decide(described, rows, proposed.alike, names, marked, deciding.by(engine, described))
    progress("deciding", 1, 1)
    refused |= {deciding.LIMIT: left_out, LIMIT: sifted.outnumbered}
    run = _record(corpus, proposed, refused, refusals, review.record(decided))
    tables = _tables(corpus, described, decided, tabulating.matches(corpus, rows, directed))
    return Outcomes(tables, run, Walked(read, corpus, proposed, sifted, found, decided))


def _tables(
    corpus: Corpus, described: Sequence[Subject], decided: Decided, matches: Columns
) -> dict[str, Columns]:
    """All tables."""
    return {
        "articles": tabulating.articles(corpus, described, decided),
        "paragraphs": tabulating.paragraphs(corpus, decided),
        "attributions": tabulating.attributions(corpus),
        "stories": tabulating.stories(corpus, decided),
        "sources": tabulating.sources(corpus, decided),
        "matches": matches,
    }


def _names(catalogue: Catalogue) -> dict[str, str]:
    """The agencies' names by id."""
    return {agency.id: agency.name for agency in catalogue.agencies.values()}


@contextmanager
def _loading(wanted: bool) -> Iterator[Callable[[Iterable[Prepared]], Iterator[Prepared]]]:  # noqa: FBT001 - it is all there is to say
    """Load scikit-learn's transformer beside what needs it last.

    Given is what begins with that while articles are read: once some have come, for by then no
    process is forked any more, and a thread must not be under way where one is.
    """
    thread = Thread(target=verify.transformer_class)

    def beside(parts: Iterable[Prepared]) -> Iterator[Prepared]:
        for place, part in enumerate(parts):
            if place == 1 and wanted:
                thread.start()
            yield part

    try:
        yield beside
    finally:
        if thread.ident is not None:
            thread.join()


def _read(
    articles: Sequence[Article],
    catalogue: Catalogue,
    engine: Engine,
    progress: Callable[[str, int, int], None],
    memory: Memory | None,
) -> Iterator[Prepared]:
    """Read the articles, batch by batch; what is remembered is not read again."""
    compiling.pays(_words(articles))
    if memory is None:
        yield from _fresh(articles, catalogue, engine, progress)
        return
    known = [memory.reading(article) for article in articles]
    rows = [row for row, reading in enumerate(known) if reading is None]
    unread = [articles[row] for row in rows]
    readings = chain.from_iterable(map(apart, _fresh(unread, catalogue, engine, progress)))
    for row, reading in zip(rows, readings, strict=True):
        memory.keep_reading(articles[row], reading)
        known[row] = reading
    yield from (reading for reading in known if reading is not None)


def _fresh(
    articles: Sequence[Article],
    catalogue: Catalogue,
    engine: Engine,
    progress: Callable[[str, int, int], None],
) -> Iterator[Prepared]:
    """Read articles, batch by batch.

    A first few are read here, so that what reading loads and learns is there in every worker.
    """
    edges = [0, *range(_FIRST, len(articles), _ARTICLES), len(articles)]
    batches = [articles[first:last] for first, last in pairwise(edges) if first < last]

    def read(batch: Sequence[Article]) -> Prepared:
        return prepare(batch, catalogue)

    done = 0
    for part in chain(map(read, batches[:1]), engine.map_batches(read, batches[1:])):
        yield part
        done += len(part.layouts)
        progress("reading", done, len(articles))


def _words(articles: Sequence[Article]) -> int:
    """About how many words there are at most, by the length of some articles."""
    sample = articles[:: 1 + len(articles) // _SAMPLE]
    characters = sum(len(article.text) for article in sample)
    return characters * len(articles) // (_WORD * max(1, len(sample)))


def _compare(
    comparer: Comparer,
    compare: Callable[[Comparer, Sequence[Pair]], Compared],
    pairs: Sequence[Pair],
    engine: Engine,
    progress: Callable[[str, int, int], None],
    remembered: Remembered | None,
) -> tuple[list[Found], list[dict[str, object]]]:
    """Verify the candidate pairs, batch by batch; what is remembered is not compared again."""
    found, pairs = remembered.recall(pairs) if remembered else ([], pairs)
    batches = [pairs[i : i + _PAIRS] for i in range(0, len(pairs), _PAIRS)]
    refusals: list[dict[str, object]] = []
    done = 0
    for batch, part in zip(
        batches, engine.map_batches(partial(compare, comparer), batches), strict=True
    ):
        found.extend(part.found)
        refusals.extend(near_misses(comparer.corpus, part))
        if remembered:
            remembered.keep(batch, part.found)
        done += len(batch)
        progress("comparing", done, len(pairs))
    return found, refusals


def _reuse(
    comparer: Comparer,
    described: Sequence[Subject],
    matches: Mapping[Match, Found],
    asked: tuple[Engine, Whole, Remembered | None],
    catalogue: Catalogue,
) -> tuple[dict[Match, Found], dict[str, int]]:
    """Leave out what is an outlet's furniture or nobody's text; say how much of each."""
    engine, whole, remembered = asked
    kept, repeated = without_furniture(comparer, described, matches)
    kept, standing = without_standing(comparer, kept, engine, whole, remembered)
    kept, thin = without_thin(comparer, described, kept, catalogue)
    return kept, {
        "passages: repeated by an outlet in unlike articles": repeated,
        "passages: standing text": standing,
        "passages: too little by itself": thin,
    }


def _record(
    corpus: Corpus,
    proposed: Proposed,
    refused: Mapping[str, int],
    refusals: Sequence[Mapping[str, object]],
    labels: Mapping[str, int],
) -> dict[str, object]:
    """What the run record says: what was compared, what limits dropped, near misses, marks."""
    layouts: dict[str, int] = {}
    for layout in sorted(corpus.layouts):
        layouts[layout] = layouts.get(layout, 0) + 1
    limits = {**proposed.dropped, **refused}
    return {
        "wire_in_corpus": any(corpus.agencies),
        "compared_pairs": len(proposed.left),
        "all_pairs": len(corpus) * (len(corpus) - 1) // 2,
        "layouts": layouts,
        "limits": {name: count for name, count in sorted(limits.items()) if count},
        "nearest_pair": _nearest(corpus, proposed),
        "refusals": refusals,
        "labels": labels,
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
