from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.records import Direction, Kind, Reuse, Role
from tests.verdict.newsdesk import OWN, Desk, credit, told

if TYPE_CHECKING:
    from dedup.records import Attribution

VERBATIM, EDITED, PARAPHRASE = Reuse.VERBATIM, Reuse.EDITED, Reuse.PARAPHRASE


def desk_with(*says: Attribution) -> Desk:
    desk = Desk()
    desk.article("wire", agency="reuters", hour=0)
    desk.article("article", hour=2, says=says)
    return desk


def column(desk: Desk, name: str, column: str) -> list[object]:
    return [getattr(entry, column) for entry in desk.decide().ledger(name)]


def test_every_paragraph_has_its_line() -> None:
    desk = desk_with()
    desk.article("article", sizes=(5, 0, 30))
    assert column(desk, "article", "words") == [5, 0, 30]
    assert [entry.paragraph.n for entry in desk.decide().ledger("article")] == [1, 2, 3]


def test_what_was_taken_and_from_where() -> None:
    desk = desk_with()
    desk.took("article", "wire", 20, 60, there=40, kind=EDITED, score=0.7)
    assert column(desk, "article", "reuse") == ["", EDITED, EDITED, "", ""]
    assert column(desk, "article", "source") == [-1, 1, 1, -1, -1]
    assert column(desk, "article", "score") == [0, 0.7, 0.7, 0, 0]
    assert column(desk, "article", "direction") == ["", "from", "from", "", ""]
    assert column(desk, "article", "agencies") == [(), ("reuters",), ("reuters",), (), ()]


def test_a_paragraph_that_others_took_is_empty() -> None:
    desk = desk_with()
    desk.took("article", "wire")
    for name in ("reuse", "direction", "credit"):
        assert column(desk, "wire", name) == [""] * 5
    assert column(desk, "wire", "source") == [-1] * 5
    assert column(desk, "wire", "agencies") == [()] * 5


def test_words_shared_in_unknown_order_say_so_on_both_sides() -> None:
    desk = Desk()
    desk.article("a")
    desk.article("b")
    desk.shares("a", "b", 0, 20)
    for name, other in (("a", 1), ("b", 0)):
        assert column(desk, name, "direction")[0] is Direction.UNKNOWN
        assert column(desk, name, "source")[0] == other
        assert column(desk, name, "reuse")[0] is VERBATIM


@pytest.mark.parametrize(("words", "reused"), [(6, False), (7, True), (20, True)])
def test_a_paragraph_is_reused_from_a_third_of_its_words(words: int, *, reused: bool) -> None:
    desk = desk_with()
    desk.took("article", "wire", 0, words)
    assert bool(column(desk, "article", "reuse")[0]) == reused
    assert bool(column(desk, "article", "agencies")[0]) == reused


def test_or_from_a_sentence_however_long_it_is() -> None:
    for words, reused in ((19, False), (20, True)):
        desk = desk_with()
        desk.article("article", hour=2, sizes=(200,))
        desk.took("article", "wire", 0, words)
        assert bool(column(desk, "article", "reuse")[0]) == reused


def test_the_source_that_gave_most_of_a_paragraph_is_named() -> None:
    desk = desk_with()
    desk.article("rival", hour=1)
    desk.took("article", "wire", 0, 8)
    desk.took("article", "rival", 8, 20, kind=EDITED)
    (first, *_) = desk.decide().ledger("article")
    assert desk.decide().ids[first.source] == "rival"
    assert first.reuse == EDITED
    assert first.agencies == ("reuters",)


@pytest.mark.parametrize("role", [Role.HEADLINE, Role.HEADING, Role.PROMO, Role.BOILERPLATE])
def test_furniture_inside_a_copied_run_is_not_reused(role: Role) -> None:
    desk = desk_with()
    desk.article("article", hour=2, roles={2: role})
    desk.took("article", "wire", 0, 60)
    assert column(desk, "article", "reuse") == [VERBATIM, "", VERBATIM, "", ""]
    assert column(desk, "article", "credit")[1] == ""


