"""Texts that are laid out together are laid out as each is alone."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from dedup.text import look_at, segment, segment_all
from dedup.text.layout import CLOSERS, END_MARKS, ends_sentence, lay_out
from dedup.text.sheet import cut, lay_out_all
from tests.text.test_layout import LEAD, PAGES, STORY

WIDE = st.lists(
    st.sampled_from(
        [LEAD, f" {LEAD}\u200b", f"{LEAD}” ", "Short", "\n\n", "\n\n\n", "\n", " \t\n\n"]
    ),
    max_size=9,
).map("".join)
TEXTS = st.lists(st.one_of(PAGES, WIDE), max_size=5)


@given(TEXTS)
@example([f"{LEAD}\n\n{' ' * 20}{LEAD}", "", " ", "\n\n".join(STORY), "a\rb\n\n" + LEAD])
def test_texts_are_laid_out_as_each_is_alone(texts: list[str]) -> None:
    sheet = lay_out_all(texts)
    bounds = sheet.indptr.tolist()
    assert bounds[-1] == len(sheet.start) == len(sheet.end)
    for number, text in enumerate(texts):
        own = slice(bounds[number], bounds[number + 1])
        begin = sheet.begin[number]
        starts, ends = (sheet.start[own] - begin).tolist(), (sheet.end[own] - begin).tolist()
        layout = lay_out(text)
        assert sheet.layouts[number] == layout.name
        assert [*zip(starts, ends, strict=True)] == layout.paragraphs


@given(st.lists(st.text(st.sampled_from(CLOSERS + END_MARKS + "ab"), max_size=14), max_size=5))
def test_where_sentences_end_is_known_of_all_paragraphs(texts: list[str]) -> None:
    sheet = lay_out_all(texts)
    paragraphs = [(text, *place) for text in texts for place in lay_out(text).paragraphs]
    assert sheet.ended().tolist() == [ends_sentence(*paragraph) for paragraph in paragraphs]


@given(TEXTS, st.text(max_size=12))
def test_texts_are_segmented_as_each_is_alone(texts: list[str], title: str) -> None:
    together = segment_all(texts, [title] * len(texts), look_at(texts))
    assert together == [segment(text, title) for text in texts]


def test_sheets_hold_every_text_once() -> None:
    texts = [LEAD * 500] * 7 + [""] * 3 + ["a"]
    bounds = cut(texts)
    assert [first for first, _ in bounds] == [0, *(last for _, last in bounds[:-1])]
    assert bounds[-1][1] == len(texts)
    assert len(bounds) > 1
    assert cut([]) == []
