"""`dedup.scan` as a library: whatever kind of input, whatever setting, one kind of answer."""

from __future__ import annotations

import os
import shutil
import threading
from typing import TYPE_CHECKING, cast

import pandas as pd
import pytest

import dedup
from dedup import Article, CatalogueError, Config, ConfigError, DedupError, SourceError
from tests import strategies
from tests.pipeline.promises import hold, names, rows

if TYPE_CHECKING:
    from pathlib import Path

    from dedup import Result

Record = dict[str, object]

ONE, TWO, THREE, FOUR = (
    " ".join(strategies.SENTENCES[i : i + 3]) for i in (0, 3, 6, 9)
)  # four paragraphs that have nothing in common


def record(name: str, *paragraphs: str, **fields: object) -> Record:
    return {"id": name, "text": "\n\n".join(paragraphs), **fields}


def pairs(result: Result) -> list[tuple[object, object, object]]:
    table = rows(result, "matches")
    return [(row["article_id"], row["other_id"], row["direction"]) for row in table]


def limits(result: Result) -> dict[str, int]:
    return cast("dict[str, int]", result.run["limits"])


COPY = [
    record("a", ONE, TWO, published_at="2021-08-16T10:00:00Z", publisher="The Post"),
    record("b", ONE, TWO, published_at="2021-08-15T10:00:00Z", publisher="The Mail"),
]


# Kinds of input


def test_a_path_and_a_text_of_a_path_are_one_input(seeds: Path) -> None:
    assert dedup.scan(seeds).tables == dedup.scan(str(seeds)).tables


def test_several_paths_are_read_together(seeds: Path, tmp_path: Path) -> None:
    for part, pattern in (("one", "00[01]*"), ("two", "00[234]*")):
        (tmp_path / part).mkdir()
        for path in seeds.glob(pattern):
            shutil.copy(path, tmp_path / part)
    result = dedup.scan([tmp_path / "one", str(tmp_path / "two")])
    named = [f"one/{path.name}" for path in sorted(seeds.glob("00[01]*"))]
    assert result.tables["articles"]["article_id"][:2] == named
    assert len(result.articles) == 5
    assert len(result.matches) == len(dedup.scan(seeds).matches) > 0


def test_articles_records_and_a_table_are_one_input() -> None:
    articles = [
        Article(
            id=str(given["id"]),
            text=str(given["text"]),
            published_at=str(given["published_at"]),
            publisher=str(given["publisher"]),
        )
        for given in COPY
    ]
    expected = dedup.scan(COPY).tables
    assert dedup.scan(articles).tables == expected
    assert dedup.scan(iter(articles)).tables == expected
    assert dedup.scan([articles[0], COPY[1]]).tables == expected
    assert dedup.scan(pd.DataFrame(COPY)).tables == expected


def test_the_tables_are_frames(seeds: Path) -> None:
    result = dedup.scan(seeds)
    for table in ("articles", "paragraphs", "matches", "attributions", "stories", "sources"):
        frame = getattr(result, table)
        assert isinstance(frame, pd.DataFrame)
        assert len(frame) == len(rows(result, table)) > 0
    verdict = result.verdict("000_71cf6c316d60b106.txt")
    assert verdict.label == "mixed"
    assert verdict.evidence


@pytest.mark.parametrize("empty", [[], pd.DataFrame({"text": []}), iter(())])
def test_nothing_gives_empty_tables(empty: list[Article]) -> None:
    result = dedup.scan(empty)
    hold(result)
    assert all(not len(next(iter(columns.values()))) for columns in result.tables.values())
    assert result.run["nearest_pair"] is None


def test_an_empty_folder_is_no_failure(tmp_path: Path) -> None:
    result = dedup.scan(tmp_path)
    hold(result)
    assert result.run["inputs"] == {"articles": 0, "skipped": 0}
    assert result.summary()
    assert all(path.stat().st_size for path in result.write(tmp_path / "reports"))


def test_a_path_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nowhere"):
        dedup.scan(tmp_path / "nowhere")


