"""Verdicts where no source is in the corpus: what the article says of its sources decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.records import Kind, Label, Relation, Scope
from dedup.verdict import messages
from tests.verdict.newsdesk import OWN, Desk, credit, told

if TYPE_CHECKING:
    from dedup.records import Attribution, Sign

WIRE_COPY, REWRITTEN, MIXED = Label.WIRE_COPY, Label.REWRITTEN_WIRE, Label.MIXED
ORIGINAL, UNKNOWN = Label.ORIGINAL, Label.UNKNOWN
SOURCE = Kind.AGENCY_SOURCE


def label(*says: Attribution, own: bool = False) -> Label:
    desk = Desk()
    desk.article("article", says=says, signs=[OWN] * own)
    return desk.decide()["article"].label


def metadata(field: str) -> Attribution:
    return credit("ap", Kind.METADATA, 0, text=f"{field}=Associated Press")


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        pytest.param([], UNKNOWN, id="silence"),
        # article-level credits
        pytest.param([credit("ap")], WIRE_COPY, id="dateline"),
        pytest.param([credit("ap", Kind.BYLINE)], WIRE_COPY, id="byline"),
        pytest.param([credit("ap", Kind.SIGN_OFF, 5)], WIRE_COPY, id="sign-off"),
        pytest.param([credit("ap", Kind.COPYRIGHT, 5)], WIRE_COPY, id="copyright"),
        pytest.param([credit("ap", Kind.SYNDICATION, 5)], WIRE_COPY, id="syndication"),
        pytest.param([credit("", Kind.SYNDICATION, 5)], WIRE_COPY, id="a feed without a name"),
        pytest.param([credit("ap", Kind.TAGLINE, 5)], REWRITTEN, id="tagline"),
        pytest.param([credit("", Kind.TAGLINE, 5)], REWRITTEN, id="“With agency inputs”"),
        pytest.param([credit("", Kind.BYLINE)], REWRITTEN, id="“Agencies”"),
        pytest.param([metadata("credit")], REWRITTEN, id="metadata credit"),
        pytest.param([metadata("agency")], REWRITTEN, id="metadata agency"),
        pytest.param([metadata("source")], REWRITTEN, id="metadata source"),
        pytest.param(
            [credit("ap", Kind.TAGLINE, 5), credit("afp", Kind.TAGLINE, 5)],
            REWRITTEN,
            id="two agencies",
        ),
        pytest.param([credit("ap", Kind.PHOTO)], UNKNOWN, id="photo"),
        pytest.param([credit("bbc", Kind.TAGLINE, 5, is_agency=False)], UNKNOWN, id="a medium"),
        # private sources
        pytest.param([told("ap", 1), told("ap", 3)], REWRITTEN, id="told AP, twice"),
        pytest.param([told("ap", 1), told("ap", 3, SOURCE)], REWRITTEN, id="an AP source too"),
        pytest.param([told("ap", 1)], UNKNOWN, id="told AP, once"),
        pytest.param([told("ap", 1), told("ap", 1)], UNKNOWN, id="twice in one paragraph"),
        pytest.param(
            [told("ap", 1, Kind.REPORT_VERB), told("ap", 3, Kind.REPORT_VERB)],
            UNKNOWN,
            id="AP reported, twice",
        ),
        pytest.param(
            [told("bbc", 1, is_agency=False), told("bbc", 3, is_agency=False)],
            UNKNOWN,
            id="told the BBC, twice",
        ),
        # several media
        pytest.param([told("ap", 1), told("afp", 3)], MIXED, id="two agencies in the text"),
        pytest.param(
            [told("ap", 1), told("bbc", 3, is_agency=False)], MIXED, id="an agency and a medium"
        ),
        pytest.param(
            [told("ap", 1), told("ap", 3), told("afp", 4)], MIXED, id="one told, another named"
        ),
        pytest.param(
            [told("ap", 1), credit("afp", Kind.PHOTO, 2, Scope.PARAGRAPH)],
            UNKNOWN,
            id="one named, a photo of another",
        ),
        pytest.param([told("", 1, Kind.VAGUE), told("ap", 2)], UNKNOWN, id="media reports"),
    ],
)
def test_credits_only_decide(says: list[Attribution], expected: Label) -> None:
    assert label(*says) is expected


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        ([], ORIGINAL),
        ([credit("ap")], MIXED),
        ([credit("ap", Kind.TAGLINE, 5)], MIXED),
        ([credit("", Kind.TAGLINE, 5)], MIXED),
        ([told("ap", 1), told("ap", 3)], ORIGINAL),
        ([told("ap", 1), told("afp", 3)], ORIGINAL),
        ([told("ap", 1)], ORIGINAL),
    ],
)
def test_own_reporting_beside_them(says: list[Attribution], expected: Label) -> None:
    assert label(*says, own=True) is expected


def test_an_agencys_own_article_names_no_other_by_naming_itself() -> None:
    desk = Desk()
    desk.article("wire", agency="ap", says=[credit("ap"), told("ap", 2), told("ap", 3)])
    verdict = desk.decide()["wire"]
    assert verdict.label is ORIGINAL
    assert verdict.credited == verdict.agencies == ("ap",)


def test_a_surer_credit_gives_a_surer_verdict() -> None:
    def confidence(*says: Attribution) -> float:
        desk = Desk()
        desk.article("article", says=says)
        return desk.decide()["article"].confidence

    in_text = confidence(told("ap", 1), told("ap", 3))
    assert confidence(credit("ap")) > in_text > confidence(credit("ap", Kind.TAGLINE, 5))


def test_shared_words_of_unknown_order_leave_the_word_to_the_credits_less_surely() -> None:
    for says, expected in (
        ([credit("bbc", is_agency=False)], UNKNOWN),
        ([told("ap", 1)] * 2, UNKNOWN),
    ):
        desk = Desk()
        desk.article("a", says=says)
        desk.article("b")
        desk.shares("a", "b", 0, 50)
        assert desk.decide()["a"].label is expected
    desk = Desk()
    desk.article("a", says=[told("ap", 1), told("ap", 3)])
    desk.article("b")
    alone = desk.decide()["a"]
    desk.shares("a", "b", 0, 50)
    shared = desk.decide()["a"]
    assert shared.label is alone.label is REWRITTEN
    assert shared.confidence <= alone.confidence


@pytest.mark.parametrize(
    ("says", "relation"),
    [
        ([credit("ap")], Relation.WIRE),
        ([told("ap", 1), told("ap", 3)], Relation.WIRE),
        ([told("ap", 1), told("afp", 3)], Relation.NONE),
        ([], Relation.NONE),
    ],
)
def test_the_relation_by_credit(says: list[Attribution], relation: Relation) -> None:
    desk = Desk()
    desk.article("article", says=says)
    verdict = desk.decide()["article"]
    assert verdict.relation is relation
    assert verdict.derived_from == -1
    assert verdict.uncredited == ()


def test_articles_of_which_there_is_nothing_to_say_have_one_finding() -> None:
    desk = Desk()
    for name, says in (
        ("a", []),
        ("b", [credit("afp", Kind.PHOTO, 2, Scope.PARAGRAPH)]),
        ("c", []),
    ):
        desk.article(name, says=says, sizes=(20,) * (3 if name == "a" else 9))
    desk.article("speaks", says=[credit("afp")])
    desk.article("beside", hour=1)
    desk.article("wire", agency="ap", hour=1)
    desk.on_one_story("beside", "wire")
    verdicts = desk.decide()
    findings = {name: verdicts[name] for name in desk.subjects}
    assert findings["a"] == findings["b"] == findings["c"]
    assert findings["a"].label is UNKNOWN
    assert findings["a"].reasons == (messages.TOO_LITTLE,)
    assert findings["speaks"].credited == ("afp",)
    assert findings["beside"].label is ORIGINAL, "beside the wire silence is not nothing"
    assert [entry.n for entry in verdicts.decided.ledgers[verdicts.place["b"]]] == [2]


@pytest.mark.parametrize(
    ("says", "signs", "expected"),
    [
        ([credit("ap")], [], WIRE_COPY),
        ([credit("ap", Kind.COPYRIGHT, 5)], [], WIRE_COPY),
        ([metadata("author")], [], REWRITTEN),
        ([credit("ap", Kind.METADATA, 0, text="author=Jane Doe, AP")], [], MIXED),
        ([credit("ap")], [OWN], MIXED),
        ([credit("ap", Kind.TAGLINE, 5)], [], MIXED),
        ([credit("ap", Kind.TAGLINE, 5, text="AP writer Jane Doe contributed")], [], REWRITTEN),
        ([credit("ap", Kind.TAGLINE, 5, text="reported by AP")], [], REWRITTEN),
    ],
)
def test_a_credit_of_the_whole_covers_what_is_not_seen_elsewhere(
    says: list[Attribution], signs: list[Sign], expected: Label
) -> None:
    desk = Desk()
    desk.article("wire", agency="ap", hour=1)
    desk.article("article", hour=2, says=says, signs=signs)
    desk.took("article", "wire", 0, 40)
    assert desk.decide()["article"].label is expected
