"""A crawl whose items say where their text comes from.

Run it where ``seeds/`` lies; the pages here are its files, read from the disk. The index is made in
the folder that is given::

    python examples/scrapy_crawl.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import Spider, signals
from scrapy.crawler import CrawlerProcess

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.http import Response


class Outlet(Spider):
    """Takes each file for an article's page."""

    name = "outlet"
    start_urls = [path.absolute().as_uri() for path in sorted(Path("seeds").glob("*.txt"))]  # noqa: RUF012 - as Scrapy has it

    def parse(self, response: Response, **_: Any) -> Iterator[dict[str, str]]:  # noqa: ANN401 - as Scrapy has it
        """Read a page."""
        yield {"url": response.url, "body": response.text}


def crawl(folder: Path) -> None:
    """Crawl, and print what the items say."""
    process = CrawlerProcess(
        {
            "ITEM_PIPELINES": {"dedup.integrations.crawling.DedupPipeline": 300},
            "DEDUP_INDEX": str(folder / "news.dedup"),
            "DEDUP_FIELDS": {"text": "body"},
            # "DEDUP_DROP": "verdict==wire_copy" would drop those items, and nothing else does
            "LOG_LEVEL": "WARNING",
        }
    )
    crawler = process.create_crawler(Outlet)
    crawler.signals.connect(show, signals.item_scraped)
    process.crawl(crawler)
    process.start()
    for name, number in sorted(crawler.stats.get_stats().items()):
        if name.startswith("dedup/"):
            print(name, number)


def show(item: dict[str, Any]) -> None:
    """Print an item as it leaves the pipeline."""
    said = item["dedup"]
    shared = [match["words"] for match in said["matches"]]
    print(Path(item["url"]).name, said["verdict"], said["agencies"], shared)


if __name__ == "__main__":
    crawl(Path(sys.argv[1]))
