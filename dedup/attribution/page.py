"""The page as a reader sees it: its blocks and edges, and what has been found on it so far."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dedup.records import Attribution, Role, Sign

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from dedup.attribution.agency import Mention
    from dedup.attribution.catalogue import Catalogue
    from dedup.attribution.spotting import Spot
    from dedup.records import Article, Kind, Paragraph, Scope, SignKind

_BODY_LENGTH = 140
_HEAD_BODIES = 2
_HEAD_BLOCKS = 8
_TAIL_BLOCKS = 4
_MOST_LINES = 12
_PASSED_OVER = frozenset({Role.PROMO, Role.CAPTION, Role.BOILERPLATE})
_TOLD = frozenset({Role.BODY, Role.QUOTE})
_ABBREVIATED = re.compile(
    r"(?<!\w)(?:\w|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|St|No|Jr|Sr|Lt|Gen|Col|Sgt|Prof|Inc|Co|Corp|Ltd"
    r"|vs|bzw|ca|Nr|M|MM|Mme|Sr|Sra|Dra)\.$"
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=\S)|[。！？]")


class Block(NamedTuple):
    """A paragraph without the blanks around it."""

    n: int
    start: int
    end: int
    role: Role


class Group(NamedTuple):
    """Names of one list ("AFP, AP and Reuters") that share their context; ``mentions`` in order."""

    mentions: tuple[Mention, ...]

    @property
    def start(self) -> int:
        """Where the first name begins."""
        return self.mentions[0].start

    @property
    def end(self) -> int:
        """Where the last name ends."""
        return self.mentions[-1].end


@dataclass(slots=True)
class Page:
    """One article in the reading: its text, its blocks, and the findings so far."""

    article: Article
    catalogue: Catalogue
    blocks: list[Block]
    starts: list[int] = field(init=False)  #: of the blocks
    house: str = field(init=False)  #: the catalogue id of the publisher, or an empty text
    rows: dict[Attribution, None] = field(default_factory=dict)  #: in the order they were found
    signs: set[Sign] = field(default_factory=set)
    roles: dict[int, Role] = field(default_factory=dict)
    spots: list[Spot] = field(default_factory=list)  #: the fixed phrases in the text
    used: set[int] = field(default_factory=set)  #: where the names that are accounted for begin

    def __post_init__(self) -> None:
        self.starts = [block.start for block in self.blocks]
        self.house = self.catalogue.house(self.article.publisher, self.article.url)

    @property
    def text(self) -> str:
        """The article's text."""
        return self.article.text

    def block_at(self, at: int) -> Block:
        """Give the block in which an offset lies (the one before it, where it lies in none)."""
        return self.blocks[max(0, bisect_right(self.starts, at) - 1)]

    def head(self) -> list[Block]:
        """Give the first blocks, down to the second that tells something."""
        bodies = 0
        chosen = []
        for block in self.blocks[:_HEAD_BLOCKS]:
            chosen.append(block)
            told = self.roles.get(block.n, block.role) in _TOLD
            bodies += told and block.end - block.start >= _BODY_LENGTH
            if bodies == _HEAD_BODIES:
                break
        return chosen

    def tail(self) -> list[Block]:
        """Give the last four blocks, promos and captions not counted."""
        counted = 0
        chosen = []
        for block in reversed(self.blocks):
            chosen.append(block)
            counted += self.roles.get(block.n, block.role) not in _PASSED_OVER
            if counted == _TAIL_BLOCKS:
                break
        return chosen[::-1]

    def spot(self, names: AbstractSet[str], start: int, end: int) -> Spot | None:
        """Give the first fixed phrase of some lists within ``start:end``."""
        return next((s for s in self.spots if start <= s.start < end and s.name in names), None)

    def edges(self) -> list[tuple[int, int]]:
        """Give the stretches of the first and the last blocks, as one where they meet."""
        head, tail = self.head(), self.tail()
        if tail[0].start <= head[-1].end:
            return [(self.blocks[0].start, self.blocks[-1].end)]
        return [(head[0].start, head[-1].end), (tail[0].start, tail[-1].end)]

    def add(self, span: tuple[int, int], agency: str, kind: Kind, scope: Scope) -> None:
        """Note an attribution at a place in the text; a medium that names itself makes none."""
        start, end = span
        is_agency = bool(agency) and self.catalogue.agencies[agency].is_agency
        if agency and not is_agency and self.is_own(agency):
            return
        row = Attribution(
            self.block_at(start).n, start, end, self.text[start:end], agency, kind, scope, is_agency
        )
        self.rows[row] = None

    def is_own(self, agency: str) -> bool:
        """Whether an entry of the catalogue is the article's own outlet."""
        name = self.catalogue.agencies[agency].name.lower()
        return agency == self.house or name in self.article.publisher.lower()

    def sign(self, start: int, end: int, kind: SignKind) -> None:
        """Note a sign at a place in the text."""
        self.signs.add(Sign(self.block_at(start).n, start, end, kind))

    def free(self, groups: Sequence[Group]) -> list[Group]:
        """Give the groups none of whose names is accounted for yet."""
        return [g for g in groups if not any(m.start in self.used for m in g.mentions)]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the span without the blanks at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def blocks_of(text: str, paragraphs: Sequence[Paragraph]) -> list[Block]:
    """Give the paragraphs as blocks, the empty ones left out."""
    blocks = []
    for paragraph in paragraphs:
        block = Block(*paragraph)
        if (
            text[block.start : block.start + 1].isspace()
            or text[block.end - 1 : block.end].isspace()
        ):
            start, end = trimmed(text, block.start, block.end)
            block = block._replace(start=start, end=end)
        if block.end > block.start:
            blocks.append(block)
    return blocks


def lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Give the lines of ``text[start:end]`` that are not empty: the first and the last dozen."""
    found = []
    at = start
    for line in text[start:end].splitlines(keepends=True):
        span = trimmed(text, at, at + len(line))
        if span[1] > span[0]:
            found.append(span)
        at += len(line)
    return found if len(found) <= 2 * _MOST_LINES else found[:_MOST_LINES] + found[-_MOST_LINES:]


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the sentences of ``text[start:end]``; an abbreviated title or initial ends none."""
    begin = start
    for found in _SENTENCE_END.finditer(text, start, end):
        stop = found.start() + 1
        if _ABBREVIATED.search(text, max(begin, stop - 8), stop):
            continue
        yield trimmed(text, begin, found.end())
        begin = found.end()
    if begin < end:
        yield trimmed(text, begin, end)
