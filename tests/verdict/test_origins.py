from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.records import Direction, Kind, Label, Reuse, Role
from dedup.verdict.origins import NONE, UNNAMED, Origins
from tests.verdict.newsdesk import OWN, WIDTH, Desk, credit, told

if TYPE_CHECKING:
    from dedup.records import Attribution


def agencies(desk: Desk, name: str, ids: list[str] | None = None) -> dict[str, int]:
    """The agencies that an article's words go back to, with how many words."""
    subjects, matches = desk.in_order(ids)
    origins = Origins(subjects, matches)
    place = [subject.id for subject in subjects].index(name)
    codes = origins.of(place).agency
    names = {NONE: "", UNNAMED: "?"} | dict(enumerate(origins.agencies))
    return {names[code]: int((codes == code).sum()) for code in sorted(set(codes.tolist()))}


def test_a_copy_of_the_wire_goes_back_to_it() -> None:
    desk = Desk()
    desk.article("wire", agency="reuters")
    desk.article("copy")
    desk.took("copy", "wire", 0, 60)
    assert agencies(desk, "copy") == {"": 40, "reuters": 60}


def test_a_chain_is_followed_to_its_root() -> None:
    desk = Desk()
    desk.article("wire", agency="reuters", hour=0)
    for hour, name in enumerate(("first", "second", "third"), start=1):
        desk.article(name, hour=hour)
    desk.took("first", "wire")
    desk.took("second", "first")
    desk.took("third", "second")
    assert agencies(desk, "third") == {"reuters": 100}


def test_only_what_went_along_the_whole_chain_goes_to_the_root() -> None:
    desk = Desk()
    desk.article("wire", agency="reuters")
    desk.article("first")
    desk.article("second")
    desk.took("first", "wire", 0, 40)
    desk.took("second", "first", 20, 100)
    assert agencies(desk, "second") == {"": 100}, "most of the stretch is the first one's own"
    desk.shared.clear()
    desk.took("first", "wire", 0, 40)
    desk.took("second", "first", 0, 40)
    desk.took("second", "first", 60, 100)
    assert agencies(desk, "second") == {"": 60, "reuters": 40}


def test_the_pieces_of_a_passage_go_each_its_own_way() -> None:
    desk = Desk()
    desk.article("reuters1", agency="reuters")
    desk.article("afp1", agency="afp")
    desk.article("mixed")
    desk.article("copy")
    desk.took("mixed", "reuters1", 0, 50)
    desk.took("mixed", "afp1", 50, 100)
    verbatim = Reuse.VERBATIM
    desk.took("copy", "mixed", anchors=[(0, 0, verbatim), (50, 50, verbatim)])
    assert agencies(desk, "copy") == {"afp": 50, "reuters": 50}


def test_pieces_that_changed_places_are_found_where_they_stood() -> None:
    desk = Desk()
    desk.article("wire", agency="reuters")
    desk.article("mixed")
    desk.article("copy")
    desk.took("mixed", "wire", 0, 50)
    verbatim = Reuse.VERBATIM
    desk.took("copy", "mixed", anchors=[(0, 50, verbatim), (50, 0, verbatim)])
    assert agencies(desk, "copy") == {"": 50, "reuters": 50}


def test_the_most_telling_source_is_taken_first() -> None:
    """A known order, then the source it shares most with, then the earliest."""
    desk = Desk()
    desk.article("afp1", agency="afp", hour=1)
    desk.article("ap1", agency="ap", hour=0)
    desk.article("reuters1", agency="reuters", hour=1)
    desk.article("copy", hour=2)
    desk.took("copy", "afp1", 0, 60)
    desk.took("copy", "reuters1", 0, 100)
    assert agencies(desk, "copy") == {"reuters": 100}
    desk.took("copy", "ap1", 0, 100)
    assert agencies(desk, "copy") == {"ap": 100}
    desk.shared[-1] = desk.shared[-1]._replace(direction=Direction.UNKNOWN)
    assert agencies(desk, "copy") == {"reuters": 100}


# Credit travels with the text


def test_a_credit_travels_forwards() -> None:
    desk = Desk()
    desk.article("credited", hour=1, says=[credit("ap")])
    desk.article("copy", hour=2)
    desk.took("copy", "credited", 0, 60)
    assert agencies(desk, "copy") == {"": 40, "ap": 60}


