"""The back ends give the same arrays, bit for bit, whatever the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dedup.records import Span
from dedup.text import (
    background,
    characters,
    guess_languages,
    look_at,
    paragraph_keys,
    quoted_anywhere,
    shingle,
    stock_clauses,
    tokenize,
    weights,
    with_speech,
)
from dedup.text.furniture import box_buttons, link_closers
from dedup.text.hashing import mix
from dedup.text.layout import lay_out
from dedup.text.quotes import quotations
from dedup.text.sheet import lay_out_all
from tests import oracles
from tests.back_ends import same

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import ModuleType

    from numpy.typing import NDArray

    from dedup.tables import TokenTable

    Columns = list[NDArray[np.generic]]

pytestmark = pytest.mark.usefixtures("kernels")

#: every script, what needs reading, and what is the edge of a word
PIECES = st.one_of(
    st.characters(exclude_categories=()),
    st.sampled_from("aÉ1٣_'’ʼ -&\n\0\u00ad\u200b\u0301ﬁßกิन買った한ᄀ\u1161½²😀𝒜𠀀\U000e0041"),
    st.sampled_from(["&amp;", "&eacute;", "&#8217;", "&amp;#39;", "&shy;", "&no;", "&a", "don’t"]),
)
TEXTS = st.lists(st.lists(PIECES, max_size=30).map("".join), max_size=5)


def columns(tokens: TokenTable) -> Columns:
    return [tokens.indptr, tokens.start, tokens.end, tokens.word, tokens.flags]


def everything(texts: Sequence[str]) -> Columns:
    """Take every step of this room that has two back ends."""
    tokens = tokenize(texts)
    languages = guess_languages(tokens)
    found = columns(tokens)
    for size in (3, 5, 8):
        shingles = shingle(tokens.word, tokens.indptr, size)
        found += [shingles.indptr, shingles.hash]
    found += [np.array(languages, np.str_), weights(tokens, languages)]
    found.append(paragraph_keys(tokens, tokens.indptr[:-1], tokens.indptr[1:]))
    half = [[Span(0, len(text) // 2)] for text in texts]
    news = np.arange(len(texts)) % 3 > 0
    found.append(quoted_anywhere(with_speech(tokens, half), news).flags)
    for language in ("en", "pt-BR", ""):
        table = background(language)
        found += [table.weight(tokens.word), table.function(tokens.word)]
    return found


@given(TEXTS)
@example(["\ud800", "", "ǰ'ǰ", "a'", "'a", "买'a"])
@example(["\u0301a\u00ad\u0301'\u00adb", "&am\u200bp;", "R&D", "Ⅷ&frac12;"])
def test_every_text(texts: list[str]) -> None:
    same(lambda: everything(texts))


def test_real_news(seeds: Path) -> None:
    texts = [path.read_text("utf-8") for path in sorted(seeds.glob("*.txt"))]
    assert len(texts) > 2
    same(lambda: everything(texts))


#: texts in which the signs stand that hardly an article has, whole, broken off, run into others
SIGNS = st.sampled_from(
    [
        *(*box_buttons(), *link_closers(), "photo", "GETTY", "Contributor", "columnist"),
        *("follow her", "condition of anonymity", "did not respond to a request for comment"),
        *("o", "oto", " MO", "RE", "\n", " ", "ü", "\ud800", "Show ", "Hide", "comment"),
    ]
)
SIGNED = st.lists(st.lists(SIGNS, max_size=8).map("".join), max_size=5)


@given(SIGNED)
@example([])
@example(["", "", ""])
def test_rare_words(texts: list[str]) -> None:
    def work() -> Columns:
        looks = look_at(texts)
        stock = [span for text in texts for span in stock_clauses(text)]
        places = [
            (number, *map(ord, sign.decode("latin-1")), at)
            for number, seen in enumerate(looks)
            for sign in sorted(seen.rare)
            for at in seen.rare[sign]
        ]
        return [np.array(stock, np.int64), *(np.array(place, np.int64) for place in places)]

    same(work)


MARKED = st.lists(
    st.text(st.one_of(st.sampled_from("“”«»„‹›\"‘’'`「」 ab.,:5\n"), st.characters()), max_size=60),
    max_size=4,
)


@given(MARKED)
@example(["‘a b c d.’ She", "''a b c d'' he", "``a b c d``", "“a\n\n“b c d e", '"a b c d'])
def test_quotations(texts: list[str]) -> None:
    def work() -> Columns:
        sheet = lay_out_all(texts)
        places = [lay_out(text).paragraphs for text in texts]
        spans, wholly = [], []
        for text, found in enumerate(quotations(sheet, texts, places)):
            spans += [(text, n, *span) for n, own in found.quoted.items() for span in own]
            wholly += [(text, n) for n in found.wholly]
        return [np.array(spans, np.int64), np.array(wholly, np.int64)]

    same(work)


def test_rare_words_on_a_long_page() -> None:
    [seen] = look_at(["a photo " * 9000])
    assert seen.rare == {b"photo": [*range(2, 72000, 8)]}


@given(st.integers(0x80, 0x10FFFF))
def test_a_page_of_characters_is_made_when_it_is_met(code: int) -> None:
    def work() -> Columns:
        table = characters.Table()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(characters, "table", lambda: table)
            return columns(tokenize([f"a{chr(code)}b"]))

    same(work)


@given(st.lists(st.integers(0, (1 << 64) - 1), min_size=1))
def test_mixing_is_the_plain_one(kernels: ModuleType, values: list[int]) -> None:
    expected = [oracles.mix(value) for value in values]
    words = np.array(values, np.uint64)
    assert mix(words).tolist() == expected
    assert [int(kernels.mix(word)) for word in words] == expected
