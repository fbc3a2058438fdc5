"""The examples run, each with what it is for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import util
from typing import TYPE_CHECKING

import pandas as pd
import pytest

import dedup
from tests.redis_server import RedisServer

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

    from tests.integrations.conftest import SearchServer

    Run = Callable[..., str]

TIMEOUT = 120


@pytest.fixture
def command(root: Path) -> Callable[[str], list[str]]:
    return lambda name: [sys.executable, str(root / "examples" / f"{name}.py")]


@pytest.fixture
def environment(root: Path) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(root),
        "PYTHONWARNINGS": "error::DeprecationWarning:dedup",
    }


@pytest.fixture
def run(root: Path, command: Callable[[str], list[str]], environment: dict[str, str]) -> Run:
    """Run an example where seeds/ lies, and give what it prints."""

    def ran(name: str, *arguments: object) -> str:
        done = subprocess.run(
            [*command(name), *map(str, arguments)],
            cwd=root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=TIMEOUT,
        )
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout

    return ran


def test_every_example_is_run_here(root: Path) -> None:
    tests = globals()
    names = [path.stem for path in (root / "examples").glob("*.py")]
    assert len(names) >= 6
    assert [name for name in names if f"test_{name}" not in tests] == []


def test_scrapy_crawl(run: Run, tmp_path: Path, seeds: Path) -> None:
    lines = run("scrapy_crawl", tmp_path).splitlines()
    names = sorted(path.name for path in seeds.iterdir())
    assert sorted(line.split()[0] for line in lines[: len(names)]) == names
    assert sum(int(line.split()[1]) for line in lines[len(names) :] if "changed" not in line) == 5
    with dedup.Index.open(tmp_path / "news.dedup", create=False) as index:
        assert [name.rsplit("/", 1)[1] for name in index.ids()] == names


def test_pandas_frame(run: Run) -> None:
    lines = run("pandas_frame").splitlines()
    rows = {line.split()[0]: line for line in lines[2:]}
    assert len(rows) == 12
    assert "wire_copy" in rows["s01-outlet1"]
    assert rows["s01-outlet4"].rstrip().endswith("reuters")


def test_spacy_document(run: Run) -> None:
    said = run("spacy_document")
    assert "dedup_matches edited 001_1b7dea28a2590197.txt" in said
    assert "dedup_attributions told reuters sentence 'told Reuters'" in said


def test_redis_candidates(run: Run, tmp_path: Path) -> None:
    server = RedisServer(tmp_path)
    try:
        lines = run("redis_candidates", server.address).splitlines()
        assert lines[0].startswith("001_1b7dea28a2590197.txt ")
        with server.client as client:
            assert not client.keys("*bucket*")
    finally:
        server.stop()


def test_nightly_task(run: Run, tmp_path: Path, seeds: Path) -> None:
    first = run("nightly_task", tmp_path)
    assert first.splitlines()[0] == "5 articles, entries 0 to 5"
    assert first.splitlines()[1:] == sorted(path.name for path in seeds.iterdir())
    assert run("nightly_task", tmp_path) == first
    assert len(pd.read_csv(tmp_path / "reports" / "articles.csv")) == 5


def test_elasticsearch_bulk(run: Run, search: SearchServer, seeds: Path) -> None:
    names = sorted(path.name for path in seeds.iterdir())
    search.documents = {name: {"headline": name} for name in names[1:]}
    said = run("elasticsearch_bulk", search.address).splitlines()
    assert said == ["4 updated", f"{names[0]} [{names[0]}]: document missing"]
    assert all({"headline", "dedup"} == set(document) for document in search.documents.values())
    lines = list(map(json.loads, run("elasticsearch_bulk").splitlines()))
    assert [line["update"]["_id"] for line in lines[::2]] == names
    sent = {
        head["update"]["_id"]: part["doc"]["dedup"]
        for head, part in zip(lines[::2], lines[1::2], strict=True)
    }
    assert all(search.documents[name]["dedup"] == sent[name] for name in names[1:])


def test_webhook_server(
    root: Path, command: Callable[[str], list[str]], environment: dict[str, str], seeds: Path
) -> None:
    example = module(root / "examples" / "webhook_server.py")
    server = subprocess.Popen(
        [*command("webhook_server"), "0"],
        cwd=root,
        env={**environment, "DEDUP_SECRET": "tell nobody"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    with server:
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline().rstrip("/\n").rsplit(":", 1)[1])
            text = (seeds / "001_1b7dea28a2590197.txt").read_text("utf-8")
            item = {"uri": "urn:x:1", "type": "text", "body_text": text}
            said = example.send(port, b"tell nobody", item)
            assert said["verdict"] != "original"
            assert "001_1b7dea28a2590197.txt" in {m["other_id"] for m in said["matches"]}
            refused = example.send(port, b"a guess", item)
            assert refused == {"error": "the request is not signed, or was signed too long ago"}
        finally:
            server.terminate()


def module(path: Path) -> ModuleType:
    """Load an example as a module."""
    spec = util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    loaded = util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded
