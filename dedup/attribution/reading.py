"""Everything that one article says about where it comes from."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dedup.attribution import lexicon, spotting
from dedup.attribution.credit_lines import read_credit_lines
from dedup.attribution.datelines import read_datelines
from dedup.attribution.grammar import Context, grouped
from dedup.attribution.metadata import read_metadata
from dedup.attribution.outlets import outlet_names
from dedup.attribution.page import Page
from dedup.attribution.photos import read_photos
from dedup.attribution.sieve import Sieve
from dedup.attribution.signs import read_signs
from dedup.attribution.small_names import read_small_names
from dedup.attribution.unnamed import read_unnamed
from dedup.records import Credits, Kind, Role, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.attribution.agency import Mention
    from dedup.attribution.catalogue import Catalogue
    from dedup.attribution.page import Group
    from dedup.attribution.spotting import Spotter
    from dedup.records import Article, Attribution, Paragraph


def read(article: Article, paragraphs: Sequence[Paragraph], catalogue: Catalogue) -> Credits:
    """Read the attributions, signs and credit lines of one article, from its text and metadata.

    Args:
        article: The text, with the metadata that came with it.
        paragraphs: The paragraphs of the text, in order, without the blanks around them.
        catalogue: The names to look for.

    Returns:
        The attributions in the order of the text, those of the metadata first; the signs; and the
        role of each paragraph that is wholly a credit line or a caption.

    """
    return read_all([article], [article.text], [paragraphs], catalogue)[0]


def read_all(
    articles: Sequence[Article],
    texts: Sequence[str],
    paragraphs: Sequence[Sequence[Paragraph]],
    catalogue: Catalogue,
) -> list[Credits]:
    """Read many articles, each as `read` does; those of one language are sifted together."""
    alike: dict[Spotter, list[int]] = {}
    for row, (article, text) in enumerate(zip(articles, texts, strict=True)):
        alike.setdefault(spotting.spotter(text, article.language), []).append(row)
    found = [Credits()] * len(articles)
    for spotter, rows in alike.items():
        sifted = _sieve(catalogue, spotter).sift([texts[row] for row in rows])
        for row, (names, phrases) in zip(rows, sifted, strict=True):
            page = Page(articles[row], texts[row], catalogue, paragraphs[row])
            if page.blocks:
                page.spots = spotter.spots(page.text, phrases, page.edges())
                _read_text(page, catalogue.find(page.text, names))
            found[row] = _credits(page)
    return found


def _read_text(page: Page, mentions: Sequence[Mention]) -> None:
    groups = grouped(page.text, [m for m in mentions if not _is_the_outlet(page, m)])
    read_small_names(page, groups)
    read_photos(page, page.free(groups))
    read_datelines(page, groups)
    read_credit_lines(page, groups)
    for group in page.free(groups):
        _read_in_text(page, group)
    read_unnamed(page, mentions)
    read_signs(page)


def _is_the_outlet(page: Page, mention: Mention) -> bool:
    """Whether a short name means the page's own outlet: "the Times", in the Washington Times."""
    if page.catalogue.agencies[mention.agency].is_agency or mention.agency == page.house:
        return False
    written = page.text[mention.start : mention.end].rpartition(" ")[2]
    short = mention.end - mention.start <= len(written) + len("the ")
    return short and (written, False) in outlet_names(page.article.publisher)


def _credits(page: Page) -> Credits:
    """Give what was found on a page, with what its metadata say."""
    metadata = read_metadata(page.article, page.catalogue, page.house)
    rows = _with_sign_offs_named(page, metadata)
    return Credits(
        tuple(metadata + sorted(rows, key=lambda row: (row.start, row.end, row.kind, row.agency))),
        tuple(sorted(page.signs)),
        tuple(sorted(page.roles.items())),
    )


def prepare(catalogue: Catalogue) -> None:
    """Work out now what `read` would when it first needs it, for all processes that are forked."""
    catalogue.prepare()
    lexicon.prepare()
    for language in ("", *spotting.LANGUAGES):
        _sieve(catalogue, spotting.spotter("", language))


@lru_cache(maxsize=16)
def _sieve(catalogue: Catalogue, spotter: Spotter) -> Sieve:
    return Sieve(catalogue.heads, spotter.heads)


def _read_in_text(page: Page, group: Group) -> None:
    """Note the attributions that one list of names in running text makes."""
    block = page.block_at(group.start)
    if block.role is Role.PROMO:
        return
    cue = Context(page.text, group, block.start, block.end).cue()
    if cue is None:
        return
    first_named = {m.agency: m for m in reversed(group.mentions)}
    named = [m for m in group.mentions if first_named[m.agency] is m]
    for mention in named:
        start = cue.start if mention is named[0] else mention.start
        end = cue.end if mention is named[-1] else mention.end
        page.add((start, end), mention.agency, cue.kind, Scope.SENTENCE)


def _with_sign_offs_named(page: Page, metadata: list[Attribution]) -> list[Attribution]:
    """Give a sign-off that names no agency the one of the dateline or byline, or the publisher."""
    if not any(row.kind is Kind.SIGN_OFF and not row.agency for row in page.rows):
        return list(page.rows)
    stated = [
        row.agency
        for row in page.rows
        if row.kind in (Kind.DATELINE, Kind.BYLINE) and row.is_agency
    ]
    stated += [row.agency for row in metadata if row.is_agency and row.text.startswith("author=")]
    stated += [
        row.agency
        for row in metadata
        if row.is_agency and row.text.startswith(("publisher=", "url="))
    ]
    if not stated:
        return list(page.rows)
    return [
        row._replace(agency=stated[0], is_agency=True)
        if row.kind is Kind.SIGN_OFF and not row.agency
        else row
        for row in page.rows
    ]
