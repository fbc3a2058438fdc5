"""Which files are read, what they are called, and what is left out."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from dedup import sources
from dedup.errors import SourceError
from dedup.records import Article, Skipped

STORY = "The council met on Tuesday and passed the budget with two votes to spare."


def ids(*inputs: object, **options: object) -> list[str]:
    return [item.id for item in read(*inputs, **options) if isinstance(item, Article)]


def skips(*inputs: object, **options: object) -> dict[str, str]:
    return {i.path: i.reason for i in read(*inputs, **options) if isinstance(i, Skipped)}


def read(*inputs: object, **options: object) -> list[Article | Skipped]:
    return list(sources.read([str(one) for one in inputs], **options))  # type: ignore[arg-type]


def write(folder: Path, *names: str, text: str = STORY) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_the_seeds(seeds: Path) -> None:
    read_ = [item for item in read(seeds) if isinstance(item, Article)]
    assert [a.id for a in read_] == sorted(path.name for path in seeds.iterdir())
    for article in read_:
        assert article.path == article.id
        assert article.text == (seeds / article.id).read_bytes().decode()


def test_a_folder_is_walked_in_sorted_order(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a/z.md", "a/b/c.txt", "c/a.txt", ".hidden.txt", ".git/x.txt")
    assert ids(tmp_path) == ["a/b/c.txt", "a/z.md", "b.txt", "c/a.txt"]


def test_a_file_itself_goes_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, "in/.a.txt", "in/b.txt")
    assert ids(tmp_path / "in" / "b.txt") == ["b.txt"]
    assert ids(tmp_path / "in" / ".a.txt") == [".a.txt"]  # hidden, but asked for


def test_of_several_inputs_paths_begin_with_their_names(tmp_path: Path) -> None:
    write(tmp_path, "one/a.txt", "two/a.txt", "three.txt")
    inputs = [tmp_path / name for name in ("two", "three.txt", "one")]
    assert ids(*inputs) == ["one/a.txt", "three.txt", "two/a.txt"]
    assert ids(*reversed(inputs)) == ids(*inputs)


def test_inputs_of_one_name_take_their_folders_too(tmp_path: Path) -> None:
    write(tmp_path, "2020/wire/a.txt", "2021/wire/a.txt", "other/b.txt")
    inputs = [tmp_path / "2020/wire", tmp_path / "2021/wire", tmp_path / "other"]
    assert ids(*inputs) == ["2020/wire/a.txt", "2021/wire/a.txt", "other/b.txt"]


def test_nothing_is_read_twice(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt", "in/b.txt")
    folder = tmp_path / "in"
    assert ids(folder, folder, f"{folder}/") == ["a.txt", "b.txt"]
    assert ids(folder / "b.txt", folder) == ["in/a.txt", "in/b.txt"]


def test_patterns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "in/a.txt", "in/b.md", "in/sub/c.txt", "out/d.txt", text=STORY)
    write(tmp_path, "in/metadata.csv", text="path,title\na.txt,Budget passes\n")
    monkeypatch.chdir(tmp_path)
    assert ids("in/*.txt") == ["a.txt"]
    assert ids("**/*.txt", exclude=Path("out")) == ["a.txt", "c.txt"]
    assert ids("in/*") == ["a.txt", "b.md", "sub/c.txt"]
    assert read("in/[a].txt")[0].title == "Budget passes"  # type: ignore[union-attr]
    with pytest.raises(SourceError, match=r"in/\*\.html: nothing matches this pattern"):
        read("in/*.html")


def test_a_name_that_looks_like_a_pattern(tmp_path: Path) -> None:
    write(tmp_path, "a[1].txt")
    assert ids(tmp_path / "a[1].txt") == ["a[1].txt"]


@pytest.mark.parametrize("name", ["nowhere", "nowhere/at.txt", "", "a\0b"])
def test_what_is_not_there_is_said_at_once(name: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such file or folder"):
        sources.read([f"{tmp_path}/{name}" if name else ""])  # not even iterated


def test_a_broken_link_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")
    with pytest.raises(SourceError, match="no such file"):
        sources.read([str(tmp_path / "a.txt")])


def test_the_report_is_never_an_input(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "reports/articles.csv", "reports/b.txt", "c.txt")
    assert ids(tmp_path, exclude=tmp_path / "reports") == ["a.txt", "c.txt"]
    assert ids(tmp_path, exclude=tmp_path / "c.txt") == ["a.txt", "reports/b.txt"]
    assert ids(tmp_path / "c.txt", exclude=tmp_path) == ["c.txt"]
    with pytest.raises(SourceError, match="the report goes to this folder"):
        sources.read([str(tmp_path)], exclude=tmp_path)


def test_links_are_not_followed(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt", "elsewhere/b.txt")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    (tmp_path / "in/out").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in/b.txt").symlink_to(tmp_path / "elsewhere/b.txt")
    assert ids(tmp_path / "in") == ["a.txt"]
    said = skips(tmp_path / "in")
    assert said == dict.fromkeys(
        ("b.txt", "loop", "out"), "it is a symbolic link, which is not followed"
    )


def test_a_link_that_is_named_is_followed(tmp_path: Path) -> None:
    write(tmp_path, "real/a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "b.txt").symlink_to(tmp_path / "real/a.txt")
    assert ids(tmp_path / "link") == ["a.txt"]
    assert ids(tmp_path / "b.txt") == ["b.txt"]


def test_odd_names(tmp_path: Path) -> None:
    names = [b"a\nb.txt", b"\xff.txt", b"=cmd.txt", b"<img>.txt", b"a\\xff.txt", b"\x7f.txt"]
    names.extend(["\u2028.txt".encode(), "é \u202e.txt".encode(), b"x" * 251 + b".txt"])
    for name in names:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(STORY)
    shown = ids(tmp_path)
    assert set(shown) == {
        *(r"a\nb.txt", r"\xff.txt", "=cmd.txt", "<img>.txt", r"a\\xff.txt", r"\u007f.txt"),
        *(r"\u2028.txt", "é \u202e.txt", "x" * 251 + ".txt"),
    }
    assert len(shown) == len(names)
    assert all(name.encode() for name in shown)
    assert ids(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")) == [r"\xff.txt"]


def test_kinds_that_are_not_read(tmp_path: Path) -> None:
    write(tmp_path, "c.docx", "README", "d.txt")
    assert ids(tmp_path) == ["d.txt"]
    assert skips(tmp_path) == {
        "README": "files of this kind (no ending) are not read",
        "c.docx": "files of this kind (.docx) are not read",
    }


def test_a_file_of_unknown_kind_that_is_named_is_looked_into(tmp_path: Path) -> None:
    write(tmp_path, "story")
    write(tmp_path, "records.dump", text=f'{{"id": "x", "text": "{STORY}"}}\n' * 2)
    assert ids(tmp_path / "story") == ["story"]
    assert ids(tmp_path / "records.dump") == ["x", "x"]


PAGE = "<html><body><article>" + f"<p>{STORY} {STORY}</p>" * 5 + "</article></body></html>"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (STORY.encode(), ["-"]),
        (b"[Reuters] " + STORY.encode(), ["-"]),
        (b"{so to speak} " + STORY.encode(), ["-"]),
        (b"<3 " + STORY.encode(), ["-"]),
        (b'{"text": "x"}', ["-"]),
        (b'{"text": "x"}\n{"text": "y"}\n', ["-#1", "-#2"]),
        (b'\xef\xbb\xbf\n {"text": "x"}\n\n{"text": "y", "id": "b"}', ["-#1", "b"]),
        (b'[{"text": "x"}, {"text": "y"}]', ["-#1", "-#2"]),
        (b'{\n  "articles": [{"text": "x", "id": 7}]}', ["7"]),
        (PAGE.encode(), ["-"]),
        (b"\n<!DOCTYPE html>" + PAGE.encode(), ["-"]),
        ("\ufeff".encode("utf-16-le") + '[{"text": "x"}]'.encode("utf-16-le"), ["-#1"]),
        (b"<?xml version='1.0'?><rss/>", []),
        (b"", []),
    ],
)
def test_standard_input(data: bytes, found: list[str]) -> None:
    assert ids("-", stdin=io.BytesIO(data)) == found
    import gzip

    assert ids("-", stdin=io.BytesIO(gzip.compress(data))) == found


def test_standard_input_is_the_processes_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))
    assert read("-", "-") == [Article(id="-", path="-", text=STORY)]


class Dripping(io.RawIOBase):
    """A pipe that gives little at a time, and fails in the end."""

    def __init__(self, data: bytes, *, fails: bool) -> None:
        self._data, self._fails = data, fails

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        if not self._data and self._fails:
            raise OSError(5, "Input/output error")
        part, self._data = self._data[:100], self._data[100:]
        buffer[: len(part)] = part
        return len(part)


def test_a_pipe_that_drips() -> None:
    data = b'{"text": "x"}\n' * 5000
    assert len(ids("-", stdin=Dripping(data, fails=False))) == 5000
    assert len(ids("-", stdin=io.BytesIO(data * 20))) == 100_000
    assert skips("-", stdin=Dripping(data, fails=True)) == {
        "-": "it cannot be read: input/output error"
    }


def test_a_sidecar_supplies_what_plain_text_lacks(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "sub/b.txt", "sub/c.txt", "d.txt")
    write(tmp_path, "e.txt", text=f"date 2021-08-11 Sniffed title\n\n{STORY}")
    write(
        tmp_path,
        "metadata.csv",
        text=(
            "path,publisher,title,published_at,is_wire,id,text,other\n"
            "a.txt,The Echo,,2021-08-11,yes,first,not this,x\n"
            "./sub/b.txt,Outer,Outer title,,,,,\n"
            "sub\\c.txt,Outer,,,,,,\n"
            "e.txt,,Given title,,,,,\n"
            "gone.txt,Nobody,,,,,,\n"
        ),
    )
    write(tmp_path, "sub/metadata.csv", text="path;title\nb.txt;Inner title\n")
    found = {item.path: item for item in read(tmp_path) if isinstance(item, Article)}
    assert found["a.txt"] == Article(
        id="first",
        path="a.txt",
        text=STORY,
        publisher="The Echo",
        published_at="2021-08-11",
        is_wire=True,
    )
    assert (found["sub/b.txt"].publisher, found["sub/b.txt"].title) == ("Outer", "Inner title")
    assert found["sub/c.txt"].publisher == "Outer"
    assert found["d.txt"] == Article(id="d.txt", path="d.txt", text=STORY)
    assert (found["e.txt"].title, found["e.txt"].published_at) == ("Given title", "2021-08-11")
    assert len(found) == 5


def test_a_sidecar_serves_files_that_are_named_and_records(tmp_path: Path) -> None:
    write(tmp_path, "in/a.txt")
    write(tmp_path, "in/b.jsonl", text='{"text": "x", "publisher": null}\n{"text": "y", "id": 1}\n')
    write(tmp_path, "in/c.json", text='{"text": "x", "publisher": "Own"}')
    write(tmp_path, "in/metadata.csv", text="path,publisher,id\na.txt,P,\nb.jsonl,Q,q\nc.json,R,\n")
    folder = tmp_path / "in"
    found = read(folder / "a.txt", folder / "b.jsonl", folder / "c.json")
    assert [(a.id, a.publisher) for a in found if isinstance(a, Article)] == [
        ("a.txt", "P"),
        ("b.jsonl#1", "Q"),
        ("1", "Q"),
        ("c.json", "Own"),
    ]
    assert skips(folder / "metadata.csv") == {
        "metadata.csv": "it describes the files beside it and is never an input itself"
    }


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is empty"),
        ("file,title\na.txt,x\n", "it has no column 'path' (its columns: file, title)"),
        ('path,title\n"a.txt,x\n', "the table is broken: eof inside string"),
    ],
)
def test_a_sidecar_that_cannot_be_read(text: str, reason: str, tmp_path: Path) -> None:
    write(tmp_path, "a.txt")
    write(tmp_path, "metadata.csv", text=text)
    assert ids(tmp_path) == ["a.txt"]
    assert skips(tmp_path)["metadata.csv"].startswith(reason)
