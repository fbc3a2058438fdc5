"""The page as a reader sees it: its blocks and edges, and what has been found on it so far."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dedup.attribution.spotting import Spots
from dedup.records import Attribution, Role, Sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dedup.attribution.agency import Mention
    from dedup.attribution.catalogue import Catalogue
    from dedup.attribution.spotting import Spot
    from dedup.records import Article, Kind, Paragraph, Scope, SignKind

_BODY_LENGTH = 140
_HEAD_BODIES = 2
_HEAD_BLOCKS = 8
_TAIL_BLOCKS = 4
_INITIALS = 16  #: characters
_MOST_LINES = 12
_PASSED_OVER = (Role.PROMO, Role.CAPTION, Role.BOILERPLATE)
_TOLD = (Role.BODY, Role.QUOTE)
_ABBREVIATED = re.compile(
    r"(?<!\w)(?:\w|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|St|No|Jr|Sr|Lt|Gen|Col|Sgt|Prof|Inc|Co|Corp|Ltd"
    r"|vs|bzw|ca|Nr|M|MM|Mme|Sr|Sra|Dra)\.$"
)
_CLOSED = tuple(".!?…)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=\S)|[。！？]")


class Group(NamedTuple):
    """Names of one list ("AFP, AP and Reuters") that share their context; ``mentions`` in order."""

    start: int  #: of the first name
    end: int  #: of the last name
    mentions: tuple[Mention, ...]

    @classmethod
    def of(cls, *mentions: Mention) -> Group:
        """Make a list of some names."""
        return cls(mentions[0].start, mentions[-1].end, mentions)


@dataclass(slots=True)
class Page:
    """One article in the reading: its text, its blocks, and the findings so far."""

    article: Article
    text: str
    catalogue: Catalogue
    blocks: Sequence[Paragraph]  #: without the blanks around them
    spots: Spots = field(default_factory=lambda: Spots({}, [], [], []))
    rows: dict[Attribution, None] = field(default_factory=dict)  #: in the order they were found
    signs: set[Sign] = field(default_factory=set)
    roles: dict[int, Role] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)  #: where the names that are accounted for begin
    house: str = field(init=False)  #: the catalogue id of the publisher, or an empty text
    starts: list[int] = field(init=False)  #: of the blocks
    _head: Sequence[Paragraph] = field(init=False)  #: while no block has another role
    _tail: Sequence[Paragraph] = field(init=False)

    def __post_init__(self) -> None:
        self.house = self.catalogue.house(self.article.publisher, self.article.url)
        self.starts = [block.start for block in self.blocks]
        self._head, self._tail = self._first_told(), self._last_told()

    def block_at(self, at: int) -> Paragraph:
        """Give the block in which an offset lies (the one before it, where it lies in none)."""
        return self.blocks[max(0, bisect_right(self.starts, at) - 1)]

    def blocks_with(self, places: Iterable[int]) -> set[int]:
        """Give the numbers of the blocks in which some offsets lie."""
        blocks = ((self.block_at(at), at) for at in places)
        return {block.n for block, at in blocks if block.start <= at < block.end}

    def head(self) -> Sequence[Paragraph]:
        """Give the first blocks, down to the second that tells something."""
        return self._first_told() if self.roles else self._head

    def tail(self) -> Sequence[Paragraph]:
        """Give the last four blocks, promos and captions not counted."""
        return self._last_told() if self.roles else self._tail

    def _first_told(self) -> Sequence[Paragraph]:
        bodies = 0
        for count, block in enumerate(self.blocks[:_HEAD_BLOCKS], 1):
            if block.end - block.start >= _BODY_LENGTH:
                bodies += self.roles.get(block.n, block.role) in _TOLD
            if bodies == _HEAD_BODIES:
                return self.blocks[:count]
        return self.blocks[:_HEAD_BLOCKS]

    def _last_told(self) -> Sequence[Paragraph]:
        counted = 0
        for count, block in enumerate(reversed(self.blocks), 1):
            counted += self.roles.get(block.n, block.role) not in _PASSED_OVER
            if counted == _TAIL_BLOCKS:
                return self.blocks[-count:]
        return self.blocks

    def is_last_told(self, block: Paragraph) -> bool:
        """Whether no block after one tells more of the story; initials tell nothing."""
        later = self.blocks[bisect_right(self.starts, block.start) :]
        return not any(
            self.roles.get(one.n, one.role) in _TOLD
            and (one.end - one.start > _INITIALS or self.text[one.end - 1] in _CLOSED)
            for one in later
        )

    def spot(self, name: str, start: int, end: int) -> Spot | None:
        """Give the first fixed phrase of a list within ``start:end``."""
        for spot in self.spots.phrases.get(name, ()):
            if start <= spot.start < end:
                return spot
        return None

    def credited(self, start: int, end: int) -> bool:
        """Whether a fixed phrase that only credits hold stands within ``start:end``."""
        spots = self.spots.credits
        return bool(spots) and any(start <= spot.start < end for spot in spots)

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
        if not self.used:
            return list(groups)
        return [g for g in groups if not any(m.start in self.used for m in g.mentions)]


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Give the span without the blanks at its ends."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


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


def ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether a sentence, or what stands in brackets behind one, ends before ``text[end]``."""
    stop = start + len(text[start:end].rstrip())
    if stop == end or text[stop - 1 : stop] not in _CLOSED:
        return False
    return _ABBREVIATED.search(text, max(start, stop - 8), stop) is None


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
