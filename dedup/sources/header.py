"""What the first lines of a plain text say about it, where they clearly do.

The text itself is never touched: the lines stay where they are, and are only read a second time as
title, date, authors. A line that could be the story's own first sentence is left alone.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from dedup import times

if TYPE_CHECKING:
    from collections.abc import Iterable

_HEAD = 2000  # characters looked at
_MOST_LINES = 15
_LONGEST_TITLE = 160  # characters
_FEWEST_WORDS, _MOST_WORDS = 3, 25
_LONGEST_BYLINE = 90
_FIELDS = {
    "title": "title",
    "headline": "title",
    "date": "published_at",
    "published": "published_at",
    "published at": "published_at",
    "published on": "published_at",
    "publication date": "published_at",
    "author": "author",
    "authors": "author",
    "by": "author",
    "byline": "author",
    "publisher": "publisher",
    "outlet": "publisher",
    "source": "credit",  # "Source: Reuters" says where it is from, not who printed it
    "credit": "credit",
    "agency": "agency",
    "url": "url",
    "link": "url",
    "language": "language",
}
_DATED = re.compile(
    r"\s*date:?[ \t]+(\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?)?)"
    r"(?:[ \t]+(\S[^\n]*))?(?:\n|$)",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"(?:\*\*|_)?([A-Za-z][A-Za-z ]{1,17})(?:\*\*|_)?[ \t]*:(?:\*\*)?[ \t]*(.*)")
_BYLINE = re.compile(r"by\s+(?=[^\W\d_])(.+)", re.IGNORECASE)
_END_MARK = re.compile(r"[.!?…:;,。！？：；][\"'”’»)\]]*$")
_DATELINE = re.compile(r"[A-Z][A-Z .'’-]{2,}[,(]|.*\([A-Z][A-Za-z. ]{1,20}\)$")
_FURNITURE = re.compile(
    r"(?:by|photo|image|file|picture|caption|advertisement|also read|read more|read also|updated?"
    r"|published|posted|listen|watch|share|subscribe)\b|[(\[<|*•–—-]|https?:|www\.",
    re.IGNORECASE,
)


def sniff(text: str) -> dict[str, str]:
    """Return what the head of a plain text says of ``title, published_at, author`` and the like.

    Known are a fused ``date 2021-08-11 Headline``, labelled lines (``Title: …``, also between the
    ``---`` of front matter), and a headline that stands alone, with a byline or a date below it.

    Args:
        text: the whole text, as it was read.

    """
    first = text.find("\n")
    if not 0 < first <= _LONGEST_TITLE and text[:1] not in " \n\r\t-dD#":
        return {}  # most articles begin with their first paragraph
    head = text[:_HEAD].replace("\r\n", "\n")
    dated = _DATED.match(head)
    if dated and times.parse(dated[1]):
        rest = (dated[2] or "").strip()
        title = rest if len(rest) <= _LONGEST_TITLE else ""
        return {"published_at": dated[1]} | ({"title": title} if title else {})
    lines = head.split("\n")[:_MOST_LINES]
    return _labelled(lines) or _headline(_blocks(lines))


def _labelled(lines: Iterable[str]) -> dict[str, str]:
    """Read ``Key: value`` lines from the top to the first line that is none."""
    found: dict[str, str] = {}
    for line in lines:
        stripped = line.strip()
        if stripped == "---" or (not stripped and not found):
            continue
        match = _LABELLED.fullmatch(stripped)
        field = _FIELDS.get(match[1].strip().lower()) if match else None
        if match is None or (field is None and not found):
            break
        if field is None:
            continue  # a label that tells us nothing, among others that do
        value = match[2].strip().strip("\"'")
        if value and (field != "published_at" or times.parse(value)):
            found.setdefault(field, value)
    # a lone "Source: …" or "By: …" may be a story's own line; a title or a date is a header
    return found if found.keys() & {"title", "published_at"} or len(found) > 1 else {}


def _headline(blocks: list[list[str]]) -> dict[str, str]:
    """Read a headline that stands alone above the story, and a byline or date below it."""
    if len(blocks[0]) != 1 or not any(map(_is_story, chain.from_iterable(blocks[1:]))):
        return {}
    title = blocks[0][0].lstrip("#").strip()
    if not _is_headline(title):
        return {}
    found = {"title": title}
    for line in blocks[1][:2]:
        byline = _BYLINE.fullmatch(line)
        if byline and len(line) <= _LONGEST_BYLINE and not _END_MARK.search(line):
            found["author"] = ";".join(re.split(r"\s+(?:and|&)\s+", byline[1]))
        elif times.parse(line):
            found["published_at"] = line
        else:
            break
    return found


def _is_headline(line: str) -> bool:
    """Whether a line that stands alone is a headline for sure."""
    words = line.split()
    return (
        _FEWEST_WORDS <= len(words) <= _MOST_WORDS
        and len(line) <= _LONGEST_TITLE
        and not _END_MARK.search(line)
        and not _FURNITURE.match(line)
        and not _DATELINE.match(line)
        and not line[0].islower()
        and times.parse(line) is None
    )


def _is_story(line: str) -> bool:
    """Whether a line is of a story's running text: it ends like a sentence, or is long."""
    return len(line) > _LONGEST_TITLE or _END_MARK.search(line) is not None


def _blocks(lines: list[str]) -> list[list[str]]:
    """Group lines that no blank line parts."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(line.strip())
        elif blocks[-1]:
            blocks.append([])
    return blocks
