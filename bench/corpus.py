"""A corpus to measure on: distinct articles, and copies planted among them.

Four of five articles are of their own: those of a file, if one is given, cut to the length of news,
then articles made after their manner and that of the newsroom set (`bench.news`). Every fifth is a
planted copy of one of them, of eight kinds in equal parts:

``edit05 edit15 edit30``: that share of the words is left out, replaced or added to;
``part10 part25 part50``: that share of another article's paragraphs is a run of the source's, lines
of few words left out;
``head tail``: the first, the last 60 % of the paragraphs.

The article that a part is set into stands nowhere else. The same size, seed and file always give
the same bytes, and a smaller corpus differs from a larger one in its copies alone.
"""

from __future__ import annotations

import gzip
import json
import re
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bench.news import SENTENCE_END, Article, Writer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NEWSROOM = Path(__file__).parents[1] / "tests" / "data" / "newsroom" / "articles.jsonl"
KINDS = ("edit05", "edit15", "edit30", "part10", "part25", "part50", "head", "tail")

#: The kind of copies of which some are a quotation and nothing else, and the others of that kind.
ONE = "part10"
TOLD = f"{ONE} told"

#: One article in so many is a copy; one copy in so many names the agency it has been told by.
_EVERY, _CREDITED = 5, 5
_CREDIT = "With inputs from Reuters"
_KEPT_SHARE = 0.6
#: What a line of prose ends in.
_ENDS = (".", "?", "!", '"', "”", "…")
#: Words from which a paragraph tells something: no credit, no heading.
_TOLD = 20
_QUOTED = re.compile(r"""“[^”]*”?|"[^"]*"?""")
#: Characters, and paragraphs, of an article that is taken from a file; words it is cut to, and
#: from which a paragraph is full.
_CHARACTERS, _LEAST_PARAGRAPHS, _CUT, _PARAGRAPH = (900, 9000), 6, 560, 24
_OUTLETS, _AGENCIES = 60, ("Reuters", "AFP", "AP")
_BEGIN, _DAYS, _LATER = datetime(2024, 1, 1, tzinfo=UTC), 90, timedelta(hours=3)


class Planted(NamedTuple):
    """A copy that was planted: its place in the file, its source's, and how it was made.

    ``told``: as many words outside quotation marks were copied as make a paragraph. A quotation
    alone is no reuse, for everybody may have heard it.
    """

    copy: int
    source: int
    kind: str
    told: bool


class Base(NamedTuple):
    """An article that is no copy."""

    title: str
    paragraphs: list[str]
    outlet: str
    published: datetime


class Bases:
    """The articles that are no copies, each made from its number alone."""

    def __init__(self, file: Path | None = None, seed: int = 0) -> None:
        """Take the articles of a file in JSON Lines, or write all after the newsroom set's."""
        self.seed = seed
        self._own = list(_cut(file)) if file else []

    @cached_property
    def _writer(self) -> Writer:
        """Writes the articles that the file does not have."""
        own = ["\n".join(article.paragraphs) for article in self._own]
        return Writer([*own, *_english(NEWSROOM)])

    def __getitem__(self, number: int) -> Base:
        """Make an article."""
        generator = np.random.default_rng([self.seed, number])
        outlet, wire, minute = generator.integers((_OUTLETS, 10, _DAYS * 24 * 60)).tolist()
        article = self._own[number] if number < len(self._own) else self._writer.article(generator)
        return Base(
            title=article.title,
            paragraphs=article.paragraphs,
            outlet=_AGENCIES[outlet % len(_AGENCIES)] if wire == 0 else _outlet(outlet),
            published=_BEGIN + timedelta(minutes=minute),
        )


def write(articles: int, path: Path, bases: Bases | None = None) -> list[Planted]:
    """Write a corpus of so many articles as JSON Lines and return what was planted in it.

    The ``id`` of an article is its place, in seven digits.
    """
    planted = []
    with path.open("w", encoding="utf-8") as out:
        for place, (base, plant) in enumerate(_made(articles, bases or Bases())):
            record = {
                "id": name(place),
                "title": base.title,
                "publisher": base.outlet,
                "published_at": base.published.isoformat(),
                "language": "en",
                "text": "\n\n".join(base.paragraphs),
            }
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
            if plant:
                planted.append(plant)
    return planted


def name(place: int) -> str:
    """Return the id of the article of a place."""
    return f"{place:07d}"


def records(path: Path) -> Iterator[dict[str, object]]:
    """Read the records of a JSON Lines file."""
    yield from map(json.loads, lines(path))


