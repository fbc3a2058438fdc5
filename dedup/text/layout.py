"""Paragraphs of a text that says nothing about how it is laid out.

The lines between blank lines form a block. Whether a block's lines are wrapped (its paragraphs
span them) or each a paragraph is read off its line ends: wrapped lines stop in the middle of
sentences, go on in lower case, and are full, that is, the next word would not have fitted.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from dedup.records import Span
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

_WIDEST = 132  # columns: longer lines were not wrapped by hand or by a mail program
_NARROWEST = 24
_FEWEST_BREAKS = 3  # line ends inside sentences that show that a page is wrapped
_LONGEST_WORD = 24  # characters; a longer run is a line of a script without spaces, or an address
_BLANK_BETWEEN = 2  # line breaks that make one blank line
_UNBROKEN_WORDS = 200  # a text of more words without any line break is cut
_CUT_SENTENCES, _CUT_WORDS, _MOST_SENTENCES = 3, 60, 5
_MOSTLY = 2 / 3
_INNER_END = re.compile(
    r"(?<![.!?…])[.!?…]++[\"”’'»)]*+\s++[\"“„«‘(]*+[^\W\da-z_]|[。！？][」』”]*+(?=.)"
)


class _Line(NamedTuple):
    """A line with something on it, trimmed; ``breaks`` line breaks stand between it and the last.

    ``indent`` is how many characters of white space stand before it.
    """

    start: int
    end: int
    indent: int
    breaks: int


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
    paragraphs: list[Span]


def lay_out(text: str) -> Layout:
    """Find the paragraphs of a text; together they cover all of it but white space."""
    lines = _lines(text)
    if len(lines) < 2:  # noqa: PLR2004 - one line has no joints
        return _cut(text, lines)
    blocks = _blocks(text, lines)
    width = _width(text, [block for block in blocks if len(block) > 1])
    if len(blocks) == len(lines):
        return Layout(BLANK_LINES, [Span(line.start, line.end) for line in lines])
    spans: list[Span] = []
    wrapped = 0
    for block in blocks:
        starts, of_wrapped = _starts(text, block, width, alone=len(blocks) == 1)
        wrapped += of_wrapped
        spans += [
            Span(block[a].start, block[b - 1].end)
            for a, b in zip(starts, [*starts[1:], len(block)], strict=True)
        ]
    return Layout(_name(text, blocks, spans, wrapped), spans)


def _lines(text: str) -> list[_Line]:
    found = []
    at = breaks = 0
    for line in text.splitlines(keepends=True):
        size = len(line)
        bare = line.lstrip(SPACE)
        if bare:
            indent = size - len(bare)
            start = at + indent
            found.append(_Line(start, start + len(bare.rstrip(SPACE)), indent, breaks))
            breaks = 0
        breaks += 1
        at += size
    return found


def _blocks(text: str, lines: list[_Line]) -> list[list[_Line]]:
    """Group lines that no blank line parts; in double-spaced text, no more than the usual one."""
    usual = 1
    spread = all(map(_short, lines)) and all(line.breaks >= _BLANK_BETWEEN for line in lines[1:])
    if spread and _width(text, [lines]):
        usual = _BLANK_BETWEEN
    starts = [at for at, line in enumerate(lines) if not at or line.breaks > usual]
    return [lines[a:b] for a, b in pairwise([*starts, len(lines)])]


def _width(text: str, blocks: list[list[_Line]]) -> int:
    """Return the column at which these blocks are wrapped, or 0 where they are not."""
    joints = [joint for block in blocks for joint in _joints(text, block) if not joint.long]
    broken = [joint for joint in joints if not joint.ended]
    if len(broken) < max(_FEWEST_BREAKS, len(joints) / 4):
        return 0
    width = max(line.end - line.start for block in blocks for line in block if _short(line))
    wrapped = (
        width >= _NARROWEST
        and 2 * sum(joint.fitted > width for joint in broken) >= len(broken)
        and 3 * sum(joint.onward for joint in broken) >= len(broken)
    )
    return width if wrapped else 0


def _short(line: _Line) -> bool:
    return line.end - line.start <= _WIDEST


def _joints(text: str, block: list[_Line]) -> list[_Joint]:
    return [_joint(text, a, b) for a, b in pairwise(block)]


def _joint(text: str, line: _Line, following: _Line) -> _Joint:
    first = text[following.start]
    word = len(text[following.start : following.end].split(None, 1)[0])
    ahead = 1 if word > _LONGEST_WORD else word + 1  # without spaces, one character would do
    return _Joint(
        ended=ends_sentence(text, line.start, line.end),
        lower=first.islower(),
        onward=first.islower() or (first.isalpha() and not first.isupper()),
        fitted=line.end - line.start + ahead,
        long=not (_short(line) and _short(following)),
    )


def ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` stops at an end mark, closing quotes and brackets left out."""
    if text[end - 1] in END_MARKS:
        return True
    tail = text[max(start, end - 8) : end].rstrip(CLOSERS)
    return tail[-1:] in END_MARKS if tail else False


