"""Make the shipped word tables of `dedup.text.background` from the wordfreq package.

    python tools/background.py [FOLDER]

Of each language the commonest words that are one word to us; forms with an elided article or
preposition (l'état, dell'anno), which wordfreq counts apart; the numbers up to 999 and the years.
The generic table has of each word the greatest frequency in any of the languages.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import wordfreq

from dedup.text.background import GENERIC, LANGUAGES, ROW, ZIPF_STEPS
from dedup.text.tokens import tokenize, word_hash

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROWS = 28_000
_LISTED = 40_000
_ELIDED_FROM = 8_000
_ELISIONS = {
    "fr": ("l'", "d'", "qu'", "s'", "n'", "j'", "c'", "m'", "t'"),
    "it": ("l'", "un'", "d'", "dell'", "all'", "nell'", "dall'", "sull'", "quest'", "c'"),
}
_VOWELS = tuple("aeiouhyàâäáåæéèêëìíîïòóôöùúûüœ")
_NUMBERS = [str(number) for number in (*range(1000), *range(1900, 2031))]


def tables() -> dict[str, NDArray[np.void]]:
    """Return the table of each language and the generic one."""
    zipf = {language: frequencies(language) for language in LANGUAGES}
    everywhere: dict[str, float] = {}
    for known in zipf.values():
        for word, frequency in known.items():
            everywhere[word] = max(frequency, everywhere.get(word, 0.0))
    return {name: table(known) for name, known in (zipf | {GENERIC: everywhere}).items()}


def frequencies(language: str) -> dict[str, float]:
    """Return the Zipf frequency of the words that a table of the language may hold."""
    listed = wordfreq.top_n_list(language, _LISTED)
    words = dict.fromkeys([*listed, *_NUMBERS])
    openings = [word for word in listed[:_ELIDED_FROM] if word.startswith(_VOWELS)]
    for elision in _ELISIONS.get(language, ()):
        words |= dict.fromkeys(elision + word for word in openings)
    found = tokenize(list(words))
    single = (np.diff(found.indptr) == 1).tolist()
    lengths = np.zeros(len(words), np.int64)
    lengths[single] = (found.end - found.start)[found.indptr[:-1][single]]
    return {
        word: wordfreq.zipf_frequency(word, language)
        for word, length in zip(words, lengths.tolist(), strict=True)
        if length == len(word)
    }


def table(zipf: dict[str, float]) -> NDArray[np.void]:
    """Return the rows of the commonest words and of all numbers, sorted by hash."""
    ranked = sorted(zipf, key=lambda word: (word not in _NUMBER_SET, -zipf[word], word))[:ROWS]
    rows = np.zeros(len(ranked), ROW)
    rows["hash"] = word_hash(ranked)
    rows["zipf"] = [round(zipf[word] * ZIPF_STEPS) for word in ranked]
    rows.sort(order=["hash", "zipf"])
    repeated = np.flatnonzero(rows["hash"][1:] == rows["hash"][:-1])
    return np.delete(rows, repeated)


_NUMBER_SET = frozenset(_NUMBERS)


def main() -> None:
    """Write the tables."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("dedup/text/background")
    for name, rows in tables().items():
        np.save(folder / f"{name}.npy", rows, allow_pickle=False)
        print(f"{name}: {len(rows)} words")


if __name__ == "__main__":
    main()
