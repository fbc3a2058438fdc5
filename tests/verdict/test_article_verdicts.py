from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.records import Direction, Kind, Label, Relation, Reuse, Role, SignKind
from tests.verdict.newsdesk import OWN, Desk, credit, sign, told

if TYPE_CHECKING:
    from dedup.records import Attribution, Sign
    from dedup.verdict.articles import Finding

PARAPHRASE, EDITED = Reuse.PARAPHRASE, Reuse.EDITED


def desk_with(*says: Attribution, own: bool = False) -> Desk:
    """Lay an agency's article, one of another outlet and the article in question on the desk."""
    desk = Desk()
    desk.article("wire", agency="reuters", hour=0)
    desk.article("rival", hour=1)
    desk.article("article", hour=2, says=says, signs=[OWN] * own)
    return desk


# The labels, by what was taken


@pytest.mark.parametrize(
    ("wire", "kind", "rival", "label"),
    [
        (100, Reuse.VERBATIM, 0, Label.WIRE_COPY),
        (80, Reuse.VERBATIM, 0, Label.WIRE_COPY),
        (79, Reuse.VERBATIM, 0, Label.MIXED),
        (100, EDITED, 0, Label.REWRITTEN_WIRE),
        (100, PARAPHRASE, 0, Label.REWRITTEN_WIRE),
        (0, EDITED, 100, Label.COPY),
        (0, EDITED, 80, Label.COPY),
        (0, EDITED, 79, Label.MIXED),
        (50, EDITED, 50, Label.MIXED),
        (21, EDITED, 0, Label.MIXED),
        (0, EDITED, 21, Label.MIXED),
        (20, EDITED, 0, Label.ORIGINAL),  # the wire on its story would have shown more
        (10, EDITED, 10, Label.ORIGINAL),
        (0, EDITED, 20, Label.UNKNOWN),
        (0, EDITED, 0, Label.UNKNOWN),
    ],
)
def test_the_label_says_what_was_taken(wire: int, kind: Reuse, rival: int, label: Label) -> None:
    desk = desk_with()
    if wire:
        desk.took("article", "wire", 0, wire, kind=kind)
    if rival:
        desk.took("article", "rival", 100 - rival, 100, kind=kind)
    assert desk.decide()["article"].label is label


def test_most_of_it_verbatim_is_a_copy_of_the_wire() -> None:
    for verbatim, label in ((45, Label.WIRE_COPY), (35, Label.REWRITTEN_WIRE)):
        desk = desk_with()
        desk.took("article", "wire", 0, verbatim)
        desk.took("article", "wire", verbatim, 85, kind=EDITED)
        assert desk.decide()["article"].label is label


def test_a_passage_with_an_edited_piece_in_it_is_verbatim_for_the_rest() -> None:
    """Copied whole but for a few words here and there, a wire story is no re-telling."""
    for edited, label in ((30, Label.WIRE_COPY), (70, Label.REWRITTEN_WIRE)):
        desk = desk_with()
        anchors = [(0, 0, EDITED), (edited, edited, Reuse.VERBATIM)]
        desk.took("article", "wire", 0, 100, kind=EDITED, anchors=anchors)
        assert desk.decide()["article"].label is label


def test_a_wire_copied_from_another_client_is_a_wire_copy() -> None:
    desk = desk_with()
    desk.took("rival", "wire")
    desk.took("article", "rival")
    assert desk.decide()["article"].label is Label.WIRE_COPY


def test_what_a_rival_took_from_the_wire_is_no_copy_of_the_rival() -> None:
    desk = desk_with()
    desk.took("rival", "wire", 0, 50)
    desk.took("article", "rival", 0, 50)
    desk.took("article", "rival", 50, 100)
    verdict = desk.decide()["article"]
    assert verdict.label is Label.MIXED
    assert verdict.shares.agency == verdict.shares.outlet == 0.5


def test_a_credit_and_a_shared_text_make_a_wire_copy_without_the_wire() -> None:
    for kind, label in ((Reuse.VERBATIM, Label.WIRE_COPY), (EDITED, Label.REWRITTEN_WIRE)):
        desk = Desk()
        desk.article("credited", hour=1, says=[credit("ap")])
        desk.article("copy", hour=2)
        desk.took("copy", "credited", kind=kind)
        assert desk.decide()["copy"].label is Label.REWRITTEN_WIRE, "AP's own text was not seen"
        assert desk.decide()["credited"].label is Label.WIRE_COPY
        desk.article("copy", hour=2, says=[credit("ap")])
        assert desk.decide()["copy"].label is label


