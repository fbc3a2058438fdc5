"""Text → paragraphs: found by the page's own layout, numbered from 1, each with its role."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dedup.records import Paragraph
from dedup.text.first_look import look_at
from dedup.text.layout import lay_out
from dedup.text.quotes import quotes
from dedup.text.roles import roles

if TYPE_CHECKING:
    from dedup.text.first_look import Look
    from dedup.text.quotes import Quoted


class Segmented(NamedTuple):
    """The paragraphs of a text, and what its layout was taken for.

    ``layout`` is ``blank lines``, ``hard-wrapped``, ``one sentence a line``, ``one line a
    paragraph`` or ``no breaks`` (a long one is then cut after every few sentences).
    """

    layout: str
    paragraphs: tuple[Paragraph, ...]
    quoted: Quoted  #: their direct quotations


def segment(text: str, title: str = "", seen: Look | None = None) -> Segmented:
    """Divide a text into paragraphs; together they cover all of it but white space.

    Args:
        text: the article's text as it was read.
        title: its title, if known; a first paragraph that repeats it is the headline.
        seen: how it looks, if it was looked at before.

    Returns:
        The paragraphs in the order of the text, tight and apart, numbered from 1. Roles are
        headline, heading, body, quote, promo, caption, or credit for a byline or date at the top.

    """
    layout, places = lay_out(text)
    starts, ends = zip(*places, strict=True) if places else ((), ())
    quoted = quotes(text, places)
    found = roles(text, places, quoted, seen or look_at([text])[0], title)
    rows = zip(range(1, len(places) + 1), starts, ends, found, strict=True)
    return Segmented(layout, tuple(map(Paragraph._make, rows)), quoted)
