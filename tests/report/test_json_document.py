from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from dedup.report import Document, write_json
from dedup.report.columns import TABLES, Type, json_columns
from dedup.report.document import dumps, schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(schema())


def test_the_document_of_the_seeds_stays_as_it_is(
    document: Document, golden: Callable[[str, bytes], None], tmp_path: Path
) -> None:
    write_json(tmp_path / "report.json", document)
    golden("report.json", (tmp_path / "report.json").read_bytes())


@pytest.mark.parametrize("text", [True, False])
def test_documents_hold_to_the_schema(
    document: Document, validator: Draft202012Validator, tmp_path: Path, *, text: bool
) -> None:
    write_json(tmp_path / "report.json", dataclasses.replace(document, text=text))
    written = json.loads((tmp_path / "report.json").read_text("utf-8"))
    validator.validate(written)
    for table in ("articles", "paragraphs", "attributions"):
        assert all(("text" in row) == text for row in written[table])


@pytest.mark.parametrize(
    "fault",
    [
        {"articles": {"verdict": "guilty"}},
        {"articles": {"copied_share": 1.2}},
        {"articles": {"agencies": "ap"}},
        {"matches": {"direction": None}},
        {"paragraphs": {"n": 0}},
    ],
)
def test_the_schema_refuses_faults(
    document: Document, validator: Draft202012Validator, tmp_path: Path, fault: dict[str, object]
) -> None:
    write_json(tmp_path / "report.json", document)
    written = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert validator.is_valid(written)
    ((table, change),) = fault.items()
    written[table][0] |= change
    assert not validator.is_valid(written)


@pytest.mark.parametrize("table", TABLES)
def test_the_schema_has_the_columns_in_their_order(table: str) -> None:
    described = schema()["$defs"][table]["properties"]  # type: ignore[index]
    assert list(described) == [column.name for column in json_columns(table)]
    assert all(entry["description"].endswith(".") for entry in described.values())
    for column in json_columns(table):
        is_array = described[column.name].get("type") == "array"
        assert is_array == (column.type in {Type.LIST, Type.RANKED})


def test_offsets_can_be_checked_against_the_texts(document: Document, tmp_path: Path) -> None:
    write_json(tmp_path / "report.json", document)
    written = json.loads((tmp_path / "report.json").read_text("utf-8"))
    texts = {row["article_id"]: row["text"] for row in written["articles"]}
    for table in ("paragraphs", "attributions"):
        for row in written[table]:
            assert texts[row["article_id"]][row["start"] : row["end"]] == row["text"]


def test_empty_is_null_but_an_empty_text_is_text(document: Document, tmp_path: Path) -> None:
    tables = {name: {c: list(v[:1]) for c, v in t.items()} for name, t in document.tables.items()}
    tables["articles"]["text"] = [""]
    write_json(tmp_path / "report.json", Document(run={}, tables=tables))
    article = json.loads((tmp_path / "report.json").read_text("utf-8"))["articles"][0]
    assert article["publisher"] is None
    assert article["text"] == ""
    assert article["uncredited_agencies"] == []


def test_every_script_is_readable_and_a_lone_surrogate_survives() -> None:
    assert dumps({"a": "كابول"}) == '{"a":"كابول"}'
    assert json.loads(dumps({"a": "é\ud800"})) == {"a": "é\ud800"}
    assert dumps("é\ud800").isascii()


def test_what_json_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        dumps({"seconds": float("nan")})


def test_a_row_with_a_lone_surrogate_is_escaped_and_no_other(
    document: Document, tmp_path: Path
) -> None:
    tables = {name: dict(table) for name, table in document.tables.items()}
    texts = ["كابول"] * len(document.tables["paragraphs"]["text"])
    tables["paragraphs"]["text"] = ["é\ud800", *texts[1:]]
    write_json(tmp_path / "report.json", dataclasses.replace(document, tables=tables))
    written = (tmp_path / "report.json").read_text("utf-8")
    assert written.count("كابول") == len(texts) - 1
    assert '"text":"\\u00e9\\ud800"' in written
    rows = json.loads(written)["paragraphs"]
    assert [row["text"] for row in rows] == tables["paragraphs"]["text"]
    assert [row["score"] for row in rows] == list(document.tables["paragraphs"]["score"])
