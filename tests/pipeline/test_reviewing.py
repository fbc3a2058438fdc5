"""A reviewer's marks, on the whole walk: articles and marks in, tables and the run record out."""

from __future__ import annotations

from functools import cache
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

import pytest

from dedup import attribution
from dedup.engine import Local
from dedup.marks import Mark
from dedup.pipeline import Options, scan
from dedup.records import Article

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dedup.pipeline.tabulating import Columns

BRIDGE = (
    "The regional court heard on Monday how the old bridge over the northern river came to fall, "
    "and three engineers told the judges that nobody had looked at its cables for eleven years."
)
HARBOUR = (
    "Two fishing boats that had lain idle since the spring storms left the small harbour at dawn, "
    "while families along the quay waved lanterns and sang for the crews until the light came."
)
BREAD = "A baker in another valley has won a prize for bread made from chestnut flour and honey."
CHEESE = "Nobody at the dairy would say, officials told Reuters, what it sells."
A, B, C = "a", "b", "c"


def articles() -> list[Article]:
    """`b` took two passages from `a`, which is older; `c` is undated and shares one with both."""
    return [
        Article(
            id=A,
            publisher="The Gazette",
            published_at="2021-08-10T08:00Z",
            text=f"{BRIDGE}\n\n{BREAD}\n\n{HARBOUR}",
        ),
        Article(
            id=B,
            publisher="The Herald",
            published_at="2021-08-11T08:00Z",
            text=f"{HARBOUR}\n\n{CHEESE}\n\n{BRIDGE}",
        ),
        Article(id=C, publisher="The Courier", text=BRIDGE),
    ]


#: Where the passages stand: two articles open with one of them and end with the other.
OLD, NEW = (article.text for article in articles()[:2])
BRIDGE_A, BRIDGE_B = (0, len(BRIDGE)), (NEW.index(BRIDGE), len(NEW))
HARBOUR_A, HARBOUR_B = (OLD.index(HARBOUR), len(OLD)), (0, len(HARBOUR))
TOLD = NEW.index("told Reuters")
NAMED = (TOLD, TOLD + len("told Reuters"))
DAIRY = (NEW.index("the dairy"), NEW.index(" would say"))

#: (article, start, other, direction) of every match where nothing is marked.
HARBOUR_FROM_A, BRIDGE_FROM_A = (B, 0, A, "from"), (B, BRIDGE_B[0], A, "from")
WITH_A, WITH_B = (A, 0, C, "unknown"), (B, BRIDGE_B[0], C, "unknown")
ALL = [WITH_A, HARBOUR_FROM_A, BRIDGE_FROM_A, WITH_B]


class Outcome(NamedTuple):
    tables: Mapping[str, Columns]
    labels: tuple[int, int]

    def rows(self, table: str, *names: str) -> list[tuple[object, ...]]:
        return list(zip(*(self.tables[table][name] for name in names), strict=True))

    @property
    def matches(self) -> list[tuple[object, ...]]:
        return self.rows("matches", "article_id", "start", "other_id", "direction")

    def article(self, name: str) -> dict[str, object]:
        row = self.tables["articles"]["article_id"].index(name)
        return {column: cells[row] for column, cells in self.tables["articles"].items()}


@cache
def reviewed(*marks: Mark) -> Outcome:
    catalogue, options = attribution.load(), Options(labels=marks)
    done = scan(articles(), catalogue, options, Local(), lambda *_: None)
    counts = done.run["labels"]
    assert isinstance(counts, dict)
    return Outcome(done.tables, (counts["applied"], counts["unused"]))


def test_without_marks_nothing_is_counted() -> None:
    assert reviewed().matches == ALL
    assert reviewed().labels == (0, 0)


