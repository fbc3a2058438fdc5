from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from dedup.records import Reuse
from tests import strategies
from tests.strategies import SENTENCES, Copy, copies, drafts, laid_out, unrelated
from tests.verify.readings import compared, read_text, taken

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dedup import verify
    from tests.strategies import Draft

FEW = settings(max_examples=40)


def made_of(source: tuple[str, ...], copy: tuple[str, ...]) -> Copy:
    """Put each sentence in a paragraph of its own."""
    kept = tuple(sentence for sentence in copy if sentence in source)
    return Copy(strategies.credited(laid_out(source, 1).text), laid_out(copy, 1).text, kept)


UNDER_A_DATELINE = made_of(SENTENCES[:4], SENTENCES[:4])


def inside(reading: verify.Reading, spans: list[tuple[int, int]]) -> NDArray[np.bool_]:
    """Which words of an article lie in the spans."""
    out = np.zeros(len(reading), bool)
    for start, end in spans:
        out |= (reading.start >= start) & (reading.start < end)
    return out


def here(found: verify.Comparison) -> list[tuple[int, int]]:
    return [(p.start, p.end) for p in found.passages]


def there(found: verify.Comparison) -> list[tuple[int, int]]:
    return [(p.other_start, p.other_end) for p in found.passages]


def covered(sentence: str, text: str, spans: list[tuple[int, int]]) -> bool:
    """Whether a sentence's words, its last mark apart, lie in one span."""
    start = text.index(sentence)
    return any(a <= start and start + len(sentence) - 1 <= b for a, b in spans)


# The same, and nothing the same


@given(draft=drafts(least=2), both=st.booleans())
@FEW
def test_equal_articles_are_one_verbatim_passage(*, draft: Draft, both: bool) -> None:
    text = draft.text
    (passage,) = compared(text, text, both=both).passages
    assert text[passage.start : passage.end] == text.rstrip(".")
    assert (passage.start, passage.end) == (passage.other_start, passage.other_end)
    assert passage.kind is Reuse.VERBATIM


@given(pair=unrelated(), both=st.booleans())
@FEW
def test_unrelated_articles_share_nothing(*, pair: tuple[Draft, Draft], both: bool) -> None:
    found = compared(pair[0].text, pair[1].text, both=both, explain=True)
    assert found[:2] == ((), ())


@pytest.mark.parametrize("text", ["", "...", "Also Read | Ten ferries that changed the coast"])
def test_nothing_to_compare(text: str) -> None:
    whole = laid_out(SENTENCES[:4], 2).text
    for a, b in ((text, whole), (whole, text), (text, text)):
        assert compared(a, b, both=True, explain=True)[:2] == ((), ())


# What a copyist did


@given(copies())
@FEW
def test_what_came_through_word_for_word_is_found(copy: Copy) -> None:
    assume(len(copy.kept) > 1)
    spans = here(compared(copy.text, copy.source))
    missed = [s for s in copy.kept if not covered(s, copy.text, spans)]
    assert missed == []


@given(copies())
@FEW
def test_offsets_are_right_on_both_sides(copy: Copy) -> None:
    found = compared(copy.text, copy.source)
    a, b = read_text(copy.text), read_text(copy.source)
    for passage in found.passages:
        assert passage.words == int(inside(a, [(passage.start, passage.end)]).sum())
        assert passage.start in a.start
        assert passage.end in a.end
        assert passage.other_start in b.start
        assert passage.other_end in b.end
        assert 0 <= passage.score <= 1


@example(UNDER_A_DATELINE)
@given(copies())
@FEW
def test_passages_begin_and_end_with_words_that_both_share(copy: Copy) -> None:
    a, b = read_text(copy.text), read_text(copy.source)
    for passage in compared(copy.text, copy.source).passages:
        mine = a.stem[inside(a, [(passage.start, passage.end)])].tolist()
        theirs = b.stem[inside(b, [(passage.other_start, passage.other_end)])].tolist()
        assert {mine[0], mine[-1]} <= set(theirs)
        assert {theirs[0], theirs[-1]} <= set(mine)


@example(made_of((SENTENCES[6], *SENTENCES[:6]), (SENTENCES[6], SENTENCES[5])))
@given(copies())
@FEW
def test_passages_come_in_order_and_apart(copy: Copy) -> None:
    found = compared(copy.text, copy.source).passages
    assert all(p.end <= q.start for p, q in itertools.pairwise(found))


@example(made_of(SENTENCES[:4], (SENTENCES[1].replace("found", "discovered"),)))
@given(copies())
@FEW
def test_anchors_lie_in_their_passage(copy: Copy) -> None:
    for passage in compared(copy.text, copy.source).passages:
        first, *_ = anchors = passage.anchors
        assert first.here == passage.start
        assert all(passage.start <= anchor.here < passage.end for anchor in anchors)
        assert all(passage.other_start <= anchor.there < passage.other_end for anchor in anchors)
        assert list(anchors) == sorted(anchors, key=lambda anchor: anchor.here)


