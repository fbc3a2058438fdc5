from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.candidates import (
    DOCUMENT,
    PARAGRAPH,
    POSTINGS,
    TOPIC,
    Evidence,
    items,
    propose,
)
from dedup.text.background import background
from dedup.text.shingles import windows
from dedup.text.tokens import tokenize

if TYPE_CHECKING:
    from pathlib import Path

    from dedup.candidates import (
        Proposal,
    )

pytestmark = pytest.mark.usefixtures("back_end")

WORDS = [f"{a}{b}" for a in "bcdfghklmnprst" for b in ("ako", "elu", "imar", "oden", "usti")]
ARTICLES = st.lists(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=14), max_size=4), min_size=2, max_size=8
)


def evidence(articles: list[list[str]]) -> Evidence:
    """Take articles of paragraphs as the pipeline would."""
    paragraphs = tokenize([paragraph for article in articles for paragraph in article])
    begin = np.cumsum([0, *map(len, articles)])
    indptr = paragraphs.indptr[begin]
    words = paragraphs.word
    table = background("")
    return Evidence(
        windows=windows,
        bounds=paragraphs.indptr,
        article=np.repeat(np.arange(len(articles), dtype=np.int32), np.diff(begin)),
        words=words,
        indptr=indptr,
        weight=np.where(table.function(words), 0, table.weight(words)).astype(np.float32),
    )


def channels(proposal: Proposal) -> dict[tuple[int, int], int]:
    left, right, channel = (
        getattr(proposal.pairs, name).tolist() for name in ("left", "right", "channel")
    )
    return dict(zip(zip(left, right, strict=True), channel, strict=True))


@pytest.fixture(scope="module")
def texts(seeds: Path) -> list[list[str]]:
    return [path.read_text("utf-8").split("\n\n") for path in sorted(seeds.glob("*.txt"))]


@settings(max_examples=30)
@given(ARTICLES, st.lists(st.sampled_from(WORDS), min_size=8, max_size=20), st.data())
def test_articles_with_an_equal_paragraph_are_always_proposed(
    articles: list[list[list[str]]], paragraph: list[str], data: st.DataObject
) -> None:
    one, other = data.draw(st.permutations(range(len(articles))))[:2]
    written = [[" ".join(words) for words in article] for article in articles]
    for place in (one, other):
        written[place].insert(0, " ".join(paragraph))
    found = channels(propose(evidence(written)))
    assert found[min(one, other), max(one, other)] & PARAGRAPH


@settings(max_examples=30)
@given(ARTICLES, st.data())
def test_the_order_of_the_articles_does_not_matter(
    articles: list[list[list[str]]], data: st.DataObject
) -> None:
    written = [[" ".join(words) for words in article] for article in articles]
    order = data.draw(st.permutations(range(len(written))))
    found = channels(propose(evidence(written)))
    shuffled = channels(propose(evidence([written[place] for place in order])))
    back = {}
    for (left, right), bits in shuffled.items():
        one, other = sorted((order[left], order[right]))
        back[one, other] = bits & ~TOPIC
    back = {pair: bits for pair, bits in back.items() if bits}
    assert back == {pair: bits & ~TOPIC for pair, bits in found.items() if bits & ~TOPIC}


def test_a_copied_article_is_proposed_by_every_channel(texts: list[list[str]]) -> None:
    story = texts[0]
    found = channels(propose(evidence([story, texts[3], story])))
    assert found[0, 2] == DOCUMENT | PARAGRAPH | POSTINGS | TOPIC


def test_only_the_channels_that_are_asked_propose(texts: list[list[str]]) -> None:
    articles = evidence([*texts, texts[0]])
    whole = channels(propose(articles))
    for asked in (DOCUMENT, PARAGRAPH | TOPIC, POSTINGS):
        some = {pair: bits & asked for pair, bits in whole.items() if bits & asked}
        assert channels(propose(articles, channels=asked)) == some


