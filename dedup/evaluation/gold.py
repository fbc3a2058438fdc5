"""The newsroom set: what each paragraph of an article was made from, laid upon its words.

A folder holds ``articles.jsonl`` (the texts) and ``truth.jsonl`` (the labels, paragraph by
paragraph, with its text whitespace-normalised). Words, not paragraphs, are what is scored, so a
report may split paragraphs as it likes.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, cast

from dedup.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    Json = Mapping[str, object]
    Naming = Callable[[str], str]

WORD = re.compile(r"\w+(?:['’]\w+)*")
TAKEN = frozenset({"verbatim", "light", "heavy"})  #: labels of paragraphs that come from another
UNNAMED = "unnamed"  #: "Agencies", "With agency inputs": a credit that names none


class Credit(NamedTuple):
    """A credit that stands in the text, at ``start:end``."""

    start: int
    end: int
    text: str
    agency: str  #: catalogue id, or `UNNAMED`
    photo: bool


class Piece(NamedTuple):
    """A labelled paragraph: the words ``first:last`` of the article, and where they come from."""

    first: int
    last: int
    kind: str
    sources: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """The labels of one article."""

    id: str
    words: tuple[tuple[int, int], ...]  #: code-point offsets
    pieces: tuple[Piece, ...]
    credits: tuple[Credit, ...]
    verdict: str
    wire: bool
    credited: frozenset[str]
    uncredited: frozenset[str]
    unasked: frozenset[str]  #: copied from under a credit that names none: said or not, both right
    kin: frozenset[str]  #: the articles of its line of descent: an ancestor is common to both

    def inside(self, start: int, end: int) -> range:
        """Give the numbers of the words that lie wholly in ``start:end``."""
        first = bisect_left(self.words, start, key=lambda word: word[0])
        return range(first, bisect_right(self.words, end, key=lambda word: word[1]))


def read_newsroom(folder: Path, name_to_id: Naming) -> list[GoldArticle]:
    """Read the labels of a newsroom set, in the order of ``truth.jsonl``.

    Raises:
        ReportError: where a file cannot be read, or a label stands nowhere in its text.

    """
    texts = {
        str(row.get("id")): str(row.get("text")) for row in read_rows(folder / "articles.jsonl")
    }
    truth = read_rows(folder / "truth.jsonl")
    try:
        kin = _kin({str(row["id"]): _parents(row) for row in truth})
        return [_article(row, texts, name_to_id, kin[str(row["id"])]) for row in truth]
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        message = f"{folder / 'truth.jsonl'} is no newsroom set's: {fault!r}"
        raise ReportError(message) from fault


def _article(
    row: Json, texts: Mapping[str, str], name_to_id: Naming, kin: frozenset[str]
) -> GoldArticle:
    if (text := texts.get(str(row["id"]))) is None:
        message = f"{row['id']} is labelled but not in articles.jsonl"
        raise ReportError(message)

    def ids(names: object) -> frozenset[str]:
        return frozenset(map(name_to_id, cast("Iterable[str]", names)))

    words = tuple(match.span() for match in WORD.finditer(text))
    bare = GoldArticle(
        id=str(row["id"]),
        words=words,
        pieces=(),
        credits=(),
        verdict=str(row["verdict"]),
        wire=row["kind"] == "wire",
        credited=ids(row["credited_agencies"]),
        uncredited=ids(row["uncredited_agencies"]),
        unasked=frozenset().union(*(ids(p["agencies"]) for p in _paragraphs(row))),
        kin=kin,
    )
    pieces, credits_ = [], []
    at = 0
    for paragraph in _paragraphs(row):
        start, end = _locate(str(paragraph["text"]), text, (at, len(text)), bare.id)
        at = end
        inside = bare.inside(start, end)
        sources = frozenset(str(s["id"]) for s in cast("Sequence[Json]", paragraph["sources"]))
        pieces.append(Piece(inside.start, inside.stop, str(paragraph["kind"]), sources))
        for label in cast("Sequence[Json]", paragraph["credits"]):
            place = _locate(str(label["text"]), text, (start, end), bare.id)
            start = place[1]
            name = str(label["agency"])
            agency = UNNAMED if UNNAMED in name else name_to_id(name)
            photo = label["form"] == "photo"
            credits_.append(Credit(*place, str(label["text"]), agency, photo))
    return replace(bare, pieces=tuple(pieces), credits=tuple(credits_))


def _locate(wanted: str, text: str, within: tuple[int, int], article: str) -> tuple[int, int]:
    """Find whitespace-normalised words in a text, as whole words."""
    pattern = r"\s+".join(map(re.escape, wanted.split()))
    left = r"(?<!\w)" if wanted[:1].isalnum() else ""
    right = r"(?!\w)" if wanted[-1:].isalnum() else ""
    found = re.compile(left + pattern + right).search(text, *within)
    if not found:
        message = f"{article}: the label {wanted[:40]!r} stands nowhere in the text"
        raise ReportError(message)
    return found.span()


def _paragraphs(row: Json) -> Sequence[Json]:
    return cast("Sequence[Json]", row["paragraphs"])


def _parents(row: Json) -> set[str]:
    return {
        str(source["id"])
        for paragraph in _paragraphs(row)
        if paragraph["kind"] in TAKEN
        for source in cast("Sequence[Json]", paragraph["sources"])
    }


def _kin(parents: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    """Give for each article all that share an ancestor with it, itself included."""
    lineage = {article: _ancestors(article, parents) for article in parents}
    descent: dict[str, set[str]] = defaultdict(set)
    for article, ancestors in lineage.items():
        for ancestor in ancestors:
            descent[ancestor].add(article)
    return {
        article: frozenset().union(*(descent[ancestor] for ancestor in ancestors))
        for article, ancestors in lineage.items()
    }


def _ancestors(article: str, parents: Mapping[str, set[str]]) -> set[str]:
    seen, todo = {article}, [article]
    while todo:
        fresh = parents.get(todo.pop(), set()) - seen
        seen |= fresh
        todo.extend(fresh)
    return seen


def read_rows(path: Path) -> list[Json]:
    """Read the objects of a file of JSON Lines.

    Raises:
        ReportError: where it cannot be read, or holds no objects or something else.

    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
        rows = [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError, RecursionError) as failure:
        message = f"cannot read the labels {path}: {failure}"
        raise ReportError(message) from failure
    if not rows or not all(isinstance(row, dict) for row in rows):
        message = f"cannot read the labels {path}: a line is no JSON object"
        raise ReportError(message)
    return rows
