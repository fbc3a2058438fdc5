"""Two passages side by side, with the words in which they differ marked."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, NamedTuple

import click

from dedup.cli.terminal import cells, clean

if TYPE_CHECKING:
    from collections.abc import Iterator

BETWEEN = " │ "
NARROWEST = 20  #: columns of one side, whatever the terminal says

#: A word as the contract counts them, a single character of a spaceless script, or what is between.
_PIECES = re.compile(
    r"(?P<one>[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff])|\w+(?:['’]\w+)*"
)


class Piece(NamedTuple):
    """A word with what follows it up to the next one."""

    word: str
    after: str
    differs: bool


def side_by_side(left: str, right: str, width: int) -> Iterator[str]:
    """Set two texts in two columns that fit ``width``; words that agree stand on one line."""
    room = max((width - len(BETWEEN)) // 2, NARROWEST)
    lines: list[tuple[list[Piece], list[Piece]]] = [([], [])]
    for step in aligned(left, right):
        if any(
            piece and not _fits(side, piece, room)
            for side, piece in zip(lines[-1], step, strict=True)
        ):
            lines.append(([], []))
        for side, piece in zip(lines[-1], step, strict=True):
            side.extend([piece] if piece else [])
    for here, there in lines:
        gap = " " * (room - _width(here))
        yield (_shown(here) + gap + BETWEEN + _shown(there)).rstrip()


def aligned(left: str, right: str) -> Iterator[tuple[Piece | None, Piece | None]]:
    """Walk both texts word by word, in step where they agree; a side that lacks a word has None."""
    sides = [_split(left), _split(right)]
    words = [[word.casefold() for word, _ in side] for side in sides]
    matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        differs = kind != "equal"
        yield from zip_longest(
            [Piece(*piece, differs) for piece in sides[0][start:end]],
            [Piece(*piece, differs) for piece in sides[1][other_start:other_end]],
        )


def _split(text: str) -> list[tuple[str, str]]:
    """Split a text into words and what follows each, white space folded; nothing is lost."""
    flat = clean(" ".join(text.split()))
    found = list(_PIECES.finditer(flat))
    ends = [match.start() for match in found[1:]] + [len(flat)]
    opening = [("", flat[: found[0].start() if found else len(flat)])]
    words = [(m[0], flat[m.end() : end]) for m, end in zip(found, ends, strict=False)]
    return [piece for piece in opening + words if piece != ("", "")]


def _fits(line: list[Piece], piece: Piece, room: int) -> bool:
    return not line or _width([*line, piece]) <= room


def _width(line: list[Piece]) -> int:
    return cells(click.unstyle(_shown(line)))


def _shown(line: list[Piece]) -> str:
    """Print a line: brackets say on paper what bold says on a screen."""
    parts = []
    for differs, run in groupby(line, key=lambda piece: piece.differs):
        *before, (word, after, _) = run
        text = "".join(piece.word + piece.after for piece in before) + word
        parts += [click.style(f"[{text}]", bold=True) if differs else text, after]
    return "".join(parts).rstrip()
