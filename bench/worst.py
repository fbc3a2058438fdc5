"""The worst that can come in: corpora on which a careless program takes for ever, or all memory.

Each is made by a function from a size; the sizes named in ``CASES`` are those that count.
"""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from bench.corpus import Bases, copied

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

#: What a script is read from: its letters and marks, so many of them at most.
_LETTERS, _MOST = ("L", "M"), 60
_WORDS, _KILO = 40, 1000


def identical(size: int) -> Iterator[str]:
    """Yield one paragraph, over and over, each time as an article."""
    paragraph = _paragraph(Bases()[0].paragraphs)
    yield from (paragraph for _ in range(size))


def identical_inside(size: int) -> Iterator[str]:
    """Yield articles of ten times the same paragraph, all the same."""
    article = "\n\n".join([_paragraph(Bases()[0].paragraphs)] * 10)
    yield from (article for _ in range(size))


def nearly_identical(size: int) -> Iterator[str]:
    """Yield one paragraph over and over, another word of it changed each time."""
    words = _paragraph(Bases()[0].paragraphs).split()
    for number in range(size):
        changed = list(words)
        changed[number % len(words)] = f"w{number}"
        yield " ".join(changed)


def huge(size: int) -> Iterator[str]:
    """Yield one article of so many thousand characters, then ten that copy parts of it."""
    bases = Bases()
    parts: list[str] = []
    length = number = 0
    while length < size * _KILO:
        parts += bases[number].paragraphs
        length += sum(len(part) + 2 for part in bases[number].paragraphs)
        number += 1
    yield "\n\n".join(parts)
    generator = np.random.default_rng(1)
    for other in range(number, number + 10):
        yield "\n\n".join(copied("part25", parts, bases[other].paragraphs, generator))


def one_line(size: int) -> Iterator[str]:
    """Yield headlines."""
    bases = Bases()
    yield from (bases[number].title for number in range(size))


def boilerplate(size: int) -> Iterator[str]:
    """Yield articles of one outlet: three paragraphs of their own, six that all have."""
    bases = Bases()
    furniture = bases[size].paragraphs[:6]
    for number in range(size):
        yield "\n\n".join([*bases[number].paragraphs[:3], *furniture])


def scripts(size: int) -> Iterator[str]:
    """Yield texts in the letters of one script after another, every other one told twice."""
    alphabets = [letters for _, letters in sorted(_alphabets().items())]
    generator = np.random.default_rng(1)
    told = ""
    for number in range(size):
        if number % 2:
            yield told + "\n\n" + told[: len(told) // 2]
            continue
        letters = alphabets[number // 2 % len(alphabets)]
        told = "\n\n".join(_said(letters, generator) for _ in range(4))
        yield told


class Case(NamedTuple):
    """A corpus: what makes its texts, how many, of how many outlets, and what it may take."""

    texts: Callable[[int], Iterator[str]]
    size: int
    outlets: int = 50
    seconds: int = 60
    mib: int = 2048


CASES = {
    "100,000 identical paragraphs, ten an article": Case(identical_inside, 10_000, seconds=5),
    "100,000 identical paragraphs, each an article": Case(identical, 100_000, seconds=5),
    "100,000 nearly identical paragraphs, each an article": Case(nearly_identical, 100_000),
    "one article of 5 MB": Case(huge, 5_000),
    "50,000 articles of one line": Case(one_line, 50_000),
    "5,000 articles of one outlet, mostly boilerplate": Case(boilerplate, 5_000, outlets=1),
    "2,000 texts in all scripts of the world": Case(scripts, 2_000),
}


def write(texts: Iterator[str], path: Path, *, outlets: int) -> int:
    """Write texts as articles of some outlets, a minute apart, and return how many."""
    places = -1
    with path.open("w", encoding="utf-8") as file:
        for places, text in enumerate(texts):
            minute, hour, day = places % 60, places // 60 % 24, places // 1440 % 28 + 1
            record = {
                "id": f"{places:07d}",
                "title": f"No {places}",
                "publisher": f"The Post No {places % outlets}",
                "published_at": f"2024-02-{day:02d}T{hour:02d}:{minute:02d}:00+00:00",
                "text": text,
            }
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return places + 1


def _paragraph(paragraphs: list[str]) -> str:
    return max(paragraphs, key=len)


def _alphabets() -> dict[str, list[str]]:
    """The letters and marks of each script: by the first word of their names, which names it."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in range(0x20000):
        letter = chr(code)
        script = unicodedata.name(letter, "").split(" ")[0]
        if script and unicodedata.category(letter)[0] in _LETTERS and len(found[script]) < _MOST:
            found[script].append(letter)
    return found


def _said(letters: list[str], generator: np.random.Generator) -> str:
    """Make a paragraph of words of these letters."""
    sizes = generator.integers(1, 10, size=_WORDS).tolist()
    drawn = ["".join(letters[k] for k in generator.integers(len(letters), size=n)) for n in sizes]
    return " ".join(drawn) + "."
