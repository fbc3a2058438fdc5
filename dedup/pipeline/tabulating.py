"""The end of the walk: verdicts as the contract's tables, column by column."""

from __future__ import annotations

from statistics import median_low
from typing import TYPE_CHECKING

import numpy as np

from dedup.records import Role, Scope
from dedup.times import lag_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dedup.pipeline.comparing import Found
    from dedup.pipeline.corpus import Corpus
    from dedup.verdict import Decided, Subject
    from dedup.verdict.subject import Match

    Columns = dict[str, list[object]]

#: Roles whose words are neither copied nor the article's own.
_NEITHER = frozenset({Role.PROMO, Role.CREDIT, Role.BOILERPLATE})


def _columns(names: str, rows: Iterable[Sequence[object]]) -> Columns:
    """Turn rows into named columns."""
    keys = names.split()
    cells = list(zip(*rows, strict=True))
    return {key: list(cells[i]) if cells else [] for i, key in enumerate(keys)}


def articles(corpus: Corpus, described: Sequence[Subject], decided: Decided) -> Columns:
    """One row an article."""
    ids = [article.id for article in corpus.articles]
    rows = []
    for row in corpus.by_id:
        article, finding = corpus.articles[row], decided.findings[row]
        shares = finding.shares
        words = len(described[row].at)
        neither = sum(
            entry.words for entry in decided.ledgers[row] if entry.paragraph.role in _NEITHER
        )
        own = max(0.0, 1.0 - shares.copied - neither / max(1, words))
        derived = ids[finding.derived_from] if finding.derived_from >= 0 else ""
        rows.append(
            (
                article.id,
                article.path,
                article.title,
                article.publisher,
                article.published_at,
                corpus.languages[row],
                words,
                str(finding.label),
                finding.confidence,
                finding.agencies,
                finding.credited,
                finding.uncredited,
                shares.copied,
                shares.wire,
                shares.uncredited,
                own,
                derived,
                str(finding.relation),
                ids[decided.clusters[row]],
                ids[decided.stories[row]],
                finding.reasons,
            )
        )
    return _columns(
        "article_id path title publisher published_at language words verdict confidence agencies "
        "credited_agencies uncredited_agencies copied_share wire_share uncredited_share own_share "
        "derived_from relation cluster_id story_id reasons",
        rows,
    )


def paragraphs(corpus: Corpus, decided: Decided) -> Columns:
    """One row a paragraph: the ledger."""
    ids = [article.id for article in corpus.articles]
    return _columns(
        "article_id n start end role words reuse source_id source_n score direction agencies "
        "credit text",
        (
            (article.id, p.n, p.start, p.end, str(p.role), entry.words, str(entry.reuse))
            + (
                (ids[entry.source], entry.source_n or None, entry.score, str(entry.direction))
                if entry.source >= 0
                else ("", None, None, "")
            )
            + (entry.agencies, entry.credit, article.text[p.start : p.end])
            for row in corpus.by_id
            for article in (corpus.articles[row],)
            for entry in decided.ledgers[row]
            for p in (entry.paragraph,)
        ),
    )


def matches(corpus: Corpus, rows: Sequence[Match], found: Mapping[Match, Found]) -> Columns:
    """One row an aligned passage pair."""
    table = []
    for match in rows:
        item = found[match]
        turned = item.article != match.article
        resemblance, here, there = item.overlap
        if turned:
            here, there = there, here
        first, last = _touched(corpus, match.article, match.start, match.end)
        other_first, other_last = _touched(corpus, match.other, match.other_start, match.other_end)
        table.append(
            (
                corpus.articles[match.article].id,
                match.start,
                match.end,
                first,
                last,
                corpus.articles[match.other].id,
                match.other_start,
                match.other_end,
                other_first,
                other_last,
                _words(corpus, match),
                str(match.kind),
                match.score,
                resemblance,
                here,
                there,
                item.cosine,
                str(match.direction),
                lag_seconds(corpus.whens[match.article], corpus.whens[match.other]),
            )
        )
    return _columns(
        "article_id start end n_first n_last other_id other_start other_end other_n_first "
        "other_n_last words kind score resemblance containment other_containment cosine direction "
        "lag_seconds",
        table,
    )


