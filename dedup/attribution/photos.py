"""Photo credits and captions: whose picture it is, never whose words.

A credit is told by its form: "Photo: X/Agency", "Name/Agency", "(Agency photo: X)", "© Photo
Agency / X", "Image copyright Agency", or the name by itself behind the last sentence. A line that
is one, or that ends with one, is a caption.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from dedup.attribution import lexicon
from dedup.attribution.page import ends_sentence
from dedup.attribution.phrases import Words, keys_of
from dedup.records import Kind, Role, Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.attribution.page import Group, Page
    from dedup.records import Paragraph

#: After a name between slashes, which are brackets in Russian datelines.
_CLOSED = ("/.", "/ ", "/-", "/,")
_CAPTION_LENGTH = 420
_REACH = 160
_NEAR = 3
_LABEL_REACH = 40
_TOLD_BY = 3  # letters by which most that stands before a name is told from a label
_CLOSING_MARKS = 3  # a bracket, a full stop
_WORDS = (
    *("photo", "foto", "image", "imag", "picture", "pic", "file photo", "file ", "archive "),
    *("crédit photo", "bild", "immagin", "фото", "φωτ"),
)
_OPENINGS = (
    *(spelled for word in _WORDS for spelled in (word.capitalize(), word.upper(), word)),
    *("©", "(", "[", "Enlarge this image", "Facebook Twitter", "사진", "写真", "图", "圖"),
)
_BY_FIRST = {
    first: tuple(opening for opening in _OPENINGS if opening[0] == first)
    for first in {opening[0] for opening in _OPENINGS}
}
_MARKS = ("hoto", "oto:", "Getty")
#: Words between a word for photos and the name.
_BETWEEN = frozenset({":", "：", "by", "copyright", "courtesy", "of", "©", "credit", "the", "via"})
#: A picture "of Reuters", to picture "the AP": behind a word for photos, words of a sentence.
_SHOWN = frozenset({"of", "the"})
_SENTENCE_ENDS = frozenset(".!?;:")
_NAME = r"[^\W\d_][\w.'’-]*"
_NAME_SLASH = re.compile(rf"(?:{_NAME}[ ,]{{1,2}}){{0,4}}{_NAME} ?/ ?$")
_OWNER_BRACKET = re.compile(rf"© ?(?:{_NAME} ){{1,4}}\($")
_SLASH_NAME = re.compile(rf" ?/ ?(?!Ipsos|GfK|NORC){_NAME}")
#: Whose initials stand beside an agency wrote or edited: "mrc/dpa", "(dpa/hk)", "Lusa/Fim".
_INITIALS_BEFORE = re.compile(r"(?:(?<=\n)|(?<=[(\[])|^)(?:[a-z]{2,4} ?/ ?)+$")
_INITIALS_AFTER = re.compile(r" ?/ ?(?:[a-z]{2,4}|[Ff]im)(?:[)\]]|\Z|\n)")
_ADDRESS = re.compile(r"[\w-]\.[a-z]{2,}(?:/[\w./-]*)?/ ?$")
#: What an agency's own number for a story looks like: "© dpa-infocom, dpa:210815-99-845012/2".
_SERVICE_NUMBER = re.compile(r"\w:\d{6}-\d+-\d")
#: The names that stand with one, with slashes or blanks between them: "ABC News/Ipsos".
_LISTED_BEFORE = re.compile(r"(?:[A-Z](?:[\w&'’-]|\.(?! ))*(?: ?/ ?| )(?:the )?)+$")
_LISTED_AFTER = re.compile(r"(?:(?: ?/ ?| )(?:[Tt]he )?[A-Z](?:[\w&'’-]|\.(?! ))*)*")
_BRACKET_BEFORE = re.compile(r"[(\[][^()\[\]]*[)\]]\s*$")
_SURVEY_REACH = 3  # words
_DATELINE_DASH = re.compile(r"\s?(?:--|[-–—])\s")
_DATED = re.compile(r"\b\d{1,2}/\d{1,2}/\d{2}")
_COLON_NAME = re.compile(r": [A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+){1,2}[)\]]")
_AGENCY_PHOTO = re.compile(
    r"[ -]?(?:\(?file\)? )?(?:photos?|fotos?|pics?|images?|via getty|via reuters|/? ?getty)\b"
    rf"(?: ?/ ?{_NAME}(?: {_NAME}){{0,3}}(?:, file)?)?|, FILE\b"
    r"|记者.{1,12}[摄攝]|[资資]料[图圖]",
    re.IGNORECASE,
)
#: How what follows a name in a photo credit begins.
_MAY_FOLLOW = re.compile(r"[ -]{0,2}[(/,fgipv记资資]", re.IGNORECASE)
_CREDIT_START = re.compile(
    r"\W{0,3}(?:file |archive |crédit |photo )?"
    r"(?:photos?|photograph|photographer|images?|fotos?|bild|pictures?|pics?|imagen|imagem|immagine"
    r"|fotografía|fotografia|사진|写真|图片|圖片|фото|φωτ[οό])"
    r"(?: (?:by|credit|courtesy|copyright|caption|de|di|von|por|provided)\b| ?[:：©|/])"
    r"|Enlarge this image|Image copyright|Facebook Twitter Pinterest|© ?photo",
    re.IGNORECASE,
)
#: How a photo credit ends, by a mark that it has there.
_CREDIT_ENDS = {
    mark: re.compile(pattern, re.IGNORECASE)
    for mark, pattern in {
        ":": r"(?:photo(?:graph|s)?|foto|image|picture|bild)"
        r"(?: by| courtesy| credit)?:[^\n]{2,80}$",
        "/": r"[^\W\d_]/ ?(?:[\w ]+/ ?)?Getty(?: Images)?\W{0,2}$",
        "©": r"(?<!copyright )©"
        r"(?!\s?(?:\d{4}|copyright|riproduzione|all rights|tous droits|alle rechte))[^\n]{2,60}$",
    }.items()
}
_BRACKETED_END = re.compile(
    r"[(\[][^()\[\]]{0,80}(?:photo|foto|image|getty|bild|pic)s?\b[^()\[\]]{0,80}[)\]]\W{0,2}$",
    re.IGNORECASE,
)


def read_photos(page: Page, groups: list[Group]) -> None:
    """Note the photo credits among the names, and which paragraphs are captions."""
    for group in groups:
        block = page.block_at(group.start)
        span = _credit(page, group, block)
        if span is None:
            continue
        for mention in group.mentions:
            page.used.add(mention.start)
            page.add(span, mention.agency, Kind.PHOTO, Scope.PARAGRAPH)
        if _is_caption(page.text, block, span):
            page.roles[block.n] = Role.CAPTION
    for block in _likely_captions(page):
        if _is_credit_line(page.text, block) and not _closes_story(page, block):
            page.roles.setdefault(block.n, Role.CAPTION)


def _closes_story(page: Page, block: Paragraph) -> bool:
    """Whether "© Agence France-Presse" stands last: a picture's owner goes by a short name."""
    owner = page.text[block.start : block.end].lstrip("© ").rstrip(". ")
    agency = page.catalogue.agencies.get(page.catalogue.by_name(owner))
    if agency is None or owner != agency.name or owner == agency.id.upper():
        return False
    return page.is_last_told(block)


def _likely_captions(page: Page) -> list[Paragraph]:
    """Give the blocks that begin as a photo credit may, or hold a mark of one: a cheap look."""
    text = page.text
    likely = [
        start
        for start in page.starts
        if (first := text[start]) in _BY_FIRST and text.startswith(_BY_FIRST[first], start)
    ]
    likely += [at for at in page.spots.photos if text.startswith(_MARKS, at)]
    if "©" in text:
        likely += [found.start() for found in re.finditer("©", text)]
    return [page.block_at(at) for at in likely]


def _credit(page: Page, group: Group, block: Paragraph) -> tuple[int, int] | None:
    text, start, end = page.text, group.start, group.end
    if _says_photo(text[start:end]):  # Getty Images
        return start, end
    called = _AGENCY_PHOTO.match(text, end) if _MAY_FOLLOW.match(text, end) else None
    name, after = _slashed(text, block, group)
    if (name or after) and not called and _in_sentence(text, block, group):
        name = after = None
    after = called or after
    bracket = _bracket(text, block, start)
    if bracket and (name or after or _photo_bracket(text, bracket, group)):
        return bracket if called or not _DATELINE_DASH.match(text, bracket[1]) else None
    if name:
        return name.start(), after.end() if after else end
    if after:
        return start, after.end()
    low = max(block.start, start - 60)
    owner = _OWNER_BRACKET.search(text, low, start) if "©" in text[low:start] else None
    if owner:
        return owner.start(), end
    return _labelled(text, group, block) or _closing(page, group, block)


def _slashed(
    text: str, block: Paragraph, group: Group
) -> tuple[re.Match[str] | None, re.Match[str] | None]:
    """Give what slashes join to a name, before it and behind it: "Jane Doe/AP", "AP/Jane Doe"."""
    start, end = group.start, group.end
    if "/" not in text[max(0, start - 2) : end + 2]:
        return None, None
    low = max(block.start, start - 60)
    slash = "/" in text[max(block.start, start - 2) : start] and text[end : end + 2] not in _CLOSED
    if slash and _ADDRESS.search(text, low, start):
        return None, None
    if _INITIALS_BEFORE.search(text, low, start) or _INITIALS_AFTER.match(text, end, block.end):
        return None, None
    name = _NAME_SLASH.search(text, low, start) if slash else None
    return name, _SLASH_NAME.match(text, end) if "/" in text[end : end + 2] else None


def _in_sentence(text: str, block: Paragraph, group: Group) -> bool:
    """Whether names joined by slashes are part of a sentence, as in "a CNN/ORC poll"."""
    low = max(block.start, group.start - _REACH)
    listed = _LISTED_BEFORE.search(text, low, group.start)
    before = Words(text, low, listed.start() if listed else group.start).keys[::-1]
    if before[:1] in (["a"], ["an"], ["the"]) or _asks(before):
        return True
    found = _LISTED_AFTER.match(text, group.end, block.end)
    end = found.end() if found else group.end
    last = keys_of(text[group.start : end])[-1]
    after = Words(text, end, min(block.end, end + _LABEL_REACH)).keys
    return _asks([last]) or _asks(after)


def _asks(keys: Sequence[str]) -> bool:
    """Whether one of the next few words, within the sentence, is a word for a survey."""
    for key in keys[:_SURVEY_REACH]:
        if key in lexicon.words("lines", "surveys"):
            return True
        if key in _SENTENCE_ENDS:
            return False
    return False


def _closing(page: Page, group: Group, block: Paragraph) -> tuple[int, int] | None:
    """Read a name by itself behind the last sentence: "… moved to hospital. (Aug. 22) AP".

    At the end of the story it would say whose story that is.
    """
    if group.end != block.end or block.end - block.start > _CAPTION_LENGTH:
        return None
    told = _BRACKET_BEFORE.sub("", page.text[block.start : group.start])
    if not ends_sentence(page.text, block.start, group.start) or not told.strip():
        return None
    return None if page.is_last_told(block) else (group.start, group.end)


def _bracket(text: str, block: Paragraph, at: int) -> tuple[int, int] | None:
    """Give the span of the brackets around an offset, if it stands in any."""
    low = max(block.start, at - _REACH)
    opening = max(text.rfind("(", low, at), text.rfind("[", low, at))
    if opening < 0:
        return None
    closing = text.find(")" if text[opening] == "(" else "]", opening, block.end)
    return (opening, closing + 1) if closing >= at else None


def _photo_bracket(text: str, bracket: tuple[int, int], group: Group) -> bool:
    """Whether brackets hold "Photo: …", "Jane Doe via AP" or "Reuters: Jane Doe"."""
    before = text[bracket[0] + 1 : group.start].strip()
    if _DATED.search(text, *bracket):  # "[Agency, 2/19/14, via Outlet]" cites an article
        return False
    if before.endswith(" via") or _COLON_NAME.match(text, group.end):
        return True
    return _says_photo(text[bracket[0] : bracket[1]])


@lru_cache(maxsize=4096)
def _says_photo(text: str) -> bool:
    return not _photos().isdisjoint(keys_of(text))


def _labelled(text: str, group: Group, block: Paragraph) -> tuple[int, int] | None:
    """Read "Photo: Agency", "Image copyright Agency": a photo word right before the name."""
    low = max(block.start, group.start - _LABEL_REACH)
    led = text[low : group.start].rstrip().lower()
    if _label_tails().isdisjoint((led[-_TOLD_BY:], led[-2:], led[-1:])):
        return None
    before = Words(text, low, group.start)
    nearest = before.keys[: -_NEAR - 2 : -1]
    for number, key in enumerate(nearest, 1):
        if key in _photos():
            shown = number > 1 and nearest[number - 2] in _SHOWN and key != "courtesy"
            return None if shown else (before.start(-number), group.end)
        if key not in _BETWEEN:
            return None
    return None


@cache
def _photos() -> frozenset[str]:
    return lexicon.words("lines", "photos")


@cache
def _label_tails() -> frozenset[str]:
    """Give the last letters of all that may stand right before a name that it labels."""
    return frozenset(word[-_TOLD_BY:] for word in _photos() | _BETWEEN)


def _is_caption(text: str, block: Paragraph, span: tuple[int, int]) -> bool:
    if block.end - block.start > _CAPTION_LENGTH:
        return False
    ends_with_it = block.end - span[1] <= _CLOSING_MARKS
    return ends_with_it or _CREDIT_START.match(text, block.start) is not None


def _is_credit_line(text: str, block: Paragraph) -> bool:
    if block.end - block.start > _CAPTION_LENGTH:
        return False
    if _CREDIT_START.match(text, block.start):
        return True
    low = max(block.start, block.end - _REACH)
    closing = text[max(low, block.end - _CLOSING_MARKS) : block.end]
    ends = [end for mark, end in _CREDIT_ENDS.items() if text.find(mark, low, block.end) >= 0]
    if ")" in closing or "]" in closing:
        ends.append(_BRACKETED_END)
    if not any(end.search(text, low, block.end) for end in ends):
        return False
    return _SERVICE_NUMBER.search(text, low, block.end) is None