@pytest.mark.parametrize(
    ("mark", "left"),
    [
        (Mark(B, other_id=A, mark="wrong"), [WITH_A, WITH_B]),
        (Mark(A, other_id=B, mark="wrong"), [WITH_A, WITH_B]),
        (Mark(B, *HARBOUR_B, A, mark="wrong"), [WITH_A, BRIDGE_FROM_A, WITH_B]),
        (Mark(A, *HARBOUR_A, B, mark="wrong"), [WITH_A, BRIDGE_FROM_A, WITH_B]),
        (Mark(B, *HARBOUR_B, A, "edited", "to", mark="wrong"), [WITH_A, BRIDGE_FROM_A, WITH_B]),
        (Mark(C, other_id=A, mark="wrong"), [HARBOUR_FROM_A, BRIDGE_FROM_A, WITH_B]),
        (Mark(B, *BRIDGE_B, mark="ignore"), [WITH_A, HARBOUR_FROM_A]),
        (Mark(B, *BRIDGE_B, A, mark="ignore"), [WITH_A, HARBOUR_FROM_A]),
        (Mark(A, *HARBOUR_A, mark="ignore"), [WITH_A, BRIDGE_FROM_A, WITH_B]),
        (Mark(B, other_id=A, mark="ignore"), [WITH_A, WITH_B]),
        (Mark(C, mark="ignore"), [HARBOUR_FROM_A, BRIDGE_FROM_A]),
    ],
)
def test_what_is_marked_as_no_reuse_is_none(mark: Mark, left: list[tuple[object, ...]]) -> None:
    outcome = reviewed(mark)
    assert outcome.matches == left
    assert outcome.labels == (1, 0)


@pytest.mark.parametrize(
    "mark",
    [
        Mark("elsewhere", other_id=A, mark="wrong"),
        Mark(A, other_id="elsewhere", mark="wrong"),
        Mark(A, other_id=A, mark="wrong"),
        Mark(A, len(BRIDGE), HARBOUR_A[0], B, mark="wrong"),
        Mark(A, *BRIDGE_A, mark="wrong"),
        Mark(A, *BRIDGE_A),
        Mark(A, len(BRIDGE), HARBOUR_A[0], B, direction="from"),
        Mark(A, *BRIDGE_A, agency="reuters", mark="ignore"),
        Mark(A, *BRIDGE_A, verdict="copy", mark="ignore"),
        Mark(A, agency="ap", mark="wrong"),
        Mark(A, verdict="wire_copy", mark="wrong"),
    ],
)
def test_marks_that_fit_nothing_change_nothing(mark: Mark) -> None:
    assert reviewed(mark).tables == reviewed().tables
    assert reviewed(mark).labels == (0, 1)


def test_what_is_no_reuse_counts_in_no_verdict() -> None:
    before, after = reviewed(), reviewed(Mark(B, other_id=A, mark="wrong"))
    assert before.article(B)["derived_from"] == A
    assert after.article(B)["derived_from"] == ""
    alone = [Mark(B, mark="ignore"), Mark(A, other_id=C, mark="wrong")]
    assert reviewed(*alone).article(A)["copied_share"] == 0
    assert reviewed(*alone).article(A)["cluster_id"] == A
    assert before.article(B)["cluster_id"] == A


@pytest.mark.parametrize(
    ("mark", "rows"),
    [
        (Mark(C, other_id=B, direction="from"), [*ALL[:3], (C, 0, B, "from")]),
        (Mark(C, other_id=B, direction="to"), [*ALL[:3], (B, BRIDGE_B[0], C, "from")]),
        (Mark(B, *BRIDGE_B, C, direction="to"), [*ALL[:3], (C, 0, B, "from")]),
        (Mark(C, other_id=B, direction="unknown"), ALL),
        (
            Mark(A, other_id=B, direction="from"),
            [(A, 0, B, "from"), (A, HARBOUR_A[0], B, "from"), WITH_A, WITH_B],
        ),
        (
            Mark(B, *BRIDGE_B, A, direction="unknown"),
            [(A, 0, B, "unknown"), (A, HARBOUR_A[0], B, "unknown"), WITH_A, WITH_B],
        ),
        (Mark(B, other_id=A, direction="from"), ALL),
        (Mark(A, *HARBOUR_A, B), ALL),
    ],
)
def test_a_direction_holds_for_the_pair(mark: Mark, rows: list[tuple[object, ...]]) -> None:
    outcome = reviewed(mark)
    assert outcome.matches == rows
    assert outcome.labels == (1, 0)


def test_each_passage_keeps_the_direction_of_its_own_mark() -> None:
    marks = Mark(B, *BRIDGE_B, A, direction="from"), Mark(B, *HARBOUR_B, A, direction="to")
    assert reviewed(*marks).matches == [(A, HARBOUR_A[0], B, "from"), WITH_A, BRIDGE_FROM_A, WITH_B]


def test_the_measures_turn_with_a_match() -> None:
    columns = "start", "end", "other_start", "other_end", "containment", "other_containment"
    before = reviewed().rows("matches", *columns)[2]
    after = reviewed(Mark(A, other_id=B, direction="from")).rows("matches", *columns)[0]
    assert after == (*before[2:4], *before[:2], before[5], before[4])


