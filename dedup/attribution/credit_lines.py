"""Credit lines at the edges of a page: taglines, sign-offs, end marks, and what else stands there.

A credit line is a short line whose words, apart from the names, all belong to the vocabulary of
credits ("With inputs from", "Source:"), or that opens or closes with a phrase only credits have
("Additional reporting by", "contributed to this report").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dedup.attribution import lexicon
from dedup.attribution.bylines import is_byline, is_staff_line, read_byline
from dedup.attribution.notices import in_part, read_copyright, read_notice
from dedup.attribution.page import lines, sentences
from dedup.attribution.phrases import keys_of
from dedup.attribution.units import Unit, may_hold_credit, note
from dedup.records import Kind, Role, Scope, SignKind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet

    from dedup.attribution.page import Group, Page
    from dedup.records import Paragraph

    Reader = Callable[[Page, Unit], bool]

_INITIALS = re.compile(r"[a-z]{2,4}(?:-[a-z]{2,4})?(?:/[a-z]{1,4}(?:-[a-z]{2,4})?)+\Z")
_DESK_MARKS = re.compile(r"(?:[ /.-]{1,3}(?:[A-Z]{2,5}|[a-z]{2,4}[0-9]?|[a-z][0-9])){1,8}[ .]*\Z")
#: The brackets at an end, before the address of whose they are: "(NAN)(www.nannews.ng)".
_BRACKETED_END = re.compile(
    r"[(\[]([^()\[\]]{2,300})[)\]]( ?\((?:https?://|www\.)[^()\s]{3,80}\))?\W{0,2}\Z"
)
#: Names, initials and what joins them, a name being "@": "mrc/@/@", "dh/wmr (@, @, @)", "@/Fim".
_DESK_LINE = re.compile(
    r"(?:[a-z]{2,4}(?:[/-][a-z]{2,4})*(?: ?/ ?|, ?| (?=\()))?[(\[]?"
    r"@(?:(?: ?/ ?|, ?)(?:@|[a-z]{2,4}|[Ff]im))*[)\]]?\.?"
)
_DATED = re.compile(r"\([^()]*\d\.\d{1,2}\.\d{4}\)\Z")  #: "(APA, 5.6.2024)"
#: "HARBOUR MAIL WEB DESK WITH AP"
_WITH = re.compile(r" (?:WITH|AND|&) $")
_LAST_SENTENCES = 5
#: Within a paragraph "copyright" is a word like others.
_DATED_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)[\s©(c)]*\d{4}\b", re.IGNORECASE)
_ADDS = re.compile(r" adds?:")
_SENTENCE_CLOSED = tuple('.!?"”’»)…')
_BRACKETS = tuple("([")
_QUOTED = ("”", '"', "»")
_LONGEST_TITLE = 140  #: characters
#: What an agency adds, it adds to somebody else's work.
_ADDED = re.compile(
    r"contribut|contains|additional|zusätzlich|complément|adicional|aggiunt", re.IGNORECASE
)
#: A person by first and last name, and after that the agency.
_PERSON_BESIDE = re.compile(
    r"\b[A-ZÀ-Ý][\w.'’-]+ (?:[A-ZÀ-Ý]\. )?[A-ZÀ-Ý][\w'’-]+(?:[,;]| and| &| et| und| y| e)"
    r"(?: [Tt]he)? *\Z"
)
#: A person or an outlet, and "with".
_BESIDE = re.compile(
    r"[(\[–—-]* ?[A-ZÀ-Ý0-9][\w.'’&-]*"
    r"(?: (?:[A-ZÀ-Ý0-9&][\w.'’&-]*|d[aeou]s?|del|l[ae]s?|of|y)){0,5},? "
    r"(?:avec|mit|with|met|(?:con|com)(?: informaci[oó]n(?:es)? de(?: la)?| informações d[ao])?) "
    r"(?:l['’]|la |the |der )?"
)


def read_credit_lines(page: Page, groups: list[Group]) -> None:
    """Note the credit lines among the last and the first blocks, and the paragraphs they are."""
    places = [group.start for group in groups] + [spot.start for spot in page.spots.credits]
    naming = page.blocks_with(places)
    for block in reversed(page.tail()):
        if _is_open(page, block, naming):
            _read_block(page, block, groups, _read_last_line)
    for block in page.head():
        if _is_open(page, block, naming):
            _read_block(page, block, groups, _read_first_line)
    for group in page.free(groups):
        adds = _ADDS.match(page.text, group.end)
        if adds and page.block_at(group.start).start == group.start:
            note(page, [group], (group.start, adds.end()), Kind.TAGLINE, Scope.PARAGRAPH)


def _is_open(page: Page, block: Paragraph, naming: AbstractSet[int]) -> bool:
    """Whether it is still open what a block is, and a line of it may be a credit."""
    n, start, end, _ = block
    if n in page.roles:
        return False
    return n in naming or may_hold_credit(page.text, start, end)


def _is_broken(page: Page, block: Paragraph) -> bool:
    return page.text.find("\n", block.start, block.end) >= 0


def _read_block(page: Page, block: Paragraph, groups: list[Group], read: Reader) -> None:
    wholly = read(page, Unit(page, (block.start, block.end), groups))
    if not wholly and _is_broken(page, block):
        pieces = lines(page.text, block.start, block.end)
        read_pieces = [read(page, Unit(page, piece, groups)) for piece in pieces]
        wholly = all(read_pieces)
    if wholly:
        page.roles[block.n] = Role.CREDIT


def _read_first_line(page: Page, unit: Unit) -> bool:
    """Read a line near the beginning; say whether all of it is credit."""
    return unit.may_be_credit and (
        read_notice(page, unit)
        or read_copyright(page, unit)
        or (bool(unit.groups) and _sign_off(page, unit))
        or _all_vocabulary(page, unit, at_head=True)
        or _one_sentence(page, unit)
        or _signature(page, unit)
        or read_byline(page, unit)
        or _beside_outlet(page, unit)
    )


def _read_last_line(page: Page, unit: Unit) -> bool:
    """Read a line near the end; say whether all of it is credit."""
    if unit.may_be_credit and _read_line_alone(page, unit):
        return True
    if ")" in page.text[unit.end - 3 : unit.end]:
        closing = _BRACKETED_END.search(page.text, *unit.span)
        if closing and _read_closing(page, unit, closing):
            return closing.start() == unit.start
    if not unit.names:
        return False
    parts = list(sentences(page.text, *unit.span))
    if len(parts) == 1:
        return False
    last = [
        _read_sentence(page, Unit(page, part, unit.groups)) for part in parts[-_LAST_SENTENCES:]
    ]
    last[-1] = last[-1] or _trailing(page, Unit(page, parts[-1], unit.groups))
    return all(last) and len(parts) <= _LAST_SENTENCES


def _read_line_alone(page: Page, unit: Unit) -> bool:
    return (
        read_notice(page, unit)
        or read_copyright(page, unit)
        or _sign_off(page, unit)
        or _all_vocabulary(page, unit, at_head=False)
        or _beside_outlet(page, unit)
        or _one_sentence(page, unit)
        or is_staff_line(unit)
    )


def _read_closing(page: Page, unit: Unit, closing: re.Match[str]) -> bool:
    """Read brackets at the end of a paragraph: "... by evening. (ANI)"."""
    span = (closing.start(), closing.start(2) if closing[2] else closing.end())
    inside = Unit(page, span, unit.groups)
    if inside.groups and not inside.rest():
        before = page.text[unit.start : span[0]].rstrip()
        if not before.endswith(_SENTENCE_CLOSED) and (before or not closing[2]):
            return False
        note(page, inside.groups, span, Kind.SIGN_OFF)
        return True
    return inside.may_be_credit and _read_line_alone(page, inside)


def _read_sentence(page: Page, unit: Unit) -> bool:
    if not unit.may_be_credit:
        return False
    dated = _DATED_COPYRIGHT.match(page.text, *unit.span) and read_copyright(page, unit)
    return dated or _by_phrase(page, unit) or is_staff_line(unit)


def _signature(page: Page, unit: Unit) -> bool:
    """Read whose words a quoted paragraph is: "Jane Doe, CNN" below it, which is no byline."""
    before = page.block_at(unit.start - 1)
    quoted = before.start < unit.start and page.text[before.start : before.end].endswith(_QUOTED)
    if not (quoted and unit.groups and is_byline(page, unit)):
        return False
    if before.end - before.start < _LONGEST_TITLE:
        return False
    note(page, unit.groups, unit.span, Kind.QUOTED_BY, Scope.PARAGRAPH)
    return True


def _trailing(page: Page, unit: Unit) -> bool:
    """Read what names an agency and says nothing else, behind the last sentence of the story.

    "… by evening. AFP", "… by evening. With Reuters", "… by evening. -- IANS".
    """
    if not unit.groups:
        return False
    return _desk_marks(page, unit) or _all_vocabulary(page, unit, at_head=False)


def _one_sentence(page: Page, unit: Unit) -> bool:
    if not (unit.names and _opens_or_closes(page, unit)):
        return False
    bracketed = page.text.startswith(_BRACKETS, unit.start)
    single = bracketed or len(list(sentences(page.text, *unit.span))) == 1
    return single and _by_phrase(page, unit)


def _opens_or_closes(page: Page, unit: Unit) -> bool:
    opens = unit.begins_with(lexicon.phrases("lines", "openers"))
    return opens is not None or page.spot("closers", *unit.span) is not None


def _sign_off(page: Page, unit: Unit) -> bool:
    """Read "(Reporting by …; Editing by …)", "pg-nb/str/cw", "PTI CORR DPT RKS"."""
    stated = lexicon.phrases("lines", "sign_offs")
    bracketed = page.text.startswith(_BRACKETS, unit.start)
    if unit.begins_with(stated) or (bracketed and stated.find(unit.words.keys)):
        return _stated_sign_off(page, unit, bracketed=bracketed)
    if _INITIALS.match(page.text, *unit.span):
        page.add(unit.span, "", Kind.SIGN_OFF, Scope.ARTICLE)
        return True
    return _desk_marks(page, unit)


def _desk_marks(page: Page, unit: Unit) -> bool:
    """Read an agency and its desk, "PTI CORR DPT", "Lusa/Fim", or editors and theirs, "mrc/AFP"."""
    leading = len(unit.groups) == 1 and unit.groups[0].start == unit.start
    marks = leading and _DESK_MARKS.match(page.text, unit.groups[0].end, unit.end)
    if not marks and not (unit.groups and unit.is_short and _is_desk_line(unit)):
        return False
    leads = marks or page.text[unit.start : unit.groups[0].start].strip("([") == ""
    note(page, unit.groups, unit.span, Kind.SIGN_OFF if leads else Kind.TAGLINE)
    return True


def _is_desk_line(unit: Unit) -> bool:
    """Whether a line holds names and initials alone, and some of these."""
    line = unit.text
    for mention in [m for group in unit.groups for m in group.mentions][::-1]:
        line = line[: mention.start - unit.start] + "@" + line[mention.end - unit.start :]
    return _DESK_LINE.fullmatch(line) is not None and line.strip("()[]@,./ ") != ""


def _stated_sign_off(page: Page, unit: Unit, *, bracketed: bool) -> bool:
    tagline = unit.begins_with(lexicon.phrases("lines", "openers"))
    if tagline and (unit.groups or not bracketed):
        return not unit.groups  # "Additional reporting by Reuters", or by the house's own people
    if unit.groups:
        note(page, unit.groups, unit.span, Kind.SIGN_OFF)
    else:
        page.add(unit.span, "", Kind.SIGN_OFF, Scope.ARTICLE)
    return True


def _by_phrase(page: Page, unit: Unit) -> bool:
    """Read a sentence that opens or closes as only taglines do."""
    opens = unit.begins_with(lexicon.phrases("lines", "openers"))
    if not opens and not page.spot("closers", *unit.span):
        return False
    named = [group for group in unit.groups if not _is_employer(page, group)]
    if named:
        start = unit.start if opens else named[0].start
        note(page, named, (start, unit.end), Kind.TAGLINE)
        _read_own_part(page, unit, named)
    elif page.spot("generic", *unit.span):
        page.add(unit.span, "", Kind.TAGLINE, Scope.ARTICLE)
        if part := in_part(page, unit):
            page.sign(*part.span(), SignKind.OWN_REPORTING)
    elif opens:
        return False
    page.used.update(m.start for group in unit.groups for m in group.mentions)
    return True


def _read_own_part(page: Page, unit: Unit, named: Sequence[Group]) -> None:
    """Note that a report is the outlet's own, where its tagline says so.

    An agency as such contributes to somebody else's report ("AFP contributed to this report",
    "Contributing: AFP"); its writers contribute to its own. And the outlet names its own people
    before the agency ("Jane Doe and AFP contributed"); who is named as somebody of one is its.
    """
    end = named[0].start
    closes = page.spot("closers", *unit.span)
    if closes and not page.text[named[-1].end : closes.start].strip():
        page.sign(closes.start, closes.end, SignKind.OWN_REPORTING)
        return
    own = _ADDED.search(page.text, unit.start, end) or in_part(page, unit)
    if own := own or _own_person(page, unit, end):
        page.sign(*own.span(), SignKind.OWN_REPORTING)


def _own_person(page: Page, unit: Unit, end: int) -> re.Match[str] | None:
    """Find who of the outlet is named right before the agency."""
    agencies = page.catalogue.agencies
    before = [m for group in unit.groups for m in group.mentions if m.start < end]
    if any(agencies[m.agency].is_agency for m in before):
        return None
    return _PERSON_BESIDE.search(page.text[:end], max([unit.start, *(m.end for m in before)]))


def _is_employer(page: Page, group: Group) -> bool:
    """Whether a name stands for its staff ("CNN's Jane Doe") or for the outlet itself."""
    following = keys_of(page.text[group.end : group.end + 4])[:1]
    if following in (["'s"], ["'"]):
        return True
    agencies = page.catalogue.agencies
    return all(page.is_own(m.agency) and not agencies[m.agency].is_agency for m in group.mentions)


def _all_vocabulary(page: Page, unit: Unit, *, at_head: bool) -> bool:
    """Read a line of names and credit words alone."""
    if not unit.is_short or unit.words.keys[-1] == ":":
        return False
    if not unit.groups and lexicon.words("lines", "generic").isdisjoint(unit.words.keys):
        return False
    rest = unit.rest()
    if _DATED.match(page.text, *unit.span):
        rest = [key for key in rest if not key.isdigit()]
    if not lexicon.words("lines", "vocabulary").issuperset(rest):
        return False
    if unit.groups:
        kind = _line_kind(page, unit, rest, at_head=at_head)
        note(page, unit.groups, unit.span, kind)
        if unit.begins_with(lexicon.phrases("lines", "staff")):  # "Staff and AFP"
            page.sign(*unit.span, SignKind.OWN_REPORTING)
        elif kind is Kind.TAGLINE:
            _read_own_part(page, unit, unit.groups)
    else:
        page.add(unit.span, "", Kind.TAGLINE, Scope.ARTICLE)
    return True


def _beside_outlet(page: Page, unit: Unit) -> bool:
    """Read a line of a name and its source: "Ouest-France avec AFP", "G1, com Reuters"."""
    if not (unit.groups and unit.is_short) or unit.groups[-1].end < unit.end - 1:
        return False
    own = (page.text, unit.start, unit.groups[0].start)
    desk = _WITH.search(*own) and lexicon.phrases("lines", "staff").find(unit.words.keys)
    if not desk and not _BESIDE.fullmatch(*own):
        return False
    note(page, unit.groups, unit.span, Kind.TAGLINE)
    _read_own_part(page, unit, unit.groups)
    return True


def _line_kind(page: Page, unit: Unit, rest: Sequence[str], *, at_head: bool) -> Kind:
    if unit.begins_with(lexicon.phrases("lines", "sources")):
        return Kind.END_MARK
    byline = unit.begins_with(lexicon.phrases("lines", "bylines"))
    if at_head and (not rest or byline or "staff" in rest):
        return Kind.BYLINE
    if rest or page.text.startswith(_BRACKETS, unit.start):
        return Kind.TAGLINE
    return Kind.END_MARK
