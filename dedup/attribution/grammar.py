"""The grammar of names in running text: what stands right before and after them says what they are.

Before a name, determiners and "the German news agency" are read over; after it, adverbs, days and
auxiliaries. What is then found in `patterns.toml` decides; a name beside nothing is no attribution.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dedup.attribution import lexicon
from dedup.attribution.page import Group
from dedup.attribution.phrases import Words, keys_of
from dedup.records import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dedup.attribution.agency import Mention

_REACH = 90  # characters read on either side of a name
_LONGEST_JOINER = 12  # " , and the "
_SKIPPED_AFTER = 5
_DRESS = 6
_NAMED_STAFF = 4
_OBJECT = 4
_ABOUT_ITSELF = 8
_LIST_MARKS = frozenset(",/&-–|+;")
_OPENING = frozenset('«„“"')
_CLOSING = frozenset(".,!?\"”’»)';:]–—")


class Cue(NamedTuple):
    """A kind of attribution and the place of the words that make it, the name included."""

    kind: Kind
    start: int
    end: int


def grouped(text: str, mentions: Sequence[Mention]) -> list[Group]:
    """Join the names of a list, and a name with its short form in brackets behind it."""
    groups: list[list[Mention]] = []
    for mention in mentions:
        if groups and _joined(text, groups[-1][-1], mention):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return [Group.of(*group) for group in groups]


def _joined(text: str, left: Mention, right: Mention) -> bool:
    if right.start - left.end > _LONGEST_JOINER:
        return False
    between = text[left.end : right.start]
    if "\n\n" in between:
        return False
    keys = keys_of(between)
    if keys == ["("] and left.agency == right.agency:
        return True
    joiners = lexicon.words("words", "joiners") | _LIST_MARKS
    allowed = lexicon.words("words", "determiners") | joiners
    return not joiners.isdisjoint(keys) and allowed.issuperset(keys)


class Context:
    """The words before and after one group of names, within its block."""

    def __init__(self, text: str, group: Group, low: int, high: int) -> None:
        self.text = text
        self.group = group
        self._left = Words(text, max(low, group.start - _REACH), group.start)
        self.before = self._left.keys[::-1]  #: the nearest first
        self._right = Words(text, group.end, min(high, group.end + _REACH))
        self.after = self._right.keys
        self.end = group.end + (len(group.mentions) > 1 and _bracketed(text, group))

    def cue(self, *, anaphoric: bool = False) -> Cue | None:
        """Say what kind of attribution the names are here, or that they are none.

        Args:
            anaphoric: The name is "the agency": any verb of saying makes it a report.

        """
        if self._is_unsure() and not self._stands_free():
            return None
        left = self._cue_before(anaphoric=anaphoric)
        right = self._cue_after(anaphoric=anaphoric)
        if left and right and right.kind is Kind.AGENCY_SOURCE and left.kind is not right.kind:
            return Cue(Kind.AGENCY_SOURCE, left.start, right.end)
        return left or right

    def _is_unsure(self) -> bool:
        return all(mention.needs_context for mention in self.group.mentions)

    def _stands_free(self) -> bool:
        """Whether the name is a name of its own here and no part of a longer one."""
        following = self.after[:1]
        if following and _is_word(following[0]) and not self._may_follow(following[0]):
            return False
        return not (self._is_surname() or self._owns_something())

    def _owns_something(self) -> bool:
        """Whether a possession follows that is no member of staff: "Bloomberg's campaign"."""
        if self.after[:1] != ["'s"]:
            return False
        at = self._right.end(0)
        return not self.text[at : at + _REACH].lstrip()[:1].isupper()

    def _may_follow(self, key: str) -> bool:
        known = key in lexicon.words("words", "follow", "nouns")
        return known or lexicon.after().match(self.after, 0) is not None

    def _is_surname(self) -> bool:
        """Whether a capitalised word that is no cue stands right before: "Michael Bloomberg"."""
        if not self.before:
            return False
        start = self._left.start(-1)
        word = self.text[start : start + len(self.before[0])]
        if not word[0].isupper() or word.isupper() or self.before[0] in _read_over_before():
            return False
        return lexicon.before().match(self.before, 0) is None

    def _cue_before(self, *, anaphoric: bool) -> Cue | None:
        for skipped in self._dressing(anaphoric=anaphoric):
            hit = lexicon.before().match(self.before, skipped)
            if hit:
                return Cue(Kind(hit[0]), self._left.start(-hit[1]), self.end)
        return None

    def _dressing(self, *, anaphoric: bool) -> Iterator[int]:
        """Give the word numbers before the name at which a cue may end, nearest first.

        Where "news agency" stands after the name, what stands before it may be its country:
        "according to South Korea's Yonhap news agency".
        """
        keys = self.before
        at = 0
        yield at
        if keys[:1] and keys[0] in _OPENING:
            at = 1  # "рассказал «Интерфаксу»"
            yield at
        while at < len(keys) and keys[at] in lexicon.words("words", "determiners"):
            at += 1
            yield at
        nouns, dress = lexicon.words("words", "nouns"), lexicon.words("words", "dress")
        noun = next((k for k, key in enumerate(keys[at : at + 3], at) if key in nouns), -1)
        if noun >= 0 and all(_is_word(key) for key in keys[at:noun]):
            at = noun + 1
            yield at
        elif not (keys[at : at + 1] and (keys[at] in dress or keys[at] == "'s")) and (
            anaphoric or not self._says_agency()
        ):
            return
        for end, key in enumerate(keys[at : at + _DRESS], at + 1):
            if key in lexicon.words("words", "times") or not (_is_word(key) or key in dress):
                return
            yield end

    def _says_agency(self) -> bool:
        """Whether "news agency" stands in or right after the name."""
        if not lexicon.words("words", "nouns").isdisjoint(self.after[:3]):
            return True
        return _is_agency(self.text[self.group.start : self.group.end])

    def _cue_after(self, *, anaphoric: bool) -> Cue | None:
        for skipped in self._reading_over():
            hit = lexicon.after().match(self.after, skipped)
            if hit is None:
                continue
            value, end = hit
            if value == "house":
                return self._staff_report(end)
            if value == "business":
                return None
            if value == "says" and not anaphoric:
                return self._says(end)
            if value == "says":
                value = Kind.REPORT_VERB
            if value == Kind.REPORT_VERB and self._about_itself(end):
                return None
            return Cue(Kind(value), self._start(), self._end(end))
        return None

    def _start(self) -> int:
        """Where the words begin: at the article before the name, if there is one."""
        if self.before and self.before[0] in lexicon.words("words", "determiners"):
            return self._left.start(-1)
        return self.group.start

    def _end(self, at: int) -> int:
        """Where the words before a word after the name end; a mark that closes them is left out."""
        while not _is_word(self.after[at - 1]):
            at -= 1
        return self._right.end(at - 1)

    def _reading_over(self) -> Iterator[int]:
        """Give the word numbers after the name at which a cue may begin."""
        keys = self.after
        skipped = _read_over_after()
        yield 0
        at = _past_apposition(keys)
        if at:
            yield at
        for _ in range(_SKIPPED_AFTER):
            if at >= len(keys) or not (
                keys[at] in skipped or keys[at].isdigit() or keys[at] == ")"
            ):
                return
            at += 1
            yield at

    def _staff_report(self, at: int) -> Cue | None:
        """Read "AP's Jane Doe reported": the agency's report, told with its writer's name."""
        for end in range(at, min(at + _NAMED_STAFF, len(self.after))):
            hit = lexicon.after().match(self.after, end)
            if hit and hit[0] == Kind.REPORT_VERB and not self._about_itself(hit[1]):
                return Cue(Kind.REPORT_VERB, self._start(), self._end(hit[1]))
            if not self.text[self._right.start(end)].isupper():
                return None
        return None

    def _about_itself(self, at: int) -> bool:
        """Whether a company reports on itself: "Reuters reported a loss"."""
        business = lexicon.phrases("after", "business")
        return any(business.match(self.after, k) for k in range(at, at + _OBJECT))

    def _says(self, at: int) -> Cue | None:
        """Read "AFP said": a report where it cites another or is told afterwards; else not.

        "Reuters said it would cut jobs" is a story about Reuters.
        """
        cue = Cue(Kind.REPORT_VERB, self._start(), self._right.end(at - 1))
        rest = self.after[at : at + _ABOUT_ITSELF]
        if "citing" in rest or "quoting" in rest or "citant" in rest or "citando" in rest:
            return cue
        if self._is_unsure() and self._start() == self.group.start:
            return None
        told_afterwards = (
            not rest or rest[0] in _CLOSING or rest[0] in lexicon.words("words", "times")
        )
        if self._after_a_clause() and told_afterwards:
            return cue
        about_itself = lexicon.words("words", "pronouns")
        if not rest or rest[0] in _CLOSING or not about_itself.isdisjoint(rest):
            return None
        return cue if "that" in rest[:4] or "que" in rest[:4] or "dass" in rest[:4] else None

    def _after_a_clause(self) -> bool:
        at = 1 if self._start() != self.group.start else 0
        return self.before[at : at + 1] in ([","], ["”"], ['"'], ["»"], ["as"], ["“"])


def _bracketed(text: str, group: Group) -> bool:
    """Whether the last name is the short form in brackets, which close right behind it."""
    return text[group.end : group.end + 1] == ")" and "(" in text[group.start : group.end]


@lru_cache(maxsize=4096)
def _is_agency(name: str) -> bool:
    return any(noun in name.lower() for noun in ("agenc", "agenz", "agên", "agentur"))


def _is_word(key: str) -> bool:
    return key[0].isalnum()


def _read_over_before() -> frozenset[str]:
    return lexicon.words("words", "determiners", "nouns", "dress", "times", "joiners")


@cache
def _read_over_after() -> frozenset[str]:
    return lexicon.words("words", "nouns", "dress", "times") - {"'s", "-"}


def _past_apposition(keys: Sequence[str]) -> int:
    """Give where ", the state news agency," after a name ends, or 0."""
    if keys[:1] != [","] or "," not in keys[1:9]:
        return 0
    end = keys.index(",", 1)
    inside = keys[1:end]
    return end + 1 if not lexicon.words("words", "nouns").isdisjoint(inside) else 0
