"""What only the whole corpus can tell: outlets, their boilerplate, what anybody is quoted with."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from dedup import text
from dedup.pipeline.corpus import ROLES, Corpus, is_news, paragraph_columns
from dedup.pipeline.outlets import houses
from dedup.records import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.attribution import Catalogue
    from dedup.pipeline import Options
    from dedup.pipeline.corpus import ParagraphColumns, Prepared
    from dedup.records import Article
    from dedup.tables import TokenTable


def learn(
    read: Prepared,
    articles: Sequence[Article],
    catalogue: Catalogue,
    options: Options,
    threads: int = 1,
) -> Corpus:
    """Give boilerplate its role and mark what is quoted elsewhere.

    Args:
        read: what was read of the articles.
        articles: the articles.
        catalogue: the agencies.
        options: the settings that the steps need.
        threads: with more than one, one learns what is boilerplate and one what is quoted.

    """
    tokens, paragraphs = read.tokens, read.paragraphs
    outlets = houses(articles, options.aliases)
    news = np.array([*map(is_news, articles)], bool)
    with ThreadPoolExecutor(threads) as pool:
        furnished = pool.submit(boilerplate, tokens, paragraphs, outlets, options.ignored)
        quoted = pool.submit(text.quoted_anywhere, tokens, news)
        furniture = furnished.result() & paragraphs.counts
    return Corpus(
        articles=tuple(articles),
        tokens=quoted.result(),
        paragraphs=paragraphs._replace(
            role=np.where(furniture, np.uint8(ROLES.index(Role.BOILERPLATE)), paragraphs.role),
            counts=paragraphs.counts & ~furniture,
        ),
        credits=read.credits,
        layouts=read.layouts,
        languages=read.languages,
        outlets=outlets,
        agencies=tuple(own_agency(article, catalogue) for article in articles),
    )


def own_agency(article: Article, catalogue: Catalogue) -> str:
    """The agency whose own article it is, by its metadata, else ""."""
    if article.is_wire and article.agency:
        return catalogue.by_name(article.agency)
    if article.is_wire is False:
        return ""
    return catalogue.by_publisher(article.publisher, article.url)


def boilerplate(
    tokens: TokenTable,
    columns: ParagraphColumns,
    outlets: Sequence[str],
    ignored: Sequence[str],
) -> NDArray[np.bool_]:
    """Which paragraphs, all articles end to end, recur as an outlet's furniture or are ignored."""
    keys = text.paragraph_keys(tokens, columns.first, columns.last)
    found = text.boilerplate(
        keys,
        columns.article,
        outlets,
        np.where(columns.counts, columns.last - columns.first, 0),
        alike=text.likeness(tokens, keys, columns.first, columns.last),
    )
    if ignored:
        found |= np.isin(keys, ignored_keys(ignored))
    return found


def ignored_keys(texts: Sequence[str]) -> NDArray[np.uint64]:
    """The keys of the paragraphs of the user's ignore file, and of each text as a whole."""
    tokens = text.tokenize(texts)
    parts = [text.segment(body).paragraphs for body in texts]
    columns = paragraph_columns(tokens, parts)
    return np.concatenate(
        (
            text.paragraph_keys(tokens, columns.first, columns.last),
            text.paragraph_keys(tokens, tokens.indptr[:-1], tokens.indptr[1:]),
        )
    )
