"""Asking about one article says, in little time, what adding it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dedup import Article, Index
from dedup.compiling import VARIABLE
from dedup.index.pace import Pace
from tests.strategies import SENTENCES

if TYPE_CHECKING:
    from pathlib import Path

    from dedup import Answer


def body(*numbers: int) -> str:
    return "\n\n".join(
        " ".join(SENTENCES[(n + k) % len(SENTENCES)] for k in range(3)) for n in numbers
    )


def article(
    name: str, text: str, publisher: str = "", published_at: str = "", url: str = ""
) -> Article:
    return Article(id=name, text=text, publisher=publisher, published_at=published_at, url=url)


def added(index: Index, asked: Article) -> Answer:
    """What adding an article says of it."""
    (answer,) = index.add([asked]).answers
    return answer


@pytest.mark.parametrize("seed", range(3))
def test_real_articles_are_answered_as_by_adding_them(
    seed: int, articles: list[Article], tmp_path: Path
) -> None:
    order = np.random.default_rng(seed).permutation(len(articles)).tolist()
    asked, held = order[:10], order[10:]
    with Index.open(tmp_path / "news.dedup") as index:
        index.add([articles[row] for row in held])
        before = index.stats()
        for row in asked:
            told = index.check(articles[row])
            assert index.stats() == before
            assert told == added(index, articles[row])
            index.remove([articles[row].id])
            before = index.stats()


CROWD = [
    article(f"c{n:02}", f"{body(0, 3)}\n\n{body(6 + n % 5)}", publisher=f"Outlet {n}")
    for n in range(24)
]
NOTE = "The quarry lies behind a fence that nobody minds, and boys swim there until September."


@pytest.mark.parametrize(
    ("held", "asked"),
    [
        pytest.param(CROWD[:19], CROWD[19], id="under a cap"),
        pytest.param(CROWD[:20], CROWD[20], id="at a cap"),
        pytest.param(CROWD[:21], CROWD[21], id="over a cap"),
        pytest.param(CROWD[1:], CROWD[0], id="the first of a crowd"),
        pytest.param(
            [article("a", f"{body(0)}\n\n{NOTE}", publisher="The Post")],
            article("b", f"{body(9)}\n\n{NOTE}", publisher="The Post"),
            id="it shows a paragraph to be furniture",
        ),
        pytest.param(
            [
                article(f"a{n}", f"{body(n)}\n\n{NOTE}", publisher="The Post")
                for n in range(0, 27, 3)
            ],
            article("b", f"{body(1, 11)}\n\n{NOTE}", publisher="The Post"),
            id="furniture that very many have",
        ),
        pytest.param(
            [article("a", body(0, 3), publisher="Post Opinion", url="https://post.example/1")],
            article("b", body(0, 9), publisher="The Post", url="https://post.example/2"),
            id="it changes what a house is called",
        ),
        pytest.param(
            [
                article("a", body(0, 3), publisher="The Post", published_at="2021-08-15"),
                article("b", body(3, 6), publisher="The Mail", published_at="2021-08-16"),
            ],
            article("c", f"“{SENTENCES[3]}”\n\n{body(0)}", published_at="2021-08-14"),
            id="it quotes what others tell",
        ),
        pytest.param([], article("a", body(0)), id="it is alone"),
        pytest.param([article("a", "Rain.")], article("b", "Snow."), id="there is little to read"),
    ],
)
def test_whatever_a_newcomer_changes(held: list[Article], asked: Article, tmp_path: Path) -> None:
    with Index.open(tmp_path / "news.dedup") as index:
        index.add(held)
        told = index.check(asked)
        assert index.check(asked) == told
        assert told == added(index, asked)


def test_an_article_that_is_there_is_asked_about_in_its_place(tmp_path: Path) -> None:
    with Index.open(tmp_path / "news.dedup") as index:
        index.add([article("a", body(0, 3)), article("b", body(6, 9))])
        answer = index.check(article("b", body(0, 3)))
        assert [match["other_id"] for match in answer.matches] == ["a"]
        assert index.check(article("b", body(12))).matches == ()


def test_what_is_asked_after_an_addition_knows_it(tmp_path: Path) -> None:
    with Index.open(tmp_path / "news.dedup") as index:
        index.add([article("a", body(0, 3))])
        assert index.check(body(6, 9)).matches == ()
        index.add([article("b", body(6, 9))])
        assert [match["other_id"] for match in index.check(body(6, 9)).matches] == ["b"]
        index.remove(["b"])
        assert index.check(body(6, 9)).matches == ()


def test_who_cannot_wait_is_told_what_was_left_out(tmp_path: Path) -> None:
    with Index.open(tmp_path / "news.dedup") as index:
        index.add(CROWD)
        asked = article("asked", body(0, 3, 6), publisher="Elsewhere")
        early = index.check(asked, deadline=0.02)
        assert (early.complete, early.matches) == (False, ())
        whole = index.check(asked)
        assert whole.complete
        assert whole.matches
        assert index.check(asked, deadline=60) == whole
        began = time.monotonic()
        hurried = index.check(asked, deadline=0)
        assert not hurried.complete
        assert time.monotonic() - began < 1
        assert set(map(str, hurried.matches)) <= set(map(str, whole.matches))


def test_a_pace_is_learned() -> None:
    pace = Pace()
    before = pace.fits(0.1)
    for _ in range(9):
        pace.took(10, 1.0)
    assert pace.fits(0.1) < 0 < before
    for _ in range(999):
        pace.took(10, 0.001)
    assert pace.fits(0.1) > before


WARM = """
import json, sys
from pathlib import Path
from dedup import Index

with Index.open(sys.argv[1]) as index:
    def loaded():
        return sum(1 for name in sys.modules if name.startswith("dedup.") and "kernels" in name)
    index.check(Path(sys.argv[2]).read_text("utf-8") * 400, deadline=0.02)
    before = loaded()
    index.warm()
    print(json.dumps([before, loaded(), index.check(".").complete]))
"""


def test_what_answers_need_is_loaded_beforehand(tmp_path: Path) -> None:
    pytest.importorskip("numba", reason="the extra fast has it")
    path, text = tmp_path / "news.dedup", tmp_path / "text.txt"
    text.write_text("\n\n".join(SENTENCES), "utf-8")
    with Index.open(path) as index:
        index.add(CROWD)
        known = index.check(CROWD[0])
        index.warm()
        assert index.check(CROWD[0]) == known
    command = [sys.executable, "-c", WARM, str(path), str(text)]
    unforced = {name: value for name, value in os.environ.items() if name != VARIABLE}
    ran = subprocess.run(command, check=True, capture_output=True, text=True, env=unforced)
    before, after, complete = json.loads(ran.stdout)
    assert before == 0
    assert after >= 3
    assert complete
