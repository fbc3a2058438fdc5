from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.records import Kind, Reuse
from tests.verdict.newsdesk import OWN, Desk, credit, told

if TYPE_CHECKING:
    from dedup.verdict import Story


def story_of(desk: Desk, *names: str) -> Story:
    """The one story of a day."""
    desk.on_one_story(*(names or tuple(desk.subjects)))
    (row,) = desk.decide().decided.story_rows
    return row


def test_the_wire_and_its_clients_are_one_origin() -> None:
    desk = Desk()
    desk.article("wire", agency="reuters", hour=0)
    for hour, name in enumerate(("one", "two", "three"), start=1):
        desk.article(name, hour=hour)
        desk.took(name, "wire")
    found = story_of(desk)
    assert (found.origins, found.unknown_origins) == (1, 0)
    assert (found.outlets, len(found.articles)) == (4, 4)
    assert found.agencies == ("reuters",)
    assert found.wire_in_corpus


def test_every_reporter_is_an_origin() -> None:
    desk = Desk()
    for name in ("one", "two"):
        desk.article(name, signs=[OWN])
    desk.article("wire", agency="ap")
    found = story_of(desk)
    assert (found.origins, found.unknown_origins) == (3, 0)


def test_silence_is_of_unknown_origin() -> None:
    desk = Desk()
    desk.article("one")
    desk.article("two", signs=[OWN])
    found = story_of(desk)
    assert (found.origins, found.unknown_origins) == (1, 1)
    assert not found.wire_in_corpus


def test_a_chain_of_copies_has_the_origin_of_its_first() -> None:
    desk = Desk()
    desk.article("first", hour=0, signs=[OWN])
    desk.article("second", hour=1)
    desk.article("third", hour=2)
    desk.took("second", "first")
    desk.took("third", "second")
    found = story_of(desk)
    assert (found.origins, found.unknown_origins) == (1, 0)


def test_a_mixed_article_has_all_its_origins() -> None:
    desk = Desk()
    desk.article("wire", agency="reuters", hour=0)
    desk.article("ap1", agency="ap", hour=0)
    desk.article("mixed", hour=1, signs=[OWN])
    desk.took("mixed", "wire", 0, 40)
    desk.took("mixed", "ap1", 40, 60)
    found = story_of(desk)
    assert (found.origins, found.unknown_origins) == (3, 0)


def test_a_rival_beside_the_wire_is_the_origin_it_is() -> None:
    """Mostly from the wire, some from a rival: two origins, and the wire's article is no third."""
    desk = Desk()
    desk.article("wire", agency="reuters", hour=0)
    desk.article("rival", hour=0, signs=[OWN])
    desk.article("article", hour=1)
    desk.took("article", "wire", 0, 60)
    desk.took("article", "rival", 60, 90)
    found = story_of(desk)
    assert (found.origins, found.unknown_origins) == (2, 0)


@pytest.mark.parametrize(
    ("says", "origins", "unknown"),
    [
        (credit("ap"), 1, 0),
        (credit("ap", Kind.TAGLINE, 5), 1, 0),
        (credit("", Kind.SYNDICATION, 5), 0, 1),
        (told("ap", 1), 0, 1),
    ],
)
def test_an_origin_by_credit(says: object, origins: int, unknown: int) -> None:
    desk = Desk()
    desk.article("article", says=[says])  # type: ignore[list-item]
    found = story_of(desk)
    assert (found.origins, found.unknown_origins) == (origins, unknown)


def test_private_sources_make_an_origin_too() -> None:
    desk = Desk()
    desk.article("article", says=[told("ap", 1), told("ap", 3)])
    assert story_of(desk).origins == 1


def test_several_clients_by_credit_are_one_origin() -> None:
    desk = Desk()
    for name in ("one", "two", "three"):
        desk.article(name, says=[credit("ap")])
    assert story_of(desk).origins == 1


def test_one_outlet_is_counted_once_and_an_unknown_one_as_itself() -> None:
    desk = Desk()
    for name, outlet in (("a", "Post"), ("b", "POST"), ("c", ""), ("d", "")):
        desk.article(name, outlet=outlet)
    assert story_of(desk).outlets == 3


def test_the_first_article_is_the_earliest_that_is_dated() -> None:
    desk = Desk()
    desk.article("a")
    desk.article("b", hour=2)
    desk.article("c", hour=1)
    desk.article("d", hour=1)
    assert story_of(desk).first == 2


def test_no_article_is_first_where_none_is_dated() -> None:
    desk = Desk()
    desk.article("a")
    assert story_of(desk).first == -1


def test_agencies_of_a_story_are_all_that_its_articles_go_back_to_or_name() -> None:
    desk = Desk()
    desk.article("wire", agency="reuters")
    desk.article("article", says=[told("afp", 2)])
    desk.took("article", "wire", 40, 80, kind=Reuse.EDITED)
    assert story_of(desk).agencies == ("afp", "reuters")


def test_a_ring_of_copies_ends() -> None:
    desk = Desk()
    for name, other in (("a", "b"), ("b", "c"), ("c", "a")):
        desk.article(name)
        desk.took(name, other)
    found = story_of(desk)
    assert found.origins + found.unknown_origins > 0


@given(st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=12))
def test_the_origins_are_the_articles_at_the_ends_of_the_chains(took: set[tuple[int, int]]) -> None:
    """In any net of copies, rings included: whoever took from nobody and was taken from."""
    desk = Desk()
    for name in "abcdefgh":
        desk.article(name, sizes=(20,) * 8)
    pairs = {("abcdefgh"[a], "abcdefgh"[b]) for a, b in took if a != b}
    for name, other in sorted(pairs):
        place = 20 * "abcdefgh".index(other)
        desk.took(name, other, place, place + 20)
    found = story_of(desk)
    takers = {name for name, _ in pairs}
    firsts = {other for _, other in pairs} - takers
    assert found.origins == len(firsts)
    reached = set(firsts)
    for _ in desk.subjects:
        reached |= {name for name, other in pairs if other in reached}
    assert found.unknown_origins == len(desk.subjects) - len(reached - firsts)


def test_unrelated_articles_are_stories_of_their_own() -> None:
    desk = Desk()
    desk.article("a")
    desk.article("b")
    rows = desk.decide().decided.story_rows
    assert [row.articles for row in rows] == [(0,), (1,)]
