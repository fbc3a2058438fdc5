"""What the contract promises of every scan, whatever was read: each promise is one assertion."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from dedup.records import FURNITURE, Kind, Label, Relation, Reuse, Role
from dedup.text import tokenize
from dedup.times import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dedup.result import Result

    Row = dict[str, object]
    Rows = list[Row]

SHARES = ("copied_share", "wire_share", "uncredited_share", "own_share", "confidence")
MEASURES = ("score", "resemblance", "containment", "other_containment", "cosine")
#: Shares are rounded to three decimals, each on its own.
ROUNDED = 0.002
WIDELY_SHARED = 20


def rows(result: Result, table: str) -> Rows:
    columns = result.tables[table]
    return [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]


def number(row: Row, name: str) -> int:
    return cast("int", row[name])


def real(row: Row, name: str) -> float:
    return cast("float", row[name])


def names(row: Row, name: str) -> set[str]:
    return set(cast("tuple[str, ...]", row[name]))


def place(row: Row, prefix: str = "") -> tuple[int, int]:
    return number(row, f"{prefix}start"), number(row, f"{prefix}end")


@cache
def words(text: str) -> tuple[list[int], list[int]]:
    """Where the words of a text begin and end, by the tokenizer that `tests.oracles` checks."""
    found = tokenize([text])
    return found.start.tolist(), found.end.tolist()


def inside(text: str, start: int, end: int) -> int:
    """Count the words that stand wholly in a stretch."""
    begins, ends = words(text)
    return max(0, bisect_right(ends, end) - bisect_left(begins, start))


def hold(result: Result) -> None:
    """Hold a result to all that the contract promises of any."""
    texts = {str(row["article_id"]): str(row["text"]) for row in rows(result, "articles")}
    for row in rows(result, "articles"):
        article_holds(row, texts)
    assert list(texts) == sorted(texts)
    groups_hold(result)
    ledgers: dict[str, Rows] = {name: [] for name in texts}
    for row in rows(result, "paragraphs"):
        ledgers[str(row["article_id"])].append(row)
    for name, ledger in ledgers.items():
        ledger_holds(ledger, texts[name])
    matches_hold(result, texts)
    shares_hold(result, texts)
    links_hold(result)
    for row in rows(result, "attributions"):
        attribution_holds(row, texts)
    run_holds(result)


def article_holds(row: Row, texts: dict[str, str]) -> None:
    assert row["verdict"] in set(Label)
    assert row["relation"] in set(Relation)
    assert all(0.0 <= real(row, name) <= 1.0 for name in SHARES), row
    assert real(row, "copied_share") + real(row, "own_share") <= 1.0 + ROUNDED, row
    assert real(row, "uncredited_share") <= real(row, "wire_share") + ROUNDED, row
    assert number(row, "words") == len(words(str(row["text"]))[0])
    credited, uncredited = names(row, "credited_agencies"), names(row, "uncredited_agencies")
    assert credited | uncredited <= names(row, "agencies")
    assert not credited & uncredited
    assert row["derived_from"] != row["article_id"]
    assert row["derived_from"] in {"", *texts}
    assert row["reasons"], "a verdict without a reason"


def groups_hold(result: Result) -> None:
    """A group is named by its smallest id, and every story has its row."""
    for column in ("cluster_id", "story_id"):
        group: dict[str, set[str]] = {}
        for row in rows(result, "articles"):
            group.setdefault(str(row[column]), set()).add(str(row["article_id"]))
        assert all(name == min(members) for name, members in group.items())
    told = {str(row["story_id"]): number(row, "articles") for row in rows(result, "stories")}
    assert told == {name: len(members) for name, members in sorted(group.items())}
    for row in rows(result, "stories"):
        assert 0 <= number(row, "unknown_origins") <= number(row, "articles")
        assert number(row, "origins") + number(row, "unknown_origins") >= 1


def ledger_holds(ledger: Rows, text: str) -> None:
    """Paragraphs are tight, in order, and hold every word of the text."""
    assert [row["n"] for row in ledger] == list(range(1, len(ledger) + 1))
    spans = [place(row) for row in ledger]
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    for row, (start, end) in zip(ledger, spans, strict=True):
        assert row["text"] == text[start:end] == text[start:end].strip()
        assert row["role"] in set(Role)
        assert row["reuse"] in {"", *Reuse}
        assert row["credit"] in {"", "named", "article", "none"}
        taken = row["reuse"] != ""
        assert (row["source_id"] != "") is taken
        assert (row["source_n"] is not None) is taken
        assert (row["score"] is not None) is taken
        assert row["direction"] in ({"from", "unknown"} if taken else {""})
    counts = [inside(text, start, end) for start, end in spans]
    assert counts == [row["words"] for row in ledger]
    assert sum(counts) == len(words(text)[0]), "a word stands in no paragraph"


def matches_hold(result: Result, texts: dict[str, str]) -> None:
    table = rows(result, "matches")
    ledger = {(row["article_id"], row["n"]): row for row in rows(result, "paragraphs")}
    when = {
        str(row["article_id"]): parse(str(row["published_at"])) for row in rows(result, "articles")
    }
    for row in table:
        sides = (str(row["article_id"]), ""), (str(row["other_id"]), "other_")
        for name, prefix in sides:
            start, end = place(row, prefix)
            assert 0 <= start < end <= len(texts[name])
            assert texts[name][start:end] == texts[name][start:end].strip()
            first = ledger[name, row[f"{prefix}n_first"]]
            last = ledger[name, row[f"{prefix}n_last"]]
            assert number(first, "start") <= start < number(first, "end")
            assert number(last, "start") < end <= number(last, "end")
        assert row["words"] == inside(texts[sides[0][0]], *place(row))
        assert row["kind"] in set(Reuse)
        assert all(0.0 <= real(row, name) <= 1.0 for name in MEASURES), row
        assert row["direction"] in {"from", "unknown"}
        assert row["direction"] == "from" or sides[0][0] < sides[1][0]
        both = when[sides[0][0]] and when[sides[1][0]]
        assert both or row["lag_seconds"] is None
    pairs = [(str(row["article_id"]), str(row["other_id"])) for row in table]
    every = [
        (*pair, *place(row), *place(row, "other_")) for pair, row in zip(pairs, table, strict=True)
    ]
    assert every == sorted(set(every))
    assert not {(other, article) for article, other in pairs} & set(pairs)


def shares_hold(result: Result, texts: dict[str, str]) -> None:
    """Shares are what one gets who lays the matches upon the words that tell the story."""
    telling: dict[str, set[int]] = {name: set() for name in texts}
    neither = dict.fromkeys(texts, 0)
    for row in rows(result, "paragraphs"):
        name, (start, end) = str(row["article_id"]), place(row)
        if row["role"] not in FURNITURE:
            telling[name].update(b for b in words(texts[name])[0] if start <= b < end)
        if row["role"] in {Role.PROMO, Role.CREDIT, Role.BOILERPLATE}:
            neither[name] += number(row, "words")
    taken: dict[str, set[int]] = {name: set() for name in texts}
    for row in rows(result, "matches"):
        sides = [("article_id", "")] + [("other_id", "other_")] * (row["direction"] == "unknown")
        for side, prefix in sides:
            start, end = place(row, prefix)
            name = str(row[side])
            taken[name].update(b for b in telling[name] if start <= b < end)
    for row in rows(result, "articles"):
        name, whole = str(row["article_id"]), max(1, number(row, "words"))
        copied = len(taken[name]) / whole
        assert abs(real(row, "copied_share") - copied) < ROUNDED, name
        own = max(0.0, 1.0 - copied - neither[name] / whole)
        assert abs(real(row, "own_share") - own) < ROUNDED, name


def links_hold(result: Result) -> None:
    """What a paragraph or a group says of other articles, some match or attribution shows."""
    shown: dict[tuple[str, str], list[Row]] = {}
    for row in rows(result, "matches"):
        pair = str(row["article_id"]), str(row["other_id"])
        shown.setdefault(pair, []).append(row)
    named = {
        (row["article_id"], row["n"])
        for row in rows(result, "attributions")
        if row["agency"] and row["is_agency"]
    }
    for row in rows(result, "paragraphs"):
        here, there = str(row["article_id"]), str(row["source_id"])
        assert row["credit"] != "named" or (here, row["n"]) in named
        if row["reuse"]:
            one = [(m, "", "other_") for m in shown.get((here, there), [])]
            other = [(m, "other_", "") for m in shown.get((there, here), [])]
            assert any(
                number(m, f"{a}n_first") <= number(row, "n") <= number(m, f"{a}n_last")
                and number(m, f"{b}n_first") <= number(row, "source_n") <= number(m, f"{b}n_last")
                and m["direction"] == row["direction"]
                for m, a, b in one + other
            ), row
    cluster = {str(row["article_id"]): row["cluster_id"] for row in rows(result, "articles")}
    joined = {name for pair in shown if len({cluster[one] for one in pair}) == 1 for name in pair}
    groups = list(cluster.values())
    assert all(name in joined or groups.count(cluster[name]) == 1 for name in cluster)


def attribution_holds(row: Row, texts: dict[str, str]) -> None:
    if row["kind"] == Kind.METADATA:
        assert (row["n"], row["start"], row["end"]) == (None, None, None)
        assert "=" in str(row["text"])
        return
    start, end = place(row)
    assert start < end
    assert texts[str(row["article_id"])][start:end] == row["text"]


def run_holds(result: Result) -> None:
    """The run record says what was read and compared."""
    count = len(result.tables["articles"]["article_id"])
    run = result.run
    skipped = cast("list[object]", run["skipped"])
    assert run["inputs"] == {"articles": count, "skipped": len(skipped)}
    assert run["all_pairs"] == count * (count - 1) // 2
    assert 0 <= cast("int", run["compared_pairs"]) <= count * (count - 1) // 2


def said_of_each_pair(
    result: Result, keep: Callable[[str], bool] = bool
) -> list[tuple[object, ...]]:
    """Every match between articles whose ids are kept, with all that is said of it."""
    return [
        tuple(row.values())
        for row in rows(result, "matches")
        if keep(str(row["article_id"])) and keep(str(row["other_id"]))
    ]


def best_sources(result: Result) -> dict[str, set[str]]:
    """For each article, the articles that it is listed against as the one that took."""
    out: dict[str, set[str]] = {}
    for row in rows(result, "matches"):
        out.setdefault(str(row["article_id"]), set()).add(str(row["other_id"]))
    return out


def ids(table: Iterable[Row]) -> list[str]:
    return [str(row["article_id"]) for row in table]
