"""The Scrapy pipeline, as Scrapy's own manager of pipelines runs it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pytest
from scrapy import Field, Item
from scrapy.exceptions import DropItem, NotConfigured
from scrapy.pipelines import ItemPipelineManager
from scrapy.utils.test import get_crawler

from dedup import ConfigError, Index, IndexUnusableError
from dedup.integrations.crawling import DedupPipeline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from scrapy.crawler import Crawler

    from dedup import Article


class Declared(Item):
    """An item that declares what it holds."""

    url = Field()
    text = Field()
    origin = Field()


@dataclass
class Bare:
    """An item that has no place for an annotation."""

    url: str
    text: str


def crawler_of(path: Path, **settings: object) -> Crawler:
    pipelines = {"dedup.integrations.crawling.DedupPipeline": 300}
    crawler = get_crawler(
        settings_dict={"ITEM_PIPELINES": pipelines, "DEDUP_INDEX": str(path), **settings}
    )
    crawler.spider = crawler._create_spider("outlet")
    return crawler


def crawled(crawler: Crawler, items: Sequence[object], *, at_once: bool = False) -> list[Any]:
    """Send items through the pipelines; give each as it left, or the exception that it met."""

    async def walk() -> list[Any]:
        manager = ItemPipelineManager.from_crawler(crawler)
        await manager.open_spider_async()
        if at_once:
            waiting = [manager.process_item_async(item) for item in items]
            left = await asyncio.gather(*waiting, return_exceptions=True)
        else:
            left = []
            for item in items:
                try:
                    left.append(await manager.process_item_async(item))
                except DropItem as dropped:
                    left.append(dropped)
        await manager.close_spider_async()
        return left

    return asyncio.run(walk())


def counted(crawler: Crawler) -> dict[str, int]:
    stats = crawler.stats.get_stats()
    return {name[6:]: cast("int", n) for name, n in stats.items() if name.startswith("dedup/")}


def items_of(story: Sequence[Article]) -> list[dict[str, object]]:
    return [
        {
            "url": f"https://{article.id}.example/",
            "body": article.text,
            "site": article.publisher,
            "published_at": article.published_at,
        }
        for article in story
    ]


FIELDS = {"text": "body", "publisher": "site"}


def test_items_are_annotated_and_none_is_dropped(path: Path, story: list[Article]) -> None:
    crawler = crawler_of(path, DEDUP_FIELDS=FIELDS)
    items = items_of(story)
    left = crawled(crawler, items)
    assert left == items  # the same objects, in the same order
    with Index.open(path) as index:
        assert index.ids() == sorted(str(item["url"]) for item in items)
        last = left[-1]["dedup"]
        said = index.tables().verdict(last["article_id"])
        assert (last["verdict"], last["agencies"]) == (said.label, list(said.agencies))
        changed = sum(change.change == "changed" for change in index.changes())
    tally = counted(crawler)
    assert tally.pop("changed") == changed > 0
    assert sum(tally.values()) == len(story)
    assert left[0]["dedup"]["matches"] == []
    assert any(item["dedup"]["matches"] for item in left)


def test_many_at_once_are_stored_one_by_one(path: Path, story: list[Article]) -> None:
    crawled(crawler_of(path, DEDUP_FIELDS=FIELDS), items_of(story), at_once=True)
    with Index.open(path) as index:
        assert len(index) == len(story)
        assert [c.number for c in index.changes()] == list(range(1, len(index.changes()) + 1))


def test_a_batch_is_stored_at_once(path: Path, story: list[Article]) -> None:
    crawler = crawler_of(path, DEDUP_FIELDS=FIELDS, DEDUP_BATCH=5)
    left = crawled(crawler, items_of(story))
    with Index.open(path) as index:
        assert len(index) == 12  # 5, 5, and 2 at the end
        assert {c.at for c in index.changes() if c.number <= 5} == {index.changes()[0].at}
    assert [bool(item["dedup"]["matches"]) for item in left[:5]] == [False] * 5
    assert any(item["dedup"]["matches"] for item in left[5:])


def test_what_answers_the_condition_is_dropped(path: Path, story: list[Article]) -> None:
    condition = "verdict==wire_copy and copied_share>=0.9"
    crawler = crawler_of(path, DEDUP_FIELDS=FIELDS, DEDUP_DROP=condition)
    wires_first = sorted(story, key=lambda article: not article.is_wire)
    left = crawled(crawler, items_of(wires_first))
    dropped = [item for item in left if isinstance(item, DropItem)]
    assert 0 < len(dropped) < len(left)
    assert str(dropped[0]) == "it answers DEDUP_DROP: wire_copy"
    kept = [item["dedup"] for item in left if not isinstance(item, DropItem)]
    assert not [d for d in kept if d["verdict"] == "wire_copy" and d["copied_share"] >= 0.9]
    with Index.open(path) as index:
        assert len(index) == len(story)  # the crawl does without them, the index knows them


def test_an_index_may_only_be_asked(path: Path, story: list[Article]) -> None:
    crawled(crawler_of(path, DEDUP_FIELDS=FIELDS), items_of(story[:4]))
    before = path.stat().st_mtime_ns
    left = crawled(crawler_of(path, DEDUP_FIELDS=FIELDS, DEDUP_STORE=False), items_of(story[4:]))
    assert all("verdict" in item["dedup"] for item in left)
    assert path.stat().st_mtime_ns == before


def test_items_of_any_kind_pass(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    items = [
        Declared(url="https://a.example/1", text="It rained on Monday, and again on Tuesday."),
        Bare("https://a.example/2", "The mayor resigned on Monday after a vote."),
        {"text": "Nobody knows where this stood."},
        {"url": "https://a.example/3"},
        {"url": "https://a.example/4", "text": ["a", "list"]},
    ]
    crawler = crawler_of(path, DEDUP_FIELD="origin")
    left = crawled(crawler, items)
    assert left == items
    assert left[0]["origin"]["verdict"] == left[2]["origin"]["verdict"] == "unknown"
    assert left[2]["origin"]["article_id"] == "-"
    assert "origin" not in left[3]
    tally = {"nameless": 1, "unanswered": 2, "undeclared": 1, "unknown": 3}
    assert counted(crawler) == tally
    with Index.open(path) as index:
        assert index.ids() == ["https://a.example/1", "https://a.example/2"]
    assert "https://a.example/3 was not judged: the record has no text" in caplog.text
    assert "items declare no field 'origin'" in caplog.text


def test_what_cannot_be_stored_is_told(
    path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_index: Index, _articles: object) -> None:
        message = "the disk is full"
        raise IndexUnusableError(message)

    monkeypatch.setattr(Index, "add", full)
    items = [{"id": str(n), "text": f"Text {n} tells of something else."} for n in range(3)]
    crawler = crawler_of(path, DEDUP_BATCH=2)
    left = crawled(crawler, items)
    assert [item["dedup"]["article_id"] for item in left] == ["0", "1", "2"]
    assert counted(crawler)["lost"] == 3
    assert "3 items are not stored: the disk is full" in caplog.text


def test_settings_that_cannot_be_used_are_said(path: Path) -> None:
    with pytest.raises(NotConfigured, match="DEDUP_INDEX names no index"):
        DedupPipeline.from_crawler(get_crawler())
    with pytest.raises(ConfigError, match="'verdit'"):
        DedupPipeline.from_crawler(crawler_of(path, DEDUP_DROP="verdit==copy"))
    with pytest.raises(IndexUnusableError, match="there is no index at"):
        crawled(crawler_of(path, DEDUP_STORE=False), [])
