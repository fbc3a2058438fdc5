"""Records as bytes: articles, readings, comparisons. JSON inside, squeezed; never a pickle.

What is written is ASCII, so that a lone surrogate in a text comes back as it was; numbers come back
to the last bit.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from typing import TYPE_CHECKING, cast

import numpy as np

from dedup import text
from dedup.pipeline.corpus import ROLES, Prepared, paragraph_columns
from dedup.pipeline.remembering import Shared, apart
from dedup.pipeline.wording import Worded
from dedup.records import (
    Article,
    Attribution,
    Credits,
    Field,
    Kind,
    Paragraph,
    Reuse,
    Role,
    Scope,
    Sign,
    SignKind,
)
from dedup.tables import ASIDE, QUOTED, TokenTable
from dedup.verify import Anchor, Overlap, Passage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    Json = Mapping[str, object]
    _Row = tuple[int, int, int, int, int, str, float, list[tuple[int, int, str]]]

#: Flags of words that reading sets; the others come with the words.
_READ = (QUOTED, ASIDE)
#: How hard to squeeze: more gains a twentieth at most on texts of this length.
_LEVEL = 1


_JSON = json.JSONEncoder(ensure_ascii=True, separators=(",", ":"), allow_nan=False)


def squeeze(value: object) -> bytes:
    """Return a JSON value as bytes."""
    return zlib.compress(_JSON.encode(value).encode("ascii"), _LEVEL)


def unsqueeze(data: bytes) -> object:
    """Return the JSON value that `squeeze` made bytes of.

    Raises:
        ValueError: where the bytes are not from there.

    """
    try:
        return json.loads(zlib.decompress(data))
    except zlib.error as fault:
        raise ValueError(str(fault)) from fault


def article_bytes(article: Article) -> bytes:
    """Return an article as bytes: what is empty is left out."""
    columns = ((name, getattr(article, name)) for name in _COLUMNS)
    return squeeze({name: value for name, value in columns if value not in _EMPTY})


_COLUMNS = tuple(field.name for field in fields(Article))
_EMPTY: tuple[object, ...] = ("", (), None)


def article_of(data: bytes) -> Article:
    """Return the article that `article_bytes` made bytes of.

    Raises:
        ValueError: where the bytes are not from there.

    """
    given = unsqueeze(data)
    if not isinstance(given, dict):
        message = "no article"
        raise ValueError(message)  # noqa: TRY004 - the bytes are wrong, not the caller's types
    for name in ("authors", "notes"):
        given[name] = tuple(given.get(name, ()))
    given["evidence"] = tuple(Field(*field) for field in given.get("evidence", ()))
    try:
        return Article(**given)
    except TypeError as fault:
        raise ValueError(str(fault)) from fault


def readings_bytes(texts: Sequence[str], readings: Sequence[Prepared]) -> Iterator[bytes]:
    """Yield what reading articles gave as bytes, their words apart: these are quickly found.

    Args:
        texts: of each article.
        readings: of each.

    """
    words = text.tokenize(texts)
    for row, reading in enumerate(readings):
        columns, credits_ = reading.paragraphs, reading.credits[0]
        rows = zip(columns.start.tolist(), columns.end.tolist(), columns.role.tolist(), strict=True)
        flags = reading.tokens.flags & ~words.flags[words.indptr[row] : words.indptr[row + 1]]
        yield squeeze(
            {
                "layout": reading.layouts[0],
                "language": reading.languages[0],
                "paragraphs": list(rows),
                "attributions": credits_.attributions,
                "signs": credits_.signs,
                "roles": credits_.roles,
                "marked": [_runs(flags & flag > 0) for flag in _READ],
            }
        )


def readings_of(data: Sequence[bytes], texts: Sequence[str]) -> Iterator[Prepared]:
    """Give the readings that `readings_bytes` made bytes of, one by one.

    Args:
        data: what it made of each.
        texts: of each article.

    Raises:
        ValueError: where the bytes are not from there.

    """
    words = text.tokenize(texts)
    given = [cast("Json", unsqueeze(packed)) for packed in data]
    flags = words.flags.copy()
    for begin, one in zip(words.indptr[:-1].tolist(), given, strict=True):
        for flag, runs in zip(_READ, cast("list[list[list[int]]]", one["marked"]), strict=True):
            for first, last in runs:
                flags[begin + first : begin + last] |= np.uint8(flag)
    tokens = TokenTable(words.indptr, words.start, words.end, words.word, flags)
    return apart(
        Prepared(
            tokens=tokens,
            paragraphs=paragraph_columns(tokens, [[*_paragraphs(one)] for one in given]),
            credits=tuple(map(_credits, given)),
            layouts=tuple(str(one["layout"]) for one in given),
            languages=tuple(str(one["language"]) for one in given),
        )
    )


def _paragraphs(given: Json) -> Iterator[Paragraph]:
    """Yield the paragraphs of an article."""
    rows = cast("list[list[int]]", given["paragraphs"])
    for n, (start, end, role) in enumerate(rows, 1):
        yield Paragraph(n, start, end, ROLES[role])


def _credits(given: Json) -> Credits:
    """Put together what an article says about where it comes from."""
    attributions = cast(
        "list[tuple[int, int, int, str, str, str, str, bool]]", given["attributions"]
    )
    signs = cast("list[tuple[int, int, int, str]]", given["signs"])
    roles = cast("list[tuple[int, str]]", given["roles"])
    return Credits(
        attributions=tuple(
            Attribution(n, start, end, said, agency, Kind(kind), Scope(scope), is_agency)
            for n, start, end, said, agency, kind, scope, is_agency in attributions
        ),
        signs=tuple(Sign(n, start, end, SignKind(kind)) for n, start, end, kind in signs),
        roles=tuple((n, Role(role)) for n, role in roles),
    )


def _runs(marked: NDArray[np.bool_]) -> list[list[int]]:
    """Return where runs of marked words begin and end."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], marked, [False])).astype(np.int8)))
    runs: list[list[int]] = edges.reshape(-1, 2).tolist()
    return runs


def shared_bytes(found: Sequence[Shared]) -> bytes:
    """Return what a comparison found as bytes."""
    return squeeze(
        [(one.passage, tuple(map(float, one.overlap)), float(one.cosine)) for one in found]
    )


def shared_of(data: bytes) -> tuple[Shared, ...]:
    """Return what `shared_bytes` made bytes of.

    Raises:
        ValueError: where the bytes are not from there.

    """
    rows = cast("list[tuple[_Row, tuple[float, float, float], float]]", unsqueeze(data))
    return tuple(
        Shared(_passage(passage), Overlap(*overlap), cosine) for passage, overlap, cosine in rows
    )


def _passage(row: _Row) -> Passage:
    start, end, other_start, other_end, words, kind, score, anchors = row
    return Passage(
        start,
        end,
        other_start,
        other_end,
        words,
        Reuse(kind),
        score,
        tuple(Anchor(here, there, Reuse(kind)) for here, there, kind in anchors),
    )


def worded_bytes(worded: Worded) -> bytes:
    """Return the wording of a match as bytes; hashes cannot be squeezed."""
    return np.append(np.uint64(worded.long), worded.runs).astype("<u8").tobytes()


def worded_of(data: bytes) -> Worded:
    """Return the wording that `worded_bytes` made bytes of."""
    numbers = np.frombuffer(data, "<u8").astype(np.uint64)
    return Worded(int(numbers[0]), numbers[1:])