@pytest.mark.parametrize("role", [Role.HEADING, Role.PROMO, Role.CREDIT, Role.BOILERPLATE])
def test_furniture_never_decides(role: Role) -> None:
    desk = desk_with()
    desk.article("article", hour=2, roles={1: role, 2: role})
    desk.took("article", "wire", 40, 90)
    verdict = desk.decide()["article"]
    assert verdict.label is Label.WIRE_COPY
    assert verdict.shares.agency == pytest.approx(50 / 60)
    assert verdict.shares.copied == pytest.approx(0.5)


# Originals


@pytest.mark.parametrize("taken", [0, 20])
def test_own_reporting_makes_an_original(taken: int) -> None:
    desk = desk_with(own=True)
    if taken:
        desk.took("article", "wire", 0, taken)
    assert desk.decide()["article"].label is Label.ORIGINAL


def test_a_wire_on_the_same_story_that_shows_no_copy_makes_an_original() -> None:
    desk = desk_with()
    assert desk.decide()["article"].label is Label.UNKNOWN, "silence is not originality"
    desk.on_one_story("article", "wire")
    assert desk.decide()["article"].label is Label.ORIGINAL


def test_what_says_that_it_knows_from_the_wire_is_no_original_by_silence() -> None:
    """Re-told from end to end it shows no passage; what is found says that others would be."""
    desk = desk_with(told("reuters", 1))
    desk.on_one_story("article", "wire")
    assert desk.decide()["article"].label is Label.UNKNOWN
    desk.took("article", "wire", 0, 10)
    assert desk.decide()["article"].label is Label.ORIGINAL


def test_own_reporting_and_the_wire_together_are_surest() -> None:
    desk = desk_with(own=True)
    alone = desk.decide()["article"].confidence
    desk.on_one_story("article", "wire")
    assert desk.decide()["article"].confidence > alone


def test_a_full_credit_stands_against_originality() -> None:
    desk = desk_with(credit("reuters"))
    desk.on_one_story("article", "wire")
    assert desk.decide()["article"].label is Label.WIRE_COPY


def test_a_tagline_of_an_agency_whose_text_would_have_shown() -> None:
    for agency, label in (("reuters", Label.ORIGINAL), ("afp", Label.REWRITTEN_WIRE)):
        desk = desk_with(credit(agency, Kind.TAGLINE, 5))
        desk.on_one_story("article", "wire")
        assert desk.decide()["article"].label is label


@pytest.mark.parametrize("own", [True, False])
def test_shared_words_of_unknown_order_are_held_against_nobody(*, own: bool) -> None:
    desk = desk_with(own=own)
    desk.shares("article", "rival", 0, 60)
    verdict = desk.decide()["article"]
    assert verdict.label is Label.UNKNOWN
    assert verdict.shares.copied == 0.6
    assert verdict.derived_from == -1


# An agency's own article


def test_an_agencys_own_article_is_its_original() -> None:
    verdict = desk_with().decide()["wire"]
    assert verdict.label is Label.ORIGINAL
    assert verdict.agencies == verdict.credited == ("reuters",)
    assert verdict.uncredited == ()
    assert verdict.shares.wire == 0


def test_a_second_take_of_an_agency_goes_back_to_nobody_else() -> None:
    desk = Desk()
    desk.article("take1", agency="reuters", outlet="Reuters", hour=0)
    desk.article("take2", agency="reuters", outlet="Reuters", hour=1)
    desk.took("take2", "take1", 0, 60)
    verdict = desk.decide()["take2"]
    assert verdict.agencies == ("reuters",)
    assert verdict.uncredited == ()
    assert verdict.shares.wire == 0
    assert verdict.relation is Relation.SAME_OUTLET_UPDATE


def test_of_an_agency_s_own_article_nobody_knows_that_it_came_from_its_copy() -> None:
    desk = Desk()
    desk.article("wire", agency="ap", outlet="AP", says=[credit("ap")])
    desk.article("copy", outlet="The Gull")
    desk.took("wire", "copy", direction=Direction.UNKNOWN)
    verdict = desk.decide()["wire"]
    assert verdict.label is Label.ORIGINAL
    assert verdict.agencies == ("ap",)


def test_an_agency_may_take_from_another() -> None:
    desk = Desk()
    desk.article("afp1", agency="afp", hour=0)
    desk.article("pti1", agency="pti", hour=1)
    desk.took("pti1", "afp1")
    verdict = desk.decide()["pti1"]
    assert verdict.label is Label.WIRE_COPY
    assert verdict.shares.wire == 1
    assert verdict.relation is Relation.WIRE


