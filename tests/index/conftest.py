"""Articles and indexes that several tests look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.index.histories import real_articles

if TYPE_CHECKING:
    from dedup import Article


@pytest.fixture(scope="session")
def articles() -> list[Article]:
    return real_articles()


@pytest.fixture(scope="session")
def story(articles: list[Article]) -> list[Article]:
    """The articles on one story: wires, copies, rewrites, originals."""
    return [article for article in articles if article.id.startswith("s01-")]
