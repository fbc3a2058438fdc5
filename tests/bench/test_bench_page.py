from __future__ import annotations

from typing import TYPE_CHECKING

from bench import machine, page

if TYPE_CHECKING:
    from bench.page import Figures, Result, Side


def figures(median: float, spread: float = 0.0) -> Figures:
    return {"median": median, "low": median - spread, "high": median + spread}


def side(name: str, *, ours: bool) -> Side:
    return {
        "name": name,
        "ours": ours,
        "command": f"run {name}",
        "seconds": figures(20.0, 1.5),
        "cpu_seconds": figures(4.25),
        "work_seconds": figures(17.0),
        "peak_mib": figures(1536.0),
        "largest_mib": figures(1024.0),
        "pairs": 68,
        "recall": {"edit05": 0.5},
        "rounds": [{"load": 0.1}, {"load": 2.0}],
    }


RESULT: Result = {
    "command": "python -m bench --data articles.jsonl.gz",
    "machine": {"processor": "P", "cores": 2, "memory_gib": 24, "system": "S", "python": "CPython"},
    "versions": {"numpy": "2"},
    "data": {"file": "f.jsonl", "bytes": 9, "articles": 5000, "characters": 99, "planted": 3},
    "race": {
        "contenders": [side("A", ours=True), side("B", ours=False)],
        "ratios": [
            {
                "ours": "A",
                "theirs": "B",
                "whole": figures(1.5),
                "work": figures(0.9, 0.1),
                "cpu": figures(12.5),
            }
        ],
    },
    "stages": {"seconds": 10.0, "stages": {"read": 7.5, "write": 2.5}, "load": 0.0},
    "functions": {"read": [("dedup/a.py:1 f", 3.0)], "write": []},
    "kernels": {
        "articles": 2000,
        "load": 0.0,
        "sign_us_per_article": 20.0,
        "datasketch_us_per_article": 200.0,
        "sign_ratio": 10.0,
        "tokenize_us_per_mb": 5000.0,
    },
}


def test_every_figure_stands_beside_its_command() -> None:
    shown = page.section("press", RESULT)
    lines = shown.splitlines()
    assert lines[0] == "## press"
    assert "| A | `run A` | 20.0 (18.5–21.5) | 250 |  | 4.25 | 1,536 | 68 | 0.1 2.0 |" in lines
    assert "| B | `run B` | 20.0 (18.5–21.5) | 250 | 17.0 | 4.25 | 1,536 | 68 | 0.1 2.0 |" in lines
    assert "| A against B | 1.50 | 0.90 (0.80–1.00) | 12.5 |" in lines
    assert "| A | 0.500 |" in lines
    assert "| read | 7.50 | 75.0% |" in lines
    assert "| read | `dedup/a.py:1 f` | 3.00 |" in lines
    assert "5,000 articles, 99 characters, 3 copies planted." in shown
    assert "20.0 µs an article" in shown


def test_a_result_may_have_some_parts_only() -> None:
    fewer: Result = {
        "command": "x",
        "machine": RESULT["machine"],
        "versions": {},
        "data": RESULT["data"],
        "stages": RESULT["stages"],
    }
    shown = page.section("few", fewer)
    assert "### The whole job by stage" in shown
    assert "race" not in shown
    assert "Kernels" not in shown


def test_tables_have_as_many_cells_in_every_row() -> None:
    rows = [line for line in page.section("press", RESULT).splitlines() if line.startswith("|")]
    widths = [line.count("|") for line in rows]
    heads = [place + 1 for place, line in enumerate(rows) if line.startswith("|---")]
    for first, last in zip(heads, [*(head - 2 for head in heads[1:]), len(rows)], strict=True):
        assert len(set(widths[first - 2 : last])) == 1


def test_the_page_is_what_the_results_say() -> None:
    assert page.PAGE.read_text("utf-8") == page.render(page.read())


def test_the_machine_is_described_without_a_path() -> None:
    described = machine.describe() | machine.versions()
    assert int(described["cores"]) >= 1
    assert float(described["memory_gib"]) > 0
    assert "numpy" in described
    assert machine.source_digest() in str(described["dedup"])
    assert not any("/" in str(value) and "home" in str(value) for value in described.values())
