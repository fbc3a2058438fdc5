"""Several records of one id: which is kept, and that order of input never matters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import times
from dedup.records import Article, Skipped
from dedup.sources import settle


def version(text: str, published_at: str = "", name: str = "a") -> Article:
    return Article(id=name, text=text, published_at=published_at, path="p.jsonl")


def test_articles_are_sorted_by_id_and_skips_by_place() -> None:
    skips = [Skipped("b", "10", "r"), Skipped("b", "9", "r"), Skipped("a", "", "r")]
    articles, skipped = settle([version("x", name="b"), *skips, version("x", name="a")])
    assert [article.id for article in articles] == ["a", "b"]
    assert [place[:2] for place in skipped] == [("a", ""), ("b", "9"), ("b", "10")]


@pytest.mark.parametrize(
    ("one", "other", "kept", "reason"),
    [
        (("x", "2021-08-13"), ("y", "2021-08-11"), "x", "published later"),
        (("x", "2021-08-11T10:00:00Z"), ("y", "2021-08-11T09:59:59Z"), "x", "published later"),
        (("x", "2021-08-11"), ("y", "2021-08-11"), "y", "with another text"),
        (("x", ""), ("y", "2021-08-11"), "y", "with another text"),
        (("y", ""), ("x", "2021-08-11"), "y", "with another text"),
        (("x", "2021-08-11"), ("x", "2021-08-12"), "x", "with the same text"),
    ],
)
def test_which_is_kept(
    one: tuple[str, str], other: tuple[str, str], kept: str, reason: str
) -> None:
    articles, skipped = settle([version(*other), version(*one)])
    assert [article.text for article in articles] == [kept]
    assert skipped == [
        Skipped("p.jsonl", "", f"the id 'a' was seen in another record, {reason}, which was kept")
    ]
    assert (articles, skipped) == settle([version(*one), version(*other)])


def test_a_record_without_a_path_is_called_by_its_id() -> None:
    _, skipped = settle([Article(id="a", text="x"), Article(id="a", text="y")])
    assert skipped[0].path == "a"


dates = st.sampled_from(
    [
        *("", "2021-08-11", "2021-08-12", "2021-08-11T23:00:00Z", "2021-08-12T13:00:00Z"),
        *("2021-08-11T09:00:00", "2021-08-13T02:00:00", "2021-08-12T12:59:59+02:00"),
    ]
)
versions = st.lists(
    st.builds(version, st.sampled_from("xyz"), dates, st.sampled_from("ab")), max_size=7
)


@given(versions, st.randoms())
def test_the_order_of_input_never_matters(items: list[Article], shuffler: st.Random) -> None:  # type: ignore[name-defined]  # hypothesis hands in a random.Random
    shuffled = list(items)
    shuffler.shuffle(shuffled)
    assert settle(items) == settle(shuffled)


@given(versions)
def test_none_that_is_certainly_later_was_skipped(items: list[Article]) -> None:
    articles, skipped = settle(items)
    assert len({article.id for article in articles}) == len(articles)
    assert len(articles) + len(skipped) == len(items)
    for kept in articles:
        for other in items:
            if other.id == kept.id:
                later = times.order(times.parse(kept.published_at), times.parse(other.published_at))
                assert later >= 0