@pytest.mark.parametrize(
    "kind", [Kind.DATELINE, Kind.BYLINE, Kind.SIGN_OFF, Kind.COPYRIGHT, Kind.SYNDICATION]
)
def test_a_full_credit_travels_backwards(kind: Kind) -> None:
    desk = Desk()
    desk.article("earlier", hour=1)
    desk.article("credited", hour=2, says=[credit("ap", kind)])
    desk.took("credited", "earlier", 0, 60)
    assert agencies(desk, "earlier") == {"": 40, "ap": 60}


def test_a_tagline_does_not_travel_backwards() -> None:
    """“With inputs from AP” says that AP's text went in, not that it is all AP's."""
    desk = Desk()
    desk.article("earlier", hour=1)
    desk.article("credited", hour=2, says=[credit("ap", Kind.TAGLINE, 5)])
    desk.took("credited", "earlier", 0, 60)
    assert agencies(desk, "earlier") == {"": 100}


@pytest.mark.parametrize(
    ("kind", "outlet", "expected"),
    [
        (Kind.TAGLINE, "daily", {"": 100}),
        (Kind.TAGLINE, "other", {"": 40, "ap": 60}),
        (Kind.TAGLINE, "", {"": 40, "ap": 60}),
        (Kind.DATELINE, "daily", {"": 40, "ap": 60}),
    ],
)
def test_in_one_house_a_tagline_does_not_travel_at_all(
    kind: Kind, outlet: str, expected: dict[str, int]
) -> None:
    """What two pieces of an outlet share may be its own, though AP "contributed" to one of them."""
    desk = Desk()
    desk.article("credited", hour=1, outlet="daily", says=[credit("ap", kind, 5)])
    desk.article("later", hour=2, outlet=outlet)
    desk.took("later", "credited", 0, 60)
    assert agencies(desk, "later") == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(Kind.TAGLINE, {"": 60, "ap": 40}), (Kind.DATELINE, {"ap": 100})],
)
def test_where_an_agency_was_seen_a_tagline_is_about_what_was_found_there(
    kind: Kind, expected: dict[str, int]
) -> None:
    """An outlet's story with AP's words in it is the outlet's; its copy bears the same tagline."""
    desk = Desk()
    desk.article("wire", agency="ap", hour=0)
    desk.article("story", hour=1, says=[credit("ap", kind, 5)])
    desk.article("copy", hour=2, says=[credit("ap", kind, 5)])
    desk.took("story", "wire", 0, 40)
    desk.took("copy", "story", 0, 40)
    desk.took("copy", "story", 40, 100)
    assert agencies(desk, "copy") == expected


def test_a_photo_credit_does_not_travel_at_all() -> None:
    desk = Desk()
    desk.article("earlier", hour=1, says=[credit("afp", Kind.PHOTO)])
    desk.article("later", hour=2, says=[credit("ap", Kind.PHOTO)])
    desk.took("later", "earlier")
    assert agencies(desk, "earlier") == agencies(desk, "later") == {"": 100}


def test_own_reporting_is_never_handed_to_an_agency() -> None:
    desk = Desk()
    desk.article("reporter", hour=1, signs=[OWN])
    desk.article("credited", hour=2, says=[credit("ap")])
    desk.took("credited", "reporter")
    assert agencies(desk, "reporter") == {"": 100}


def test_nor_where_the_order_is_unknown() -> None:
    desk = Desk()
    desk.article("credited", says=[credit("ap")])
    desk.article("reporter", signs=[OWN])
    desk.shares("credited", "reporter")
    assert agencies(desk, "reporter") == {"": 100}
    verdict = desk.decide()["reporter"]
    assert verdict.uncredited == ()
    assert verdict.label is not Label.WIRE_COPY


def test_an_article_with_a_credit_of_its_own_keeps_it() -> None:
    desk = Desk()
    desk.article("earlier", hour=1, says=[credit("afp")])
    desk.article("later", hour=2, says=[credit("ap")])
    desk.took("later", "earlier")
    assert agencies(desk, "earlier") == {"": 100}
    assert agencies(desk, "later") == {"afp": 100}