def test_one_article_stands_alone() -> None:
    result = dedup.scan([record("only", ONE, TWO)])
    hold(result)
    (row,) = rows(result, "articles")
    assert (row["verdict"], row["cluster_id"], row["story_id"]) == ("unknown", "only", "only")
    assert (row["copied_share"], row["own_share"]) == (0.0, 1.0)
    assert result.run["all_pairs"] == 0


# Never silently empty


def test_input_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    (tmp_path / "good.txt").write_text(ONE, "utf-8")
    result = dedup.scan(tmp_path)
    hold(result)
    (skipped,) = cast("list[Record]", result.run["skipped"])
    assert skipped["path"] == "photo.txt"
    assert str(skipped["reason"])


def test_records_that_cannot_be_used_are_named() -> None:
    odd = cast("Article", 7)
    result = dedup.scan([record("a", ONE), {"id": "b"}, odd])
    hold(result)
    reasons = [str(row["reason"]) for row in cast("list[Record]", result.run["skipped"])]
    assert len(reasons) == 2
    assert any("no text" in reason for reason in reasons)
    assert any("int" in reason for reason in reasons)


@pytest.mark.parametrize("first", ["a", "b"])
def test_of_one_id_seen_twice_the_latest_is_kept(first: str) -> None:
    given = [
        record("x", ONE, published_at="2021-08-15T10:00:00Z"),
        record("x", TWO, published_at="2021-08-16T10:00:00Z"),
    ]
    result = dedup.scan(given if first == "a" else given[::-1])
    (row,) = rows(result, "articles")
    assert row["text"] == TWO
    (skipped,) = cast("list[Record]", result.run["skipped"])
    assert "'x'" in str(skipped["reason"])


def test_where_nothing_is_shared_the_nearest_pair_is_named() -> None:
    given = [record("a", ONE, TWO), record("b", THREE), record("c", FOUR)]
    result = dedup.scan(given)
    hold(result)
    assert not pairs(result)
    nearest = cast("Record", result.run["nearest_pair"])
    assert {nearest["article_id"], nearest["other_id"]} < {"a", "b", "c"}
    assert 0.0 <= float(str(nearest["cosine"])) < 0.5
    assert str(nearest["article_id"]) in result.summary()


def test_the_run_says_what_was_compared() -> None:
    run = dedup.scan(COPY).run
    assert run["inputs"] == {"articles": 2, "skipped": 0}
    assert (run["compared_pairs"], run["all_pairs"]) == (1, 1)
    assert run["layouts"] == {"blank lines": 2}
    assert run["version"] == dedup.__version__
    assert run["catalogue_version"]
    options = cast("Record", run["options"])
    assert options["window"] == ""
    assert not {"out", "workers"} & set(options), "what changes no answer is no part of it"


def test_progress_is_told_step_by_step() -> None:
    told: list[tuple[str, int, int]] = []
    dedup.scan(COPY, progress=lambda *step: told.append(step))
    assert list(dict.fromkeys(name for name, *_ in told)) == [
        "reading",
        "proposing",
        "comparing",
        "deciding",
    ]
    assert all(done <= of for _, done, of in told)
    assert {name for name, done, of in told if done == of} == {name for name, *_ in told}


# Direction, outlets


def test_the_later_of_two_equal_articles_took_from_the_earlier() -> None:
    result = dedup.scan(COPY)
    hold(result)
    assert pairs(result) == [("a", "b", "from")]
    copy, source = rows(result, "articles")
    assert (copy["verdict"], copy["relation"]) == ("copy", "cross_outlet_copy")
    assert (source["copied_share"], source["derived_from"]) == (0.0, "")
    assert rows(result, "matches")[0]["lag_seconds"] == 86_400


