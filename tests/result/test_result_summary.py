from __future__ import annotations

from dedup.report.columns import TABLES
from dedup.result import Result


def test_the_summary_of_the_seeds(result: Result) -> None:
    assert result.summary().splitlines() == [
        (
            "Of 5 articles, 1 rests mostly on agencies by its credits, 3 mix others’ text with "
            "their own and 1 shows too little to say. 1 goes back to an agency that it does not "
            "name."
        ),
        (
            "No agency original is among these articles, so agencies are known by credits alone "
            "and “no match here” does not prove own reporting; 4 of 5 have no date, so which "
            "came first is not always known."
        ),
        "",
        "  rewritten_wire        1",
        "  mixed                 3",
        "  unknown               1",
        "",
        "Skipped 1 input:",
        "  seeds/photo.jpg: It is not a text (binary).",
    ]


def test_names_of_files_cannot_steer_the_terminal(result: Result) -> None:
    path = "a\x1b]0;owned\x07\u202egpj.exe"
    run = {"skipped": [{"path": path, "record": "7", "reason": "It is empty.\r\x9b2J"}]}
    summary = Result(result.tables, run).summary()
    assert all(character.isprintable() for character in summary.replace("\n", ""))
    assert "  a⟦U+001B⟧]0;owned⟦U+0007⟧⟦U+202E⟧gpj.exe#7: It is empty." in summary


def test_of_many_skipped_inputs_the_first_are_named(result: Result) -> None:
    skipped = [{"path": f"{n}.bin", "record": "", "reason": "No."} for n in range(1200)]
    summary = Result(result.tables, {"skipped": skipped}).summary()
    assert "Skipped 1,200 inputs:" in summary
    assert summary.endswith("  4.bin: No.\n  and 1,195 more")


def test_an_empty_scan_is_not_silent() -> None:
    empty = Result({t: {c.name: [] for c in columns} for t, columns in TABLES.items()}, {})
    assert empty.summary().startswith("No article could be read.")


def test_a_scan_in_which_nothing_is_shared_names_the_nearest_pair(result: Result) -> None:
    matches: dict[str, list[object]] = {column.name: [] for column in TABLES["matches"]}
    near = {"article_id": "a", "other_id": "b", "cosine": 0.01}
    silent = Result({**result.tables, "matches": matches}, {"nearest_pair": near})
    assert "The nearest pair is a and b (cosine 0.01)." in silent.summary()
