"""Paragraphs of a text that says nothing about how it is laid out.

The lines between blank lines form a block. Whether a block's lines are wrapped (its paragraphs
span them) or each a paragraph is read off its line ends: wrapped lines stop in the middle of
sentences, go on in lower case, and are full, that is, the next word would not have fitted.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from dedup.text.sentences import sentences

BLANK_LINES = "blank lines"
HARD_WRAPPED = "hard-wrapped"
ONE_SENTENCE = "one sentence a line"
ONE_PARAGRAPH = "one line a paragraph"
NO_BREAKS = "no breaks"

#: White space of all kinds (it includes every line break), and what takes no space at all.
SPACE = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff"
)
END_MARKS = ".!?…‽؟۔।॥。！？"
CLOSERS = "\"”’'“‘»›)]}」』】》*_ \xa0\u202f"

WIDEST = 132  # columns: longer lines were not wrapped by hand or by a mail program
_NARROWEST = 24
_FEWEST_BREAKS = 3  # line ends inside sentences that show that a page is wrapped
_LONGEST_WORD = 24  # characters; a longer run is a line of a script without spaces, or an address
_BLANK_BETWEEN = 2  # line breaks that make one blank line
_UNBROKEN_WORDS = 200  # a text of more words without any line break is cut
_CUT_SENTENCES, _CUT_WORDS, _MOST_SENTENCES = 3, 60, 5
_MOSTLY = 2 / 3
_RARE_BREAKS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_PLAIN_BREAKS = dict.fromkeys(map(ord, _RARE_BREAKS), "\n")
_LINE = re.compile(rf"[^{SPACE}](?:.*[^{SPACE}])?")
_INNER_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"”’'»)]*+\s++[\"“„«‘(]*+[^\W\da-z_]|[。！？][」』”]*+(?=.)"
)


#: Where something begins and ends, in code points.
Place = tuple[int, int]


class _Joint(NamedTuple):
    """What the end of one line and the start of the next say about each other."""

    ended: bool  #: the line ends a sentence
    lower: bool  #: the next line begins in lower case
    onward: bool  #: it begins in lower case, or in a script that has none
    fitted: int  #: how long the line would be with the next one's first word
    long: bool  #: one of the two is too long to have been wrapped


class Layout(NamedTuple):
    """What a text's layout was taken for, and its paragraphs: tight, in order."""

    name: str
    paragraphs: list[Place]


def lay_out(text: str) -> Layout:
    """Find the paragraphs of a text; together they cover all of it but white space."""
    page = _with_plain_breaks(text)
    lines = [line.span() for line in _LINE.finditer(page)]
    if len(lines) < 2:  # noqa: PLR2004 - one line has no joints
        return _cut(text, lines)
    breaks = [page.count("\n", end, start) for (_, end), (start, _) in pairwise(lines)]
    least = min(breaks)
    usual = _BLANK_BETWEEN if least >= _BLANK_BETWEEN and _is_spread(page, lines) else 1
    if least > usual:
        return Layout(BLANK_LINES, lines)
    starts = [0, *(at for at, count in enumerate(breaks, start=1) if count > usual)]
    blocks = [lines[a:b] for a, b in pairwise([*starts, len(lines)])]
    width = _width(page, [block for block in blocks if len(block) > 1])
    places: list[Place] = []
    wrapped = 0
    for block in blocks:
        starts, of_wrapped = _starts(page, block, width, alone=len(blocks) == 1)
        wrapped += of_wrapped
        places += [
            (block[a][0], block[b - 1][1])
            for a, b in zip(starts, [*starts[1:], len(block)], strict=True)
        ]
    return Layout(_name(text, blocks, places, wrapped), places)


def is_one_paragraph(text: str) -> bool:
    """Whether a text is a single line, and none so long that it is cut."""
    return "\n" not in text and not breaks_oddly(text) and not is_long(text, 0, len(text))


def breaks_oddly(text: str) -> bool:
    """Whether a text has line breaks that are no line feeds."""
    return any(mark in text for mark in _RARE_BREAKS)


def _with_plain_breaks(text: str) -> str:
    """Return a text of the same length in which every line break is a line feed."""
    if breaks_oddly(text):
        return text.replace("\r\n", " \n").translate(_PLAIN_BREAKS)
    return text


def _is_spread(text: str, lines: list[Place]) -> bool:
    """Whether lines that blank lines part are those of wrapped, double-spaced paragraphs."""
    return all(map(_short, lines)) and _width(text, [lines]) > 0


