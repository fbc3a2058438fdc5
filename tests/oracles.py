"""Slow, plain versions of what the vectorised code does: short enough to be seen to be right."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, is_normalized, normalize

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

BASE, MIXER, MODULUS = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93, 1 << 64

INVISIBLE = (
    (0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x34F, 0x34F),
    (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F),
    (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF9, 0xFFFB), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)  # fmt: skip
SPACELESS = (
    (0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x2E80, 0x2FDF), (0x3005, 0x3007),
    (0x3021, 0x3029), (0x3038, 0x303B), (0x3041, 0x30FF), (0x31F0, 0x31FF), (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF), (0xA9E0, 0xA9FF), (0xAA60, 0xAA7F), (0xF900, 0xFAFF), (0xFF66, 0xFF9F),
    (0x1AFF0, 0x1B16F), (0x20000, 0x3FFFF),
)  # fmt: skip
APOSTROPHES = "'\u2019\uff07\u02bc"
PLAIN = {
    "'": APOSTROPHES + "\u2018\u201a\u201b\u2039\u203a\u2032",
    '"': "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\uff02",
    "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d",
}


class Unit(NamedTuple):
    """One code point as it is read, with the raw stretch it stands for."""

    char: str
    start: int
    end: int


class Word(NamedTuple):
    start: int
    end: int
    hash: int
    capital: bool
    number: bool
    spaceless: bool


def within(code: int, ranges: Sequence[tuple[int, int]]) -> bool:
    return any(first <= code <= last for first, last in ranges)


def is_mark(char: str) -> bool:
    return category(char).startswith("M") or 0x1161 <= ord(char) <= 0x11FF


def is_word(char: str) -> bool:
    return char == "_" or char.isalnum() or category(char).startswith("M")


def is_letter(char: str) -> bool:
    """Part of a word wherever it stands: no apostrophe, nothing invisible."""
    return is_word(char) and char not in APOSTROPHES and not within(ord(char), INVISIBLE)


def is_spaceless(char: str) -> bool:
    return is_letter(char) and within(ord(char), SPACELESS) and not char.isdecimal()


def settle(text: str) -> str:
    while (changed := normalize("NFKC", text.casefold())) != text:
        text = changed
    return text


def expands(char: str) -> bool:
    """Whether a character of a word is written out as several."""
    settled = settle(char)
    return len(settled) > 1 and all(map(is_word, char + settled))


def lower(char: str) -> str:
    """Fold one read code point to one."""
    for plain, variants in PLAIN.items():
        if char in variants:
            return plain
    settled = settle(char)
    if char.isspace() or len(settled) != 1 or is_word(char) != is_word(settled):
        return " " if category(char) == "Zs" else char
    joins = category(settled).startswith("M") or 0x1100 <= ord(settled) <= 0x11FF
    if joins and not category(char).startswith("M"):
        return char
    return settled if settled == char else lower(settled)


def read(text: str) -> list[Unit]:
    """Undo what publishing did to the spelling, entities apart: compose, write out, drop."""
    units = [Unit(c, i, i + 1) for i, c in enumerate(text) if not within(ord(c), INVISIBLE)]
    settled_already = is_normalized("NFKC", "".join(unit.char for unit in units).casefold())
    clusters: list[list[Unit]] = []
    for unit in units:
        if is_mark(unit.char) and clusters and not settled_already:
            clusters[-1].append(unit)
        else:
            clusters.append([unit])
    out: list[Unit] = []
    for cluster in clusters:
        raw = "".join(unit.char for unit in cluster)
        composed = normalize("NFC", raw)
        if len(cluster) == 1:
            spelled = settle(raw) if expands(raw) else raw
        elif len(composed) == 1 and not expands(composed):
            spelled = composed
        else:
            spelled = settle(raw)
        made = [Unit(char, cluster[0].start, cluster[-1].end) for char in spelled]
        out += cluster if spelled == raw else made
    return out


def words(text: str) -> list[Word]:
    """Tokenise one text, character by character."""
    units = read(text)
    runs: list[list[Unit]] = []
    open_run = False
    for place, unit in enumerate(units):
        if is_letter(unit.char):
            before = units[place - 1].char if place else ""
            cut = before and (is_spaceless(unit.char) or is_spaceless(before))
            if open_run and not (cut and not is_mark(unit.char)):
                runs[-1].append(unit)
            else:
                runs.append([unit])
            open_run = True
        elif open_run and unit.char in APOSTROPHES and place + 1 < len(units):
            sides = units[place - 1].char, units[place + 1].char
            open_run = all(is_letter(c) and not is_spaceless(c) for c in sides)
            if open_run:
                runs[-1].append(unit)
        else:
            open_run = False
    return [word_of(run) for run in runs]


def word_of(run: list[Unit]) -> Word:
    first = run[0].char
    return Word(
        run[0].start,
        run[-1].end,
        hash_of("".join(lower(unit.char) for unit in run)),
        first.isupper() or first.istitle(),
        any(unit.char.isdigit() for unit in run),
        is_spaceless(first),
    )


def mix(value: int) -> int:
    value ^= value >> 32
    value = value * MIXER % MODULUS
    value ^= value >> 32
    value = value * MIXER % MODULUS
    return value ^ value >> 32


def hash_of(folded: str) -> int:
    total, power = 0, 1
    for char in folded:
        total, power = (total + ord(char) * power) % MODULUS, power * BASE % MODULUS
    return mix(total)


def shingles(hashes: Sequence[int], n: int) -> list[int]:
    """Hash every run of n words; the whole item where it is shorter."""
    size = min(n, len(hashes))
    runs = [hashes[i : i + size] for i in range(len(hashes) - size + 1)] if hashes else []
    return [mix(sum(w * pow(BASE, size - 1 - i, MODULUS) for i, w in enumerate(run)) % MODULUS)
            for run in runs]  # fmt: skip


def jaccard(one: Iterable[Hashable], other: Iterable[Hashable]) -> float:
    one, other = set(one), set(other)
    return len(one & other) / len(one | other) if one or other else 0.0


def buckets(keys: Sequence[int], items: Sequence[int]) -> dict[int, list[int]]:
    """Items of each key that two or more share."""
    found = defaultdict(set)
    for key, item in zip(keys, items, strict=True):
        found[key].add(item)
    return {key: sorted(members) for key, members in found.items() if len(members) > 1}


def linked(groups: Iterable[Sequence[int]], cap: int) -> tuple[Counter[tuple[int, int]], int]:
    """Count the pairs of each group, all up to the cap, else those with the first; and the rest."""
    pairs: Counter[tuple[int, int]] = Counter()
    dropped = 0
    for members in groups:
        every = list(combinations(sorted(members), 2))
        chosen = every if len(members) <= cap else [p for p in every if p[0] == min(members)]
        pairs.update(chosen)
        dropped += len(every) - len(chosen)
    return pairs, dropped


def components(size: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Label each item with the least item it is connected to (union-find)."""
    parent = list(range(size))

    def root(item: int) -> int:
        while parent[item] != item:
            item = parent[item]
        return item

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    return [root(item) for item in range(size)]
