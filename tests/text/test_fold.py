from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dedup.text.fold import fold

#: no ampersand: entities are spelled out below, and folding may write new ones
TEXT = st.text(
    st.one_of(
        st.characters(exclude_characters="&\uff06\ufe60"),
        st.sampled_from(
            "aAéßİſKÅﬁﬂ½²'’ʼ-–“”\u00ad\u200b\u0301\u0327\u0345\u030c\ufe0fＡｶﾞㄱ가ᄀ\u1161"
        ),
    ),
    max_size=40,
)


def spelled(text: str) -> str:
    return "".join(map(chr, fold(text).codes.tolist()))


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("ﬁnd ﬂaws", "find flaws"),
        ("Ｒｅｕｔｅｒｓ", "reuters"),
        ("“It’s” – he", '"it\'s" - he'),
        ("co\u00adpy co\u200bpy co\u202epy", "copy copy copy"),
        ("no\u00a0break", "no break"),
        ("cafe\u0301 CAFE\u0301", "café café"),
        ("AT&amp;T &#8217;tis &eacute;t&#xE9;", "at&t 'tis été"),
        ("don&amp;#8217;t &amp;amp; &shy;", "don't & "),
        ("&nosuch; &; fish & chips", "&nosuch; &; fish & chips"),
        ("J\u030c", "ǰ"),
        ("NU\0L", "nul"),
        ("Ⅷ", "viii"),
        ("한국", "한국"),
        ("\u1112\u1161\u11ab", "한"),
        ("…", "…"),
        ("\ufeffStart", "start"),
        ("\ud800 lone", "\ud800 lone"),
    ],
)
def test_what_is_compared(raw: str, folded: str) -> None:
    assert spelled(raw) == folded


def test_offsets_cover_what_each_character_was_made_of() -> None:
    raw = "x&eacute;e\u0301ﬁ\u00adz"
    folded = fold(raw)
    stretches = [raw[s:e] for s, e in zip(folded.start.tolist(), folded.end.tolist(), strict=True)]
    assert stretches == ["x", "&eacute;", "e\u0301", "ﬁ", "ﬁ", "z"]


@given(TEXT)
@example("ﬁ\u0301")
@example("Ａ\u0301")
@example("J\u030c")
@example("ǰ")
def test_folding_twice_is_folding_once(text: str) -> None:
    once = spelled(text)
    assert spelled(once) == once


@given(TEXT)
def test_offsets_rise_and_stay_inside(text: str) -> None:
    folded = fold(text)
    starts, ends = folded.start.tolist(), folded.end.tolist()
    assert starts == sorted(starts)
    assert ends == sorted(ends)
    assert all(0 <= s < e <= len(text) for s, e in zip(starts, ends, strict=True))


@given(TEXT)
def test_each_stretch_folds_to_its_characters(text: str) -> None:
    folded = fold(text)
    whole: dict[tuple[int, int], str] = {}
    for code, start, end in zip(*(column.tolist() for column in folded), strict=True):
        whole[start, end] = whole.get((start, end), "") + chr(code)
    assert all(spelled(text[start:end]) == made for (start, end), made in whole.items())


def test_folding_each_character_of_many_scripts_is_idempotent() -> None:
    scripts = (range(0x3400), range(0xA000, 0xAC00), range(0xF900, 0x10800))
    codes = chain(*scripts, range(0x1D400, 0x1D800))
    chars = "\n".join(chr(code) for code in codes if code != ord("&"))
    once = spelled(chars)
    assert spelled(once) == once
