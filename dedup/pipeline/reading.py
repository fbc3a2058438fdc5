"""The first steps of the walk, article by article: paragraphs, words, speech, language, credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup import attribution, text
from dedup.pipeline.corpus import Prepared, is_news, paragraph_columns
from dedup.records import Role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedup.attribution import Catalogue
    from dedup.records import Article, Paragraph


def prepare(articles: Sequence[Article], catalogue: Catalogue) -> Prepared:
    """Read a batch of articles; nothing here depends on any other article."""
    texts = [article.text for article in articles]
    tokens, looks = text.tokenize(texts), text.look_at(texts)
    guessed = text.guess_languages(tokens)
    segments = text.segment_all(texts, [article.title for article in articles], looks)
    credited = attribution.read_all(
        articles, texts, [one.paragraphs for one in segments], catalogue
    )
    paragraphs, spoken, set_in, found, layouts, languages = [], [], [], [], [], []
    rows = zip(articles, texts, segments, looks, credited, guessed, strict=True)
    for article, body, segmented, seen, said, language in rows:
        told = _with_roles(segmented.paragraphs, dict(said.roles))
        news = is_news(article)
        if news:
            notes = text.notes_on_writers(body, told, article.authors, seen)
            told = _with_roles(told, dict.fromkeys(notes, Role.BOILERPLATE))
        paragraphs.append(told)
        set_in.append(text.asides(body, seen))
        spoken.append(text.speech(body, told, segmented.quoted, news=news))
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
    told = list(paragraphs)
    for n, role in roles.items():
        told[n - 1] = told[n - 1]._replace(role=role)
    return tuple(told)
