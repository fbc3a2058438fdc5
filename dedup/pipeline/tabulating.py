"""The end of the walk: verdicts as the contract's tables, column by column."""

from __future__ import annotations

from statistics import median_low
from typing import TYPE_CHECKING

import numpy as np

from dedup import text
from dedup.cells import Figures, Named, Sparse
from dedup.pipeline.corpus import ROLES
from dedup.records import Role, Scope
from dedup.times import lag_seconds
from dedup.verify import Overlap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from dedup.pipeline.comparing import Found
    from dedup.pipeline.corpus import Corpus
    from dedup.verdict import Decided, Entry, Subject
    from dedup.verdict.subject import Match

    Columns = dict[str, Sequence[object]]
    Places = NDArray[np.int64]

#: Roles whose words are neither copied nor the article's own.
_NEITHER = np.array([role in {Role.PROMO, Role.CREDIT, Role.BOILERPLATE} for role in ROLES])
#: Bits of an offset in a text.
_OFFSET = 32
#: The roles as they are written.
_ROLES = [str(role) for role in ROLES]


def _columns(names: str, rows: Iterable[Sequence[object]]) -> Columns:
    """Turn rows into named columns."""
    keys = names.split()
    cells = list(zip(*rows, strict=True))
    return {key: list(cells[i]) if cells else [] for i, key in enumerate(keys)}


def articles(corpus: Corpus, described: Sequence[Subject], decided: Decided) -> Columns:
    """One row an article."""
    ids = [article.id for article in corpus.articles]
    told = [corpus.articles[row] for row in corpus.by_id]
    found = [decided.findings[row] for row in corpus.by_id]
    words = [len(described[row].at) for row in corpus.by_id]
    neither = _neither(corpus)
    return {
        "article_id": [article.id for article in told],
        "path": [article.path for article in told],
        "title": [article.title for article in told],
        "publisher": [article.publisher for article in told],
        "published_at": [article.published_at for article in told],
        "language": [corpus.languages[row] for row in corpus.by_id],
        "words": list(words),
        "verdict": [str(finding.label) for finding in found],
        "confidence": [finding.confidence for finding in found],
        "agencies": [finding.agencies for finding in found],
        "credited_agencies": [finding.credited for finding in found],
        "uncredited_agencies": [finding.uncredited for finding in found],
        "copied_share": [finding.shares.copied for finding in found],
        "wire_share": [finding.shares.wire for finding in found],
        "uncredited_share": [finding.shares.uncredited for finding in found],
        "own_share": [
            max(0.0, 1.0 - finding.shares.copied - neither[row] / max(1, size))
            for row, finding, size in zip(corpus.by_id, found, words, strict=True)
        ],
        "derived_from": [ids[f.derived_from] if f.derived_from >= 0 else "" for f in found],
        "relation": [str(finding.relation) for finding in found],
        "cluster_id": [ids[decided.clusters[row]] for row in corpus.by_id],
        "story_id": [ids[decided.stories[row]] for row in corpus.by_id],
        "reasons": [finding.reasons for finding in found],
    }


def _neither(corpus: Corpus) -> list[int]:
    """How many words of each article are neither copied nor its own."""
    columns = corpus.paragraphs
    rows = np.flatnonzero(_NEITHER[columns.role])
    words = np.zeros(len(corpus), np.int64)
    np.add.at(words, columns.article[rows], (columns.last - columns.first)[rows])
    return words.tolist()


def paragraphs(corpus: Corpus, decided: Decided) -> Columns:
    """One row a paragraph: the ledger. The text of each is its article's, from start to end."""
    columns, ids = corpus.paragraphs, [article.id for article in corpus.articles]
    place = np.empty(len(corpus), np.int64)
    place[corpus.by_id] = np.arange(len(corpus))
    order = np.argsort(place[columns.article], kind="stable")
    before = np.searchsorted(columns.article, columns.article)
    told: Columns = {
        "article_id": Named(ids, columns.article[order]),
        "n": Figures(order - before[order] + 1),
        "start": Figures(columns.start[order]),
        "end": Figures(columns.end[order]),
        "role": Named(_ROLES, columns.role[order]),
        "words": Figures((columns.last - columns.first)[order]),
    }
    return told | _entered(corpus, decided)