def said(outcome: Outcome) -> list[tuple[object, ...]]:
    return outcome.rows(
        "attributions", "article_id", "n", "start", "end", "text", "agency", "kind", "scope"
    )


FOUND = (B, 2, *NAMED, "told Reuters", "reuters", "told", "sentence")


@pytest.mark.parametrize(
    "mark",
    [
        Mark(B, *NAMED, agency="reuters", attribution="told", mark="wrong"),
        Mark(B, agency="reuters", mark="wrong"),
        Mark(B, *NAMED, agency="Reuters", mark="wrong"),
    ],
)
def test_an_attribution_marked_wrong_is_gone(mark: Mark) -> None:
    assert said(reviewed()) == [FOUND]
    assert reviewed().article(B)["credited_agencies"] == ("reuters",)
    outcome = reviewed(mark)
    assert said(outcome) == []
    assert outcome.article(B)["credited_agencies"] == ()
    assert outcome.labels == (1, 0)


@pytest.mark.parametrize(
    ("mark", "row"),
    [
        (Mark(B, *DAIRY, agency="ap"), ("ap", "report_verb", "sentence")),
        (Mark(B, *DAIRY, agency="Associated Press"), ("ap", "report_verb", "sentence")),
        (Mark(B, *DAIRY, agency="ap", attribution="tagline"), ("ap", "tagline", "article")),
        (Mark(B, *DAIRY, agency="ap", attribution="photo"), ("ap", "photo", "paragraph")),
        (Mark(B, *DAIRY, agency="reuters"), ("reuters", "report_verb", "sentence")),
    ],
)
def test_an_attribution_that_nobody_found_is_added(mark: Mark, row: tuple[str, str, str]) -> None:
    outcome = reviewed(mark)
    assert said(outcome) == [(B, 2, *DAIRY, "the dairy", *row), FOUND]
    assert outcome.labels == (1, 0)


def test_an_added_credit_covers_the_article() -> None:
    outcome = reviewed(Mark(B, *DAIRY, agency="ap", attribution="byline"))
    assert outcome.article(B)["credited_agencies"] == ("ap", "reuters")
    assert outcome.article(B)["verdict"] != reviewed().article(B)["verdict"]


def test_another_medium_is_no_agency() -> None:
    outcome = reviewed(Mark(B, *DAIRY, agency="bbc"))
    assert outcome.tables["attributions"]["is_agency"] == [False, True]


def test_an_attribution_that_was_found_is_not_added_again() -> None:
    outcome = reviewed(Mark(B, *NAMED, agency="reuters", attribution="told"))
    assert said(outcome) == [FOUND]
    assert outcome.labels == (1, 0)


@pytest.mark.parametrize(
    "mark",
    [
        Mark(B, agency="ap"),
        Mark(B, *DAIRY, agency="nobody at all"),
        Mark(B, *DAIRY, agency="ap", attribution="metadata"),
        Mark(B, 5, 5, agency="ap"),
        Mark(B, 5, 100_000, agency="ap"),
        Mark(B, 100_000, 100_001, agency="ap"),
        Mark("elsewhere", *DAIRY, agency="ap"),
    ],
)
def test_an_attribution_without_a_place_or_an_agency_cannot_be_added(mark: Mark) -> None:
    assert said(reviewed(mark)) == [FOUND]
    assert reviewed(mark).labels == (0, 1)


def test_metadata_stay_before_the_text() -> None:
    article = Article(id=B, text=NEW, credit="AP")
    options = Options(labels=[Mark(B, *DAIRY, agency="afp"), Mark(B, *NAMED, agency="ap")])
    done = scan([article], attribution.load(), options, Local(), lambda *_: None)
    assert done.tables["attributions"]["agency"] == ["afp", "ap", "reuters", "ap"]
    assert done.tables["attributions"]["kind"][-1] == "metadata"
    options = Options(labels=[Mark(B, agency="ap", attribution="metadata", mark="wrong")])
    done = scan([article], attribution.load(), options, Local(), lambda *_: None)
    assert done.tables["attributions"]["agency"] == ["reuters"]


def test_a_verdict_marked_right_is_the_verdict() -> None:
    outcome = reviewed(Mark(B, verdict="original"))
    article, before = outcome.article(B), reviewed().article(B)
    assert (article["verdict"], article["confidence"]) == ("original", 1.0)
    reasons, former = article["reasons"], before["reasons"]
    assert isinstance(reasons, tuple)
    assert reasons[0] == "a reviewer marked it"
    assert reasons[1:] == former
    assert outcome.labels == (1, 0)


