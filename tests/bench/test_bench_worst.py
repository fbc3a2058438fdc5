from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

import pytest

from bench import worst

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", worst.CASES)
def test_each_case_makes_different_articles_of_the_same_size(name: str, tmp_path: Path) -> None:
    case, file = worst.CASES[name], tmp_path / "case.jsonl"
    assert worst.write(case.texts(12), file, outlets=case.outlets) >= 11
    records = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert len({record["id"] for record in records}) == len(records)
    assert len({record["publisher"] for record in records}) == min(case.outlets, len(records))
    assert all(record["text"] for record in records)


def test_identical_paragraphs_are_identical() -> None:
    assert len(set(worst.identical(5))) == 1
    [article] = set(worst.identical_inside(3))
    assert len(set(article.split("\n\n"))) == 1
    assert article.count("\n\n") == 9


def test_nearly_identical_paragraphs_differ_in_two_words() -> None:
    first, second, third = (text.split() for text in worst.nearly_identical(3))
    assert len(first) == len(second)
    assert sum(one != other for one, other in zip(second, third, strict=True)) == 2


def test_the_huge_article_is_as_long_as_asked_and_copied_from() -> None:
    first, *others = worst.huge(50)
    assert 50_000 <= len(first) < 60_000
    assert len(others) == 10
    assert all(set(other.split("\n\n")) & set(first.split("\n\n")) for other in others)


def test_boilerplate_stands_in_every_article() -> None:
    texts = [set(text.split("\n\n")) for text in worst.boilerplate(4)]
    assert len(set.intersection(*texts)) == 6


def test_scripts_are_those_of_the_world() -> None:
    texts = list(worst.scripts(500))
    said = {unicodedata.name(text[0]).split(" ")[0] for text in texts}
    assert {"LATIN", "ARABIC", "CJK", "DEVANAGARI", "HANGUL", "THAI", "CUNEIFORM"} <= said
    assert len(said) > 180
    assert texts[1].startswith(texts[0])
