from __future__ import annotations

import re
import time
import tomllib
from itertools import pairwise
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import attribution
from dedup.attribution import grammar, names, sieve, spotting
from dedup.attribution.page import trimmed
from dedup.records import Article, Credits, Paragraph, Role
from tests.attribution.conftest import split

if TYPE_CHECKING:
    from dedup.attribution import Catalogue
    from tests.attribution.conftest import Reader

_PIECES = st.sampled_from(
    [
        "Reuters", "AP", "The Associated Press", "AFP", "dpa", "新华社", "told", "reported", "said",
        "according to", "the agency", "By", "(", ")", "/", "—", "- ", ".", ",", "\n", "\n\n", "©",
        "2021", "Photo:", "OSLO", "With inputs from", "’s", "“", "”", "and", "Copyright", "İ",
        "\x00",
        "\u00a0", "Agencies", "pg-nb/str", "A. B",
        "Getty Images", "reports",
    ]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(_PIECES, max_size=40).map(" ".join), st.data())
def test_whatever_the_text_every_span_is_in_its_paragraph(text: str, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=5).map(sorted))
    spans = [trimmed(text, start, end) for start, end in pairwise([0, *cuts, len(text)])]
    tight = [(start, end) for start, end in spans if start < end]
    paragraphs = [
        Paragraph(n, start, end, data.draw(st.sampled_from(Role)))
        for n, (start, end) in enumerate(tight, start=1)
    ]
    found = attribution.read(Article(id="a", text=text), paragraphs, attribution.load())
    for row in found.attributions:
        assert text[row.start : row.end] == row.text != ""
        assert paragraphs[row.n - 1].start <= row.start
    for sign in found.signs:
        assert paragraphs[sign.n - 1].start <= sign.start <= sign.end <= len(text)
    assert {role for _, role in found.roles} <= {Role.CREDIT, Role.CAPTION}


@pytest.mark.parametrize(
    "piece",
    [
        "AP AAAA BBBB ", "(AP", "Jane Doe/", "told … to ", "a/b-", "© ", "Reuters, AFP, ", "by ",
        "Photo: ", "Reuters\n", "our reporter ", "Reuters said.\n\n",
        "the agency ", ". ", "A.", "reports said ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("times", [40, 4000])
def test_hostile_repetition_is_read_in_linear_time(
    catalogue: Catalogue, piece: str, times: int
) -> None:
    text = piece * times
    begun = time.perf_counter()
    attribution.read(Article(id="a", text=text), [Paragraph(1, 0, len(text), Role.BODY)], catalogue)
    assert time.perf_counter() - begun < 10  # seconds; what backtracks takes hours


def test_a_text_that_credits_nobody_is_sifted_once_and_nothing_in_it_compared(
    read: Reader, story: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read(story, language="en", publisher="Harbour Mercury") == Credits()
    letters_of = Mock(wraps=sieve.letters_of)
    monkeypatch.setattr(sieve, "letters_of", letters_of)
    for module, name in ((names, "longest"), (spotting, "_stands"), (grammar, "Words")):
        monkeypatch.setattr(module, name, None)
    assert read(story, language="en", publisher="Harbour Mercury") == Credits()
    letters_of.assert_called_once()


def test_articles_read_together_are_read_as_each_alone(catalogue: Catalogue, story: str) -> None:
    texts = [
        "PARIS (AFP) — Le maire a dit que les travaux du port sont finis.",
        "",
        f"By Jane Doe, Reuters\n\n{story}\n\n(Reporting by Jane Doe)",
        f"{story} The mayor told AFP.",
    ]
    articles = [Article(id=str(row), text=text) for row, text in enumerate(texts)]
    paragraphs = [split(text) if text else [] for text in texts]
    together = attribution.read_all(articles, [one.text for one in articles], paragraphs, catalogue)
    assert [bool(found.attributions) for found in together] == [True, False, True, True]
    assert together == [
        attribution.read(article, split_, catalogue)
        for article, split_ in zip(articles, paragraphs, strict=True)
    ]


def test_what_is_prepared_is_not_worked_out_again(
    story: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = attribution.load(b"")
    attribution.prepare(catalogue)
    for owner, name in ((sieve.Sieve, "__init__"), (re, "compile"), (tomllib, "loads")):
        monkeypatch.setattr(owner, name, None)
    for language in ("", *spotting.LANGUAGES):
        text = f"OSLO (AP) — {story}\n\nAP/ТАСС"
        article = Article(id="a", text=text, language=language, authors=("dpa",))
        found = attribution.read(article, split(text), catalogue)
        assert [row.agency for row in found.attributions] == ["dpa", "ap", "ap", "tass"]


def test_the_same_article_is_read_the_same_way_twice(read: Reader, story: str) -> None:
    text = f"OSLO (AP) — {story}\n\nWith inputs from AFP, Reuters"
    assert read(text, authors=("Reuters",)) == read(text, authors=("Reuters",))


def test_rows_stand_in_the_order_of_the_text_after_the_metadata(read: Reader, story: str) -> None:
    text = f"OSLO (AP) — {story}\n\nHe told AFP so, Reuters reported."
    rows = read(text, authors=("dpa",)).attributions
    assert [row.agency for row in rows] == ["dpa", "ap", "afp", "reuters"]


def test_promos_are_not_read(catalogue: Catalogue) -> None:
    text = "Also read: It fell, Reuters reported, and reports said so."
    for role, rows in ((Role.PROMO, 0), (Role.BODY, 2)):
        found = attribution.read(
            Article(id="a", text=text), [Paragraph(1, 0, len(text), role)], catalogue
        )
        assert len(found.attributions) == rows


def test_an_empty_article(read: Reader) -> None:
    assert read("") == read(" \n\n ")
    assert read("").attributions == ()
