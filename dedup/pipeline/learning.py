"""What only the whole corpus can tell: which paragraphs are an outlet's boilerplate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dedup import text
from dedup.pipeline.corpus import Corpus, paragraph_columns
from dedup.pipeline.outlets import outlet
from dedup.records import FURNITURE, Role
from dedup.tables import TokenTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dedup.attribution import Catalogue
    from dedup.pipeline import Options
    from dedup.pipeline.corpus import Prepared
    from dedup.records import Article, Paragraph


def learn(
    parts: Sequence[Prepared],
    articles: Sequence[Article],
    catalogue: Catalogue,
    options: Options,
) -> Corpus:
    """Put the batches together and give boilerplate its role."""
    tokens = TokenTable.concatenate([part.tokens for part in parts] or [text.tokenize([])])
    paragraphs = [rows for part in parts for rows in part.paragraphs]
    outlets = tuple(outlet(article.publisher, options.aliases) for article in articles)
    furniture = _boilerplate(tokens, paragraphs, outlets, options.ignored)
    return Corpus(
        articles=tuple(articles),
        tokens=tokens,
        paragraphs=_roles(paragraphs, furniture),
        credits=tuple(found for part in parts for found in part.credits),
        layouts=tuple(layout for part in parts for layout in part.layouts),
        languages=tuple(language for part in parts for language in part.languages),
        outlets=outlets,
        agencies=tuple(_own_agency(article, catalogue) for article in articles),
    )


def _own_agency(article: Article, catalogue: Catalogue) -> str:
    """The agency whose own article it is, by its metadata, else ""."""
    if article.is_wire and article.agency:
        return catalogue.by_name(article.agency)
    if article.is_wire is False:
        return ""
    return catalogue.by_publisher(article.publisher, article.url)


def _boilerplate(
    tokens: TokenTable,
    paragraphs: Sequence[Sequence[Paragraph]],
    outlets: Sequence[str],
    ignored: Sequence[str],
) -> NDArray[np.bool_]:
    """Which paragraphs, all articles end to end, recur as an outlet's furniture or are ignored."""
    columns = paragraph_columns(tokens, paragraphs)
    keys = text.paragraph_keys(tokens, columns.first, columns.last)
    found = text.boilerplate(
        keys,
        columns.article,
        outlets,
        np.where(columns.counts, columns.last - columns.first, 0),
        alike=text.likeness(tokens, keys, columns.first, columns.last),
    )
    if ignored:
        found |= np.isin(keys, _ignored_keys(ignored))
    return found


def _ignored_keys(texts: Sequence[str]) -> NDArray[np.uint64]:
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


def _roles(
    paragraphs: Sequence[tuple[Paragraph, ...]], furniture: NDArray[np.bool_]
) -> tuple[tuple[Paragraph, ...], ...]:
    """Mark the furniture among the paragraphs that told the story so far."""
    if not furniture.any():
        return tuple(paragraphs)
    marks = iter(furniture.tolist())
    return tuple(
        tuple(
            p._replace(role=Role.BOILERPLATE) if next(marks) and p.role not in FURNITURE else p
            for p in rows
        )
        for rows in paragraphs
    )
