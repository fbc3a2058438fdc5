"""The rival: datasketch's document-level signatures and LSH on one file, in a process of its own.

    python -m bench.rival FILE [--hash sha1|xxhash] [--pairs FILE]

Word 5-grams, 128 permutations, 32 bands of 4 rows, all pairs that share a band. It prints one JSON
object: ``seconds`` of this work alone, without starting Python and reading the file, and how many
``pairs`` it found. Lines without a text count as articles without words.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, cast

from datasketch import MinHash, MinHashLSH
from datasketch.hashfunc import sha1_hash32

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

BANDS, ROWS, WORDS = 32, 4, 5
_WORD = re.compile(r"[a-z0-9]+")


def pairs(texts: Sequence[str], hashed: Callable[[bytes], int]) -> set[tuple[int, int]]:
    """Return the pairs of texts that share a band, the smaller place first."""
    signatures = MinHash.bulk(
        (shingles(text) for text in texts), num_perm=BANDS * ROWS, hashfunc=hashed
    )
    index = MinHashLSH(num_perm=BANDS * ROWS, params=(BANDS, ROWS), prepickle=False)
    with index.insertion_session() as session:
        for place, signature in enumerate(signatures):
            session.insert(place, signature, check_duplication=False)
    return {
        (min(place, other), max(place, other))
        for place, signature in enumerate(signatures)
        for other in index.query(signature)
        if other != place
    }


def shingles(text: str) -> set[bytes]:
    """Return the word 5-grams of a text, or all its words where they are fewer."""
    words = _WORD.findall(text.lower())
    runs = zip(*(words[place:] for place in range(WORDS)), strict=False)
    return {" ".join(run).encode() for run in runs} or {" ".join(words).encode()}


def hash_function(name: str) -> Callable[[bytes], int]:
    """Return datasketch's default hash, ``sha1``, or ``xxhash``'s 32-bit one."""
    if name == "sha1":
        return cast("Callable[[bytes], int]", sha1_hash32)
    return cast("Callable[[bytes], int]", importlib.import_module("xxhash").xxh32_intdigest)


def records(path: Path) -> Iterator[dict[str, object]]:
    """Read the records of a JSON Lines file, compressed or not."""
    with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
        for line in file:
            if line.strip():
                yield json.loads(line)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="datasketch's signatures and LSH on one file")
    parser.add_argument("file", type=Path)
    parser.add_argument("--hash", choices=("sha1", "xxhash"), default="sha1")
    parser.add_argument("--pairs", type=Path, help="write the pairs here, as JSON lists of ids")
    given = parser.parse_args()
    read = list(records(given.file))
    texts = [str(record.get("text") or "") for record in read]
    start = time.perf_counter()
    found = pairs(texts, hash_function(given.hash))
    seconds = time.perf_counter() - start
    if given.pairs:
        names = [str(record.get("id")) for record in read]
        given.pairs.write_text(json.dumps([(names[a], names[b]) for a, b in sorted(found)]))
    print(json.dumps({"seconds": seconds, "pairs": len(found)}))


if __name__ == "__main__":
    main()
