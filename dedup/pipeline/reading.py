"""The first steps of the walk, article by article: paragraphs, words, speech, language, credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup import attribution, text
from dedup.pipeline.corpus import Prepared, is_news, paragraph_columns
from dedup.records import Paragraph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.attribution import Catalogue
    from dedup.records import Article, Credits


def prepare(articles: Sequence[Article], catalogue: Catalogue) -> Prepared:
    """Read a batch of articles; nothing here depends on any other article."""
    tokens = text.tokenize([article.text for article in articles])
    guessed = text.guess_languages(tokens)
    segments = [text.segment(article.text, article.title) for article in articles]
    credited = attribution.read_all(articles, [one.paragraphs for one in segments], catalogue)
    paragraphs, spoken, found, layouts, languages = [], [], [], [], []
    rows = zip(articles, segments, credited, guessed, strict=True)
    for article, segmented, said, language in rows:
        told = _with_roles(segmented.paragraphs, said)
        paragraphs.append(told)
        spoken.append(text.speech(article.text, told, news=is_news(article)))
        found.append(said)
        layouts.append(segmented.layout)
        languages.append(article.language or language)
    tokens = text.with_speech(tokens, spoken)
    return Prepared(
        tokens=tokens,
        paragraphs=paragraph_columns(tokens, paragraphs),
        credits=tuple(found),
        layouts=tuple(layouts),
        languages=tuple(languages),
    )


def _with_roles(paragraphs: tuple[Paragraph, ...], said: Credits) -> tuple[Paragraph, ...]:
    """Give the paragraphs that are wholly credits or captions their role."""
    if not said.roles:
        return paragraphs
    roles = dict(said.roles)
    return tuple(Paragraph(p.n, p.start, p.end, roles.get(p.n, p.role)) for p in paragraphs)