@pytest.mark.parametrize(
    "times",
    [
        ("", ""),
        ("2021-08-15", ""),
        ("2021-08-15", "2021-08-15"),
        ("2021-08-15T10:00:00Z", "2021-08-15T10:00:00Z"),
        ("2021-08-15 10:00", "2021-08-15T16:00:00+00:00"),
        ("no time at all", "2021-08-15"),
    ],
)
def test_equal_articles_of_unknown_order_are_nobodys_copy(times: tuple[str, str]) -> None:
    given = [
        {**record(name, ONE, TWO, publisher=name), "published_at": time}
        for name, time in zip("ab", times, strict=True)
    ]
    result = dedup.scan(given)
    hold(result)
    assert pairs(result) == [("a", "b", "unknown")]
    for row in rows(result, "articles"):
        assert row["verdict"] not in {"copy", "original"}
        assert row["copied_share"] == 1.0
        assert not row["derived_from"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("The Post", "the  POST", True),
        ("The Post", "The Mail", False),
        ("www.example.co.uk", "https://news.example.co.uk/politics", True),
        ("example.co.uk", "other.co.uk", False),
        ("news.example.com", "EXAMPLE.com", True),
        ("Post Online", "The Post", True),
        ("https://m.thepost.com", "The Post", True),
        ("", "", False),
        ("The Post", "", False),
    ],
)
def test_publishers_are_compared_by_domain_and_by_the_table(
    one: str, other: str, *, same: bool
) -> None:
    aliases = {"post online": "The Post", "thepost.com": "the post"}
    given = [{**COPY[0], "publisher": one}, {**COPY[1], "publisher": other}]
    result = dedup.scan(given, config=Config(outlets=aliases))
    hold(result)
    relation = rows(result, "articles")[0]["relation"]
    assert (relation == "same_outlet_update") is same
    assert (relation == "cross_outlet_copy") is (not same and bool(one and other))


@pytest.mark.parametrize(
    "known",
    [
        {"publisher": "Reuters"},
        {"publisher": "", "url": "https://www.reuters.com/world/x"},
        {"publisher": "", "is_wire": True, "agency": "Reuters"},
    ],
)
def test_an_agency_is_known_by_its_publisher_or_by_its_metadata(known: Record) -> None:
    result = dedup.scan([COPY[0], {**COPY[1], **known}])
    hold(result)
    assert result.run["wire_in_corpus"] is True
    copy, wire = rows(result, "articles")
    assert names(copy, "uncredited_agencies") == {"reuters"}
    assert (copy["verdict"], copy["relation"]) == ("wire_copy", "wire")
    assert names(wire, "credited_agencies") == {"reuters"}


@pytest.mark.parametrize("denied", [{"is_wire": False}, {"publisher": "The Reuters Fan"}])
def test_not_every_article_that_looks_like_an_agencys_is_one(denied: Record) -> None:
    result = dedup.scan([COPY[0], {**COPY[1], "publisher": "Reuters", **denied}])
    hold(result)
    assert result.run["wire_in_corpus"] is False


# Settings


def test_a_window_keeps_the_near_and_the_undated() -> None:
    given = [
        record("a", ONE, TWO, published_at="2021-08-01"),
        record("b", ONE, TWO, published_at="2021-08-30"),
        record("c", ONE, TWO, published_at="2021-08-03"),
        record("d", ONE, TWO),
    ]
    assert len(pairs(dedup.scan(given))) == 6
    result = dedup.scan(given, config=Config(window="7d"))
    hold(result)
    assert {(a, b) for a, b, _ in pairs(result)} == {
        ("a", "d"),
        ("b", "d"),
        ("c", "a"),
        ("c", "d"),
    }
    assert sum(limits(result).values()) == 2
    assert cast("Record", result.run["options"])["window"] == "7d"


@pytest.mark.parametrize("breaks", ["\n", "\r\n"])
def test_ignored_texts_never_count_as_reuse(tmp_path: Path, breaks: str) -> None:
    given = [record("a", ONE, TWO, THREE), record("b", ONE, FOUR)]
    assert pairs(dedup.scan(given)) == [("a", "b", "unknown")]
    file = tmp_path / "ignore.txt"
    file.write_bytes(f"{breaks}---{breaks}".join((THREE, ONE)).encode("utf-8-sig"))
    result = dedup.scan(given, config=Config(ignore=str(file)))
    hold(result)
    assert not pairs(result)
    assert [row["role"] for row in rows(result, "paragraphs")] == [
        "boilerplate",
        "body",
        "boilerplate",
        "boilerplate",
        "body",
    ]
    assert all(row["copied_share"] == 0 for row in rows(result, "articles"))


