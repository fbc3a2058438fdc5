from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from bench import contest, engine, frameworks, peers

if TYPE_CHECKING:
    from pathlib import Path

STORY = "One long report on the harbour and its cranes, printed twice by two papers that day. " * 3
OTHER = "Nothing of this is in the other texts at all, not a single word can be met again there."
TEXTS = [STORY, OTHER, STORY.upper()]


INSTALLED = [name for name, (_, needs) in peers.PEERS.items() if peers.installed(needs)]


@pytest.mark.parametrize("name", INSTALLED)
def test_peers_pair_like_texts(name: str) -> None:
    find, _ = peers.PEERS[name]
    found = {(min(pair), max(pair)) for pair in find(TEXTS)}
    assert found == {(0, 2)}


def test_signatures_in_two_processes_are_the_same() -> None:
    alone, shared = (set(peers.datasketch(TEXTS, processes)) for processes in (1, 2))
    assert alone == shared == {(0, 2), (2, 0)}


def test_shingles_are_runs_of_five_words() -> None:
    assert peers.shingles("A b, C d e f!") == {"a b c d e", "b c d e f"}
    assert peers.shingles("only two") == {"only two"}
    assert peers.shingles("") == {""}


def test_what_is_not_installed_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert not peers.installed(("no-such-distribution",))
    assert peers.installed(("datasketch",)).startswith("datasketch 2")
    for module, names in ((peers, peers.PEERS), (frameworks, frameworks.FRAMEWORKS)):
        module.main([])
        assert set(json.loads(capsys.readouterr().out)) == set(names)


@pytest.mark.parametrize("cores", [1, 2])
def test_the_engine_links_what_shares_a_passage(cores: int) -> None:
    part = f"{OTHER}\n{STORY[:85]}\n{OTHER[::-1]}"
    assert set(engine.linked([STORY, OTHER[::-1], part], cores)) == {(0, 2), (1, 2)}
    assert engine.linked([], cores) == []


def test_a_contender_leaves_what_it_took(tmp_path: Path) -> None:
    file, result = tmp_path / "articles.jsonl", tmp_path / "result.json"
    file.write_text("".join(json.dumps({"text": text}) + "\n" for text in TEXTS), "utf-8")
    seen: list[int] = []

    def find(texts: list[str]) -> list[tuple[int, int]]:
        seen.append(len(texts))
        return [(2, 0), (0, 2)]

    contest.run(contest.task([str(file), str(result), "0"]), find)
    left = json.loads(result.read_text("utf-8"))
    assert seen == [3, 3]
    assert left["pairs"] == [[0, 2]]
    assert 0 <= left["seconds"] < 1