def _starts(text: str, block: list[_Line], width: int, *, alone: bool) -> tuple[list[int], int]:
    """Return the lines that begin a paragraph, and how many paragraphs are wrapped ones."""
    if len(block) == 1:
        return [0], 0
    width = width or _width(text, [block])
    margin = min(line.indent for line in block)
    starts = [0]
    for index, joint in enumerate(_joints(text, block)):
        line, following = block[index], block[index + 1]
        if not width or joint.long:
            fragment = line.end - line.start < _NARROWEST
            goes_on = joint.lower and not joint.ended and not fragment
        elif following.indent > margin and (line.indent == margin or joint.ended):
            goes_on = False
        elif joint.fitted > width:
            goes_on = True
        else:  # a short line: the last of a paragraph, or a heading over the next
            heads = alone and starts[-1] == index and text[following.start].isupper()
            goes_on = not (joint.ended or heads)
        if not goes_on:
            starts.append(index + 1)
    return starts, len(starts) if width else 0


def _name(text: str, blocks: list[list[_Line]], spans: list[Span], wrapped: int) -> str:
    inner = len(spans) - len(blocks)  # paragraphs parted by a single line break
    if len(blocks) - 1 >= max(inner, 1):
        return BLANK_LINES
    if 2 * wrapped >= len(spans):
        return HARD_WRAPPED
    single = sum(_INNER_END.search(text, span.start, span.end) is None for span in spans)
    return ONE_SENTENCE if single >= _MOSTLY * len(spans) else ONE_PARAGRAPH


def _cut(text: str, lines: list[_Line]) -> Layout:
    """One line or none: a long one is cut after every few sentences."""
    if not lines:
        return Layout(NO_BREAKS, [])
    start, end = lines[0].start, lines[0].end
    if _words(text, start, end) <= _UNBROKEN_WORDS:
        return Layout(NO_BREAKS, [Span(start, end)])
    spans: list[Span] = []
    begin, count = start, 0
    for sentence in sentences(text, start, end):
        count += 1
        begin = sentence.start if count == 1 else begin
        long_enough = count >= _CUT_SENTENCES and _words(text, begin, sentence.end) >= _CUT_WORDS
        if long_enough or count == _MOST_SENTENCES:
            spans.append(Span(begin, sentence.end))
            count = 0
    if count and spans and count < _CUT_SENTENCES:
        spans[-1] = Span(spans[-1].start, end)
    elif count:
        spans.append(Span(begin, end))
    return Layout(NO_BREAKS, spans)


def _words(text: str, start: int, end: int) -> int:
    """About how many words there are, also where they are written without spaces."""
    return max(text.count(" ", start, end) + 1, (end - start) // 8)
