"""The peers at their document-level job: texts in memory to candidate pairs.

    python -m bench.peers PEER FILE RESULT [CORES [PROCESSES]]

Word 5-grams, 128 permutations, 32 bands of 4 rows, for all. datasketch and rensa take words as
``[a-z0-9]+`` of the lowered text, gaoya and daft have their own; daft makes signatures only, their
bands are grouped here. What it takes to import a library is not counted (`bench.contest`).

``python -m bench.peers`` alone prints which peers are installed, as JSON with their versions.
"""

from __future__ import annotations

import importlib
import json
import multiprocessing
import re
import sys
from collections import defaultdict
from functools import partial
from importlib import metadata
from itertools import combinations
from typing import TYPE_CHECKING, Any

from bench import contest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bench.contest import Pairs

PERMUTATIONS, BANDS, ROWS, WORDS = 128, 32, 4, 5
#: The resemblance that a peer is told where it asks for one; the bands decide.
_RESEMBLANCE = 0.5
#: A band's bucket of more items is no sign of likeness.
_CROWD = 500
_WORD = re.compile(r"[a-z0-9]+")
_ROWS_EACH = 256


def words(text: str) -> list[str]:
    """Return the words of a text."""
    return _WORD.findall(text.lower())


def shingles(text: str) -> set[str]:
    """Return the word 5-grams of a text, or all its words where they are fewer."""
    found = words(text)
    runs = zip(*(found[place:] for place in range(WORDS)), strict=False)
    return {" ".join(run) for run in runs} or {" ".join(found)}


def datasketch(texts: Sequence[str], processes: int = 1, *, hashed: str = "") -> Pairs:
    """MinHash and MinHashLSH; signatures in some processes, if wanted, the index in this one."""
    from datasketch import MinHashLSH

    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS), prepickle=False)
    signatures = _signatures(texts, processes, hashed)
    with index.insertion_session() as session:
        for place, signature in enumerate(signatures):
            session.insert(place, signature, check_duplication=False)
    for place, signature in enumerate(signatures):
        yield from ((place, other) for other in index.query(signature) if other != place)


def rensa(texts: Sequence[str]) -> Pairs:
    """R-MinHash and its LSH."""
    from rensa import RMinHash, RMinHashLSH

    tokens = [list(shingles(text)) for text in texts]
    signatures = RMinHash.from_token_sets(tokens, PERMUTATIONS, 42)
    index = RMinHashLSH(_RESEMBLANCE, PERMUTATIONS, BANDS)
    index.insert_many(signatures, 0)
    for place, others in enumerate(index.query_all(signatures)):
        yield from ((place, other) for other in others if other != place)


def gaoya(texts: Sequence[str]) -> Pairs:
    """The index of strings, with its own words."""
    from gaoya.minhash import MinHashStringIndex

    settings = (BANDS, 0.3, BANDS, ROWS, None, "word", True, (WORDS, WORDS), "smallvec")
    index = MinHashStringIndex(*settings)
    index.par_bulk_insert_docs(list(range(len(texts))), list(texts))
    for place, others in enumerate(index.par_bulk_query(list(texts))):
        yield from ((place, int(other)) for other in others if int(other) != place)


def daft(texts: Sequence[str]) -> Pairs:
    """Normalised text and signatures; the bands are ours."""
    import daft as library
    import numpy as np
    from daft import functions

    text = functions.normalize(
        library.col("text"), remove_punct=True, lowercase=True, nfd_unicode=True, white_space=True
    )
    signature = functions.minhash(
        text, num_hashes=PERMUTATIONS, ngram_size=WORDS, seed=1, hash_function="xxhash"
    )
    frame = library.from_pydict({"text": list(texts)}).select(signature.alias("signature"))
    column = frame.collect().to_arrow().column("signature").combine_chunks()
    rows = np.asarray(column.flatten()).reshape(len(texts), PERMUTATIONS)
    for first in range(0, PERMUTATIONS, ROWS):
        groups = defaultdict(list)
        keys = np.ascontiguousarray(rows[:, first : first + ROWS])
        for place, key in enumerate(keys.view(f"V{keys.itemsize * ROWS}").ravel().tolist()):
            groups[key].append(place)
        for group in groups.values():
            if 1 < len(group) < _CROWD:
                yield from combinations(group, 2)


#: By name: what runs it, and the distributions that it needs.
PEERS: dict[str, tuple[Callable[..., Pairs], tuple[str, ...]]] = {
    "datasketch, sha1": (datasketch, ("datasketch",)),
    "datasketch, xxhash": (partial(datasketch, hashed="xxhash"), ("datasketch", "xxhash")),
    "rensa": (rensa, ("rensa",)),
    "gaoya": (gaoya, ("gaoya",)),
    "daft": (daft, ("daft",)),
}


def installed(needs: Sequence[str]) -> str:
    """Return the versions of distributions, or nothing where one is not installed."""
    try:
        return ", ".join(f"{name} {metadata.version(name)}" for name in needs)
    except metadata.PackageNotFoundError:
        return ""


def _signatures(texts: Sequence[str], processes: int, hashed: str) -> list[Any]:
    from datasketch import MinHash

    if processes == 1:
        return list(_bulk(texts, hashed))
    parts = [texts[first : first + _ROWS_EACH] for first in range(0, len(texts), _ROWS_EACH)]
    with multiprocessing.get_context("fork").Pool(processes) as pool:
        rows = [row for part in pool.imap(partial(_values, hashed=hashed), parts) for row in part]
    like = MinHash(num_perm=PERMUTATIONS)
    settings = {"permutations": like.permutations, "scheme": like.scheme}
    return [MinHash(num_perm=PERMUTATIONS, hashvalues=row, **settings) for row in rows]


def _values(texts: Sequence[str], hashed: str) -> list[Any]:
    return [signature.hashvalues for signature in _bulk(texts, hashed)]


def _bulk(texts: Sequence[str], hashed: str) -> Iterator[Any]:
    from datasketch import MinHash

    function = importlib.import_module("xxhash").xxh32_intdigest if hashed else None
    settings = {"hashfunc": function} if function else {}
    items = ([shingle.encode() for shingle in shingles(text)] for text in texts)
    signatures: Iterator[Any] = MinHash.generator(items, num_perm=PERMUTATIONS, **settings)
    return signatures


def main(arguments: Sequence[str]) -> None:
    """Run one peer, or tell which are installed."""
    if not arguments:
        json.dump({name: installed(needs) for name, (_, needs) in PEERS.items()}, sys.stdout)
        return
    find, _ = PEERS[arguments[0]]
    given = contest.task(arguments[1:])
    if given.processes > 1:
        find = partial(find, processes=given.processes)
    contest.run(given, find)


if __name__ == "__main__":
    main(sys.argv[1:])