def test_of_unknown_order_credit_travels_either_way() -> None:
    desk = Desk()
    desk.article("a")
    desk.article("b", says=[credit("ap")])
    desk.shares("a", "b", 0, 60)
    assert agencies(desk, "a") == agencies(desk, "b") == {"": 40, "ap": 60}


def test_a_text_goes_to_the_credit_of_the_taker_where_the_source_has_none() -> None:
    desk = Desk()
    desk.article("source", hour=1, signs=[OWN])
    desk.article("taker", hour=2, says=[credit("ap")])
    desk.took("taker", "source", 0, 60)
    assert agencies(desk, "taker") == {"": 40, "ap": 60}


@pytest.mark.parametrize(
    "says",
    [
        [credit("ap"), credit("afp", Kind.TAGLINE)],
        [credit("", Kind.TAGLINE)],
        [credit("", Kind.BYLINE)],
        [credit("", Kind.SYNDICATION)],
    ],
)
def test_a_credit_of_several_agencies_or_none_is_unnamed(says: list[Attribution]) -> None:
    desk = Desk()
    desk.article("credited", hour=1, says=says)
    desk.article("copy", hour=2)
    desk.took("copy", "credited", 0, 60)
    assert agencies(desk, "copy") == {"?": 60, "": 40}


def test_several_agencies_are_not_handed_back() -> None:
    desk = Desk()
    desk.article("earlier", hour=1)
    desk.article("credited", hour=2, says=[credit("ap"), credit("afp")])
    desk.took("credited", "earlier")
    assert agencies(desk, "earlier") == {"": 100}


def test_credit_is_found_behind_another_source() -> None:
    desk = Desk()
    desk.article("plain", hour=0)
    desk.article("credited", hour=1, says=[credit("ap")])
    desk.article("copy", hour=2)
    desk.took("credited", "plain")
    desk.took("copy", "plain")
    desk.took("copy", "credited")
    assert agencies(desk, "copy") == {"ap": 100}


def test_the_wire_itself_stands_above_a_credit() -> None:
    desk = Desk()
    desk.article("wire", agency="reuters", hour=0)
    desk.article("credited", hour=1, says=[credit("ap")])
    desk.article("copy", hour=2)
    desk.took("credited", "wire")
    desk.took("copy", "credited")
    assert agencies(desk, "copy") == {"reuters": 100}


# Chains without an end


def test_a_ring_of_copies_ends() -> None:
    desk = Desk()
    for name, other in (("a", "b"), ("b", "c"), ("c", "a")):
        desk.article(name)
        desk.took(name, other)
    for name in "abc":
        assert agencies(desk, name) == {"": 100}


def test_a_ring_of_undated_copies_ends_at_its_credit() -> None:
    desk = Desk()
    for name in "abc":
        desk.article(name, says=[credit("ap")] * (name == "b"))
    for name, other in (("a", "b"), ("b", "c"), ("a", "c")):
        desk.shares(name, other)
    for name in "abc":
        assert agencies(desk, name) == {"ap": 100}


@pytest.mark.parametrize("length", [5, 11, 30])
def test_a_long_chain_says_the_same_whichever_article_is_asked_first(length: int) -> None:
    desk = Desk()
    names = [f"{n:02}" for n in range(length)]
    desk.article("wire", agency="reuters")
    for name, source in zip(names, ["wire", *names], strict=False):
        desk.article(name)
        desk.took(name, source)
    forwards, backwards = [["wire", *order] for order in (names, names[::-1])]
    early = desk.decide(forwards)
    late = desk.decide(backwards)
    assert {n: early[n].agencies for n in names} == {n: late[n].agencies for n in names}
    assert early[names[4]].agencies == ("reuters",)


def test_words_that_do_not_count_are_taken_from_nobody() -> None:
    desk = Desk()
    desk.article("wire", agency="reuters")
    desk.article("copy", roles={2: Role.HEADING})
    desk.took("copy", "wire")
    assert agencies(desk, "copy") == {"": 20, "reuters": 80}


def test_a_match_seen_from_the_other_side() -> None:
    desk = Desk()
    desk.article("a")
    desk.article("b")
    desk.took("a", "b", 0, 20, there=40)
    _, (match,) = desk.in_order()
    turned = match.turned()
    assert (turned.article, turned.other) == (match.other, match.article)
    assert (turned.start, turned.end) == (40 * WIDTH, 60 * WIDTH - 1)
    assert turned.anchors == ((40 * WIDTH, 0, Reuse.VERBATIM),)
    assert turned.direction is match.direction
    assert turned.turned() == match


