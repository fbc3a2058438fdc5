"""The first steps of the walk, article by article: paragraphs, words, speech, language, credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup import attribution, text
from dedup.pipeline.corpus import Prepared, is_news, paragraph_columns
from dedup.records import Paragraph, Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedup.attribution import Catalogue
    from dedup.records import Article


def prepare(articles: Sequence[Article], catalogue: Catalogue) -> Prepared:
    """Read a batch of articles; nothing here depends on any other article."""
    tokens = text.tokenize([article.text for article in articles])
    guessed = text.guess_languages(tokens)
    segments = [text.segment(article.text, article.title) for article in articles]
    credited = attribution.read_all(articles, [one.paragraphs for one in segments], catalogue)
    paragraphs, spoken, set_in, found, layouts, languages = [], [], [], [], [], []
    rows = zip(articles, segments, credited, guessed, strict=True)
    for article, segmented, said, language in rows:
        told = _with_roles(segmented.paragraphs, dict(said.roles))
        if is_news(article):
            notes = text.notes_on_writers(article.text, told, article.authors)
            told = _with_roles(told, dict.fromkeys(notes, Role.BOILERPLATE))
        paragraphs.append(told)
        set_in.append(text.asides(article.text))
        spoken.append(text.speech(article.text, told, news=is_news(article)))
        found.append(said)
        layouts.append(segmented.layout)
        languages.append(article.language or language)
    tokens = text.without_nouns(tokens, languages)
    tokens = text.with_asides(text.with_speech(tokens, spoken), set_in)
    return Prepared(
        tokens=tokens,
        paragraphs=paragraph_columns(tokens, paragraphs),
        credits=tuple(found),
        layouts=tuple(layouts),
        languages=tuple(languages),
    )


def _with_roles(
    paragraphs: tuple[Paragraph, ...], roles: Mapping[int, Role]
) -> tuple[Paragraph, ...]:
    """Give the paragraphs that are known by their numbers their role."""
    if not roles:
        return paragraphs
    return tuple(Paragraph(p.n, p.start, p.end, roles.get(p.n, p.role)) for p in paragraphs)
