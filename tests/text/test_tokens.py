from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dedup.tables import CAPITAL, NUMBER, SPACELESS
from dedup.text import hashing, tokens
from dedup.text.tokens import rows_at, tokenize, tokenize_lines, word_hash
from tests import oracles

if TYPE_CHECKING:
    from pathlib import Path

    from dedup.tables import TokenTable

pytestmark = pytest.mark.usefixtures("back_end")

CONTRACT_WORD = re.compile(r"\w+(?:['’]\w+)*")

TEXT = st.text(
    st.one_of(
        st.characters(exclude_characters="&"),
        st.sampled_from("abcÉ1٣_'’ʼ -\n\u00ad\u200b\u0301\u0308ﬁßกิน買った한ᄀ\u1161½²"),
    ),
    max_size=40,
)


def found(text: str) -> list[oracles.Word]:
    return rows(tokenize([text]))


def rows(table: TokenTable) -> list[oracles.Word]:
    columns = (table.start, table.end, table.word, table.flags)
    return [
        oracles.Word(s, e, w, bool(f & CAPITAL), bool(f & NUMBER), bool(f & SPACELESS))
        for s, e, w, f in zip(*(column.tolist() for column in columns), strict=True)
    ]


def spelled(text: str) -> list[str]:
    return [text[word.start : word.end] for word in found(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It’s Reuters' 2-day man-of-war.", ["It’s", "Reuters", "2", "day", "man", "of", "war"]),
        ("co\u00adpy co-\npy", ["co\u00adpy", "co", "py"]),
        ("d''un l'a'b '", ["d", "un", "l'a'b"]),
        ("買った iPhone15が", ["買", "っ", "た", "iPhone15", "が"]),
        ("กิน 'ก'ก", ["กิ", "น", "ก", "ก"]),
        ("caf&eacute; AT&amp;T &nbsp; x", ["caf&eacute;", "AT", "T", "x"]),
        ("don&#8217;t", ["don&#8217;t"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("", []),
        ("… – 😀", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert spelled(text) == words


@given(TEXT)
@example("ǰ'ǰ")
@example("\u0301a\u00ad\u0301'\u00adb")
@example(":\u0abc")
@example(":\u0301e\u0301")
@example("A\u0abc")
@example("¨ꠣ")
@example("\u2adc")
@example("A\u0abc e\u0301")
def test_every_text_gives_what_the_plain_tokeniser_gives(text: str) -> None:
    assert found(text) == oracles.words(text)


@given(st.lists(TEXT, max_size=6))
def test_articles_together_are_the_articles_one_by_one(texts: list[str]) -> None:
    table = tokenize(texts)
    pieces = [
        rows(table)[first:last]
        for first, last in zip(table.indptr[:-1], table.indptr[1:], strict=True)
    ]
    assert pieces == [found(text) for text in texts]


@settings(max_examples=25)
@given(texts=st.lists(st.text("ab é&\u00ad\n", max_size=20), min_size=1, max_size=20))
def test_chunks_do_not_show(texts: list[str]) -> None:
    whole, lines = tokenize_lines(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tokens, "_CHUNK", 16)
        patch.setattr(hashing, "_RUN", 8)
        cut, cut_lines = tokenize_lines(texts)
    assert rows(cut) == rows(whole)
    assert cut.indptr.tolist() == whole.indptr.tolist()
    assert cut_lines.tolist() == lines.tolist()


@given(st.lists(TEXT, max_size=6))
@example(["one two\n\nthree", "", "four\n...\nfive six\n", "\n1\n\n2"])
def test_a_line_begins_with_its_first_word(texts: list[str]) -> None:
    table, lines = tokenize_lines(texts)
    expected = []
    for text, first, last in zip(texts, table.indptr[:-1], table.indptr[1:], strict=True):
        end = 0
        for row in range(first, last):
            if row == first or "\n" in text[end : table.start[row]]:
                expected.append(row)
            end = table.end[row]
    assert lines.tolist() == expected


def test_more_words_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["one two", "買" * 200, "", "three", "買" * 300, "four"]
    monkeypatch.setattr(tokens, "_CHUNK", 16)
    table, lines = tokenize_lines(texts)
    assert rows(table) == [word for text in texts for word in found(text)]
    assert np.diff(table.indptr).tolist() == [2, 200, 0, 1, 300, 1]
    assert lines.tolist() == [0, 2, 202, 203, 503]


def test_words_are_the_contract_s_on_real_news(seeds: Path) -> None:
    for path in sorted(seeds.glob("*.txt")):
        text = path.read_text("utf-8")
        spans = [(word.start, word.end) for word in found(text)]
        assert spans == [match.span() for match in CONTRACT_WORD.finditer(text)]
        assert len(spans) > 100


@given(st.lists(st.text("abcé'ß0", min_size=1, max_size=9), max_size=8))
def test_word_hash_is_the_hash_of_the_word_in_a_text(words: list[str]) -> None:
    words = [word.strip("'") or "a" for word in words]
    words = [re.sub("'+", "'", word) for word in words]
    assert word_hash(words).tolist() == tokenize([" ".join(words)]).word.tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It's", "it’s"),
        ("it's", "itʼs"),
        ("Café", "cafe\u0301"),
        ("naïve", "na&iuml;ve"),
        ("copy", "co\u200bpy"),
        ("STRASSE", "straße"),
        ("Reuters", "Ｒｅｕｔｅｒｓ"),
    ],
)
def test_spellings_of_one_word_are_equal(one: str, other: str) -> None:
    assert tokenize([one]).word.tolist() == tokenize([other]).word.tolist()


@pytest.mark.parametrize(("one", "other"), [("resume", "résumé"), ("ab", "ba"), ("a", "aa")])
def test_different_words_differ(one: str, other: str) -> None:
    assert tokenize([one]).word.tolist() != tokenize([other]).word.tolist()


def test_flags() -> None:
    flags = tokenize(["Éire &Eacute;ire E\u0301ire eBay B2B 買 ٣ e\u0301"]).flags.tolist()
    assert flags == [CAPITAL, CAPITAL, CAPITAL, 0, CAPITAL | NUMBER, SPACELESS, NUMBER, 0]


def test_no_articles() -> None:
    table = tokenize([])
    assert (table.indptr.tolist(), len(table.word)) == ([0], 0)


@given(st.lists(TEXT, min_size=1, max_size=4), st.data())
def test_rows_are_those_of_the_first_word_from_a_place_on(
    texts: list[str], data: st.DataObject
) -> None:
    table = tokenize(texts)
    articles = data.draw(st.lists(st.integers(0, len(texts) - 1)))
    places = data.draw(st.lists(st.integers(0, 41), min_size=len(articles), max_size=len(articles)))
    wanted = []
    for article, place in zip(articles, places, strict=True):
        own = range(table.indptr[article], table.indptr[article + 1])
        wanted.append(next((row for row in own if table.start[row] >= place), own.stop))
    asked = np.array(articles, np.int32), np.array(places, np.int64)
    assert rows_at(table, *asked).tolist() == wanted


@pytest.mark.parametrize("size", range(hashing.SHORT - 1, hashing.SHORT + 3))
def test_a_word_about_as_long_as_is_hashed_in_one_go(size: int) -> None:
    [word] = found("é" * size)
    assert (word.end, word.hash) == (size, oracles.hash_of("é" * size))


@given(st.text("a b'é1買", max_size=80))
def test_many_words_close_together(text: str) -> None:
    assert found(text) == oracles.words(text)


def test_a_word_longer_than_any_chunk() -> None:
    word = "ab" * 150_000
    x, long, y = found(f"x {word} y")
    assert (long.start, long.end, long.hash) == (2, 300_002, oracles.hash_of(word))
    assert [x, y._replace(start=2, end=3)] == found("x y")
