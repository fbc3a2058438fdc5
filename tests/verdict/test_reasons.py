from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.records import Direction, Kind, Label, Role, Scope, Sign, SignKind
from dedup.verdict import Marked, messages
from tests.verdict.newsdesk import NAMES, OWN, Desk, credit, sign, told

if TYPE_CHECKING:
    from dedup.records import Attribution

PARAGRAPHS = re.compile(r"\((?:¶\d+(?:–\d+)?(?:, )?)+\)")
SENTENCES = {name: text for name, text in vars(messages).items() if name.isupper()}
#: Reasons that claim that words are shared with another article.
CLAIMS = ("SHOWN", "BY_CREDIT", "COPIED", "EARLIER", "SHARED")
ACCUSING = re.compile(
    r"plagiar|\btheft|\bstolen|\bsteal|\bthie[fv]|\blicen[cs]|illegal", re.IGNORECASE
)


def reasons(desk: Desk, name: str = "article") -> tuple[str, ...]:
    return desk.decide()[name].reasons


def desk_with(*says: Attribution, own: bool = False) -> Desk:
    desk = Desk()
    desk.article("wire", agency="reuters", hour=0)
    desk.article("rival", hour=1)
    desk.article("article", hour=2, says=says, signs=[OWN] * own)
    return desk


# The wording


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_no_sentence_accuses(name: str) -> None:
    assert not ACCUSING.search(SENTENCES[name])


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_nothing_is_said_to_be_copied_from_an_agency_that_was_not_seen(name: str) -> None:
    text = SENTENCES[name]
    assert not re.search(r"cop(?:y|ie[sd]) from", text)
    if "{agency}" in text and name != "SHOWN":
        assert not re.search(r"\b(?:follow|cop(?:y|ie[sd])|lift|tak(?:e|es|en))\b", text)


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_a_sentence_asks_for_nothing_that_is_not_given(name: str) -> None:
    fields = {field for _, field, _, _ in string.Formatter().parse(SENTENCES[name]) if field}
    assert fields <= {"agency", "share", "source", "paragraphs", "text", "verdict"}
    assert SENTENCES[name][0].islower() or SENTENCES[name][0] == "{"


@pytest.mark.parametrize("name", CLAIMS)
def test_every_claim_of_reuse_names_its_paragraphs(name: str) -> None:
    assert "({paragraphs})" in SENTENCES[name]


# What is said


def test_what_follows_the_wire() -> None:
    desk = desk_with()
    desk.took("article", "wire", 0, 50)
    desk.took("article", "wire", 80, 100)
    assert reasons(desk) == (
        "70% of the words follow Reuters's own article wire (¶1–3, ¶5)",
        "Reuters is named nowhere in the article",
    )


def test_what_follows_a_rival() -> None:
    desk = desk_with()
    desk.took("article", "rival", 20, 40)
    assert reasons(desk) == ("20% of the words follow rival (¶2)",)


def test_what_goes_back_to_an_agency_by_credit() -> None:
    desk = desk_with()
    desk.article("rival", hour=1, says=[credit("ap")])
    desk.took("article", "rival", 20, 40)
    first, second = reasons(desk)
    assert first.startswith(
        "20% of the words are shared with rival and go back to Associated Press"
    )
    assert second == "Associated Press is named nowhere in the article"


def test_what_an_outlet_took_from_itself() -> None:
    desk = desk_with()
    desk.article("rival", outlet="The article", hour=1)
    desk.took("article", "rival", 0, 30)
    assert reasons(desk) == ("30% of the words are the outlet's own earlier article rival (¶1–2)",)


def test_what_is_shared_in_unknown_order() -> None:
    desk = desk_with()
    desk.shares("article", "rival", 0, 30)
    assert reasons(desk) == ("30% of the words are shared with rival, order unknown (¶1–2)",)
    assert reasons(desk, "rival") == (
        "30% of the words are shared with article, order unknown (¶1–2)",
    )


