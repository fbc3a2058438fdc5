"""How a name stands in running text: its spellings, its edges, and the longest of many."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Between the words of a name: blanks, a hyphen or one line break, never an empty line.
_GAP = re.compile(r"[^\S\n]*[\n‐‑-][^\S\n]*|[^\S\n]+")
_GAPS = re.compile(r"[\s‐‑-]+")
#: Scripts that put no blank between words, or put particles right after a name: Thai, Lao, Hangul,
#: Kana, Han. A name begins and ends anywhere in them.
_SPACELESS = "\u0e00-\u0eff\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af"
#: Marks that `\w` leaves out, though the word goes on after them (Devanagari, Bengali, Arabic …).
_MARKS = "\u0300-\u036f\u064b-\u0655\u0900-\u0963\u0966-\u0dff"
_spaceless = re.compile(f"[{_SPACELESS}]").match
_other_letter = re.compile(rf"[^\W_{_SPACELESS}]|[{_MARKS}]").match
_FIRST_MARK = "\u0300"
#: One-letter words (and, for, by, in, as …) that are written together with the name after them.
_PREFIXES = (("\u0600", "\u06ff", "وفبلكس"), ("\u0590", "\u05ff", "ובלכמשה"))
_LONGEST_PREFIX = 3
_TOKEN = re.compile(r"(?<![^\W_])(?!www\.)[^\W_]+(?:\.[^\W_]+)*")

#: A run of letters of a name that is written in one way, or what is written in several.
_PIECE = re.compile(r"[^ ']+|[ ']")


class Tree(dict[str, tuple[str, "Tree"]]):
    """Names by the letter that they go on with: the piece it begins, and what follows.

    Attributes:
        ends: Whether a name ends here.

    """

    ends = False


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


def tree(keys: Iterable[str]) -> Tree:
    """Put names together by the letters that they begin with."""
    root, alike = Tree(), defaultdict[str, list[str]](list)
    for name in keys:
        alike[name[:1]].append(name)
    root.ends = "" in alike
    for letter, begun in alike.items():
        if common := _PIECE.match(_in_common(begun)):
            piece = common[0]
            root[letter] = piece, tree(name[len(piece) :] for name in begun)
    return root


def _in_common(names: Sequence[str]) -> str:
    """Give what all of some names begin with."""
    first, last = min(names), max(names)  # the two that are least alike
    length = next((at for at, letter in enumerate(first) if letter != last[at : at + 1]), None)
    return first[:length]


def longest(node: Tree, text: str, at: int) -> int:
    """Give the end of the longest name of a tree that stands at ``text[at]``, or 0."""
    end = 0
    while True:
        if node.ends and _ends(text, at):
            end = at
        letter = text[at : at + 1]
        if letter in node and letter != " ":
            piece, node = node[letter]
            if not text.startswith(piece, at):
                return end
            at += len(piece)
        elif " " in node and (gap := _GAP.match(text, at)):
            node, at = node[" "][1], gap.end()
        elif letter == "’" and "'" in node:
            node, at = node["'"][1], at + 1
        else:
            return end


def _ends(text: str, at: int) -> bool:
    """Whether a name whose last letter is ``text[at - 1]`` can end there: no word goes on."""
    return at == len(text) or not _is_letter(text[at]) or is_spaceless(text[at - 1])


def _is_letter(letter: str) -> bool:
    """Whether a word goes on with a letter, digit or mark, blanks being put between words."""
    if letter < _FIRST_MARK:
        return letter.isalnum()
    return _other_letter(letter) is not None