def test_ones_own_credit_is_believed_before_another_of_unknown_order() -> None:
    desk = Desk()
    desk.article("here", says=[credit("ap")])
    desk.article("there", says=[credit("afp")])
    desk.took("here", "there", direction=Direction.UNKNOWN)
    assert agencies(desk, "here") == {"ap": 100}
    assert agencies(desk, "there") == {"afp": 100}


def test_of_credits_that_contradict_each_other_most_voices_hold() -> None:
    desk = Desk()
    for name, agency in (("one", "ap"), ("two", "ap"), ("false", "afp")):
        desk.article(name, says=[credit(agency)])
    desk.article("bare")
    for first, second in (("one", "two"), ("one", "false"), ("two", "false")):
        desk.took(first, second, direction=Direction.UNKNOWN)
    for other in ("false", "one", "two"):
        desk.took("bare", other, direction=Direction.UNKNOWN)
    for name in ("one", "two", "false", "bare"):
        assert agencies(desk, name) == {"ap": 100}


def test_an_article_speaks_only_for_the_words_that_it_shares() -> None:
    desk = Desk()
    for name, agency in (("one", "ap"), ("two", "ap"), ("third", "afp")):
        desk.article(name, says=[credit(agency)])
    desk.article("patchwork")
    desk.took("patchwork", "one", 0, 60, direction=Direction.UNKNOWN)
    desk.took("patchwork", "two", 0, 60, direction=Direction.UNKNOWN)
    desk.took("patchwork", "third", 60, 100, direction=Direction.UNKNOWN)
    assert agencies(desk, "patchwork") == {"afp": 40, "ap": 60}


def test_an_agency_that_was_seen_is_not_outvoted() -> None:
    desk = Desk()
    desk.article("wire", agency="reuters", hour=0)
    desk.article("copy", hour=1)
    desk.took("copy", "wire")
    for hour, name in enumerate(("one", "two"), start=2):
        desk.article(name, hour=hour, says=[credit("afp")])
        desk.took(name, "copy")
    assert agencies(desk, "copy") == {"reuters": 100}
    assert agencies(desk, "two") == {"reuters": 100}


def test_a_credit_without_a_name_is_filled_by_another_s() -> None:
    desk = Desk()
    desk.article("nameless", says=[credit("", Kind.TAGLINE)])
    desk.article("bare")
    desk.article("named", says=[credit("ap")])
    desk.took("nameless", "bare", direction=Direction.UNKNOWN)
    desk.took("nameless", "named", 0, 90, direction=Direction.UNKNOWN)
    assert agencies(desk, "nameless") == {"?": 10, "ap": 90}


@pytest.mark.parametrize(
    ("kind", "named", "agency"),
    [
        (Reuse.PARAPHRASE, "afp", "afp"),
        (Reuse.PARAPHRASE, "pti", "reuters"),  # of neither: the one it shares more with
        (Reuse.EDITED, "afp", "reuters"),  # whose wording it is shows by itself
    ],
)
def test_who_tells_in_other_words_was_told_by_the_agency_it_names(
    kind: Reuse, named: str, agency: str
) -> None:
    desk = Desk()
    desk.article("wire1", agency="reuters")
    desk.article("wire2", agency="afp")
    desk.article("told", says=[told(named, 1)])
    desk.took("told", "wire1", 0, 90, kind=kind)
    desk.took("told", "wire2", 0, 80, kind=kind)
    assert max((words, name) for name, words in agencies(desk, "told").items())[1] == agency


def test_scraps_of_a_passage_in_other_words_go_where_the_rest_goes() -> None:
    desk = Desk()
    desk.article("wire1", agency="reuters")
    desk.article("wire2", agency="afp")
    desk.article("told")
    desk.took("told", "wire1", 0, 80, kind=Reuse.PARAPHRASE)
    desk.took("told", "wire2", 20, 95, kind=Reuse.PARAPHRASE)
    assert agencies(desk, "told") == {"": 5, "reuters": 95}
    desk.took("told", "wire2", 95, 100, kind=Reuse.PARAPHRASE)
    assert agencies(desk, "told") == {"afp": 5, "reuters": 95}
