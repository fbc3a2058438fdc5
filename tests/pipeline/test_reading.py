"""Reading a batch of articles: each as if it were alone, and what is printed alike only once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dedup import attribution, text
from dedup.pipeline.reading import prepare
from dedup.pipeline.remembering import apart
from dedup.records import Article, Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.attribution import Catalogue
    from dedup.pipeline.corpus import Prepared

STORY = Article(
    id="1",
    text="A bridge fell\n\nThe bridge fell on Friday, the mayor told the Mercury.\n\n“It is gone,”"
    " she said, according to Reuters.\n\nAda Byron is a reporter for the Mercury.",
    title="A bridge fell",
    publisher="The Harbour Mercury",
    published_at="2024-02-01",
    authors=("Jane Doe",),
)
LINE = replace(STORY, text="The bridge fell on Friday, the mayor told the Mercury.")
#: Alike but for what reading looks at.
OTHERS = [
    replace(STORY, title="UPDATE 1-A bridge fell"),
    replace(STORY, publisher="Reuters"),
    replace(STORY, publisher="", url="https://www.reuters.com/bridge"),
    replace(STORY, publisher="", published_at=""),
    replace(STORY, authors=("Ada Byron",)),
    replace(STORY, language="de"),
    replace(STORY, credit="Agencies"),
    replace(STORY, evidence=(Field("jsonld.creditText", "AFP"),)),
    replace(LINE, title="UPDATE 1-A bridge fell"),
]


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return attribution.load()


def cells(read: Prepared) -> list[list[object]]:
    tokens = read.tokens
    columns = tokens.indptr, tokens.start, tokens.end, tokens.word, tokens.flags, *read.paragraphs
    return [[column.dtype, *column.tolist()] for column in columns]


def same(one: Prepared, other: Prepared) -> bool:
    said = [(read.credits, read.layouts, read.languages) for read in (one, other)]
    return said[0] == said[1] and cells(one) == cells(other)


def is_read_as_if_alone(articles: Sequence[Article], catalogue: Catalogue) -> bool:
    alone = [prepare([article], catalogue) for article in articles]
    together = prepare(articles, catalogue)
    return all(map(same, apart(together), alone)) and same(next(apart(alone[0])), alone[0])


@pytest.mark.parametrize("other", OTHERS)
def test_articles_are_read_as_if_each_were_alone(other: Article, catalogue: Catalogue) -> None:
    assert is_read_as_if_alone([LINE, STORY, other, STORY, other, LINE, LINE], catalogue)
    alike = LINE if other.text == LINE.text else STORY
    assert not same(*(prepare([one], catalogue) for one in (alike, other)))


def test_what_is_printed_alike_is_read_once(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def tokenize(texts: Sequence[str]) -> object:
        read.extend(texts)
        return rooms_tokenize(texts)

    rooms_tokenize = text.tokenize
    monkeypatch.setattr(text, "tokenize", tokenize)
    again = replace(STORY, id="2", path="b.jsonl", url="https://mercury.example/2", notes=("",))
    untitled = replace(LINE, id="3", title="Friday")  # no headline is looked for over one line
    found = prepare([STORY, LINE, again, untitled, STORY], catalogue)
    assert read == [STORY.text, LINE.text]
    assert np.diff(found.tokens.indptr).tolist() == [29, 10, 29, 10, 29]
    assert found.credits[2] is found.credits[0] is found.credits[4]


def test_no_articles_are_read_to_nothing(catalogue: Catalogue) -> None:
    assert prepare([], catalogue).layouts == ()
