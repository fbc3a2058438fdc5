"""Signs of how an article was made: its own reporting, an update, a later point of view.

The outlet's own name, and "this newspaper" in many languages, are read by the same grammar as an
agency's name: "told the Mercury" is to the Harbour Mercury what "told Reuters" is to Reuters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from dedup.attribution import lexicon
from dedup.attribution.agency import Mention
from dedup.attribution.grammar import Context
from dedup.attribution.outlets import outlet_names
from dedup.attribution.page import Group
from dedup.attribution.phrases import keys_of
from dedup.records import Kind, Role, Sign, SignKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dedup.attribution.page import Page
    from dedup.attribution.spotting import Spot

_KINDS = {
    "own": SignKind.OWN_REPORTING,
    "update": SignKind.UPDATE,
    "vantage": SignKind.LATER_VANTAGE,
}
_QUOTE_REACH = 1500
_OWN_KINDS = frozenset({Kind.TOLD, Kind.AGENCY_SOURCE})
#: The first person singular, in the six languages, as a narrator writes it.
_NARRATOR = re.compile(
    r"\bI(?=['’](?:m|ve|d|ll)\b|\s[a-z])|\b(?:me|my|myself|je|ich|mir|mich|yo|mi|io)\b(?!-)"
    r"|\b[jJ]['’](?=[aeiouyhéèêàâ])"
)
_TITLE_OPENING = 30
_MARKED = re.compile(r"\W*\w+(?: ?\d+)? ?[-–—:|]|\W*[A-ZÀ-Ý]{4,}\b")
#: So often, in more than one paragraph, outside quotation marks.
_NARRATED = 3
#: A byline that says where its reporter was: "By Jane Doe in Lagos", "Jeanne Doe, à Lyon".
_FILED_FROM = re.compile(r"\w,? (?:in|à|en|em|a|aus) [A-ZÀ-Ý]\w+")
_LEARNED = re.compile(
    r"(?:['’]s? (?:own )?)?\s*(?:has|have) (?:learned|learnt|seen|obtained|reviewed|been told)\b"
    r"|\s*(?:understands|visited|spoke (?:to|with)|asked|contacted|interviewed|reviewed|obtained)\b"
    r"|['’]s? (?:own )?(?:reporter|correspondent|journalist|photographer)s?\b"
    r"|\s(?:reporter|correspondent|journalist|photographer)s? (?:at|on|in|near|inside)\b"
)


def read_signs(page: Page) -> None:
    """Note the signs in the text, the title and the author fields."""
    _read_own(page)
    _read_phrases(page)
    _read_narrator(page)
    if is_update(page.article.title):
        page.signs.add(Sign(0, 0, 0, SignKind.UPDATE))
    for author in page.article.authors:
        if _of_staff(author):
            page.signs.add(Sign(0, 0, 0, SignKind.OWN_REPORTING))
    if Role.CREDIT in page.roles.values():
        for block in page.head():
            credited = page.roles.get(block.n) is Role.CREDIT
            if credited and _staff_byline(page, block.start, block.end):
                page.sign(block.start, block.end, SignKind.OWN_REPORTING)


@lru_cache(maxsize=4096)
def _of_staff(author: str) -> bool:
    return lexicon.phrases("lines", "staff").find(keys_of(author)) is not None


def is_update(title: str) -> bool:
    """Whether a title begins with a mark such as "UPDATE 1-" or "Update:", not with a sentence."""
    if not _MARKED.match(title):
        return False
    return not lexicon.words("signs", "titles").isdisjoint(keys_of(title[:_TITLE_OPENING])[:1])


def _staff_byline(page: Page, start: int, end: int) -> bool:
    if any(row.start < end and row.end > start and row.agency for row in page.rows):
        return False
    if lexicon.phrases("lines", "staff").find(keys_of(page.text[start:end])):
        return True
    if _FILED_FROM.search(page.text, start, end):
        return True
    return any(name in page.text[start:end] for name, _ in outlet_names(page.article.publisher))


def _read_narrator(page: Page) -> None:
    """Note a narrator who says "I": agency copy has none, a column or a scene piece has."""
    if len(page.spots.narrators) < _NARRATED:
        return
    found = [found for at in page.spots.narrators if (found := _NARRATOR.match(page.text, at))]
    told: list[re.Match[str]] = []
    blocks: set[int] = set()
    for left, one in zip(range(len(found), 0, -1), found, strict=True):
        if len(told) + left < _NARRATED:
            return
        if not _in_quotes(page, one.start()):
            told.append(one)
            blocks.add(page.block_at(one.start()).n)
        if len(told) >= _NARRATED and len(blocks) > 1:
            page.sign(*told[0].span(), SignKind.OWN_REPORTING)
            return


def _read_own(page: Page) -> None:
    text = page.text
    for name, alone in outlet_names(page.article.publisher):
        for found in _whole(text, name):
            if alone or text[max(0, found - 4) : found].lower() == "the ":
                _read_outlet(page, found, found + len(name))


def _read_outlet(page: Page, start: int, end: int) -> None:
    block = page.block_at(start)
    group = Group.of(Mention(start, end, "", "", needs_context=False))
    cue = Context(page.text, group, block.start, block.end).cue()
    learned = _LEARNED.match(page.text, end)
    if cue and cue.kind in _OWN_KINDS:
        page.sign(cue.start, cue.end, SignKind.OWN_REPORTING)
    elif learned:
        page.sign(start, learned.end(), SignKind.OWN_REPORTING)


def _read_phrases(page: Page) -> None:
    phrases = page.spots.phrases
    for name, kind in _KINDS.items():
        for spot in phrases.get(name, ()):
            if name != "own" or _of_the_outlet(page, spot):
                page.sign(spot.start, spot.end, kind)
    for spot in phrases.get("outlet", ()):
        _read_outlet(page, spot.start, spot.end)
    for spot in phrases.get("dangling", ()):
        if page.block_at(spot.start).start == spot.start:
            page.sign(spot.start, spot.end, SignKind.LATER_VANTAGE)


def _of_the_outlet(page: Page, spot: Spot) -> bool:
    """Whether a phrase is the writer's own: not quoted, nor one that "told US media"."""
    last = page.text[spot.start : spot.end].rpartition(" ")[2]
    return not (last.isupper() or _in_quotes(page, spot.start))


def _in_quotes(page: Page, at: int) -> bool:
    """Whether an offset lies in quoted speech, where "they told us" is not the outlet's."""
    before = page.text[max(page.block_at(at).start, at - _QUOTE_REACH) : at]
    if before.count('"') % 2 == 1:
        return True
    if "„" in before:  # German: the closing mark is the English opening one
        return before.count("„") - before.count("“") - before.count("”") > 0
    opened = before.count("“") + before.count("«")
    return opened > 0 and opened > before.count("”") + before.count("»")


def _whole(text: str, name: str) -> Iterator[int]:
    """Give every place of a name in the text, as words of its own."""
    at = text.find(name)
    while at >= 0:
        after = text[at + len(name) : at + len(name) + 1]
        if not (at and text[at - 1].isalnum()) and not after.isalnum():
            yield at
        at = text.find(name, at + len(name))
