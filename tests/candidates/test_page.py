"""The page names the caps that the code has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.candidates import pairs, postings, topics
from dedup.candidates.lsh import DOCUMENT_BANDING, PARAGRAPH_BANDING

if TYPE_CHECKING:
    from pathlib import Path

STOP = postings.STOP_SHINGLE


@pytest.mark.parametrize(
    "sentence",
    [
        f"Articles: {DOCUMENT_BANDING.bands} bands of {DOCUMENT_BANDING.rows} rows.",
        f"Paragraphs: {PARAGRAPH_BANDING.bands} of {PARAGRAPH_BANDING.rows},",
        f"| items in one band's bucket | {pairs.CAP} |",
        f"they have {pairs.LEAST_WORDS} words or more",
        f"{pairs.DOCUMENT_WORDS} words for signatures, {pairs.RUN_WORDS} for postings. Paragraphs:",
        f"for postings. Paragraphs: {pairs.PARAGRAPH_WORDS}.",
        f"posted shingle: all pairs / with the first / none | {postings.CAP} / {STOP} / more",
        f"`shingles: in over {STOP} articles`",
        f"fewer than {postings.FEW} six-word shingles all are posted",
        f"{topics.RARE} / {topics.COMMON} / more | `word pairs: in over {topics.COMMON} articles`",
        f"| {topics.BEST} | `pairs of articles: not among the best {topics.BEST} by topic` |",
        f"scores {topics.LEAST_SCORE} nats or more and is among the {topics.BEST} best",
        f"Content words are those of weight ≥ {topics.LEAST_WEIGHT:g}",
    ],
)
def test_the_page_says_what_the_code_does(root: Path, sentence: str) -> None:
    assert sentence in (root / "docs" / "engine.md").read_text("utf-8")
