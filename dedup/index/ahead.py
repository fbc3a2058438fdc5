"""Work by another process: it reads what comes next while the present is decided, and compares.

Reading an article hangs on nothing but the article, and comparing two on nothing but the two, so
that who does it, and when, is all one.
"""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, NamedTuple, cast

from dedup import compiling, verify
from dedup.engine import Second, available
from dedup.index import codec
from dedup.index.rehearsing import rehearse
from dedup.index.remembered import content
from dedup.pipeline.comparing import Compared, Comparer
from dedup.pipeline.corpus import Corpus, Prepared, together
from dedup.pipeline.reading import prepare
from dedup.pipeline.remembering import apart
from dedup.records import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from threadpoolctl import ThreadpoolController

    from dedup.attribution import Catalogue
    from dedup.index.remembered import Remembered
    from dedup.index.revising import Plan
    from dedup.pipeline.comparing import Pair
    from dedup.records import Skipped

#: Of fewer articles, of fewer pairs of them, the handing over is not worth it.
_LEAST, _PAIRS = 32, 4
#: Characters after which there is a second process: it has then what this one loaded by and by, the
#: compiled kernels too, and whoever adds little never has it.
_AFTER = 5 * compiling.LARGE


class Read(NamedTuple):
    """What reading some articles gave.

    Attributes:
        records: each article as it is stored.
        read: what was read in them.
        data: the same of each, as it is kept.

    """

    records: list[bytes]
    read: Prepared
    data: list[bytes]


def read(articles: Sequence[Article], catalogue: Catalogue) -> Read:
    """Read some articles, and lay out how they are stored."""
    found = prepare(articles, catalogue)
    texts = [article.text for article in articles]
    return Read(
        records=[codec.article_bytes(article) for article in articles],
        read=found,
        data=[*codec.readings_bytes(texts, [*apart(found)])],
    )


class Asked(NamedTuple):
    """Pairs that are to be compared, and the articles that they are of, as a whole corpus."""

    corpus: Corpus
    pairs: list[Pair]


def work(asked: Sequence[Article] | Asked, catalogue: Catalogue) -> Read | Compared:
    """Do what another process is asked to do: read articles, or compare some."""
    with one_thread():
        if isinstance(asked, Asked):
            return Comparer(asked.corpus).compare(asked.pairs)
        return read(asked, catalogue)


def one_thread() -> AbstractContextManager[object]:
    """Let linear algebra work by itself: of small products more threads cost more than they do."""
    limits: AbstractContextManager[object] = _threads().limit(limits=1)
    return limits


@cache
def _threads() -> ThreadpoolController:
    """Who limits the threads of linear algebra."""
    from threadpoolctl import ThreadpoolController

    verify.transformer_class()  # what is loaded later is not limited
    return ThreadpoolController()


def _alone(corpus: Corpus, pairs: Sequence[Pair]) -> tuple[Asked, list[int]]:
    """Take the articles of some pairs out of a corpus; give their places in it too."""
    places = sorted({place for pair in pairs for place in pair[:2]})
    row = {place: row for row, place in enumerate(places)}
    whole = Prepared(
        corpus.tokens, corpus.paragraphs, corpus.credits, corpus.layouts, corpus.languages
    )
    some = together(apart(whole, places))
    own = Corpus(
        articles=tuple(corpus.articles[place] for place in places),
        tokens=some.tokens,
        paragraphs=some.paragraphs,
        credits=some.credits,
        layouts=some.layouts,
        languages=some.languages,
        outlets=tuple(corpus.outlets[place] for place in places),
        agencies=tuple(corpus.agencies[place] for place in places),
    )
    moved = [pair._replace(left=row[pair.left], right=row[pair.right]) for pair in pairs]
    return Asked(own, moved), places