def test_what_surrounds_an_ignored_text_still_counts(tmp_path: Path) -> None:
    (tmp_path / "ignore.txt").write_text(f"{TWO}\n---\n\n---\n", "utf-8")
    given = [record("a", ONE, TWO), record("b", ONE, TWO)]
    result = dedup.scan(given, config=Config(ignore=str(tmp_path / "ignore.txt")))
    hold(result)
    assert pairs(result) == [("a", "b", "unknown")]
    ledger = rows(result, "paragraphs")
    assert [row["reuse"] for row in ledger] == ["verbatim", "", "verbatim", ""]


def test_an_outlets_boilerplate_is_learned() -> None:
    sign_up = "Sign up for our morning letter and never miss what happens in your county again."
    given = [
        record(name, body, sign_up, publisher="The Post")
        for name, body in zip("abcd", (ONE, TWO, THREE, FOUR), strict=True)
    ]
    result = dedup.scan(given)
    hold(result)
    assert not pairs(result)
    assert {row["role"] for row in rows(result, "paragraphs") if row["n"] == 2} <= {
        "boilerplate",
        "promo",
    }


def test_an_agency_of_ones_own_is_found(tmp_path: Path) -> None:
    given = [record("a", ONE, f"{TWO[:40]}, an official told Velmoor Wire.")]
    assert not rows(dedup.scan(given), "attributions")
    file = tmp_path / "agencies.toml"
    file.write_text(
        '[[agency]]\nid = "velmoor"\nname = "Velmoor Wire"\nlanguages = ["en"]\n'
        'countries = ["GB"]\nsource = "https://example.org/"\n',
        "utf-8",
    )
    (row,) = rows(dedup.scan(given, config=Config(agencies=str(file))), "attributions")
    assert (row["agency"], row["kind"]) == ("velmoor", "told")


@pytest.mark.parametrize(
    ("setting", "failure"),
    [("agencies", CatalogueError), ("ignore", ConfigError), ("labels", DedupError)],
)
def test_a_file_that_is_not_there_is_one_sentence(
    tmp_path: Path, setting: str, failure: type[DedupError]
) -> None:
    config = Config.from_settings({setting: str(tmp_path / "nowhere")})
    with pytest.raises(failure, match="nowhere"):
        dedup.scan(COPY, config=config)


def test_a_report_folder_is_no_input(tmp_path: Path) -> None:
    for given in COPY:
        (tmp_path / f"{given['id']}.txt").write_text(str(given["text"]), "utf-8")
    before = dedup.scan(tmp_path)
    before.write(tmp_path / "reports", ["json", "csv"])
    assert dedup.scan(tmp_path, exclude=tmp_path / "reports").tables == before.tables


def test_near_misses_are_kept_when_asked_for(seeds: Path) -> None:
    assert dedup.scan(seeds).run["refusals"] == []
    refusals = cast("list[Record]", dedup.scan(seeds, explain=True).run["refusals"])
    assert refusals
    assert all(str(row["rule"]) for row in refusals)


def test_a_program_with_other_threads_is_forked_only_if_it_asks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    records = [{"id": str(n), "text": f"Nothing fell in town {n}."} for n in range(400)]
    forked = []

    def fork() -> int:
        forked.append(1)
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", fork)
    ended = threading.Event()
    other = threading.Thread(target=ended.wait)
    other.start()
    try:
        assert len(dedup.scan(records).articles) == 400
        assert not forked
        with pytest.raises(BlockingIOError):
            dedup.scan(records, config=Config(workers=2))
    finally:
        ended.set()
        other.join()