@pytest.mark.parametrize("threads", [2, 5])
def test_threads_change_nothing(texts: list[list[str]], threads: int) -> None:
    articles = [
        *texts,
        *(text[::-1] for text in texts),
        *([max(texts[0], key=len)] for _ in "x" * 30),
    ]
    alone, together = propose(evidence(articles)), propose(evidence(articles), threads)
    assert channels(together) == channels(alone)
    assert len(channels(alone)) > len(texts)
    assert list(together.dropped.items()) == list(alone.dropped.items())
    assert alone.dropped


@pytest.mark.parametrize("words", [1, 50, 1 << 12])
def test_blocks_change_nothing(
    texts: list[list[str]], words: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [[], *texts, [""], *(text[::-1] for text in texts), texts[0][:2], []]
    whole = propose(evidence(articles))
    monkeypatch.setattr(items, "_WORDS", words)
    parted = propose(evidence(articles))
    assert channels(parted) == channels(whole)
    assert len(channels(whole)) > len(texts)
    assert parted.dropped == whole.dropped


def test_pairs_are_sorted_and_come_once(texts: list[list[str]]) -> None:
    pairs = propose(evidence([*texts, *texts])).pairs
    rows = list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
    assert rows == sorted(set(rows))
    assert all(left < right for left, right in rows)


def test_short_paragraphs_propose_nobody() -> None:
    short = "Reporting by two of our staff"
    long = "Reporting by two of our staff writers in Lilongwe and Blantyre"
    brief = channels(propose(evidence([[short], [long], [short + " writers"], [short]])))
    assert not any(bits & PARAGRAPH for bits in brief.values())
    assert brief[0, 3] == DOCUMENT
    both = [[long, "Something else was said"], ["Of other things they spoke", long]]
    assert channels(propose(evidence(both)))[0, 1] & PARAGRAPH


def test_nothing_to_compare() -> None:
    empty: list[list[list[str]]] = [[], [[]], [[], [""]], [["One."], ["Two."]]]
    for articles in empty:
        proposal = propose(evidence(articles))
        assert (len(proposal.pairs.left), proposal.dropped) == (0, {})


def test_every_copied_paragraph_of_the_newsroom_is_proposed(root: Path) -> None:
    folder = root / "tests" / "data" / "newsroom"
    rows, truth = (
        [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]
        for name in ("articles.jsonl", "truth.jsonl")
    )
    place = {row["id"]: number for number, row in enumerate(rows)}
    found = channels(propose(evidence([row["text"].split("\n\n") for row in rows])))
    wanted = {
        tuple(sorted((place[row["id"]], place[paragraph["sources"][0]["id"]])))
        for row in truth
        for paragraph in row["paragraphs"]
        if paragraph["kind"] in {"verbatim", "light", "heavy"}
    }
    assert len(wanted) > 70
    assert wanted <= set(found)
    assert len(found) < 6 * len(rows)


@pytest.mark.parametrize("size", [25, 5_000])
def test_a_flood_of_identical_paragraphs_is_a_star(size: int, texts: list[list[str]]) -> None:
    paragraph = max(texts[0], key=len)
    proposal = propose(evidence([[paragraph]] * size))
    assert {pair for pair, bits in channels(proposal).items() if bits & PARAGRAPH} == {
        (0, other) for other in range(1, size)
    }
    left_out = size * (size - 1) // 2 - (size - 1)
    assert proposal.dropped["pairs of articles: identical paragraphs in over 20"] == left_out
    assert proposal.dropped["pairs of articles: identical articles in over 20"] == left_out


@pytest.mark.parametrize("vocabulary", [100, 1_000, 1_000_000])
def test_a_flood_of_paragraphs_that_differ_in_a_word_stays_linear(
    vocabulary: int, texts: list[list[str]]
) -> None:
    words = max(texts[0], key=len).split()
    size = 4_000
    articles = []
    for number in range(size):
        changed = list(words)
        changed[number % len(words)] = f"word{number * 7919 % vocabulary}"
        articles.append([" ".join(changed)])
    proposal = propose(evidence(articles))
    assert size - 1 <= len(proposal.pairs.left) <= 20 * size
    assert proposal.dropped["pairs of paragraphs: LSH bucket over 20"] > 0