def _width(text: str, blocks: list[list[Place]]) -> int:
    """Return the column at which these blocks are wrapped, or 0 where they are not."""
    joints = [joint for block in blocks for joint in _joints(text, block) if not joint.long]
    broken = [joint for joint in joints if not joint.ended]
    if len(broken) < max(_FEWEST_BREAKS, len(joints) / 4):
        return 0
    width = max(_size(line) for block in blocks for line in block if _short(line))
    wrapped = (
        width >= _NARROWEST
        and 2 * sum(joint.fitted > width for joint in broken) >= len(broken)
        and 3 * sum(joint.onward for joint in broken) >= len(broken)
    )
    return width if wrapped else 0


def _size(line: Place) -> int:
    return line[1] - line[0]


def _short(line: Place) -> bool:
    return _size(line) <= WIDEST


def _indent(text: str, line: Place) -> int:
    """How many characters of white space stand before a line."""
    return line[0] - text.rfind("\n", 0, line[0]) - 1


def _joints(text: str, block: list[Place]) -> list[_Joint]:
    return [_joint(text, a, b) for a, b in pairwise(block)]


def _joint(text: str, line: Place, following: Place) -> _Joint:
    start, end = following
    first = text[start]
    word = len(text[start:end].split(None, 1)[0])
    ahead = 1 if word > _LONGEST_WORD else word + 1  # without spaces, one character would do
    return _Joint(
        ended=ends_sentence(text, *line),
        lower=first.islower(),
        onward=first.islower() or (first.isalpha() and not first.isupper()),
        fitted=_size(line) + ahead,
        long=not (_short(line) and _short(following)),
    )


def ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` stops at an end mark, closing quotes and brackets left out."""
    if text[end - 1] in END_MARKS:
        return True
    tail = text[max(start, end - 8) : end].rstrip(CLOSERS)
    return tail[-1:] in END_MARKS if tail else False


def _starts(text: str, block: list[Place], width: int, *, alone: bool) -> tuple[list[int], int]:
    """Return the lines that begin a paragraph, and how many paragraphs are wrapped ones."""
    if len(block) == 1:
        return [0], 0
    width = width or _width(text, [block])
    indents = [_indent(text, line) for line in block]
    margin = min(indents)
    starts = [0]
    for index, joint in enumerate(_joints(text, block)):
        if not width or joint.long:
            fragment = _size(block[index]) < _NARROWEST
            goes_on = joint.lower and not joint.ended and not fragment
        elif indents[index + 1] > margin and (indents[index] == margin or joint.ended):
            goes_on = False
        elif joint.fitted > width:
            goes_on = True
        else:  # a short line: the last of a paragraph, or a heading over the next
            heads = alone and starts[-1] == index and text[block[index + 1][0]].isupper()
            goes_on = not (joint.ended or heads)
        if not goes_on:
            starts.append(index + 1)
    return starts, len(starts) if width else 0


def _name(text: str, blocks: list[list[Place]], places: list[Place], wrapped: int) -> str:
    inner = len(places) - len(blocks)  # paragraphs parted by a single line break
    if len(blocks) - 1 >= max(inner, 1):
        return BLANK_LINES
    if 2 * wrapped >= len(places):
        return HARD_WRAPPED
    single = sum(_INNER_END.search(text, *place) is None for place in places)
    return ONE_SENTENCE if single >= _MOSTLY * len(places) else ONE_PARAGRAPH


def _cut(text: str, lines: list[Place]) -> Layout:
    """One line or none: a long one is cut after every few sentences."""
    if not lines or not is_long(text, *lines[0]):
        return Layout(NO_BREAKS, lines)
    places: list[Place] = []
    begin = end = count = 0
    for start, end in sentences(text, *lines[0]):
        count += 1
        begin = start if count == 1 else begin
        long_enough = count >= _CUT_SENTENCES and _words(text, begin, end) >= _CUT_WORDS
        if long_enough or count == _MOST_SENTENCES:
            places.append((begin, end))
            count = 0
    if count and places and count < _CUT_SENTENCES:
        places[-1] = (places[-1][0], end)
    elif count:
        places.append((begin, end))
    return Layout(NO_BREAKS, places)


def is_long(text: str, start: int, end: int) -> bool:
    """Whether a line is so long that it is cut where there is no other."""
    return _words(text, start, end) > _UNBROKEN_WORDS


def _words(text: str, start: int, end: int) -> int:
    """About how many words there are, also where they are written without spaces."""
    return max(text.count(" ", start, end) + 1, (end - start) // 8)