def _words(corpus: Corpus, match: Match) -> int:
    """How many words the article's passage has, headings and promos inside it included."""
    at = corpus.tokens.start[corpus.words_of(match.article)]
    first, last = np.searchsorted(at, (match.start, match.end)).tolist()
    return int(last - first)


def _touched(corpus: Corpus, article: int, start: int, end: int) -> tuple[int, int]:
    """The first and the last paragraph that a stretch touches."""
    numbers = [p.n for p in corpus.paragraphs[article] if p.start < end and start < p.end]
    return numbers[0], numbers[-1]


def attributions(corpus: Corpus) -> Columns:
    """One row an attribution; those in the metadata have no place in the text."""
    return _columns(
        "article_id n start end text agency kind scope is_agency",
        (
            (
                article.id,
                *((row.n, row.start, row.end) if row.n else (None, None, None)),
                row.text,
                row.agency,
                str(row.kind),
                str(row.scope),
                row.is_agency,
            )
            for place in corpus.by_id
            for article in (corpus.articles[place],)
            for row in sorted(
                corpus.credits[place].attributions, key=lambda r: (r.n == 0, r.start, r.end, r)
            )
        ),
    )


def stories(corpus: Corpus, decided: Decided) -> Columns:
    """One row a story."""
    rows = []
    for story in decided.story_rows:
        first = corpus.articles[story.first] if story.first >= 0 else None
        rows.append(
            (
                corpus.articles[decided.stories[story.articles[0]]].id,
                len(story.articles),
                story.outlets,
                story.origins,
                story.unknown_origins,
                story.agencies,
                story.wire_in_corpus,
                first.id if first else "",
                first.published_at if first else "",
            )
        )
    rows.sort()
    return _columns(
        "story_id articles outlets origins unknown_origins agencies wire_in_corpus "
        "first_article_id first_published_at",
        rows,
    )


def sources(corpus: Corpus, decided: Decided) -> Columns:
    """One row an outlet and agency: how much of the agency's text it carries, and credits."""
    flows: dict[tuple[str, str], list[tuple[int, bool, int | None]]] = {}
    for row, finding in enumerate(decided.findings):
        publisher = corpus.articles[row].publisher
        source = finding.derived_from
        lag = lag_seconds(corpus.whens[row], corpus.whens[source]) if source >= 0 else None
        words = dict(finding.agency_words) or _by_credit(corpus, row, decided)
        for agency, count in words.items():
            credited = agency in finding.credited
            flows.setdefault((publisher, agency), []).append((count, credited, lag))
    rows = []
    for (publisher, agency), flow in sorted(flows.items()):
        lags = [lag for _, _, lag in flow if lag is not None]
        rows.append(
            (
                publisher,
                agency,
                len(flow),
                sum(count for count, _, _ in flow),
                sum(count for count, credited, _ in flow if credited),
                sum(count for count, credited, _ in flow if not credited),
                median_low(lags) if lags else None,
            )
        )
    return _columns(
        "publisher agency articles words credited_words uncredited_words median_lag_seconds", rows
    )


def _by_credit(corpus: Corpus, row: int, decided: Decided) -> dict[str, int]:
    """The words that an article-level credit alone gives to an agency."""
    if corpus.agencies[row] or not decided.findings[row].shares.wire:
        return {}
    named = {
        a.agency
        for a in corpus.credits[row].attributions
        if a.scope is Scope.ARTICLE and a.is_agency and a.agency
    }
    words = round(decided.findings[row].shares.wire * len(decided.origins.subjects[row].at))
    return dict.fromkeys(sorted(named), words) if len(named) == 1 else {}
