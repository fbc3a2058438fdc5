"""CSV, TSV and Parquet: cells exactly as they are, broken tables as far as they go."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedup import sources
from dedup.records import Article, Skipped

if TYPE_CHECKING:
    from pathlib import Path

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


def read(path: Path, data: bytes | str, limit: int = 10_000_000) -> list[Article | Skipped]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return list(sources.read([str(path)], limit=limit))


def texts(items: list[Article | Skipped]) -> list[str]:
    return [item.text for item in items if isinstance(item, Article)]


def test_cells_are_exactly_as_they_are(tmp_path: Path) -> None:
    data = 'id,text,x\r\n1,"a\0b\r\nc\rd\ne ""q""",z\r\n,NA,\r\n3," \u00a0y ",\r\n'
    first, second, third = read(tmp_path / "a.csv", data)
    assert first == Article(id="1", path="a.csv", text='a\0b\r\nc\rd\ne "q"')
    assert second == Article(id="a.csv#2", path="a.csv", text="NA")
    assert third == Article(id="3", path="a.csv", text=" \u00a0y ")


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.csv.gz"])
def test_whatever_parts_the_columns(separator: str, name: str, tmp_path: Path) -> None:
    data = separator.join(["Title", '" TEXT "', "extra"]) + "\n" + separator.join("txy") + "\n"
    packed = gzip.compress(data.encode()) if name.endswith(".gz") else data
    assert read(tmp_path / name, packed) == [
        Article(id=f"{name}#1", path=name, title="t", text="x")
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_encodings_of_tables(encoding: str, tmp_path: Path) -> None:
    text = "Le président a déclaré que la réforme serait présentée avant l'été à Besançon."
    (article,) = read(tmp_path / "a.csv", f"text,title\n{text},Café\n".encode(encoding))
    assert isinstance(article, Article)
    assert (article.text, article.title) == (text, "Café")
    assert bool(article.notes) is (encoding == "cp1252")


def test_ragged_rows_are_read(tmp_path: Path) -> None:
    items = read(tmp_path / "a.csv", "id,text\n1,x,y,z\n2,y\n3\n\n4,z\n")
    assert texts(items) == ["x", "y", "z"]
    assert items[2] == Skipped("a.csv", "3", "it is empty")


def test_a_field_may_be_long(tmp_path: Path) -> None:
    assert texts(read(tmp_path / "a.csv", f"text\n{'x' * 300_000}\n")) == ["x" * 300_000]
    (skipped,) = read(tmp_path / "a.csv", f"text\n{'x' * 300}\n", limit=100)
    assert isinstance(skipped, Skipped)
    assert skipped[:2] == ("a.csv", "1")


def test_an_open_quotation_mark_loses_only_what_follows(tmp_path: Path) -> None:
    rows = "".join(f"{n},text {n}\n" for n in range(100))
    *found, last = read(tmp_path / "a.csv", f'id,text\n{rows}100,"open\n101,x\n')
    assert texts(found) == [f"text {n}" for n in range(100)]
    assert isinstance(last, Skipped)
    assert last.record == "101"
    assert last.reason.startswith("the table is broken: eof inside string")


def test_an_open_quotation_mark_swallows_no_memory(tmp_path: Path) -> None:
    found = read(tmp_path / "a.csv", 'id,text\n1,x\n2,"open\n' + "y,z\n" * 500_000, limit=1000)
    assert texts(found) == ["x"]
    assert isinstance(found[-1], Skipped)
    assert "a row is over the limit" in found[-1].reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("", "it is empty"),
        ("\n\n", "it is empty"),
        ("id,body\n1,x\n", "it has no column 'text' (its columns: id, body)"),
        ("id,text\n", "it holds no record"),
        ('text\n"open', "the table is broken: eof inside string"),
        (b"%PDF-1.4\n", "it is no text but a PDF document"),
    ],
)
def test_bad_tables(data: bytes | str, reason: str, tmp_path: Path) -> None:
    (skipped,) = read(tmp_path / "a.csv", data)
    assert isinstance(skipped, Skipped)
    assert skipped[:2] == ("a.csv", "")
    assert skipped.reason.startswith(reason)


cell = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=20)
story = st.lists(cell | st.sampled_from('\r\n,;"'), max_size=9).map("".join)


@given(st.lists(st.tuples(cell, story), min_size=1, max_size=80))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_csv_writes_is_read_back(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([("title", "text"), *rows])
    items = read(tmp_path / "a.csv", out.getvalue().encode())
    assert len(items) == len(rows)
    for (title, text), item in zip(rows, items, strict=True):
        if isinstance(item, Article):
            assert (item.title, item.text) == (title.strip(), text)
        else:
            assert not text.strip()


def parquet(**columns: list[object]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, row_group_size=64)
    return out.getvalue()


@pytest.mark.parametrize("name", ["a.parquet", "a.parquet.gz", "a.bin"])
def test_parquet(name: str, tmp_path: Path) -> None:
    data = parquet(
        id=[1, None],
        text=["x\0\r\n", "y"],
        published_at=[dt.datetime(2021, 8, 11, 10, tzinfo=dt.UTC), None],
        authors=[["Ann", "Tom"], []],
        is_wire=[True, None],
        other=[1, 2],
    )
    first, second = read(tmp_path / name, gzip.compress(data) if name.endswith(".gz") else data)
    assert first == Article(
        id="1",
        path=name,
        text="x\0\r\n",
        published_at="2021-08-11T10:00:00+00:00",
        authors=("Ann", "Tom"),
        is_wire=True,
    )
    assert second == Article(id=f"{name}#2", path=name, text="y")


def test_parquet_of_many_rows(tmp_path: Path) -> None:
    data = parquet(text=[None if n == 70 else str(n) for n in range(200)])
    items = read(tmp_path / "a.parquet", data)
    assert items[70] == Skipped("a.parquet", "71", "the record has no text (its fields: text)")
    assert texts(items) == [str(n) for n in range(200) if n != 70]


def test_bad_parquet(tmp_path: Path) -> None:
    whole = parquet(text=[f"story {n} " * 50 for n in range(100)])
    broken = whole[:100] + b"\xff" * 2000 + whole[2100:]
    for data in (b"", b"PAR1", b"not a table", whole[:-20]):
        assert read(tmp_path / "a.parquet", data) == [
            Skipped("a.parquet", "", "it is no sound Parquet table")
        ]
    assert isinstance(read(tmp_path / "a.parquet", broken)[-1], Skipped)
    (skipped,) = read(tmp_path / "a.parquet", parquet(body=["x"]))
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "it has no column 'text' (its columns: body)"
    assert read(tmp_path / "a.parquet", parquet(text=[]))[0] == Skipped(
        "a.parquet", "", "it holds no record"
    )


def test_parquet_that_breaks_later_keeps_what_came_before(tmp_path: Path) -> None:
    whole = bytearray(parquet(text=[str(n**99) for n in range(128)]))
    later = len(whole) * 4 // 5
    whole[later : later + 300] = b"\xff" * 300
    items = read(tmp_path / "a.parquet", bytes(whole))
    assert len(texts(items)) == 64
    assert isinstance(items[-1], Skipped)


def test_without_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (skipped,) = read(tmp_path / "a.parquet", b"PAR1")
    assert isinstance(skipped, Skipped)
    assert skipped.reason == "reading Parquet needs an extra: pip install 'dedup[parquet]'"
