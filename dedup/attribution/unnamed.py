"""Sources that are not named: "the news agency said", "reports said".

"The agency" stands for a news agency only where one is named right before, in the same paragraph
(or, as "the news agency", at the end of the one before); else it stays unresolved. Where the text
knows agencies of another kind, or names no news agency at all, "the agency" is not read.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from dedup.attribution import lexicon
from dedup.attribution.agency import Mention
from dedup.attribution.grammar import Context
from dedup.attribution.page import Group, sentences
from dedup.attribution.phrases import Words
from dedup.records import Kind, Role, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.attribution.page import Page
    from dedup.attribution.spotting import Spot
    from dedup.records import Paragraph

_SPOTS = frozenset(["agency", "news_agency", "reports", "heads"])
_VERB_REACH = 40
_OTHER_REACH = 6000
Credited = tuple[int, int, str]  #: where an attribution begins and ends, and its agency
#: Agencies that gather no news; "the agency" is then more likely theirs.
_OTHER_AGENCY = re.compile(
    r"\b[A-Z][\w’'-]+ Agency\b(?<!News Agency)|\bAgency for\b"
    r"|\b(?:Administration|Authority|Bureau|Commission|Department|Inspectorate|Service)\b"
    r"|\b(?!news\b|wire\b|press\b|the\b|an\b|this\b|that\b|our\b|its\b)[a-z.’'-]+ agency\b"
    r"|\b(?:FBI|CIA|NSA|NASA|EPA|FEMA|FDA|CDC|IRS|TSA|DEA|IAEA|ICE|UNHCR|WHO|ESA|DHS|FAA|GAO|OPM"
    r"|USCIS|BLM|NOAA|FSB|MI5|MI6|BND|Europol|Frontex|Unicef|UNICEF|UNRWA|WADA)\b"
    r"|\b[Aa]gence (?!de presse|France)[\w’']+|\bAgencia (?!EFE|Efe)[A-Z]|\bAgenzia (?!ANSA)[A-Z]"
    r"|\b(?:Arbeits|Raumfahrt|Grenzschutz|Energie|Netz)agentur\b"
)


def read_unnamed(page: Page, mentions: Sequence[Mention]) -> None:
    """Note the anaphora and the vague sources of an article."""
    phrases = page.spots.phrases
    found = sorted(spot for name in phrases.keys() & _SPOTS for spot in phrases[name])
    if not found:
        return
    credited = sorted(
        (row.start, row.end, row.agency)
        for row in page.rows
        if row.is_agency and row.kind is not Kind.PHOTO
    )
    named = {at for mention in mentions for at in range(mention.start - 1, mention.end)}
    taken = 0
    for spot in found:
        if spot.start < taken or page.block_at(spot.start).role is Role.PROMO:
            continue
        if spot.name == "reports":
            if not _somebodys(page, spot):
                page.add((spot.start, spot.end), "", Kind.VAGUE, Scope.SENTENCE)
            taken = spot.end
        elif spot.name == "heads":
            taken = _read_vague(page, spot) or taken
        elif spot.end not in named:
            taken = _read_anaphora(page, credited, spot) or taken


def _read_vague(page: Page, spot: Spot) -> int:
    """Read "local media" and the like where a verb of reporting follows; give where it ends."""
    after = Words(page.text, spot.end, spot.end + _VERB_REACH)
    verb = lexicon.phrases("vague", "verbs").match(after.keys, 0)
    if verb is None or not _open_whose(page, spot):
        return 0
    end = after.end(verb[1] - 1)
    page.add((spot.start, end), "", Kind.VAGUE, Scope.SENTENCE)
    return end


def _open_whose(page: Page, spot: Spot) -> bool:
    """Whether it is left open whose reports they are: not "the reports", "police reports"."""
    if page.text[spot.start : spot.end].lower() not in lexicon.words("vague", "bare"):
        return True
    start = max(page.block_at(spot.start).start, spot.start - _VERB_REACH)
    before = Words(page.text, start, spot.start).keys[:-3:-1]
    if before[:1] == ["and"]:
        before = before[1:]  # "ten ran, and reports said"; but "studies and reports said"
    return not before or not before[0][0].isalnum() or before[0] in lexicon.words("vague", "some")


def _somebodys(page: Page, spot: Spot) -> bool:
    """Whether it is said whose the reports are: "according to reports by The Oregonian"."""
    after = Words(page.text, spot.end, spot.end + _VERB_REACH)
    if after.keys[:1] == [] or after.keys[0] not in lexicon.words("vague", "whose"):
        return False
    word = 1 + lexicon.words("words", "determiners").issuperset(after.keys[1:2])
    return word < len(after.keys) and page.text[after.start(word)].isupper()


def _read_anaphora(page: Page, credited: Sequence[Credited], spot: Spot) -> int:
    """Read "the agency" beside a phrase of reporting; give where it ends."""
    block = page.block_at(spot.start)
    stand_in = Mention(spot.start, spot.end, "", "", needs_context=False)
    cue = Context(page.text, Group.of(stand_in), block.start, block.end).cue(anaphoric=True)
    if cue is None:
        return 0
    newsy = spot.name == "news_agency"
    before = credited[: bisect_left(credited, (spot.start,))]
    low = _reach(page, block) if newsy else block.start
    last = before[-1] if before and before[-1][0] >= low else None
    since = last[1] if last else max(block.start, spot.start - _OTHER_REACH)
    other = _OTHER_AGENCY.search(page.text, since, spot.start) is not None
    if not newsy and (other or not (last or (before and _no_other(page, spot.start)))):
        return 0
    page.add(
        (cue.start, cue.end),
        last[2] if last and not other else "",
        Kind.ANAPHORA,
        Scope.SENTENCE,
    )
    return cue.end


def _reach(page: Page, block: Paragraph) -> int:
    """Give where the last sentence of the block before begins."""
    at = bisect_left(page.starts, block.start)
    if at == 0:
        return block.start
    before = page.blocks[at - 1]
    low = max(before.start, before.end - _OTHER_REACH)
    return list(sentences(page.text, low, before.end))[-1][0]


def _no_other(page: Page, at: int) -> bool:
    """Whether no agency of another kind is named in what was told shortly before."""
    return _OTHER_AGENCY.search(page.text, max(0, at - _OTHER_REACH), at) is None