@example(UNDER_A_DATELINE)
@given(copies())
@FEW
def test_credits_round_a_text_do_not_change_what_was_taken(copy: Copy) -> None:
    bare, under = (
        compared(copy.text, strategies.credit_strip(copy.source)),
        compared(copy.text, copy.source),
    )
    texts = [
        [source[start:end] for start, end in there(found)]
        for found, source in ((bare, strategies.credit_strip(copy.source)), (under, copy.source))
    ]
    assert here(bare) == here(under)
    assert texts[0] == texts[1]


# Which side is which


@given(copies())
@FEW
def test_where_the_order_is_unknown_either_side_may_come_first(copy: Copy) -> None:
    assume(len(copy.kept) > 1)
    one = compared(copy.text, copy.source, both=True)
    two = compared(copy.source, copy.text, both=True)
    a, b = read_text(copy.text), read_text(copy.source)
    for reading, first, second in ((a, here(one), there(two)), (b, there(one), here(two))):
        agree = inside(reading, first) == inside(reading, second)
        assert agree.mean() >= 0.8


@given(copies())
@FEW
def test_looking_both_ways_finds_about_as_much(copy: Copy) -> None:
    a = read_text(copy.text)
    one = inside(a, here(compared(copy.text, copy.source)))
    both = inside(a, here(compared(copy.text, copy.source, both=True)))
    assert both.sum() >= 0.8 * one.sum()


# What else the articles tell


@given(copies(), st.data())
@FEW
def test_a_paragraph_about_something_else_hides_no_copy(copy: Copy, data: st.DataObject) -> None:
    assume(len(copy.kept) > 1)
    used = copy.source + copy.text
    other = data.draw(st.sampled_from([s for s in SENTENCES if s not in used]))
    longer = data.draw(st.sampled_from([f"{other}\n\n{copy.text}", f"{copy.text}\n\n{other}"]))
    fuller = data.draw(st.sampled_from([f"{other}\n\n{copy.source}", f"{copy.source}\n\n{other}"]))
    for article, source in ((longer, copy.source), (copy.text, fuller)):
        spans = here(compared(article, source))
        assert [s for s in copy.kept if not covered(s, article, spans)] == []
        assert not covered(other, article + other, spans)


# Why not


def test_a_near_miss_says_which_rule_kept_it_from_being_reuse() -> None:
    quotation = (
        "“We warned the ministry about those cables in writing, three times, and each time we were "
        "told to wait for the budget,” the engineer said."
    )
    source = f"{SENTENCES[0]} {SENTENCES[1]}\n\n{quotation}"
    article = f"{SENTENCES[5]} {SENTENCES[6]}\n\n{quotation}"
    found = compared(article, source, explain=True)
    assert found.passages == ()
    (refusal,) = found.refusals
    assert article[refusal.start : refusal.end].startswith("We warned the ministry")
    assert source[refusal.other_start : refusal.other_end].startswith("We warned the ministry")
    assert refusal.rule == "a quotation that both report"


FORECAST = (
    "The high was {} degrees on the coast. Winds blew at {} knots from the north. "
    "The sun set at {} over the lagoon."
)


@pytest.mark.parametrize(
    ("article", "source", "rule"),
    [
        (
            FORECAST.format(31, 12, 18.24),
            FORECAST.format(24, 19, 17.51),
            "a form filled in anew: like lines, other figures",
        ),
        (
            "The ministry did not immediately respond to a request for comment.",
            "The company did not immediately respond to a request for comment.",
            "too little by itself",
        ),
        (
            "Trawlers of angry fishermen barred the quay.",
            "Fishermen blocked the eastern quay with forty trawlers.",
            "the same fact in other words",
        ),
    ],
)
def test_each_rule_is_named(article: str, source: str, rule: str) -> None:
    found = compared(article, source, explain=True)
    assert found.passages == ()
    assert {refusal.rule for refusal in found.refusals} == {rule}


def test_what_was_taken_is_no_near_miss() -> None:
    source = laid_out(SENTENCES[:4], 2).text
    found = compared(source, source, explain=True)
    assert found.passages
    assert not found.refusals


def test_refusals_are_said_only_when_asked_for() -> None:
    assert not compared(
        "Trawlers of angry fishermen barred the quay.",
        "Fishermen blocked the eastern quay with forty trawlers.",
    ).refusals


# Other languages


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "zh",
            """
市政府昨天宣布关闭河边的旧水泥厂，三百名工人将在下个月转到新的工业园区继续上班。

环保人士指出，工厂多年来把未经处理的废水排入河中，下游的渔民几乎捕不到鱼。
""",
        ),
        (
            "ar",
            """
أعلنت البلدية أمس إغلاق مصنع الإسمنت القديم على ضفة النهر ونقل العمال إلى المنطقة الصناعية الجديدة.

وقال ناشطون إن المصنع كان يلقي مياها ملوثة في النهر منذ سنوات طويلة حتى اختفت الأسماك.
""",
        ),
    ],
)
def test_a_copy_in_another_script(language: str, text: str) -> None:
    (found,) = taken(text, text, language)
    assert found.kind is Reuse.VERBATIM
    assert found.text == found.other
    assert len(found.text) >= len(text.strip()) - 2
