"""Two indexes, each the record of its own articles, that hear of each other's.

Run it where ``seeds/`` lies, with the address of a Redis server::

    python examples/redis_candidates.py redis://localhost:6379/0
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import dedup

ASKED = "000_71cf6c316d60b106.txt"


def main(address: str) -> None:
    """Let one desk ask about an article that resembles another desk's."""
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = Path(folder, "ours.dedup"), Path(folder, "theirs.dedup")
        with (
            dedup.Index.open(address, record=ours) as here,
            dedup.Index.open(address, record=theirs) as there,
        ):
            there.add(path for path in sorted(Path("seeds").glob("*.txt")) if path.name != ASKED)
            answer = here.check(Path("seeds", ASKED).read_text("utf-8"))
            for place in answer.elsewhere or ():
                print(place.article_id, place.paragraphs, place.resemblance)
            there.remove(there.ids())


if __name__ == "__main__":
    main(sys.argv[1])
