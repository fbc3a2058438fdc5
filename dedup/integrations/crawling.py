"""Scrapy: an item pipeline that says of each item where its text comes from.

In a project's settings::

    ITEM_PIPELINES = {"dedup.integrations.crawling.DedupPipeline": 300}
    DEDUP_INDEX = "news.dedup"

``DEDUP_INDEX``
    The index; without it the pipeline is off.
``DEDUP_FIELD``
    The field of an item that takes what is said of it: ``dedup`` where not given.
``DEDUP_FIELDS``
    What an item calls the fields of a record, as ``{"text": "body", "publisher": "site"}``.
``DEDUP_STORE``
    Whether items are added to the index: they are, where not given.
``DEDUP_BATCH``
    How many are stored at a time: 1 where not given, so that each is judged beside all that came
    before. Of more, each is told what adding it would say beside what was stored until then.
``DEDUP_DROP``
    Which items are dropped, a condition as ``--fail-on`` takes it: ``verdict==wire_copy``. Without
    it none is. What is dropped from the crawl is in the index all the same.
"""

from __future__ import annotations

import logging
from collections import Counter
from threading import Lock
from typing import TYPE_CHECKING, Self, TypeVar

from itemadapter import ItemAdapter
from scrapy.exceptions import DropItem, NotConfigured
from scrapy.utils.asyncio import run_in_thread

from dedup.conditions import met, parse
from dedup.errors import ConfigError, DedupError, SourceError
from dedup.index import Index
from dedup.sources.record import KNOWN

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from dedup.index import Answer

    Record = dict[str, object]

Item = TypeVar("Item")

_log = logging.getLogger(__name__)


class DedupPipeline:
    """Annotates items with their row of articles.csv and their matches; drops only when told to.

    An item that cannot be judged passes as it is: the crawl's stats count it and the log says why.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Read the settings of a crawl.

        Raises:
            NotConfigured: where they name no index.
            ConfigError: where ``DEDUP_DROP`` cannot be understood.

        """
        settings = crawler.settings
        if not settings.get("DEDUP_INDEX"):
            message = "DEDUP_INDEX names no index"
            raise NotConfigured(message)
        self._path = str(settings["DEDUP_INDEX"])
        self._field = settings.get("DEDUP_FIELD", "dedup")
        self._fields = settings.getdict("DEDUP_FIELDS")
        self._store = settings.getbool("DEDUP_STORE", default=True)
        self._batch = max(1, settings.getint("DEDUP_BATCH", 1))
        try:
            self._drop = parse(settings["DEDUP_DROP"]) if settings.get("DEDUP_DROP") else ()
        except ValueError as fault:
            message = f"DEDUP_DROP: {fault}"
            raise ConfigError(message) from fault
        self._stats = crawler.stats
        self._waiting: list[Record] = []
        self._index: Index | None = None
        self._one_by_one = Lock()  # so many threads, one index
        self._tally: Counter[str] = Counter()  # of what threads count

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make the pipeline of a crawl."""
        return cls(crawler)

    async def open_spider(self) -> None:
        """Open the index.

        Raises:
            IndexUnusableError: where it cannot be used.

        """
        self._index = await run_in_thread(Index.open, self._path, create=self._store)

    async def close_spider(self) -> None:
        """Store what waits, and close the index."""
        await run_in_thread(self._end)
        for what, number in sorted(self._tally.items()):
            self._count(what, number)

    async def process_item(self, item: Item) -> Item:
        """Annotate an item; the crawl goes on meanwhile.

        Raises:
            DropItem: where ``DEDUP_DROP`` says so.

        """
        adapter = ItemAdapter(item)
        record = self._record(adapter)
        try:
            answer = await run_in_thread(self._said, record)
        except DedupError as failure:
            self._count("unanswered")
            _log.warning("%s was not judged: %s", record.get("id", "an item"), failure)
            return item
        try:
            adapter[self._field] = answer.said()
        except KeyError:
            self._count("undeclared")
            _log.error("items declare no field %r to hold what is said of them", self._field)
        self._count(str(answer.row["verdict"]))
        if self._drop and met(self._drop, {name: [cell] for name, cell in answer.row.items()}):
            message = f"it answers DEDUP_DROP: {answer.row['verdict']}"
            raise DropItem(message)
        return item

    def _record(self, item: ItemAdapter) -> Record:
        """Read an item as a record; what bears no id is known by its address."""
        given = {name: item.get(self._fields.get(name, name)) for name in KNOWN}
        record = {name: cell for name, cell in given.items() if cell is not None}
        if not record.get("id") and not record.get("article_id") and record.get("url"):
            record["id"] = record["url"]
        return record

    def _said(self, record: Record) -> Answer:
        """Ask the index about a record, and store it as the settings say."""
        named = record.get("id") or record.get("article_id")
        with self._one_by_one:
            if self._index is None:
                message = "the crawl has ended"
                raise SourceError(message)
            if self._store and named and self._batch == 1:
                revision = self._index.add([record])
                if revision.skipped:
                    raise SourceError(revision.skipped[0].reason)
                self._tally["changed"] += len(revision.changed)
                return revision.answers[0]
            answer = self._index.check(record if named else {**record, "id": "-"})
            if self._store and named:
                self._waiting.append(record)
                if len(self._waiting) >= self._batch:
                    self._flush(self._index)
            elif self._store:
                self._tally["nameless"] += 1
            return answer

    def _flush(self, index: Index) -> None:
        """Store what waits; where that cannot be done, it goes on waiting."""
        try:
            self._tally["changed"] += len(index.add(self._waiting).changed)
            self._waiting = []
        except DedupError as failure:
            _log.error("%d items are not stored: %s", len(self._waiting), failure)

    def _end(self) -> None:
        with self._one_by_one:
            if self._index is not None:
                if self._waiting:
                    self._flush(self._index)
                self._index.close()
                self._index = None
            self._tally["lost"] += len(self._waiting)

    def _count(self, what: str, number: int = 1) -> None:
        if number:
            self._stats.inc_value(f"dedup/{what}", number)
