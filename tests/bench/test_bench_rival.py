from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from bench import machine, rival

if TYPE_CHECKING:
    from pathlib import Path

STORY = "One long report on the harbour and its cranes, printed twice by two papers that day. " * 3


@pytest.mark.parametrize("name", ["sha1", "xxhash"])
def test_like_texts_are_paired(name: str) -> None:
    if name == "xxhash":
        pytest.importorskip("xxhash")
    texts = [
        STORY,
        "Nothing of this is in the other texts at all, not a single word.",
        STORY.upper(),
    ]
    assert rival.pairs(texts, rival.hash_function(name)) == {(0, 2)}


def test_shingles_are_runs_of_five_words() -> None:
    assert rival.shingles("A b, C d e f!") == {b"a b c d e", b"b c d e f"}
    assert rival.shingles("only two") == {b"only two"}
    assert rival.shingles("") == {b""}


def test_records_are_read_compressed_or_not(tmp_path: Path) -> None:
    lines = b'{"id": "a", "text": "\xc3\xa9t\xc3\xa9"}\n\n{"id": "b"}\n'
    (tmp_path / "plain.jsonl").write_bytes(lines)
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(lines))
    plain, packed = (list(rival.records(path)) for path in sorted(tmp_path.iterdir())[::-1])
    assert plain == packed == [{"id": "a", "text": "été"}, {"id": "b"}]
    assert machine.data(tmp_path / "plain.jsonl") == ("plain.jsonl", len(lines), 2, 3)
