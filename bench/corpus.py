"""A corpus to measure on: the newsroom set in replicas, with copies planted among them.

A replica is the whole set with the letters of its words permuted, vowels among vowels. The names of
agencies, the words of credits and the commonest short words stay, so that a replica reads like news
to the program, keeps the statistics of words, and shares nothing else with another. To every four
articles comes one planted copy, of eight kinds in equal parts:

``edit05 edit15 edit30``: that share of the words is left out, replaced or added to;
``part10 part25 part50``: that share of another article's paragraphs is a run of the source's;
``head tail``: the first, the last 60 % of the paragraphs.

The same size always gives the same bytes.
"""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Record = dict[str, object]

NEWSROOM = Path(__file__).parents[1] / "tests" / "data" / "newsroom" / "articles.jsonl"
KINDS = ("edit05", "edit15", "edit30", "part10", "part25", "part50", "head", "tail")
_ORIGINALS_PER_COPY = 4
_KEPT_SHARE = 0.6
_VOWELS, _CONSONANTS = "aeiou", "bcdfghjklmnpqrstvwxyz"
#: What a permutation leaves alone: what makes an article news, and the commonest function words.
_KEPT = re.compile(
    r"(\b(?:Reuters|AFP|Agence France-Presse|Associated Press|Bloomberg|Xinhua|"
    r"Press Trust of India|Australian Associated Press|Deutsche Presse-Agentur|agencies|agency|"
    r"said|told|reported|according|with inputs from|reporting by|editing by|copyright"
    r"|\w{1,2}|the|and|for|was|but|not|are|has|had|his|her|who|les|des|une|est|sur|pas)\b"
    r"|\b(?-i:[A-Z]{2,4})\b)",
    re.IGNORECASE,
)


class Planted(NamedTuple):
    """A copy that was planted: its id, its source's, and how it was made."""

    copy: str
    source: str
    kind: str


def write(articles: int, path: Path) -> list[Planted]:
    """Write a corpus of so many articles as JSON Lines and return what was planted in it."""
    originals = newsroom()
    planted: list[Planted] = []
    with path.open("w", encoding="utf-8") as file:
        for record, plant in _records(originals, articles):
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
            if plant is not None:
                planted.append(plant)
    return planted


def newsroom() -> list[Record]:
    """Read the newsroom set."""
    return [json.loads(line) for line in NEWSROOM.read_text("utf-8").splitlines()]


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
    size = min(max(1, round(len(host) * share)), len(source) - 1)
    start = int(generator.integers(len(source) - size + 1))
    place = int(generator.integers(len(host) - size + 1)) if size < len(host) else 0
    return [*host[:place], *source[start : start + size], *host[place + size :]]


def permuted(text: str, table: dict[int, int]) -> str:
    """Replace the letters of a text's words, but for what makes it news."""
    parts = _KEPT.split(text)
    return "".join(part if place % 2 else part.translate(table) for place, part in enumerate(parts))


def permutation(replica: int) -> dict[int, int]:
    """Return the letters of a replica; the first keeps the newsroom's own."""
    if not replica:
        return {}
    generator = np.random.default_rng([replica])
    before, after = "", ""
    for letters in (_VOWELS, _CONSONANTS):
        mixed = "".join(generator.permutation(list(letters)).tolist())
        before += letters + letters.upper()
        after += mixed + mixed.upper()
    return str.maketrans(before, after)


def _records(originals: Sequence[Record], articles: int) -> Iterator[tuple[Record, Planted | None]]:
    """Yield the articles of one replica after another, each with what it plants."""
    block = len(originals) + len(originals) // _ORIGINALS_PER_COPY
    for replica in range(-(-articles // block)):
        size = min(block, articles - replica * block)
        copies = size // (_ORIGINALS_PER_COPY + 1)
        table = permutation(replica)
        own = originals[: size - copies]
        for record in own:
            yield _replicated(record, replica, table), None
        generator = np.random.default_rng([replica, 1])
        for number in range(copies):
            record, source = _planted(own, number, generator)
            plant = Planted(
                _name(replica, record), _name(replica, source), KINDS[number % len(KINDS)]
            )
            yield _replicated(record, replica, table), plant


def _planted(
    originals: Sequence[Record], number: int, generator: np.random.Generator
) -> tuple[Record, Record]:
    """Make a planted copy, printed by another outlet some hours after its source, given too."""
    kind = KINDS[number % len(KINDS)]
    first, second = generator.choice(len(originals), 2, replace=len(originals) < 2).tolist()  # noqa: PLR2004
    source, host = originals[first], originals[second]
    paragraphs = copied(kind, _paragraphs(source), _paragraphs(host), generator)
    later = datetime.fromisoformat(str(source["published_at"])) + timedelta(hours=3)
    record = source | {
        "id": f"{source['id']}-{kind}-{number}",
        "text": "\n\n".join(paragraphs),
        "publisher": "The Planted Post",
        "published_at": later.isoformat(),
        "is_wire": False,
        "agency": "",
    }
    return record, source


def _replicated(record: Record, replica: int, table: dict[int, int]) -> Record:
    """Give a record its replica's number and letters; the story's name is no part of the news."""
    fields = {name: value for name, value in record.items() if name != "story"}
    return fields | {
        "id": _name(replica, record),
        "title": permuted(cast("str", record["title"]), table),
        "text": permuted(cast("str", record["text"]), table),
    }


def _name(replica: int, record: Record) -> str:
    return f"{replica:04d}-{record['id']}"


def _paragraphs(record: Record) -> list[str]:
    """The paragraphs of an article; the set parts them by blank lines, or else by lines."""
    text = str(record["text"])
    parts = [part for part in text.split("\n\n") if part.strip()]
    return parts if len(parts) > 2 else [line for line in text.splitlines() if line.strip()]  # noqa: PLR2004


def _edited(
    paragraph: str, share: float, vocabulary: Sequence[str], generator: np.random.Generator
) -> str:
    """Leave out, replace or add to this share of a paragraph's words."""
    out = []
    for word in paragraph.split():
        if generator.random() >= share:
            out.append(word)
            continue
        other = vocabulary[int(generator.integers(len(vocabulary)))]
        out += ([], [other], [word, other])[int(generator.integers(3))]
    return " ".join(out)