# Which agencies, and whether they are named


def named(verdict: Finding) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    return verdict.agencies, verdict.credited, verdict.uncredited


@pytest.mark.parametrize(
    ("says", "credited", "uncredited"),
    [
        ([], (), ("reuters",)),
        ([credit("reuters")], ("reuters",), ()),
        ([credit("reuters", Kind.TAGLINE, 5)], ("reuters",), ()),
        ([credit("reuters", Kind.METADATA, 0)], ("reuters",), ()),
        ([told("reuters", 3)], ("reuters",), ()),
        ([told("reuters", 3, Kind.REPORT_VERB)], ("reuters",), ()),
        ([credit("reuters", Kind.PHOTO)], (), ("reuters",)),
        ([credit("ap")], ("ap",), ("reuters",)),
        ([told("bbc", 2, is_agency=False)], (), ("reuters",)),
    ],
)
def test_an_agency_copied_from_is_credited_where_it_is_named(
    says: list[Attribution], credited: tuple[str, ...], uncredited: tuple[str, ...]
) -> None:
    desk = desk_with(*says)
    desk.took("article", "wire")
    verdict = desk.decide()["article"]
    assert named(verdict) == (tuple(sorted({"reuters", *credited})), credited, uncredited)
    assert verdict.shares.uncredited == (1.0 if uncredited else 0.0)
    assert verdict.shares.wire == 1.0


@pytest.mark.parametrize("kind", [Kind.TAGLINE, Kind.BYLINE, Kind.SYNDICATION, Kind.END_MARK])
def test_where_a_credit_names_none_the_agencies_are_neither(kind: Kind) -> None:
    desk = desk_with(credit("", kind))
    desk.took("article", "wire")
    verdict = desk.decide()["article"]
    assert named(verdict) == (("reuters",), (), ())
    assert verdict.shares.uncredited == 0


def test_a_generic_credit_of_a_photo_excuses_nothing() -> None:
    desk = desk_with(credit("", Kind.PHOTO))
    desk.took("article", "wire")
    assert desk.decide()["article"].uncredited == ("reuters",)


@pytest.mark.parametrize(("words", "there"), [(3, False), (4, True), (30, True)])
def test_a_few_words_are_no_agencys(words: int, *, there: bool) -> None:
    desk = desk_with()
    desk.took("article", "wire", 0, words)
    assert desk.decide()["article"].uncredited == (("reuters",) if there else ())


def test_many_words_are_an_agencys_however_long_the_article() -> None:
    desk = desk_with()
    desk.article("article", hour=2, sizes=(200,) * 10)
    desk.took("article", "wire", 0, 26)
    assert desk.decide()["article"].uncredited == ("reuters",)
    assert desk.decide()["article"].agency_words == (("reuters", 26),)


def test_two_agencies_are_told_apart() -> None:
    desk = desk_with(told("afp", 4))
    desk.article("afp1", agency="afp", hour=0)
    desk.took("article", "wire", 0, 50)
    desk.took("article", "afp1", 50, 100, there=0)
    verdict = desk.decide()["article"]
    assert named(verdict) == (("afp", "reuters"), ("afp",), ("reuters",))
    assert verdict.shares.uncredited == 0.5
    assert verdict.agency_words == (("afp", 50), ("reuters", 50))


# Shares


def test_shares_are_of_all_words_and_those_behind_the_label_of_the_counted() -> None:
    desk = desk_with()
    desk.article("article", hour=2, roles={5: Role.PROMO})
    desk.took("article", "wire", 0, 40)
    desk.took("article", "rival", 40, 60)
    shares = desk.decide()["article"].shares
    assert (shares.copied, shares.wire, shares.uncredited) == (0.6, 0.4, 0.4)
    assert (shares.agency, shares.outlet, shares.verbatim) == (0.5, 0.25, 0.5)
    assert shares.taken == 0.75


def test_parts_of_the_taken_words_add_up_and_none_counts_twice() -> None:
    desk = desk_with()
    desk.article("archive", outlet="The article", hour=1)
    desk.article("undated")
    desk.took("article", "wire", 0, 40)
    desk.took("article", "rival", 20, 60)
    desk.took("article", "archive", 50, 80)
    desk.shares("article", "undated", 70, 100)
    shares = desk.decide()["article"].shares
    assert shares.taken == pytest.approx(shares.copied) == 1.0
    assert shares.wire <= shares.copied
    assert shares.uncredited <= shares.wire
    parts = (shares.agency, shares.outlet, shares.earlier, shares.undecided)
    assert all(part > 0 for part in parts)


