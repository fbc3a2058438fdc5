"""Reading by another process: what comes next while the present is decided, half of what comes now.

Reading an article hangs on nothing but the article, so that who reads it, and when, is all one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dedup.compiling import LARGE
from dedup.engine import Second, available
from dedup.index import codec
from dedup.index.remembered import content
from dedup.pipeline.reading import prepare
from dedup.pipeline.remembering import apart
from dedup.records import Article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dedup.attribution import Catalogue
    from dedup.index.remembered import Remembered
    from dedup.index.revising import Plan
    from dedup.pipeline.corpus import Prepared
    from dedup.records import Skipped

#: Of fewer articles the handing over is not worth it.
_LEAST = 32
#: Characters after which there is a second process: it has then what this one loaded by and by, the
#: compiled kernels too, and whoever adds little never has it.
_AFTER = 5 * LARGE


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


class Ahead:
    """The process that reads for a writer; there is none until it pays."""

    def __init__(self, processes: int, catalogue: Catalogue, leave: Callable[[], None]) -> None:
        """Take what it needs.

        Args:
            processes: how many may work, this one included.
            catalogue: the agencies.
            leave: lets go, in the other process, of what is this one's alone.

        """
        self._wanted = processes > 1
        self._catalogue, self._leave = catalogue, leave
        self._seen = 0
        self._second: Second[Sequence[Article], Read] | None = None

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

    def close(self) -> None:
        """Let the other process end."""
        if self._second is not None:
            self._second.close()
            self._second = None

    def _send(self, articles: Sequence[Article]) -> int:
        """Hand articles over to be read; give what to ask for them by, 0 where they were not."""
        self._seen += sum(len(article.text) for article in articles)
        if not self._wanted or len(articles) < _LEAST or self._seen < _AFTER:
            return 0
        if self._second is None:
            if not available():
                return 0
            catalogue = self._catalogue
            self._second = Second(lambda some: read(some, catalogue), self._leave)
        return self._second.send(articles)

    def _take(self, number: int) -> Read | None:
        """Give what was read in articles that were handed over, None where nothing was."""
        return self._second.take(number) if self._second is not None and number else None


def learn(plan: Plan, memory: Remembered, found: Read | None) -> None:
    """Remember what was read in articles, as far as they are new in a plan."""
    if found is None:
        return
    fresh = {entry.name for entry in plan.fresh.values()}
    for record, reading, data in zip(found.records, apart(found.read), found.data, strict=True):
        if (name := content(record)) in fresh:
            memory.learn(name, reading, data)
