from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.records import FURNITURE, Role
from dedup.text import Segmented, segment
from dedup.text.layout import SPACE

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
TRUTH = json.loads(ROOT.joinpath("tests/data/seeds_truth.json").read_text("utf-8"))
NEWSROOM = ROOT / "tests/data/newsroom"

#: What the hand labels call a role → what it may be here: quotations are body there, and credits
#: at the end are found by another room.
LABELS = {
    "headline": {Role.HEADLINE},
    "heading": {Role.HEADING},
    "body": {Role.BODY, Role.QUOTE},
    "boilerplate": {Role.PROMO},
    "credit": {Role.BODY, Role.CREDIT},
}


@pytest.mark.parametrize("name", sorted(name for name in TRUTH if not name.startswith("_")))
def test_the_seeds_are_read_as_by_hand(name: str) -> None:
    text = SEEDS.joinpath(name).read_bytes().decode()
    paragraphs = segment(text).paragraphs
    labels = TRUTH[name]["paragraphs"]
    assert [p.n for p in paragraphs] == [label["n"] for label in labels]
    for paragraph, label in zip(paragraphs, labels, strict=True):
        words = " ".join(text[paragraph.start : paragraph.end].split())
        assert words.startswith(label["first_words"])
        assert paragraph.role in LABELS[label["role"]], words


def test_the_seeds_layouts_are_named() -> None:
    layouts = [segment(path.read_text("utf-8")).layout for path in sorted(SEEDS.glob("*.txt"))]
    assert layouts == ["blank lines"] * 3 + ["one sentence a line", "blank lines"]


class Labelled(NamedTuple):
    """A paragraph as found and as labelled."""

    words: str
    role: Role
    wanted: str
    kind: str
    label: str


def newsroom() -> list[Labelled]:
    found = []
    articles = NEWSROOM.joinpath("articles.jsonl").read_text("utf-8").splitlines()
    truths = NEWSROOM.joinpath("truth.jsonl").read_text("utf-8").splitlines()
    for article, truth in zip(map(json.loads, articles), map(json.loads, truths), strict=True):
        text = article["text"]
        paragraphs = segment(text, article["title"]).paragraphs
        found += [
            Labelled(
                " ".join(text[p.start : p.end].split()),
                p.role,
                label["text"],
                label["kind"],
                label.get("role", ""),
            )
            for p, label in zip(paragraphs, truth["paragraphs"], strict=True)
        ]
    return found


def test_the_newsroom_is_read_as_labelled() -> None:
    found = newsroom()
    assert len(found) > 1000
    assert [p.words for p in found] == [p.wanted for p in found]


def test_nothing_that_tells_a_story_is_furniture() -> None:
    telling = [p for p in newsroom() if p.kind not in {"boilerplate", "credit-line"}]
    assert not [p for p in telling if p.role in FURNITURE]


def test_headlines_bylines_and_dates_are_found() -> None:
    wanted = {"headline": Role.HEADLINE, "byline": Role.CREDIT, "date": Role.CREDIT}
    assert not [p for p in newsroom() if p.label in wanted and p.role is not wanted[p.label]]


def test_most_chrome_is_known_by_its_words() -> None:
    chrome = [p for p in newsroom() if p.kind == "boilerplate" and not p.label]
    assert sum(p.role is Role.PROMO for p in chrome) >= 0.7 * len(chrome)


def test_nothing_has_no_paragraphs() -> None:
    assert segment("") == Segmented("no breaks", (), {})


@given(st.text(max_size=200), st.text(max_size=20))
def test_any_text_is_read(text: str, title: str) -> None:
    paragraphs = segment(text, title).paragraphs
    assert [p.n for p in paragraphs] == list(range(1, len(paragraphs) + 1))
    at = 0
    for _, start, end, role in paragraphs:
        assert at <= start < end
        assert not text[at:start].strip(SPACE)
        assert role in Role
        at = end
    assert not text[at:].strip(SPACE)


@given(st.text(st.sampled_from(" \n\r\u2028.aA“”:|0By"), max_size=80))
def test_reading_again_changes_nothing(text: str) -> None:
    assert segment(text) == segment(text)
