from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.records import Direction, Kind, Reuse, Role
from dedup.verdict.ledger import SHARE, WORDS, ledger
from dedup.verdict.origins import NONE, Origins, _Draft
from tests.verdict.newsdesk import OWN, Desk, credit, paragraphs_in, told

if TYPE_CHECKING:
    from dedup.records import Attribution, Paragraph
    from dedup.verdict import Match, Subject

VERBATIM, EDITED, PARAPHRASE = Reuse.VERBATIM, Reuse.EDITED, Reuse.PARAPHRASE


def desk_with(*says: Attribution) -> Desk:
    desk = Desk()
    desk.article("wire", agency="reuters", hour=0)
    desk.article("article", hour=2, says=says)
    return desk


def column(desk: Desk, name: str, column: str) -> list[object]:
    return [getattr(entry, column) for entry in desk.decide().ledger(name)]


def test_only_what_there_is_to_say_is_entered() -> None:
    desk = desk_with(told("reuters", 5))
    desk.took("article", "wire", 20, 60)
    verdicts = desk.decide()
    wire, article = (verdicts.decided.ledgers[verdicts.place[n]] for n in ("wire", "article"))
    assert list(wire) == []
    assert [entry.n for entry in article] == [2, 3, 5]


def test_a_paragraph_without_words_takes_nothing() -> None:
    desk = desk_with()
    desk.article("article", sizes=(5, 0, 30))
    desk.took("article", "wire", 0, 35)
    assert column(desk, "article", "reuse") == [VERBATIM, "", VERBATIM]


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


# Word by word

Stretches = list[tuple[str, int, int, int, list[tuple[int, Reuse]]]]

STRETCHES: st.SearchStrategy[Stretches] = st.lists(
    st.tuples(
        st.sampled_from(["ap1", "plain", "reuters1"]),
        st.integers(0, 90),
        st.integers(1, 60),
        st.integers(0, 90),
        st.lists(st.tuples(st.integers(0, 50), st.sampled_from(Reuse)), max_size=3),
    ),
    max_size=6,
)
SIZES = st.lists(st.integers(0, 40), min_size=1, max_size=7)
ROLES = st.dictionaries(st.integers(1, 7), st.sampled_from([Role.HEADING, Role.QUOTE]), max_size=2)


def took_at_random(stretches: Stretches) -> Desk:
    """An article that took stretches from two agencies and from an outlet that took from one."""
    desk = Desk()
    desk.article("ap1", agency="ap", hour=0)
    desk.article("reuters1", agency="reuters", hour=0)
    desk.article("plain", hour=1)
    desk.took("plain", "ap1", 0, 50)
    for other, first, size, there, pieces in stretches:
        spots = [(first + i, there + i, kind) for i, kind in [(0, VERBATIM), *pieces] if i < size]
        desk.took("article", other, first, first + size, there=there, anchors=spots)
    return desk


def most_of(match: Match, paragraph: Paragraph) -> Reuse:
    """How most characters of a paragraph's stretch of a match follow, one after the other."""
    anchors, order = sorted(match.anchors), list(Reuse)
    stretch = range(max(anchors[0][0], paragraph.start), min(match.end, paragraph.end))
    kinds = [[kind for here, _, kind in anchors if here <= at][-1] for at in stretch]
    return max(order, key=lambda kind: (kinds.count(kind), -order.index(kind)))


def opposite(match: Match, paragraph: Paragraph, source: Subject) -> int:
    """The source's paragraph that a paragraph's first piece, or the piece it is in, begins in."""
    anchors = sorted(match.anchors)
    inside = [there for here, there, _ in anchors if paragraph.start <= here < paragraph.end]
    before = [there for here, there, _ in anchors if here < paragraph.start]
    at = (inside or before[-1:])[0]
    return next((p.n for p in paragraphs_in(source) if p.start <= at < p.end), 0)


@given(STRETCHES, SIZES, ROLES)
def test_the_ledger_is_what_the_words_say_one_by_one(
    stretches: Stretches, sizes: list[int], roles: dict[int, Role]
) -> None:
    desk = took_at_random(stretches)
    desk.article("article", hour=2, sizes=sizes, roles=roles)
    subjects, matches = desk.in_order()
    origins = Origins(subjects, matches)
    place = [subject.id for subject in subjects].index("article")
    entries = {entry.n: entry for entry in ledger(origins, place)}
    origin, at = origins.of(place), subjects[place].at.tolist()
    rows = {at[word]: run.match for run in origin.runs for word in range(run.first, run.last)}
    codes = dict(zip(at, origin.agency.tolist(), strict=False))
    for paragraph in paragraphs_in(subjects[place]):
        words = [word for word in at if paragraph.start <= word < paragraph.end]
        taken = [rows.get(word, NONE) for word in words if rows.get(word, NONE) != NONE]
        named = [codes[word] for word in words if codes.get(word, NONE) >= 0]
        entry = entries.pop(paragraph.n, None)
        if taken and len(taken) >= min(WORDS, SHARE * len(words)):
            match = origins.taken[place][max(sorted(set(taken)), key=taken.count)]
            assert entry is not None
            assert (entry.source, entry.score) == (match.other, match.score)
            assert entry.source_n == opposite(match, paragraph, subjects[match.other])
            assert entry.reuse is most_of(match, paragraph)
        elif len(named) >= SHARE * len(words) and named:
            assert entry is not None
            assert (entry.source, entry.reuse) == (NONE, "")
        else:
            assert entry is None
            continue
        assert entry.agencies == tuple(sorted({origins.agencies[code] for code in named}))
        assert entry.credit == "none"
    assert not entries


@given(st.lists(st.tuples(st.integers(-1, 1), st.integers(-2, 1), st.booleans()), max_size=12))
def test_the_runs_are_the_words(words: list[tuple[int, int, bool]]) -> None:
    draft = _Draft.of(len(words))
    for word, (match, agency, shown) in enumerate(words):
        draft.match[word], draft.agency[word], draft.shown[word] = match, agency, shown
    origin = draft.origin()
    pairs = [(match, agency) for match, agency, _ in words]
    said = {word: (r.match, r.agency) for r in origin.runs for word in range(r.first, r.last)}
    assert said == {word: pair for word, pair in enumerate(pairs) if pair != (NONE, NONE)}
    for run, after in pairwise(origin.runs):
        assert run.last < after.first or run[2:] != after[2:]
    assert origin.words == Counter(said.values())
    assert origin.agency.tolist() == [agency for _, agency, _ in words]
    assert origin.shown.tolist() == [shown for _, _, shown in words]


@pytest.mark.parametrize(("credited", "said"), [("reuters", "article"), ("afp", "none")])
def test_a_credit_covers_what_goes_back_to_its_agency(credited: str, said: str) -> None:
    desk = desk_with(credit(credited, Kind.TAGLINE, 5))
    desk.took("article", "wire", 0, 60)
    assert column(desk, "article", "credit")[:3] == [said] * 3