def test_two_agencies_in_unknown_order_follow_nobody() -> None:
    desk = desk_with()
    desk.article("afp1", agency="afp", hour=0)
    desk.shares("afp1", "wire", 0, 30)
    assert "order unknown" in reasons(desk, "afp1")[1]


def test_the_strongest_comes_first() -> None:
    desk = desk_with(told("afp", 5, Kind.REPORT_VERB), own=True)
    desk.took("article", "rival", 0, 20)
    desk.took("article", "wire", 20, 80)
    said = reasons(desk)
    assert said[0].startswith("60% of the words follow Reuters's own article wire")
    assert said[1].startswith("20% of the words follow rival")
    assert said[2] == "Reuters is named nowhere in the article"
    assert said[3] == "names AFP as a source (¶5)"
    assert said[4] == "shows reporting of its own (¶2)"


@pytest.mark.parametrize(
    ("says", "expected"),
    [
        (
            [credit("ap", text="KABUL (AP)")],
            "credits Associated Press for the article: “KABUL (AP)” (¶1)",
        ),
        (
            [credit("ap", Kind.METADATA, 0, text="credit=AP")],
            "credits Associated Press for the article: “credit=AP” (metadata)",
        ),
        (
            [credit("", Kind.TAGLINE, 5, text="With\nagency  inputs")],
            "credits agencies without naming one: “With agency inputs” (¶5)",
        ),
        (
            [told("ap", 1), told("ap", 3)],
            "reports what only Associated Press was told (¶1, ¶3)",
        ),
        ([told("ap", 4, Kind.REPORT_VERB)], "names Associated Press as a source (¶4)"),
        (
            [told("ap", 1, Kind.REPORT_VERB), told("afp", 2, Kind.REPORT_VERB)],
            "names several media as sources: AFP, Associated Press (¶1–2)",
        ),
        ([told("unheard", 4, Kind.REPORT_VERB)], "names unheard as a source (¶4)"),
        ([], "too little to say where it comes from"),
        ([credit("ap", Kind.PHOTO)], "too little to say where it comes from"),
    ],
)
def test_what_an_article_says_of_itself(says: list[Attribution], expected: str) -> None:
    desk = Desk()
    desk.article("article", says=says)
    assert reasons(desk) == (expected,)


def test_an_agencys_own_article_says_so() -> None:
    assert reasons(desk_with(), "wire") == ("published by Reuters itself",)


def test_a_wire_that_would_have_shown_a_copy_is_a_reason() -> None:
    desk = desk_with()
    desk.article("ap1", agency="ap", hour=0)
    desk.on_one_story("article", "wire", "ap1")
    assert reasons(desk) == (
        "shares next to nothing with Associated Press and Reuters's own articles on the story",
    )


def test_would_show_is_said_only_of_agencies_that_gave_nothing() -> None:
    desk = desk_with()
    desk.took("article", "wire", 0, 20)
    assert not any("next to nothing" in reason for reason in reasons(desk))


def test_paragraphs_are_those_that_hold_the_words() -> None:
    desk = desk_with()
    desk.article("article", hour=2, sizes=(10, 0, 30, 20, 40), roles={4: Role.HEADING})
    desk.took("article", "wire", 5, 70)
    assert "(¶1, ¶3, ¶5)" in reasons(desk)[0]


# Whatever happens

SOURCES = st.sampled_from(["wire", "rival", "archive", "undated"])
SAYS = st.lists(
    st.builds(
        lambda agency, kind, n, article: credit(
            agency, kind, n, Scope.ARTICLE if article else Scope.SENTENCE
        ),
        st.sampled_from(["", "ap", "afp", "reuters"]),
        st.sampled_from(list(Kind)),
        st.integers(1, 5),
        st.booleans(),
    ),
    max_size=4,
)
TAKEN = st.lists(
    st.tuples(SOURCES, st.integers(0, 80), st.integers(6, 20), st.booleans()), max_size=5
)


