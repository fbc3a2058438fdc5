"""One answer: the order of the inputs, the number of processes and their hash seed change no byte.

Nor does what is beside the point change a match: an article about something else, or a credit line.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import dedup
from dedup import Config, detector, pipeline
from tests import strategies
from tests.pipeline.promises import place, rows, said_of_each_pair

if TYPE_CHECKING:
    from pathlib import Path

    from dedup import Result

Record = dict[str, object]

SETTINGS = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
#: What may differ between two runs of the same thing.
TIMES = {"started_at", "finished_at", "seconds"}
UNRELATED = (
    "Beekeepers in the terraces above Quillota have begun to paint their hives ochre, hoping that "
    "hornets, which seem to shun the colour, will leave their queens in peace until autumn.\n\n"
    "A zoologist from Osorno who counts the insects every fortnight calls the idea charming and "
    "quite without foundation, yet she has promised to paint half of her own hives as a trial."
)
CREDITS = (
    "With inputs from Associated Press",
    "(Reporting by Grace Kaunda; Editing by Tom Hale)",
    "© 2019 Agence France-Presse",
    "Source: dpa",
)


def read(newsroom: Path) -> list[Record]:
    lines = (newsroom / "articles.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def records(newsroom: Path) -> list[Record]:
    return read(newsroom)


@pytest.fixture(scope="session")
def story(records: list[Record]) -> list[Record]:
    """The articles on one story: wires, copies, rewrites, originals."""
    return [record for record in records if record["story"] == "s01"]


def written(result: Result, folder: Path) -> dict[str, bytes]:
    """Everything that is promised to be the same, by file."""
    paths = result.write(folder, ["csv", "json"])
    out = {path.name: path.read_bytes() for path in paths}
    document = json.loads(out["report.json"])
    document["run"] = {k: v for k, v in document["run"].items() if k not in TIMES}
    out["report.json"] = json.dumps(document).encode()
    return out


@pytest.fixture(scope="module")
def expected(records: list[Record], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return written(dedup.scan(records), tmp_path_factory.mktemp("expected"))


def test_the_order_of_the_inputs_changes_no_byte(
    records: list[Record], expected: dict[str, bytes], tmp_path: Path
) -> None:
    assert written(dedup.scan(records[::-1]), tmp_path) == expected


def test_the_number_of_processes_changes_no_byte(
    records: list[Record],
    expected: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(detector, "_WORTH_FORKING", 0)
    monkeypatch.setattr(pipeline, "_ARTICLES", 41)
    monkeypatch.setattr(pipeline, "_PAIRS", 53)
    assert written(dedup.scan(records, config=Config(workers=2)), tmp_path) == expected


@settings(SETTINGS, max_examples=6)
@given(data=st.data())
def test_any_order_of_a_few_articles_gives_the_same_tables(
    story: list[Record], data: st.DataObject
) -> None:
    few = story[:6]
    assert dedup.scan(data.draw(st.permutations(few))).tables == dedup.scan(few).tables


@pytest.mark.parametrize("name", ["a", "s01-wire1b", "zz"])
def test_an_unrelated_article_changes_no_match(story: list[Record], name: str) -> None:
    alone = dedup.scan(story)
    beside = dedup.scan([*story, {"id": name, "text": UNRELATED, "published_at": "2019-03-05"}])
    assert said_of_each_pair(beside) == said_of_each_pair(alone)
    assert len(said_of_each_pair(alone)) > 5


@settings(SETTINGS, max_examples=10)
@given(data=st.data())
def test_a_credit_line_changes_no_match(story: list[Record], data: st.DataObject) -> None:
    """A line at the end of a text moves nothing: all offsets stay."""
    credit = st.sampled_from(("", *CREDITS))
    signed = [
        {**record, "text": f"{record['text']}\n\n{line}".rstrip()}
        for record in story
        for line in [data.draw(credit)]
    ]
    assert said_of_each_pair(dedup.scan(signed)) == said_of_each_pair(dedup.scan(story))


@settings(SETTINGS, max_examples=15)
@given(copy=strategies.copies())
def test_stripping_a_credit_changes_no_match(copy: strategies.Copy) -> None:
    """Dateline and tagline are furniture: what is shared with the copy is the same without."""

    def shared(source: str) -> list[tuple[str, str, object]]:
        later = {"id": "a", "text": copy.text, "published_at": "2021-08-16T10:00:00Z"}
        first = {"id": "b", "text": source, "published_at": "2021-08-15T10:00:00Z"}
        table = rows(dedup.scan([later, first]), "matches")
        return [
            (copy.text[slice(*place(row))], source[slice(*place(row, "other_"))], row["kind"])
            for row in table
        ]

    assert shared(copy.source) == shared(strategies.credit_strip(copy.source))
