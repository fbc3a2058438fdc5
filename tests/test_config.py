from __future__ import annotations

import json
import os
from dataclasses import FrozenInstanceError, fields
from typing import TYPE_CHECKING

import pytest

from dedup import conditions
from dedup.config import Config, declared, default_of
from dedup.errors import ConfigError

if TYPE_CHECKING:
    from pathlib import Path


def test_defaults_are_in_order() -> None:
    config = Config()
    assert config.out == "reports"
    assert config.formats == ("csv", "html", "json")
    assert config.window_seconds is None
    assert config.conditions == ()
    assert config.processes >= 1
    assert config.outlets == {}


def test_it_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Config().out = "elsewhere"  # type: ignore[misc]  # what is tested


def test_defaults_are_not_shared() -> None:
    assert Config().outlets is not Config().outlets


@pytest.mark.parametrize(
    ("window", "seconds"),
    [("30m", 1800), ("36h", 129_600), ("7d", 604_800), ("1.5d", 129_600), ("2w", 1_209_600)],
)
def test_window_reads(window: str, seconds: int) -> None:
    assert Config(window=window).window_seconds == seconds


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"workers": -1}, "workers must lie in 0..256, not -1"),
        ({"workers": 257}, "workers must lie in 0..256, not 257"),
        ({"workers": True}, "workers cannot be True"),
        ({"workers": "two"}, "workers cannot be 'two'"),
        ({"max_article_mb": 0}, "max_article_mb must lie in 1..1000, not 0"),
        ({"window": "soon"}, "window must read like 36h, 7d or 2w, not 'soon'"),
        ({"formats": ["pdf"]}, "formats must be of csv, html, json, not pdf"),
        ({"formats": []}, "formats must be of csv, html, json, not nothing"),
        ({"formats": "csv"}, "formats cannot be 'csv'"),
        ({"engine": "spark"}, "the Spark engine is not there yet"),
        ({"engine": "ray"}, "engine must be of local, spark, not ray"),
        ({"log_format": "xml"}, "log_format must be of text, json, not xml"),
        ({"quiet": 1}, "quiet cannot be 1"),
        ({"out": 3}, "out cannot be 3"),
        ({"fail_on": "shared>=0.2"}, "articles.csv has no column 'shared'"),
        ({"outlets": {"a": 1}}, "outlets: 'a' must be a name"),
        ({"outlets": ["a"]}, "outlets cannot be"),
        ({"colour": "red"}, "no such setting: colour"),
    ],
)
def test_a_wrong_setting_is_refused(settings: dict[str, object], said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        Config.from_settings(settings)


def test_all_faults_come_in_one_message() -> None:
    with pytest.raises(ConfigError) as refused:
        Config(workers=-1, window="soon", engine="spark")
    assert str(refused.value).count(";") == 2


def test_the_record_of_a_run_holds_what_its_answer_depends_on() -> None:
    here, there = Config(workers=1, out="here"), Config(workers=2, out="there", quiet=True)
    assert here.said() == there.said()
    assert here.said() != Config(window="7d").said()
    assert json.loads(json.dumps(here.said()))["formats"] == ["csv", "html", "json"]


def test_workers_that_were_asked_for_are_used() -> None:
    assert Config(workers=3).processes == 3


def test_processors_are_counted_without_affinity(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    assert Config().processes == (os.cpu_count() or 1)


def test_a_file_is_read_and_given_settings_win(tmp_path: Path) -> None:
    file = tmp_path / "dedup.toml"
    file.write_text(
        'format = ["csv"]\nfail-on = "words>3"\nmax_article_mb = 5\nworkers = 2\n'
        '[outlets]\n"the-daily.example" = "The Daily"\n'
    )
    config = Config.from_file(file, workers=1)
    assert config.formats == ("csv",)
    assert config.workers == 1
    assert config.max_article_mb == 5
    assert config.outlets == {"the-daily.example": "The Daily"}
    assert config.conditions == (conditions.Condition("words", ">", "3"),)


@pytest.mark.parametrize("content", [b"out = ", b"\xff\xfe", b"[outlets"])
def test_a_file_that_is_not_toml_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "dedup.toml"
    file.write_bytes(content)
    with pytest.raises(ConfigError, match="is not TOML"):
        Config.from_file(file)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        Config.from_file(tmp_path / "none.toml")


def test_every_setting_says_what_it_is() -> None:
    for f in fields(Config):
        assert declared(f).about.endswith("."), f.name
        assert default_of(f) == getattr(Config(), f.name)


ROW = {
    "words": 120,
    "uncredited_share": 0.25,
    "confidence": "",
    "verdict": "mixed",
    "agencies": "ap;reuters",
    "credited_agencies": ("ap", "reuters"),
    "published_at": "2021-08-11",
    "title": "Rain and wind",
}
COLUMNS = {name: [cell] for name, cell in ROW.items()}


@pytest.mark.parametrize(
    ("expression", "holds"),
    [
        ("uncredited_share>=0.25", True),
        ("uncredited_share > 0.25", False),
        ("uncredited_share<=0.25 and words<200", True),
        ("uncredited_share<=0.25 and words<120", False),
        ("words==120", True),
        ("words!=120", False),
        ("confidence>=0", False),
        ("verdict==mixed", True),
        ("verdict!=mixed", False),
        ("agencies~reuters", True),
        ("agencies~reuter", False),
        ("agencies==ap;reuters", True),
        ("agencies==ap", False),
        ("credited_agencies~ap", True),
        ("credited_agencies=='ap;reuters'", True),
        ("title~'and wind'", True),
        ('title=="Rain and wind" and verdict==mixed', True),
        ("title==''", False),
        ("published_at>=2021-08-01", True),
        ("published_at<2021-08-01", False),
    ],
)
def test_conditions(expression: str, holds: bool) -> None:  # noqa: FBT001 - a table of cases
    assert conditions.met(conditions.parse(expression), COLUMNS) is holds


def test_one_row_must_answer_all_conditions() -> None:
    both = conditions.parse("words>100 and verdict==copy")
    assert not conditions.met(both, {"words": [120, 12], "verdict": ["mixed", "copy"]})
    assert conditions.met(both, {"words": [1, 120], "verdict": ["mixed", "copy"]})


def test_without_a_condition_nothing_is_met() -> None:
    assert not conditions.met((), COLUMNS)


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("", "cannot read ''"),
        ("words", "cannot read 'words'"),
        ("words>", "cannot read 'words>'"),
        ("words>3 or words<2", "cannot read"),
        ("words>3 and", "cannot read ''"),
        ("words=3", "cannot read"),
        ("sentences>3", "articles.csv has no column 'sentences'"),
        ("words>many", "words is a number"),
        ("words>nan", "words is a number"),
        ("words~3", "words is a number"),
        ("verdict>mixed", "verdict is a text"),
    ],
)
def test_what_is_no_condition(expression: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        conditions.parse(expression)