@given(says=SAYS, taken=TAKEN, own=st.booleans())
@settings(max_examples=80)
def test_every_verdict_has_reasons_and_shares_that_agree(
    *,
    says: list[Attribution],
    taken: list[tuple[str, int, int, bool]],
    own: bool,
) -> None:
    desk = desk_with(*says, own=own)
    desk.article("archive", outlet="The article", hour=1)
    desk.article("undated", signs=[sign(SignKind.UPDATE)])
    for source, first, size, sure in taken:
        known = sure and source != "undated"
        way = Direction.FROM if known else Direction.UNKNOWN
        desk.took("article", source, first, first + size, direction=way)
    verdicts = desk.decide()
    for name in desk.subjects:
        verdict = verdicts[name]
        assert verdict.reasons
        for reason in verdict.reasons:
            assert not ACCUSING.search(reason)
            assert "{" not in reason
            if "of the words" in reason and "by credit" not in reason:
                assert PARAGRAPHS.search(reason)
        shares = verdict.shares
        assert shares.taken == pytest.approx(
            shares.agency + shares.outlet + shares.earlier + shares.undecided
        )
        assert 0 <= shares.uncredited <= shares.wire <= 1
        assert 0 <= shares.verbatim <= shares.agency <= 1
        assert 0 <= shares.copied <= 1
        assert shares.taken <= 1 + 1e-9
        assert not set(verdict.uncredited) & set(verdict.credited)
        assert {*verdict.uncredited, *verdict.credited} <= set(verdict.agencies)
        assert list(verdict.agencies) == sorted(verdict.agencies)
        assert 0 < verdict.confidence <= 1
        if shares.copied == 0:
            assert verdict.label is not Label.COPY
        entries = verdicts.ledger(name)
        assert any(e.reuse for e in entries) or shares.copied < 0.34
        assert all((e.source >= 0) == bool(e.reuse) == bool(e.direction) for e in entries)
        assert all(e.credit in {"", "named", "article", "none"} for e in entries)
    assert set(NAMES) >= {a for n in desk.subjects for a in verdicts[n].uncredited}


# A reviewer's marks


@pytest.mark.parametrize(
    ("mark", "label", "reason"),
    [
        (Marked(Label.ORIGINAL, frozenset()), Label.ORIGINAL, messages.MARKED),
        (
            Marked(None, frozenset({Label.WIRE_COPY})),
            Label.UNKNOWN,
            messages.MARKED_WRONG.format(verdict="wire copy"),
        ),
        (Marked(None, frozenset({Label.COPY})), Label.WIRE_COPY, ""),
        (Marked(None, frozenset()), Label.WIRE_COPY, ""),
    ],
)
def test_a_reviewers_mark_stands_above_what_was_found(
    mark: Marked, label: Label, reason: str
) -> None:
    desk = desk_with()
    desk.took("article", "wire")
    plain = desk.decide()
    marked = desk.decide(marked={"article": mark})
    assert marked["article"].label is label
    expected = ((reason,) if reason else ()) + plain["article"].reasons
    assert marked["article"].reasons == expected
    assert marked["article"].shares == plain["article"].shares
    assert marked.decided.weighed == plain.decided.weighed
    assert marked["wire"] == plain["wire"]


def test_a_mark_says_more_than_too_little() -> None:
    desk = Desk()
    desk.article("article")
    marked = desk.decide(marked={"article": Marked(Label.MIXED, frozenset())})
    assert marked["article"].reasons == (messages.MARKED,)
    assert marked["article"].confidence == 1


def test_own_reporting_that_the_metadata_show_stands_in_no_paragraph() -> None:
    desk = Desk()
    desk.article("article", signs=[Sign(0, 0, 0, SignKind.OWN_REPORTING)])
    assert reasons(desk) == ("shows reporting of its own (metadata)",)
    desk.article("article", signs=[Sign(0, 0, 0, SignKind.OWN_REPORTING), OWN])
    assert reasons(desk) == ("shows reporting of its own (¶2)",)
