"""The first steps of the walk, article by article: paragraphs, words, speech, language, credits."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from dedup import attribution, text
from dedup.pipeline.corpus import ParagraphColumns, Prepared, is_news, paragraph_columns
from dedup.records import Role
from dedup.tables import TokenTable

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from numpy.typing import NDArray

    from dedup.attribution import Catalogue
    from dedup.records import Article, Paragraph

    Places = NDArray[np.int64]


#: Characters at the end of a text by which most that are not the same are told apart.
_TAIL = 60


def prepare(articles: Sequence[Article], catalogue: Catalogue) -> Prepared:
    """Read a batch of articles; nothing here depends on any other article.

    Those that are printed alike are read once.
    """
    first = _first_alike(articles, catalogue)
    own = sorted(set(first))
    if len(own) == len(articles):
        return _read(articles, catalogue)
    read = _read([articles[row] for row in own], catalogue)
    return _repeated(read, np.searchsorted(own, first))


def _first_alike(articles: Sequence[Article], catalogue: Catalogue) -> list[int]:
    """For each article the first that nothing tells from it that reading looks at, or itself."""
    ends = [(len(article.text), article.text[-_TAIL:]) for article in articles]
    times = Counter(ends)
    known: dict[Hashable, int] = {}
    return [
        known.setdefault(_as_read(article, catalogue), row) if times[end] > 1 else row
        for row, (article, end) in enumerate(zip(articles, ends, strict=True))
    ]


def _as_read(article: Article, catalogue: Catalogue) -> Hashable:
    """All of an article that reading looks at: of an address only whose it is, if that is all."""
    told = article.publisher, article.authors, article.credit, article.agency, article.evidence
    address = catalogue.house("", article.url) if article.publisher else article.url
    title: str | bool = article.title
    if text.is_one_paragraph(article.text):  # over which no headline is looked for
        title = attribution.is_update(article.title)
    return article.text, title, address, article.language, is_news(article), told


def _read(articles: Sequence[Article], catalogue: Catalogue) -> Prepared:
    """Read articles, each for itself."""
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
        introduces = segmented.introduces
        spoken.append(text.speech(body, told, segmented.quoted, news=news, introduces=introduces))
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


def _repeated(read: Prepared, rows: Places) -> Prepared:
    """Give the readings of some rows, as often as they come."""
    tokens, columns = read.tokens, read.paragraphs
    bounds = np.searchsorted(columns.article, np.arange(len(read.layouts) + 1))
    indptr, words = _cells(tokens.indptr, rows)
    ends, cells = _cells(bounds, rows)
    sizes = np.diff(ends)
    moved = np.repeat(indptr[:-1] - tokens.indptr[rows], sizes)
    others = tokens.start[words], tokens.end[words], tokens.word[words], tokens.flags[words]
    return Prepared(
        tokens=TokenTable(indptr, *others),
        paragraphs=ParagraphColumns(
            article=np.repeat(np.arange(len(rows), dtype=np.int32), sizes),
            start=columns.start[cells],
            end=columns.end[cells],
            role=columns.role[cells],
            first=columns.first[cells] + moved,
            last=columns.last[cells] + moved,
            counts=columns.counts[cells],
        ),
        credits=tuple([read.credits[row] for row in rows]),
        layouts=tuple([read.layouts[row] for row in rows]),
        languages=tuple([read.languages[row] for row in rows]),
    )


def _cells(indptr: Places, rows: Places) -> tuple[Places, Places]:
    """Where the cells of some rows begin when they stand end to end, and which cells they are."""
    sizes = np.diff(indptr)[rows]
    ends = np.append(0, np.cumsum(sizes))
    return ends, np.repeat(indptr[rows] - ends[:-1], sizes) + np.arange(ends[-1])


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