class Ahead:
    """The process that reads and compares for a writer; there is none until it pays."""

    def __init__(self, processes: int, catalogue: Catalogue, leave: Callable[[], None]) -> None:
        """Take what it needs.

        Args:
            processes: how many may work, this one included.
            catalogue: the agencies.
            leave: lets go, in the other process, of what is this one's alone.

        """
        self._wanted = processes > 1
        if self._wanted:
            compiling.rehearse(partial(rehearse, leave))
        self._catalogue, self._leave = catalogue, leave
        self._seen = 0
        self._second: Second[Sequence[Article] | Asked, Read | Compared] | None = None
        self._left: Callable[[], None] | None = None

    def batches(
        self, batches: Iterable[list[Article | Skipped]]
    ) -> Iterator[tuple[list[Article | Skipped], Read | None]]:
        """Yield batches, each with what was read in it while the one before was worked on."""
        before: tuple[list[Article | Skipped], int] | None = None
        waiting, failure = iter(batches), None
        while failure is None:
            try:
                batch = next(waiting, None)
            except Exception as error:  # noqa: BLE001 - what came before is no worse for it
                batch, failure = None, error
            number = self._send([item for item in batch or () if isinstance(item, Article)])
            if before is not None:
                yield before[0], self._take(before[1])
            if batch is None:
                break
            before = batch, number
        if failure is not None:
            raise failure

    def share(self, plan: Plan, memory: Remembered) -> None:
        """Read what is new in a plan, the other process half of it."""
        unread = [entry for entry in plan.fresh.values() if memory.by_content(entry.name) is None]
        half = len(unread) // 2
        number = self._send([entry.article for entry in unread[half:]])
        if number:
            own = [entry.article for entry in unread[:half]]
            readings = apart(prepare(own, self._catalogue))
            for entry, reading in zip(unread[:half], readings, strict=True):
                memory.keep(entry.name, entry.article, reading)
            learn(plan, memory, self._take(number))

    def compare(self, comparer: Comparer, pairs: Sequence[Pair]) -> Compared:
        """Compare pairs, the other process half of them where there is one."""
        second, half = self._second, len(pairs) // 2
        if second is None or len(pairs) < _PAIRS or comparer.explain:
            return comparer.compare(pairs)
        asked, places = _alone(comparer.corpus, pairs[half:])
        number = second.send(asked)
        own = comparer.compare(pairs[:half])
        self._catch_up()
        other = cast("Compared | None", second.take(number))
        if other is None:
            return Compared(own.found + comparer.compare(pairs[half:]).found, ())
        found = [f._replace(article=places[f.article], other=places[f.other]) for f in other.found]
        return Compared((*own.found, *found), ())

    def later(self, job: Callable[[], None]) -> None:
        """Do what may be done later when the other process is waited for, at once if there is none.

        It is done before anything else is left for later, and before this is closed.
        """
        self._catch_up()
        if self._second is None:
            job()
        else:
            self._left = job

    def _catch_up(self) -> None:
        """Do what was left for later."""
        job, self._left = self._left, None
        if job is not None:
            job()

    def close(self) -> None:
        """Let the other process end, whatever becomes of what was left for later."""
        if self._wanted:
            compiling.rehearse(None)
        if self._second is not None:
            self._second.close()
            self._second = None
        self._catch_up()

    def _send(self, articles: Sequence[Article]) -> int:
        """Hand articles over to be read; give what to ask for them by, 0 where they were not."""
        self._seen += sum(len(article.text) for article in articles)
        if not self._wanted or len(articles) < _LEAST or self._seen < _AFTER:
            return 0
        if self._second is None:
            if not available():
                return 0
            catalogue = self._catalogue
            self._second = Second(lambda asked: work(asked, catalogue), self._leave)
        return self._second.send(articles)

    def _take(self, number: int) -> Read | None:
        """Give what was read in articles that were handed over, None where nothing was."""
        if self._second is None or not number:
            return None
        return cast("Read | None", self._second.take(number))


def learn(plan: Plan, memory: Remembered, found: Read | None) -> None:
    """Remember what was read in articles, as far as they are new in a plan."""
    if found is None:
        return
    fresh = {entry.name for entry in plan.fresh.values()}
    for record, reading, data in zip(found.records, apart(found.read), found.data, strict=True):
        if (name := content(record)) in fresh:
            memory.learn(name, reading, data)
