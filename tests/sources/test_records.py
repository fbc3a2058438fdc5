"""Records: every spelling of the known fields, the text exactly as it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from dedup.records import Article, Skipped
from dedup.sources import from_frame, from_records

TEXT = "The council met.\r\n\x00\u2028It was late.\n"


def one(**fields: Any) -> Article:
    (article,) = from_records([{"text": TEXT, **fields}])
    assert isinstance(article, Article)
    return article


def refused(record: Any) -> Skipped:
    (skipped,) = from_records([record])
    assert isinstance(skipped, Skipped)
    return skipped


def test_every_known_field() -> None:
    article = one(
        id="a1",
        title=" Budget passes ",
        publisher="The Echo",
        published_at="2021-08-11",
        url="https://echo.example/a1",
        language="en",
        author="Ann Lee",
        authors=["Tom Ford", "Ann Lee"],
        byline="Zoë Ö",
        credit="Reuters",
        is_wire=True,
        agency="reuters",
        unheard_of="kept out",
    )
    assert article == Article(
        id="a1",
        text=TEXT,
        title="Budget passes",
        publisher="The Echo",
        published_at="2021-08-11",
        url="https://echo.example/a1",
        language="en",
        authors=("Ann Lee", "Tom Ford", "Zoë Ö"),
        credit="Reuters",
        is_wire=True,
        agency="reuters",
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("x", "x"),
        (12, "12"),
        (12.0, "12"),
        (10**30, str(10**30)),
        (True, "true"),
        (" ", "#1"),
        (None, "#1"),
        (float("nan"), "#1"),
        (pd.NA, "#1"),
        (pd.NaT, "#1"),
        ({"$oid": "x"}, "#1"),
        ({"name": "x"}, "x"),
        (b"caf\xc3\xa9", "café"),
        (["a", 1], "a;1"),
    ],
)
def test_ids(given: object, kept: str) -> None:
    assert one(id=given).id == kept


def test_our_own_tables_name_for_an_id() -> None:
    assert one(article_id="a2").id == "a2"
    assert one(id="", article_id="a2").id == "a2"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (True, True),
        (False, False),
        *((word, True) for word in ("true", " TRUE ", "Yes", "y", "1", 1, 1.0, "on", "t")),
        *((word, False) for word in ("false", "False", "NO", "n", "0", 0, 0.0, "off")),
        *((word, None) for word in (None, "", " ", float("nan"), pd.NA)),
    ],
)
def test_truth_in_every_spelling(given: object, kept: bool | None) -> None:  # noqa: FBT001
    article = one(is_wire=given)
    assert article.is_wire is kept
    assert article.notes == ()


def test_neither_true_nor_false_is_noted() -> None:
    article = one(is_wire="perhaps")
    assert article.is_wire is None
    assert article.notes == ("is_wire is neither true nor false: 'perhaps'",)


@pytest.mark.parametrize(
    ("field", "given", "names"),
    [
        ("author", "Ann Lee; Tom Ford;", ("Ann Lee", "Tom Ford")),
        ("authors", ("Ann", None, "Ann", float("nan")), ("Ann",)),
        ("authors", [{"name": "Ann"}, {"@id": 7}], ("Ann",)),
        ("byline", {"name": "Ann"}, ("Ann",)),
        ("author", 7, ("7",)),
        ("author", float("nan"), ()),
    ],
)
def test_authors(field: str, given: object, names: tuple[str, ...]) -> None:
    assert one(**{field: given}).authors == names


def test_times_are_written_in_iso() -> None:
    zoned = dt.datetime(2021, 8, 11, 10, tzinfo=dt.UTC)
    assert one(published_at=zoned).published_at == "2021-08-11T10:00:00+00:00"
    assert one(published_at=pd.Timestamp("2021-08-11 10:00")).published_at == "2021-08-11T10:00:00"
    assert one(published_at=dt.date(2021, 8, 11)).published_at == "2021-08-11"


def test_half_characters_in_any_field() -> None:
    article = one(text="caf\udce9 society in the old town", title="Caf\udce9", url="\ud83d")
    assert article.text == "café society in the old town"
    assert article.title == "Café"
    assert article.url == "�"
    assert len(article.notes) == 2
    assert article.notes[0].endswith("by a guess")


def test_bytes_as_text() -> None:
    assert one(text=b"caf\xc3\xa9 society").text == "café society"


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"body": "x", "headline": "y"}, "the record has no text (its fields: body, headline)"),
        ({}, "the record has no text (its fields: none)"),
        ({"text": None}, "the record has no text (its fields: text)"),
        ({str(n): n for n in range(9)}, "(its fields: 0, 1, 2, 3, 4, 5, 6, 7 …)"),
        ({"text": ["a"]}, "the record's text is no text but of type list"),
        ({"text": 7}, "of type int"),
        ({"text": ""}, "it is empty"),
        ({"text": " \n\t\u00a0"}, "it is blank: nothing but white space"),
        ({"text": b"%PDF-1.4"}, "a PDF document"),
        ({"text": "a" * 10_000_001}, "over the limit of 10,000,000 characters"),
        ("a text", "neither an article nor a record but of type str"),
        (None, "of type NoneType"),
        (Article(id="x", text=" "), "blank"),
    ],
)
def test_what_is_no_record(record: object, reason: str) -> None:
    skipped = refused(record)
    assert reason in skipped.reason
    assert skipped.record == "1"


def test_an_unusable_record_is_called_by_its_name() -> None:
    assert refused({"id": "a7"}).path == "a7"
    assert refused({"id": 7}).path == ""
    assert refused(Article(id="x", text="", path="p")).path == "p"


def test_articles_pass_as_they_are() -> None:
    article = Article(id="a", text=TEXT, path="p")
    assert list(from_records([article])) == [article]
    assert next(from_records([Article(id="", text=TEXT)])) == Article(id="#1", text=TEXT)


def test_one_bad_record_does_not_stop_the_rest() -> None:
    read = list(from_records([{"text": TEXT}, {}, {"text": TEXT}]))
    assert [getattr(item, "id", "skip") for item in read] == ["#1", "skip", "#3"]


def test_frames() -> None:
    frame = pd.DataFrame(
        {
            "text": ["one", "two", None, "four"],
            "id": ["a", None, "c", "d"],
            "is_wire": [True, None, False, "no"],
            "published_at": [pd.Timestamp("2021-08-11"), pd.NaT, pd.NaT, pd.NaT],
            "year": [1, 2, 3, 4],
            7: [1, 2, 3, 4],
        },
        index=[9, 9, 9, 9],
    )
    first, second, third, fourth = from_frame(frame)
    assert first == Article(id="a", text="one", is_wire=True, published_at="2021-08-11T00:00:00")
    assert second == Article(id="#2", text="two")
    assert isinstance(third, Skipped)
    assert third[:2] == ("c", "3")
    assert fourth == Article(id="d", text="four", is_wire=False)


def test_numbers_as_ids_survive_a_gap() -> None:
    frame = pd.DataFrame({"text": ["a", "b"], "id": [12, None]})
    assert [item.id for item in from_frame(frame) if isinstance(item, Article)] == ["12", "#2"]


def test_a_frame_of_many_rows_keeps_their_numbers() -> None:
    read = list(from_frame(pd.DataFrame({"text": ["x"] * 2500})))
    assert [item.id for item in read if isinstance(item, Article)] == [
        f"#{n}" for n in range(1, 2501)
    ]


def test_a_frame_without_text() -> None:
    (skipped,) = from_frame(pd.DataFrame({"body": ["x"]}))
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "the table has no column 'text' (its columns: body)"