def test_a_verdict_marked_wrong_is_unknown() -> None:
    assert reviewed().article(B)["verdict"] == "copy"
    outcome = reviewed(Mark(B, verdict="copy", mark="wrong"))
    article = outcome.article(B)
    assert (article["verdict"], article["confidence"]) == ("unknown", 0.5)
    reasons = article["reasons"]
    assert isinstance(reasons, tuple)
    assert reasons[0] == "a reviewer marked the verdict “copy” as wrong"
    assert outcome.labels == (1, 0)


def test_too_little_to_say_is_not_said_of_what_a_reviewer_knows() -> None:
    alone = [Mark(C, mark="ignore"), Mark(C, verdict="original")]
    assert reviewed(alone[0]).article(C)["verdict"] == "unknown"
    assert reviewed(*alone).article(C)["reasons"] == ("a reviewer marked it",)


def test_a_marked_verdict_counts_in_its_story() -> None:
    marks = Mark(A, verdict="original"), Mark(B, verdict="original"), Mark(C, verdict="original")
    assert reviewed(*marks).tables["stories"]["origins"] == [3]
    assert reviewed().tables["stories"]["origins"] != [3]


@pytest.mark.parametrize(
    ("marks", "verdict", "counts"),
    [
        ((Mark(B, verdict="original"), Mark(B, verdict="mixed")), "copy", (0, 2)),
        ((Mark(B, verdict="original"), Mark(B, verdict="original")), "original", (2, 0)),
        (
            (Mark(B, verdict="original"), Mark(B, verdict="copy", mark="wrong")),
            "original",
            (2, 0),
        ),
        (
            (Mark(B, verdict="copy"), Mark(B, verdict="copy", mark="wrong")),
            "unknown",
            (1, 1),
        ),
    ],
)
def test_verdicts_that_contradict(
    marks: tuple[Mark, ...], verdict: str, counts: tuple[int, int]
) -> None:
    assert reviewed(*marks).article(B)["verdict"] == verdict
    assert reviewed(*marks).labels == counts


@pytest.mark.parametrize(
    ("marks", "rows", "counts"),
    [
        ((Mark(B, other_id=A), Mark(A, other_id=B, mark="wrong")), [WITH_A, WITH_B], (1, 1)),
        (
            (Mark(B, other_id=A), Mark(B, *BRIDGE_B, A, mark="wrong")),
            [WITH_A, HARBOUR_FROM_A, WITH_B],
            (2, 0),
        ),
        (
            (Mark(C, other_id=B, direction="from"), Mark(B, other_id=C, direction="from")),
            ALL,
            (2, 0),
        ),
    ],
)
def test_matches_that_contradict(
    marks: tuple[Mark, ...], rows: list[tuple[object, ...]], counts: tuple[int, int]
) -> None:
    assert reviewed(*marks).matches == rows
    assert reviewed(*marks).labels == counts


def test_a_wrong_attribution_stays_away_though_it_is_called_right() -> None:
    marks = [
        Mark(B, *NAMED, agency="reuters"),
        Mark(B, *DAIRY, agency="ap"),
        Mark(B, agency="reuters", mark="wrong"),
        Mark(B, agency="ap", mark="wrong"),
    ]
    assert said(reviewed(*marks)) == []
    assert reviewed(*marks).labels == (2, 2)


def test_a_kind_can_be_put_right() -> None:
    marks = [
        Mark(B, *NAMED, agency="reuters", attribution="tagline"),
        Mark(B, *NAMED, agency="reuters", attribution="told", mark="wrong"),
    ]
    assert said(reviewed(*marks)) == [(*FOUND[:6], "tagline", "article")]


def test_the_order_of_the_marks_does_not_matter() -> None:
    marks = [
        Mark(B, *BRIDGE_B, A, direction="to"),
        Mark(B, *HARBOUR_B, A, direction="from"),
        Mark(C, other_id=A, mark="wrong"),
        Mark(B, *DAIRY, agency="ap"),
        Mark(B, agency="reuters", mark="wrong"),
        Mark(A, verdict="mixed"),
    ]
    expected = reviewed(*marks)
    assert expected.labels == (6, 0)
    for order in list(permutations(marks))[::97]:
        assert reviewed(*order) == expected
