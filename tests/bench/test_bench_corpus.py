from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from bench import corpus

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = [f"source paragraph {n} with some words" for n in range(10)]
HOST = [f"host line {n} in other terms" for n in range(20)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[dict[str, str]], set[str]]:
    path = tmp_path_factory.mktemp("corpus") / "made.jsonl"
    planted = corpus.write(320, path)
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    names = {record["id"] for record in records}
    assert {plant.copy for plant in planted} | {plant.source for plant in planted} <= names
    assert {plant.kind for plant in planted} == set(corpus.KINDS)
    return records, {plant.copy for plant in planted}


def test_a_corpus_has_the_size_asked_for(made: tuple[list[dict[str, str]], set[str]]) -> None:
    records, copies = made
    assert len({record["id"] for record in records}) == 320
    assert len(copies) == 64 - 64 % 29 + 6


def test_a_corpus_has_the_same_bytes_each_time(tmp_path: Path) -> None:
    plants = [corpus.write(200, tmp_path / name) for name in "ab"]
    assert plants[0] == plants[1]
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_the_program_is_told_nothing_of_what_was_planted(
    made: tuple[list[dict[str, str]], set[str]],
) -> None:
    records, copies = made
    fields = {frozenset(record) for record in records}
    assert len(fields) == 1
    assert "story" not in next(iter(fields))
    assert all(
        record["publisher"] and record["text"] for record in records if record["id"] in copies
    )


def test_replicas_share_few_runs_of_words(made: tuple[list[dict[str, str]], set[str]]) -> None:
    records, _ = made
    runs: dict[str, set[str]] = {"0000": set(), "0001": set()}
    for record in records:
        words = record["text"].split()
        if (replica := record["id"][:4]) in runs:
            runs[replica] |= {" ".join(words[n : n + 6]) for n in range(len(words) - 5)}
    assert min(len(found) for found in runs.values()) > 10_000
    assert len(runs["0000"] & runs["0001"]) < 0.005 * len(runs["0000"])


def test_a_permutation_keeps_agencies_credits_and_short_words() -> None:
    text = "PARIS, March 4 (Reuters) - The ministers of the EU met, AFP reported."
    mixed = corpus.permuted(text, corpus.permutation(1))
    assert mixed != text
    assert [len(word) for word in mixed.split()] == [len(word) for word in text.split()]
    for kept in (" 4 (Reuters) - The ", " of the EU ", ", AFP reported."):
        assert kept in mixed
    assert corpus.permuted(text, corpus.permutation(0)) == text


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
