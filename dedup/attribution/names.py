"""How a name stands in running text: its spellings, its edges, and one pattern for many."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: Between the words of a name: blanks, a hyphen or one line break, never an empty line.
_GAP = r"(?:[^\S\n]+|[^\S\n]*[\n‐‑-][^\S\n]*)"
_GAPS = re.compile(r"[\s‐‑-]+")
#: Scripts that put no blank between words, or put particles right after a name: Thai, Lao, Hangul,
#: Kana, Han. A name begins and ends anywhere in them.
_SPACELESS = "\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af"
#: Marks that `\w` leaves out, though the word goes on after them (Devanagari, Bengali, Arabic …).
_MARKS = "\u0300-\u036f\u064b-\u0655\u0900-\u0963\u0966-\u0dff"
_LETTER = rf"[^\W_{_SPACELESS}]|[{_MARKS}]"
_WORD_ENDS = rf"(?!{_LETTER})"
_spaceless = re.compile(f"[{_SPACELESS}]").match
_is_letter = re.compile(_LETTER).match
#: One-letter words (and, for, by, in, as …) that are written together with the name after them.
_PREFIXES = (("\u0600", "\u06ff", "وفبلكس"), ("\u0590", "\u05ff", "ובלכמשה"))
_LONGEST_PREFIX = 3
_BETWEEN = re.compile(r"\W+")
_TOKEN = re.compile(r"(?<![^\W_])(?!www\.)[^\W_]+(?:\.[^\W_]+)*")

_Trie = dict[str, "_Trie"]


@lru_cache(maxsize=8192)
def key(name: str) -> str:
    """Write a name with single blanks for any gap and straight apostrophes, its case kept."""
    return _GAPS.sub(" ", name).strip().replace("’", "'")


def in_capitals(name_key: str) -> set[str]:
    """Give a key in capitals, for Greek also without accents, as capitals are written there."""
    capitals = name_key.upper()
    if capitals.isascii():
        return {capitals}
    bare = unicodedata.normalize("NFD", capitals).replace("\u0301", "")
    return {capitals, unicodedata.normalize("NFC", bare)}


def tokens(text: str) -> list[tuple[int, int, str]]:
    """Split a short text into ``(start, end, folded word)``: no case, accents or inner dots."""
    return [(*m.span(), _fold(m.group())) for m in _TOKEN.finditer(text)]


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """Reduce a name to its folded words, so that ``A.P.``, ``ap`` and ``Ap`` are one."""
    return " ".join(word for _, _, word in tokens(name))


def _fold(word: str) -> str:
    if word.isascii():
        return word.lower().replace(".", "")
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in decomposed if c != "." and not unicodedata.combining(c))


def begins(text: str, at: int) -> bool:
    """Whether a word, and so a name, can begin at ``text[at]``."""
    if text[at + 1 : at + 2] == "." and text[max(0, at - 1) : at] == ".":
        return False  # the end of longer initials: the N.A.A.C.P. is not the C.P.
    if at == 0 or not _is_letter(text[at - 1]) or is_spaceless(text[at]):
        return True
    for low, high, prefixes in _PREFIXES:
        if low <= text[at] <= high:
            return _only_prefixes(text, at, prefixes)
    return False


def _only_prefixes(text: str, at: int, prefixes: str) -> bool:
    for before in range(at - 1, max(-1, at - 1 - _LONGEST_PREFIX), -1):
        if text[before] not in prefixes:
            return False
        if before == 0 or not _is_letter(text[before - 1]):
            return True
    return False


def is_spaceless(letter: str) -> bool:
    """Whether a letter belongs to a script in which a name begins and ends anywhere."""
    return _spaceless(letter) is not None


def head(name: str, *, reach: int) -> str:
    """Give the beginning of a name by which a text is searched for it.

    It is ``reach`` characters of the first word, or that word and one more letter: enough to
    stand rarely in a text without the name, and a table of all of them compiles fast.
    """
    first, gap, rest = plain(name).partition(" ")
    return first[:reach] if len(first) >= reach else first + gap + rest[:1]


def plain(name: str) -> str:
    """Write a name as bare words, a single blank for all that stands between them."""
    return _BETWEEN.sub(" ", name).strip()


def head_pattern(heads: Iterable[str]) -> re.Pattern[str]:
    """Compile one pattern for many heads, the longest first.

    It begins with plain letters, so that the regex engine skips through a text by its table of
    first letters; whether a word begins there is therefore asked afterwards (`begins`).
    """
    return re.compile(_source(_trie(heads), gap=r"\W+", ends=lambda _: ""))


def name_pattern(keys: Iterable[str]) -> re.Pattern[str]:
    """Compile one pattern for whole names, the longest first; a word ends where the name does."""
    return re.compile(
        _source(_trie(keys), gap=_GAP, ends=lambda last: "" if is_spaceless(last) else _WORD_ENDS),
    )


def _trie(keys: Iterable[str]) -> _Trie:
    trie: _Trie = {}
    for name in keys:
        node = trie
        for letter in name:
            node = node.setdefault(letter, {})
        node[""] = {}
    return trie


def _source(node: _Trie, *, gap: str, ends: Callable[[str], str], last: str = " ") -> str:
    branches = [
        _letter(letter, gap) + _source(child, gap=gap, ends=ends, last=letter)
        for letter, child in sorted(node.items())
        if letter
    ]
    if "" in node:
        branches.append(ends(last))
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _letter(letter: str, gap: str) -> str:
    if letter.isalnum():
        return letter
    if letter == " ":
        return gap
    return "['’]" if letter == "'" else re.escape(letter)