# Where it stands in the source


def test_the_paragraph_opposite() -> None:
    """One in the middle of a piece stands beside the piece's beginning."""
    desk = desk_with()
    desk.took("article", "wire", 0, 40, there=60)
    assert column(desk, "article", "source_n") == [4, 4, 0, 0, 0]


def test_each_piece_knows_its_own_place() -> None:
    desk = desk_with()
    desk.took("article", "wire", anchors=[(i, 80 - i, VERBATIM) for i in range(0, 100, 20)])
    assert column(desk, "article", "source_n") == [5, 4, 3, 2, 1]


# How closely


def test_each_paragraph_says_how_closely_its_own_pieces_follow() -> None:
    desk = desk_with()
    kinds = [VERBATIM, EDITED, PARAPHRASE, EDITED, VERBATIM]
    anchors = [(20 * i, 20 * i, kind) for i, kind in enumerate(kinds)]
    desk.took("article", "wire", kind=EDITED, anchors=anchors)
    assert column(desk, "article", "reuse") == kinds


def test_most_of_a_paragraph_decides_how_closely_it_follows() -> None:
    desk = desk_with()
    anchors = [(0, 0, VERBATIM), (14, 14, EDITED), (26, 26, PARAPHRASE)]
    desk.took("article", "wire", 0, 40, kind=EDITED, anchors=anchors)
    assert column(desk, "article", "reuse")[:2] == [VERBATIM, PARAPHRASE]


# Credit


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ([], "none"),
        ([credit("reuters", n=1)], "article"),
        ([credit("reuters", Kind.METADATA, 0)], "article"),
        ([credit("reuters", Kind.TAGLINE, 5)], "article"),
        ([told("reuters", 3)], "named"),
        ([told("reuters", 4)], "none"),
        ([credit("reuters", n=1), told("reuters", 3)], "named"),
        ([credit("reuters", Kind.PHOTO, 3)], "none"),
    ],
)
def test_the_credit_of_a_paragraph_that_was_taken(says: list[Attribution], expected: str) -> None:
    desk = desk_with(*says)
    desk.took("article", "wire", 40, 60)
    assert column(desk, "article", "credit")[2] == expected


@pytest.mark.parametrize(
    ("says", "expected", "agencies"),
    [
        (told("reuters", 3), "named", ("reuters",)),
        (told("", 3, Kind.ANAPHORA), "none", ()),
        (told("bbc", 3, is_agency=False), "none", ()),
        (told("reuters", 4), "", ()),
    ],
)
def test_the_credit_of_a_paragraph_that_names_a_source_and_was_not_taken(
    says: Attribution, expected: str, agencies: tuple[str, ...]
) -> None:
    desk = desk_with(says)
    for shared in (False, True):
        if shared:
            desk.took("article", "wire", 0, 20)
        entry = desk.decide().ledger("article")[2]
        assert (entry.credit, entry.agencies, entry.reuse) == (expected, agencies, "")


def test_a_paragraph_handed_back_to_an_agency_was_taken_from_nobody() -> None:
    desk = Desk()
    desk.article("earlier", hour=0)
    desk.article("credited", hour=1, says=[credit("ap")])
    desk.took("credited", "earlier", 0, 40)
    first, _, third, *_ = desk.decide().ledger("earlier")
    assert (first.reuse, first.source, first.agencies, first.credit) == ("", -1, ("ap",), "none")
    assert (third.agencies, third.credit) == ((), "")


def test_own_words_are_nobodys() -> None:
    desk = desk_with()
    desk.article("article", hour=2, signs=[OWN])
    desk.took("article", "wire", 0, 20)
    for name in ("reuse", "credit", "direction"):
        assert column(desk, "article", name)[1:] == [""] * 4
