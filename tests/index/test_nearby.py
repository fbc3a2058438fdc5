"""What comes is decided among those whom it meets: as all decide it, in files that may be lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from dedup import IndexUnusableError
from dedup.index import listing
from dedup.index.register import Register
from dedup.index.sheet import Sheet, UnsoundError, merged
from tests.index.histories import opened
from tests.index.test_asking import CROWD, body
from tests.index.test_growing import REPRINT, WIRE

if TYPE_CHECKING:
    from pathlib import Path

    from dedup import Article, Index


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.dedup"


def filled(path: Path, articles: list[Article]) -> Index:
    index = opened(path, few=0)
    for first in range(0, len(articles), 9):
        index.add(articles[first : first + 9])
    return index


def never(*_: object) -> None:
    message = "an article is listed that was"
    raise AssertionError(message)


def test_a_late_original_revises_its_reprint(path: Path) -> None:
    with opened(path, few=0) as index:
        assert [answer.row["verdict"] for answer in index.add([REPRINT]).answers] == ["unknown"]
        second = index.add([WIRE])
        assert [answer.row["article_id"] for answer in second.changed] == ["reprint"]
        assert second.changed[0].row["verdict"] == "wire_copy"
        again = index.add([WIRE])
        assert again.answers == second.answers
        third = index.remove(["wire"])
        assert [answer.row["verdict"] for answer in third.changed] == ["unknown"]
        fourth = index.add([WIRE, replace(REPRINT, text=body(9, 12))])
        assert {answer.row["verdict"] for answer in fourth.answers} <= {"original", "unknown"}
        assert index.stats()["unsettled"]
        index.tables()
        assert not index.stats()["unsettled"]
        assert index.verify() == []


def test_an_article_is_found_whichever_way_it_came(path: Path) -> None:
    with filled(path, CROWD) as index:
        asked = replace(CROWD[0], id="asked")
        found = index.check(asked)
        assert found.complete
        assert {match["other_id"] for match in found.matches} >= {"c00", "c01"}
        assert index.check(CROWD[0]).row["article_id"] == "c00"
        late = index.check(asked, deadline=0)
        assert (late.complete, late.matches) == (False, ())
        assert len(index) == len(CROWD)
    with opened(path, few=0) as index:
        assert index.check(asked) == found


def test_what_was_listed_is_not_listed_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with filled(path, CROWD) as index:
        expected = index.check(body(0, 3))
    monkeypatch.setattr(listing, "list_all", never)
    with opened(path, few=0) as index:
        assert index.check(body(0, 3)) == expected


def test_a_reader_sees_what_a_writer_has_added_meanwhile(path: Path) -> None:
    with filled(path, CROWD) as index, opened(path, few=0) as reader:
        assert not reader.check(body(18, 21)).matches
        index.add([replace(CROWD[0], id="new", text=body(18, 21))])
        index.remove(["c01"])
        assert [m["other_id"] for m in reader.check(body(18, 21)).matches] == ["new"]
        assert "c01" not in {m["other_id"] for m in reader.check(body(0, 3)).matches}


@pytest.mark.parametrize("harm", ["cut", "flipped", "gone"])
@pytest.mark.parametrize("ending", [".keys", ".keys-"])
def test_files_that_are_damaged_are_made_again(path: Path, harm: str, ending: str) -> None:
    with filled(path, CROWD) as index:
        expected = index.check(body(0, 3))
    files = [p for p in path.parent.iterdir() if p.name.startswith(path.name + ending)]
    target = max(files, key=lambda p: (p.name.endswith(".keys") == (ending == ".keys"), p.name))
    data = bytearray(target.read_bytes())
    data[len(data) // 2] ^= 16
    if harm == "gone":
        target.unlink()
    else:
        target.write_bytes(data if harm == "flipped" else data[: len(data) // 2])
    with opened(path, few=0) as index:
        assert index.check(body(0, 3)) == expected


def test_a_row_that_is_lost_is_noticed_by_the_register(path: Path) -> None:
    with filled(path, CROWD) as index:
        index.check(body(0, 3))
        store = index._shelf.take()
        store._execute("DELETE FROM articles WHERE id = x'633033'")
        index._shelf._register = None
        with pytest.raises(IndexUnusableError, match="is damaged"):
            index.check(body(0, 3))


def sheets(path: Path) -> list[Sheet]:
    """The sheets of an index that was closed, one by one again."""
    with filled(path, CROWD) as index:
        index.check(body(0, 3))
        (sheet,) = merged_once(index)
    return [sheet]


def merged_once(index: Index) -> list[Sheet]:
    return [merged(index._shelf.register._sheets)]


def test_a_sheet_in_a_file_is_the_sheet(path: Path) -> None:
    (sheet,) = sheets(path)
    there = sheet.save(path.with_name("sheet"), "me")
    keys = np.unique(sheet.key)
    for one, other in zip(sheet.find(keys), there.find(keys), strict=True):
        assert np.array_equal(one, other)
    assert there.total == sheet.total == merged([sheet]).total
    assert [there.name(n) for n in range(len(there))] == [sheet.name(n) for n in range(len(sheet))]
    with pytest.raises(UnsoundError):
        Sheet.open(path.with_name("sheet"), "another")


def test_who_is_gone_is_left_out_of_a_merged_sheet(path: Path) -> None:
    (sheet,) = sheets(path)
    sheet.alive[::2] = False
    left = merged([sheet])
    assert len(left) == sheet.total[0]
    assert left.total == sheet.total
    keys = np.unique(sheet.key)
    key, place = sheet.find(keys)
    there = [(k, sheet.name(p)) for k, p in zip(key.tolist(), place.tolist(), strict=True)]
    key, place = left.find(keys)
    assert there == [(k, left.name(p)) for k, p in zip(key.tolist(), place.tolist(), strict=True)]


def test_a_register_that_others_made_is_not_taken(path: Path) -> None:
    with filled(path, CROWD) as index:
        made_by = index._shelf.kept.listed_by()
    assert Register(path, made_by, write=False).total[0] == len(CROWD)
    assert Register(path, f"{made_by}'", write=False).total == (0, 0)
