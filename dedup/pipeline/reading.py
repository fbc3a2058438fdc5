"""The first steps of the walk, article by article: paragraphs, words, language, credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup import attribution, text
from dedup.pipeline.corpus import Prepared
from dedup.records import Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.attribution import Catalogue
    from dedup.records import Article, Credits


def prepare(articles: Sequence[Article], catalogue: Catalogue) -> Prepared:
    """Read a batch of articles; nothing here depends on any other article."""
    tokens = text.tokenize([article.text for article in articles])
    paragraphs, found, layouts, languages = [], [], [], []
    for row, article in enumerate(articles):
        segmented = text.segment(article.text, article.title)
        said = attribution.read(article, segmented.paragraphs, catalogue)
        paragraphs.append(_with_roles(segmented.paragraphs, said))
        found.append(said)
        layouts.append(segmented.layout)
        words = tokens.word[tokens.indptr[row] : tokens.indptr[row + 1]]
        languages.append(article.language or text.guess_language(words))
    return Prepared(tokens, tuple(paragraphs), tuple(found), tuple(layouts), tuple(languages))


def _with_roles(paragraphs: tuple[Paragraph, ...], said: Credits) -> tuple[Paragraph, ...]:
    """Give the paragraphs that are wholly credits or captions their role."""
    if not said.roles:
        return paragraphs
    roles = dict(said.roles)
    return tuple(Paragraph(p.n, p.start, p.end, roles.get(p.n, p.role)) for p in paragraphs)