def test_a_credit_covers_the_article_where_no_source_is_in_the_corpus() -> None:
    desk = Desk()
    desk.article("article", says=[credit("ap")], roles={1: Role.HEADLINE})
    shares = desk.decide()["article"].shares
    assert (shares.copied, shares.wire, shares.agency) == (0, 0.8, 0)


def test_an_article_without_a_word() -> None:
    desk = Desk()
    desk.article("empty", sizes=())
    desk.article("heading", roles=dict.fromkeys(range(1, 6), Role.HEADING))
    for name in ("empty", "heading"):
        verdict = desk.decide()[name]
        assert verdict.label is Label.UNKNOWN
        assert verdict.shares.copied == verdict.shares.wire == verdict.shares.taken == 0


# Relations


def test_the_source_it_took_most_from_is_the_one_it_is_derived_from() -> None:
    desk = desk_with()
    desk.took("article", "wire", 0, 40)
    desk.took("article", "rival", 40, 60)
    desk.article("archive", hour=1)
    desk.shares("article", "archive", 60, 100)
    assert desk.decide().source("article") == "wire"
    assert desk.decide().source("wire") == ""


def test_of_two_alike_the_smaller_id() -> None:
    desk = desk_with()
    desk.article("another", hour=1)
    desk.took("article", "rival", 0, 40)
    desk.took("article", "another", 60, 100)
    assert desk.decide().source("article") == "another"


@pytest.mark.parametrize(
    ("outlet", "other", "signs", "relation"),
    [
        ("one", "two", [], Relation.CROSS_OUTLET_COPY),
        ("one", "one", [], Relation.SAME_OUTLET_UPDATE),
        ("", "", [], Relation.NONE),
        ("", "", [sign(SignKind.UPDATE)], Relation.SAME_OUTLET_UPDATE),
        ("", "", [sign(SignKind.LATER_VANTAGE)], Relation.SAME_OUTLET_UPDATE),
        ("", "", [OWN], Relation.NONE),
        ("one", "", [sign(SignKind.UPDATE)], Relation.NONE),
        ("", "one", [sign(SignKind.UPDATE)], Relation.NONE),
    ],
)
def test_how_an_article_stands_to_its_source(
    outlet: str,
    other: str,
    signs: list[Sign],
    relation: Relation,
) -> None:
    desk = Desk()
    desk.article("source", outlet=other, hour=0)
    desk.article("article", outlet=outlet, hour=1, signs=signs)
    desk.took("article", "source")
    assert desk.decide()["article"].relation is relation


def test_what_comes_from_an_agency_is_wire() -> None:
    desk = desk_with()
    desk.took("article", "wire", 0, 40)
    assert desk.decide()["article"].relation is Relation.WIRE, "a mixed article's main source"
    desk.took("article", "wire", 40, 100)
    assert desk.decide()["article"].relation is Relation.WIRE


def test_what_comes_from_an_agency_by_credit_alone_is_wire_too() -> None:
    desk = Desk()
    desk.article("article", says=[credit("ap")])
    verdict = desk.decide()["article"]
    assert verdict.relation is Relation.WIRE
    assert verdict.derived_from == -1


def test_two_copies_of_a_text_that_is_not_there_have_a_common_source() -> None:
    desk = Desk()
    desk.article("one", hour=1)
    desk.article("two", hour=1)
    desk.shares("one", "two", 0, 100)
    assert {desk.decide()[name].relation for name in ("one", "two")} == {Relation.COMMON_SOURCE}


def test_an_outlets_own_earlier_article_is_nobody_elses() -> None:
    desk = Desk()
    desk.article("archive", outlet="The Post", hour=0)
    desk.article("update", outlet="The Post", hour=1)
    desk.took("update", "archive", 0, 90)
    verdict = desk.decide()["update"]
    assert verdict.label is Label.MIXED
    assert verdict.shares.earlier == 0.9
    assert verdict.shares.outlet == 0


# The order of things


@pytest.mark.parametrize("direction", [Direction.FROM, Direction.UNKNOWN])
def test_confidence_is_a_share(direction: Direction) -> None:
    desk = desk_with(credit("ap"))
    desk.took("article", "rival", 0, 70, direction=direction)
    for name in ("article", "rival", "wire"):
        assert 0 < desk.decide()[name].confidence <= 1