def _entered(corpus: Corpus, decided: Decided) -> Columns:
    """What the ledger has entered of the paragraphs; of most it has nothing."""
    size, ids = len(corpus.paragraphs.article), [article.id for article in corpus.articles]
    entries = list(_entries(corpus, decided))
    rows = [row for row, _ in entries]
    taken = [(row, entry) for row, entry in entries if entry.source >= 0]
    sources = [row for row, _ in taken]
    return {
        "reuse": Sparse(size, "", sources, [str(entry.reuse) for _, entry in taken]),
        "source_id": Sparse(size, "", sources, [ids[entry.source] for _, entry in taken]),
        "source_n": Sparse(size, None, sources, [entry.source_n or None for _, entry in taken]),
        "score": Sparse(size, None, sources, [entry.score for _, entry in taken]),
        "direction": Sparse(size, "", sources, [str(entry.direction) for _, entry in taken]),
        "agencies": Sparse(size, (), rows, [entry.agencies for _, entry in entries]),
        "credit": Sparse(size, "", rows, [entry.credit for _, entry in entries]),
    }


def _entries(corpus: Corpus, decided: Decided) -> Iterator[tuple[int, Entry]]:
    """Yield what the ledger has entered, each with its row in the table."""
    first, sizes = 0, np.bincount(corpus.paragraphs.article, minlength=len(corpus)).tolist()
    for article in corpus.by_id:
        for entry in decided.ledgers[article]:
            yield first + entry.n - 1, entry
        first += sizes[article]


def matches(corpus: Corpus, rows: Sequence[Match], found: Mapping[Match, Found]) -> Columns:
    """One row an aligned passage pair."""
    ids, whens = [article.id for article in corpus.articles], corpus.whens
    items = [found[match] for match in rows]
    overlaps = [
        item.overlap if item.article == match.article else _turned(item.overlap)
        for match, item in zip(rows, items, strict=True)
    ]
    columns = np.array([match[:6] for match in rows], np.int64).reshape(-1, 6).T
    article, other, start, end, other_start, other_end = columns
    begin, stop = (
        text.rows_at(corpus.tokens, article.astype(np.int32), place) for place in (start, end)
    )
    first, last = _touched(corpus, article, start, end)
    other_first, other_last = _touched(corpus, other, other_start, other_end)
    return {
        "article_id": Named(ids, article),
        "start": start.tolist(),
        "end": end.tolist(),
        "n_first": first.tolist(),
        "n_last": last.tolist(),
        "other_id": Named(ids, other),
        "other_start": other_start.tolist(),
        "other_end": other_end.tolist(),
        "other_n_first": other_first.tolist(),
        "other_n_last": other_last.tolist(),
        "words": (stop - begin).tolist(),  # headings and promos between are counted
        "kind": [str(match.kind) for match in rows],
        "score": [match.score for match in rows],
        "resemblance": [overlap.resemblance for overlap in overlaps],
        "containment": [overlap.containment for overlap in overlaps],
        "other_containment": [overlap.other_containment for overlap in overlaps],
        "cosine": [item.cosine for item in items],
        "direction": [str(match.direction) for match in rows],
        "lag_seconds": [lag_seconds(whens[match.article], whens[match.other]) for match in rows],
    }


def _turned(overlap: Overlap) -> Overlap:
    """The same measures seen from the other side."""
    return Overlap(overlap.resemblance, overlap.other_containment, overlap.containment)


def _touched(corpus: Corpus, article: Places, start: Places, end: Places) -> tuple[Places, Places]:
    """The numbers of the first and the last paragraph that each stretch touches."""
    columns, bounds = corpus.paragraphs, np.array(corpus.bounds)
    own = np.flatnonzero(np.isin(columns.article, article))
    # An article and an offset in it make one number: all stretches are looked up at once.
    before = columns.article[own].astype(np.int64) << _OFFSET
    row = article << _OFFSET
    first = np.searchsorted(before | columns.end[own], row | start, side="right")
    last = np.searchsorted(before | columns.start[own], row | end)
    begin = np.searchsorted(own, bounds[article])
    return first - begin + 1, last - begin


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
        words, credit = dict(finding.agency_words), _by_credit(corpus, row, decided)
        words = credit if words.keys() <= credit.keys() else words
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
        if a.scope is Scope.ARTICLE and a.agency in decided.findings[row].credited
    }
    words = round(decided.findings[row].shares.wire * len(decided.origins.subjects[row].at))
    return dict.fromkeys(sorted(named), words) if len(named) == 1 else {}
