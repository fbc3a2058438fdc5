from __future__ import annotations

import gzip
import json
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bench import corpus

if TYPE_CHECKING:
    from pathlib import Path

    from bench.corpus import Planted

    Records = list[dict[str, str]]

SOURCE = [f"source paragraph {n} with some words" for n in range(10)]
HOST = [f"host line {n} in other terms" for n in range(20)]
REAL = "The council met again. " + " ".join(
    f"Speaker {n} told the hall that road {n} would be closed until spring comes."
    for n in range(30)
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Records, list[Planted]]:
    path = tmp_path_factory.mktemp("corpus") / "made.jsonl"
    planted = corpus.write(400, path)
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()], planted


def runs(text: str, size: int) -> set[str]:
    words = text.split()
    return {" ".join(words[n : n + size]) for n in range(len(words) - size + 1)}


def test_a_corpus_is_of_the_size_asked_for(made: tuple[Records, list[Planted]]) -> None:
    records, planted = made
    assert [record["id"] for record in records] == [f"{place:07d}" for place in range(400)]
    assert [plant.copy for plant in planted] == list(range(4, 400, 5))
    assert {kind: [p.kind for p in planted].count(kind) for kind in corpus.KINDS} == dict.fromkeys(
        corpus.KINDS, 10
    )


def test_articles_are_of_the_length_of_news(made: tuple[Records, list[Planted]]) -> None:
    records, _ = made
    words = [len(record["text"].split()) for record in records]
    paragraphs = [record["text"].count("\n\n") + 1 for record in records]
    assert np.mean(words) == pytest.approx(450, rel=0.1)
    assert np.mean(paragraphs) == pytest.approx(12, rel=0.15)


def test_common_words_are_as_frequent_as_in_the_newsroom_set(
    made: tuple[Records, list[Planted]],
) -> None:
    records, _ = made
    english = [r for r in corpus.records(corpus.NEWSROOM) if r["language"] == "en"]
    real = " ".join(str(record["text"]) for record in english)
    ours = " ".join(record["text"] for record in records)
    for word in ("the", "of", "said"):
        shares = [text.split().count(word) / len(text.split()) for text in (ours, real)]
        assert shares[0] == pytest.approx(shares[1], rel=0.35)


def test_a_copy_shares_runs_of_words_with_its_source_alone(
    made: tuple[Records, list[Planted]],
) -> None:
    records, planted = made
    shared = {plant.copy: plant.source for plant in planted}
    held = [runs(record["text"], 8) for record in records]
    for copy, source in shared.items():
        assert held[copy] & held[source]
    alone = sorted(set(range(400)) - set(shared))
    for one, other in pairwise(alone):
        assert not held[one] & held[other]


def test_a_corpus_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    plants = [corpus.write(100, tmp_path / name) for name in "ab"]
    assert plants[0] == plants[1]
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    corpus.write(100, tmp_path / "c", corpus.Bases(seed=1))
    assert (tmp_path / "a").read_bytes() != (tmp_path / "c").read_bytes()


def test_the_program_is_told_nothing_of_what_was_planted(
    made: tuple[Records, list[Planted]],
) -> None:
    records, _ = made
    assert {frozenset(record) for record in records} == {
        frozenset(("id", "title", "publisher", "published_at", "language", "text"))
    }


def test_articles_of_a_file_are_taken_as_they_are(tmp_path: Path) -> None:
    given = tmp_path / "given.jsonl.gz"
    short = {"title": "Short", "text": "Too short."}
    real = {"title": "The road", "text": REAL}
    given.write_bytes(gzip.compress("\n\n".join(json.dumps(r) for r in (short, real)).encode()))
    bases = corpus.Bases(given)
    assert bases[0].title == "The road"
    assert " ".join(bases[0].paragraphs) == REAL
    assert bases[1].title != "The road"


@pytest.mark.parametrize(("kind", "share"), [("edit05", 0.05), ("edit30", 0.3)])
def test_an_edit_changes_its_share_of_words(kind: str, share: float) -> None:
    source = ["word" for _ in range(300)]
    edited = corpus.copied(kind, [" ".join(source)] * 10, ["new"], np.random.default_rng(1))
    kept = " ".join(edited).split().count("word")
    assert 1 - share * 2 / 3 == pytest.approx(kept / 3000, abs=0.03)


@pytest.mark.parametrize(("kind", "size"), [("part10", 2), ("part25", 5), ("part50", 9)])
def test_a_part_is_a_run_of_the_source_in_another_article(kind: str, size: int) -> None:
    for seed in range(5):
        made = corpus.copied(kind, SOURCE, HOST, np.random.default_rng(seed))
        taken = [place for place, paragraph in enumerate(made) if paragraph in SOURCE]
        assert len(made) == len(HOST)
        assert taken == list(range(taken[0], taken[0] + size))
        first = SOURCE.index(made[taken[0]])
        assert made[taken[0] : taken[0] + size] == SOURCE[first : first + size]


def test_head_and_tail_keep_sixty_percent() -> None:
    generator = np.random.default_rng(1)
    assert corpus.copied("head", SOURCE, HOST, generator) == SOURCE[:6]
    assert corpus.copied("tail", SOURCE, HOST, generator) == SOURCE[4:]


def test_records_are_read_compressed_or_not(tmp_path: Path) -> None:
    content = b'{"id": "a", "text": "\xc3\xa9t\xc3\xa9"}\n\n{"id": "b"}\n'
    (tmp_path / "plain.jsonl").write_bytes(content)
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(content))
    plain, packed = (list(corpus.records(path)) for path in sorted(tmp_path.iterdir()))
    assert plain == packed == [{"id": "a", "text": "été"}, {"id": "b"}]


@pytest.mark.parametrize(
    ("said", "told"), [("{}", True), ("“{}” she said.", False), ('"{}" she said.', False)]
)
def test_a_part_that_holds_only_a_quotation_is_not_told(
    tmp_path: Path, said: str, *, told: bool
) -> None:
    given = tmp_path / "given.jsonl"
    parts = [said.format(" ".join([f"Word{n}"] * 30) + ".") for n in range(20)]
    articles = [
        json.dumps({"title": "A", "text": f"Piece {n}. {' '.join(parts)}"}) for n in range(80)
    ]
    given.write_text("\n".join(articles), "utf-8")
    planted = corpus.write(100, tmp_path / "made.jsonl", corpus.Bases(given))
    assert {plant.told for plant in planted if plant.kind == "part10"} == {told}