def lines(path: Path) -> Iterator[bytes]:
    """Read the lines of a file that are not empty, compressed or not."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        yield from (line for line in file if line.strip())


def copied(
    kind: str, source: Sequence[str], host: Sequence[str], generator: np.random.Generator
) -> list[str]:
    """Make the paragraphs of a copy of one kind.

    Args:
        kind: one of ``KINDS``.
        source: the paragraphs of the article that is copied.
        host: those of the article that a ``part`` copy is set into; edits take words from it.
        generator: decides what is copied or edited.

    """
    if kind == "head":
        return list(source[: max(2, int(len(source) * _KEPT_SHARE))])
    if kind == "tail":
        return list(source[max(1, int(len(source) * (1 - _KEPT_SHARE))) :])
    share = int(kind[-2:]) / 100
    if kind.startswith("edit"):
        words = " ".join(host).split()
        return [_edited(paragraph, share, words, generator) for paragraph in source]
    told = [part for part in source if len(part.split()) >= _TOLD] or list(source)
    size = max(1, min(round(len(host) * share), len(told) - 1))
    start = int(generator.integers(len(told) - size + 1))
    place = int(generator.integers(len(host) - size + 1)) if size < len(host) else 0
    return [*host[:place], *told[start : start + size], *host[place + size :]]


def _made(articles: int, bases: Bases) -> Iterator[tuple[Base, Planted | None]]:
    """Yield the articles in their places: four of their own, then a copy."""
    own = articles - articles // _EVERY
    for place in range(articles):
        number, rest = divmod(place, _EVERY)
        if rest < _EVERY - 1:
            yield bases[place - number], None
            continue
        generator = np.random.default_rng([bases.seed, number, 1])
        source = int(generator.integers(own))
        kind = KINDS[number % len(KINDS)]
        original, host = bases[source], bases[own + number]
        paragraphs = copied(kind, original.paragraphs, host.paragraphs, generator)
        taken = " ".join(part for part in paragraphs if part in original.paragraphs)
        told = kind.startswith("edit") or len(_QUOTED.sub(" ", taken).split()) >= _TOLD
        if number % _CREDITED == 0:
            paragraphs.append(_CREDIT)
        plant = Planted(place, source + source // (_EVERY - 1), kind, told)
        title = original.title if kind.startswith("edit") else host.title
        yield _printed(title, paragraphs, original, generator), plant


def _printed(
    title: str, paragraphs: list[str], source: Base, generator: np.random.Generator
) -> Base:
    """Make a copy that another outlet prints some hours after its source."""
    other = _outlet(int(generator.integers(_OUTLETS)))
    return Base(
        title=title,
        paragraphs=paragraphs,
        outlet=other if other != source.outlet else "The Other Post",
        published=source.published + _LATER,
    )


def _outlet(number: int) -> str:
    return f"The Post No {number}"


def _edited(
    paragraph: str, share: float, vocabulary: Sequence[str], generator: np.random.Generator
) -> str:
    """Leave out, replace or add to this share of a paragraph's words."""
    words = paragraph.split()
    edited = np.flatnonzero(generator.random(len(words)) < share).tolist()
    others = generator.integers(len(vocabulary), size=len(edited)).tolist()
    ways = generator.integers(3, size=len(edited)).tolist()
    for place, other, way in zip(edited, others, ways, strict=True):
        words[place] = ("", vocabulary[other], f"{words[place]} {vocabulary[other]}")[way]
    return " ".join(word for word in words if word)


def _english(file: Path) -> list[str]:
    return [str(record["text"]) for record in records(file) if record["language"] == "en"]


def _cut(file: Path) -> Iterator[Article]:
    """Yield the articles of a file that are of the length of news, each once."""
    low, high = _CHARACTERS
    seen = set()
    for record in records(file):
        text = str(record.get("text") or "")
        if low < len(text) < high and text[:80] not in seen:
            seen.add(text[:80])
            article = Article(str(record.get("title") or ""), _regrouped(text))
            if len(article.paragraphs) >= _LEAST_PARAGRAPHS:
                yield article


def _regrouped(text: str) -> list[str]:
    """Part a text into paragraphs of some sentences, up to the length of an article.

    A line that ends no sentence is the page's: run into a paragraph it would be no copied prose.
    """
    out: list[str] = []
    waiting: list[str] = []
    total = 0
    prose = [line for line in text.splitlines() if line.rstrip().endswith(_ENDS)]
    for sentence in SENTENCE_END.split(" ".join(" ".join(prose).split())):
        waiting.append(sentence)
        if sum(len(one.split()) for one in waiting) >= _PARAGRAPH:
            out.append(" ".join(waiting))
            total += len(out[-1].split())
            waiting = []
        if total > _CUT:
            return out
    return [*out, " ".join(waiting)] if waiting else out
