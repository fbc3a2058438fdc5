"""Text → paragraphs: found by the page's own layout, numbered from 1, each with its role."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, NamedTuple

from dedup.records import Paragraph, Role
from dedup.text.first_look import look_at
from dedup.text.pages import pages_of
from dedup.text.roles import roles
from dedup.text.sheet import cut, lay_out_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dedup.text.first_look import Look
    from dedup.text.quotes import Quoted


#: Makes a paragraph of its fields, the tuple's own way: a page has many.
_paragraph: Final[Callable[[tuple[int, int, int, Role]], Paragraph]] = partial(
    tuple.__new__, Paragraph
)


class Segmented(NamedTuple):
    """The paragraphs of a text, and what its layout was taken for.

    ``layout`` is ``blank lines``, ``hard-wrapped``, ``one sentence a line``, ``one line a
    paragraph`` or ``no breaks`` (a long one is then cut after every few sentences).
    """

    layout: str
    paragraphs: tuple[Paragraph, ...]
    quoted: Quoted  #: their direct quotations
    introduces: bool = False  #: whether one may lead to what somebody says, or be a turn of a talk


def segment(text: str, title: str = "") -> Segmented:
    """Divide a text into paragraphs; together they cover all of it but white space.

    Args:
        text: the article's text as it was read.
        title: its title, if known; a first paragraph that repeats it is the headline.

    Returns:
        The paragraphs in the order of the text, tight and apart, numbered from 1. Roles are
        headline, heading, body, quote, promo, caption, or credit for a byline or date at the top.

    """
    return segment_all([text], [title], look_at([text]))[0]


def segment_all(
    texts: Sequence[str], titles: Sequence[str], looks: Sequence[Look]
) -> list[Segmented]:
    """Divide many texts into paragraphs, each as `segment` does; their looks are known."""
    found: list[Segmented] = []
    for first, last in cut(texts):
        own = slice(first, last)
        found += _segmented(texts[own], titles[own], looks[own])
    return found


def _segmented(
    texts: Sequence[str], titles: Sequence[str], looks: Sequence[Look]
) -> Iterator[Segmented]:
    """Divide the texts of one sheet."""
    sheet = lay_out_all(texts)
    pages = pages_of(texts, looks, sheet)
    for layout, title, page in zip(sheet.layouts, titles, pages, strict=True):
        found = roles(page, title)
        given = [Role.BODY] * len(page.places)
        for number, role in found.items():
            given[number] = role
        paragraphs = [
            _paragraph((n, start, end, role))
            for n, ((start, end), role) in enumerate(zip(page.places, given, strict=True), 1)
        ]
        yield Segmented(layout, tuple(paragraphs), page.quotations.quoted, page.introduces)
