from __future__ import annotations

import os
from pathlib import Path

import pytest

from dedup.errors import ReportError
from dedup.report.edition import Edition


class Interrupted(Exception):  # noqa: N818 - it stands for Ctrl-C
    pass


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def write(folder: Path, text: str, *names: str, fail: bool = False) -> None:
    with Edition(folder) as edition:
        for name in names:
            with edition.file(name) as stream:
                stream.write(text)
        if fail:
            raise Interrupted


def test_all_files_of_a_set_appear(tmp_path: Path) -> None:
    write(tmp_path / "deep" / "er", "new", "a.csv", "b.json")
    assert files(tmp_path / "deep" / "er") == {"a.csv": "new", "b.json": "new"}


def test_a_failure_leaves_the_old_set_and_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, "old", "a.csv", "b.json")
    with pytest.raises(Interrupted):
        write(tmp_path, "new", "a.csv", "b.json", fail=True)
    assert files(tmp_path) == {"a.csv": "old", "b.json": "old"}


def test_pieces_make_one_file(tmp_path: Path) -> None:
    with Edition(tmp_path) as edition:
        for piece in range(12):
            with edition.file("a.csv", piece) as stream:
                stream.write(f"{piece} ")
        with edition.file("b.csv") as stream:
            stream.write("whole")
        edition.join()
    assert files(tmp_path) == {"a.csv": "0 1 2 3 4 5 6 7 8 9 10 11 ", "b.csv": "whole"}


def test_pieces_are_dropped_with_the_rest(tmp_path: Path) -> None:
    with pytest.raises(Interrupted), Edition(tmp_path) as edition:  # noqa: PT012 - both pieces
        for piece in range(2):
            with edition.file("a.csv", piece) as stream:
                stream.write("x")
        raise Interrupted
    assert files(tmp_path) == {}


def test_nothing_shows_before_the_set_is_complete(tmp_path: Path) -> None:
    with Edition(tmp_path) as edition:
        with edition.file("a.csv") as stream:
            stream.write("x")
        assert not (tmp_path / "a.csv").exists()
    assert (tmp_path / "a.csv").read_text("utf-8") == "x"


def test_line_ends_and_lone_surrogates(tmp_path: Path) -> None:
    write(tmp_path, "a\r\nb\n\ud800", "x")
    assert (tmp_path / "x").read_bytes() == b"a\r\nb\n?"


def test_a_report_gets_the_rights_of_any_new_file(tmp_path: Path) -> None:
    write(tmp_path, "x", "a")
    (tmp_path / "plain").write_text("x", "utf-8")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_folder_that_is_a_file_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", "utf-8")
    with pytest.raises(ReportError, match="cannot be written"):
        write(tmp_path / "taken", "x", "a")


def test_a_full_disk_is_a_clear_error_and_leaves_no_stray_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "old", "a")

    def refuse(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(ReportError, match="No space left on device"):
        write(tmp_path, "new", "a")
    assert files(tmp_path) == {"a": "old"}


def test_a_refused_rename_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(ReportError, match="cannot be written"):
        write(tmp_path, "new", "a")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_ctrl_c_between_two_renames_still_renews_the_whole_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "old", "a", "b")
    replace = Path.replace
    calls = []

    def interrupted(page: Path, place: Path) -> Path:
        calls.append(place)
        moved = replace(page, place)
        if len(calls) == 1:
            raise KeyboardInterrupt
        return moved

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, "new", "a", "b")
    assert files(tmp_path) == {"a": "new", "b": "new"}


def test_files_of_a_folder_appear_with_the_others(tmp_path: Path) -> None:
    with Edition(tmp_path) as edition:
        with edition.file("parts-a/0001.html") as stream:
            stream.write("one")
        with edition.file("page.html") as stream:
            stream.write("page")
        assert not (tmp_path / "page.html").exists()
        assert not (tmp_path / "parts-a" / "0001.html").exists()
    assert (tmp_path / "parts-a" / "0001.html").read_text("utf-8") == "one"
    assert (tmp_path / "page.html").read_text("utf-8") == "page"


def test_a_failure_leaves_no_folder_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    with pytest.raises(Interrupted):
        write(tmp_path, "new", "parts-a/0001.html", "kept/0001.html", fail=True)
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]
    assert list((tmp_path / "kept").iterdir()) == []


def test_former_parts_go_once_the_new_ones_are_there(tmp_path: Path) -> None:
    old, mixed = tmp_path / "parts-a", tmp_path / "parts-b"
    for folder in (old, mixed):
        folder.mkdir()
        (folder / "0001.html").write_text("old", "utf-8")
    (mixed / "notes.txt").write_text("somebody's own", "utf-8")
    with Edition(tmp_path) as edition:
        with edition.file("parts-c/0001.html") as stream:
            stream.write("new")
        edition.retire("parts-*", "*.html")
        assert (old / "0001.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["parts-b", "parts-c"]
    assert [path.name for path in mixed.iterdir()] == ["notes.txt"]


def test_a_failure_leaves_the_former_parts(tmp_path: Path) -> None:
    write(tmp_path, "old", "parts-a/0001.html")

    def fail() -> None:
        with Edition(tmp_path) as edition:
            edition.retire("parts-*", "*.html")
            raise Interrupted

    with pytest.raises(Interrupted):
        fail()
    assert files(tmp_path / "parts-a") == {"0001.html": "old"}
