"""What comes is decided among those whom it meets: as all decide it, in files that may be lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

import dedup
from dedup import Article, IndexUnusableError, compiling, text
from dedup.candidates import RUN
from dedup.candidates.pairs import RUN_WORDS
from dedup.index import listing, nearby, shelf
from dedup.index.merging import merged
from dedup.index.nearby import Nearby
from dedup.index.register import Register
from dedup.index.sheet import Sheet, UnsoundError
from dedup.index.sieve import Sieve
from tests.back_ends import same
from tests.index.histories import opened
from tests.index.test_asking import CROWD, body
from tests.index.test_growing import REPRINT, WIRE
from tests.strategies import SENTENCES

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from dedup import Index
    from dedup.index.nearby import Weighed


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


def everybody(sheet: Sheet, keys: NDArray[np.uint64]) -> tuple[list[int], list[bytes]]:
    """Who has some keys: the key's number, and an id."""
    asked, first, sizes = sheet.rows(keys)
    row, place = sheet.holders(first, sizes)
    return asked[row].tolist(), [sheet.name(n) for n in place.tolist()]


def test_a_sheet_in_a_file_is_the_sheet(path: Path) -> None:
    (sheet,) = sheets(path)
    there = sheet.save(path.with_name("sheet"), "me")
    keys = np.unique(sheet.key)
    assert everybody(there, keys) == everybody(sheet, keys)
    assert there.counted == sheet.counted == merged([sheet]).counted
    assert [there.name(n) for n in range(len(there))] == [sheet.name(n) for n in range(len(sheet))]
    with pytest.raises(UnsoundError):
        Sheet.open(path.with_name("sheet"), "another")


def test_who_is_gone_is_left_out_of_a_merged_sheet(path: Path) -> None:
    (sheet,) = sheets(path)
    sheet.let(range(0, len(sheet), 2), alive=False)
    left = merged([sheet])
    assert len(left) == sheet.counted[0]
    assert left.counted == sheet.counted
    keys = np.unique(sheet.key)
    assert everybody(left, keys) == everybody(sheet, keys)


def test_a_sheet_half_of_whose_articles_are_gone_is_written_anew(path: Path) -> None:
    with filled(path, CROWD) as index:
        index.remove([article.id for article in CROWD[1:20]])
        register = index._shelf.register
        assert len(register) < len(CROWD)
        assert register.total[0] == len(index)
        assert {m["other_id"] for m in index.check(body(0, 3)).matches} == {
            "c00",
            "c20",
            "c21",
            "c22",
            "c23",
        }


def test_a_key_is_known_as_long_as_anybody_has_it(path: Path) -> None:
    with filled(path, CROWD) as index:
        register = index._shelf.register
        own = keys_of_all(register)
        everybody = [name.encode() for name in index.ids()]
        assert register.known(RUN, own).all()
        shared = np.flatnonzero(np.bincount(register.find(RUN, own)[0]) == len(everybody))
        assert len(shared)
        with register.without(everybody[:-1]):
            assert register.known(RUN, own)[shared].all()
        with register.without(everybody):
            assert not register.known(RUN, own).any()


def keys_of_all(register: Register) -> NDArray[np.uint64]:
    words = text.tokenize([article.text for article in CROWD])
    own = np.unique(text.shingle(words.word, words.indptr, RUN_WORDS).hash)
    return own[np.unique(register.find(RUN, own)[0])]


@pytest.mark.parametrize("compiled", [True, False])
def test_the_register_is_asked_alike_by_both_back_ends(
    path: Path, monkeypatch: pytest.MonkeyPatch, *, compiled: bool
) -> None:
    pytest.importorskip("numba", reason="the extra fast has it")
    from dedup.index import kernels

    (sheet,) = sheets(path)
    monkeypatch.setenv(compiling.VARIABLE, compiling.NUMBA)
    for name in KERNELS if not compiled else ():
        monkeypatch.setattr(kernels, name, getattr(kernels, name).py_func)
    others = np.arange(10_000, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    keys = np.random.default_rng(1).permutation(np.append(sheet.key, others))
    same(lambda: sheet.rows(keys))
    asked, first, sizes = sheet.rows(keys)
    assert len(asked) == np.isin(keys, sheet.key).sum()
    sheet.let([*range(0, len(sheet), 3)], alive=False)
    same(lambda: sheet.earliest(first, sizes))
    same(lambda: (Sieve.of(keys).cells, Sieve.of(keys).begin))


@pytest.mark.parametrize("gone", [0, 2])
@pytest.mark.parametrize("compiled", [True, False])
def test_sheets_are_put_together_alike_by_both_back_ends(
    path: Path, monkeypatch: pytest.MonkeyPatch, *, compiled: bool, gone: int
) -> None:
    pytest.importorskip("numba", reason="the extra fast has it")
    from dedup.index import kernels

    monkeypatch.setenv(compiling.VARIABLE, compiling.NUMBA)
    for name in KERNELS if not compiled else ():
        monkeypatch.setattr(kernels, name, getattr(kernels, name).py_func)
    with filled(path, printed_everywhere()) as index:
        register = index._shelf.register
        assert len(register._sheets) > 1
        with register.without(names_of(printed_everywhere())[::gone] if gone else []):
            same(lambda: columns(merged(register._sheets)))
            together = merged(register._sheets)
            count, stamps, _ = together.counted
            assert (count, stamps) == register.total
            assert (np.diff(together.when) >= 0).all()
            assert (np.diff(together.key.view(np.int64)) != 0).all()
            asked = together.key
            for key, first, size in zip(asked, *together.rows(asked)[1:], strict=True):
                own = together.place[first : first + size]
                assert (np.diff(own.astype(np.int64)) > 0).all(), key
            everyone = {together.name(place) for place in range(len(together))}
            assert everyone == {*register_names(register)}


def columns(sheet: Sheet) -> list[NDArray[np.generic]]:
    return [*sheet._columns.values()]


def names_of(articles: list[Article]) -> list[bytes]:
    return [article.id.encode() for article in articles]


def register_names(register: Register) -> list[bytes]:
    """The ids of all who still are listed."""
    return [
        sheet.name(place)
        for sheet in register._sheets
        for place in np.flatnonzero(sheet.alive).tolist()
    ]


@pytest.mark.parametrize("gone", [0, 2, 5])
def test_of_a_crowd_the_earliest_is_named_and_all_are_counted(path: Path, gone: int) -> None:
    words = text.tokenize([FORMULA]).word
    with filled(path, printed_everywhere()) as index:
        register = index._shelf.register
        assert len(register._sheets) > 1
        keys = np.unique(text.shingle(words, np.array([0, len(words)]), RUN_WORDS).hash)
        few, names = np.arange(len(keys)) % 5, [one.id.encode() for one in printed_everywhere()]
        with register.without(names[::gone] if gone else []):
            every, everybody = register.find(RUN, keys)
            found, named, count = register.count(RUN, keys, few, 1000)
            when = register.moments(everybody)
    sizes = np.bincount(every, minlength=len(keys))
    assert np.array_equal(count, sizes)
    for key in range(len(keys)):
        holders = everybody[every == key]
        first = sorted(zip(when[every == key].tolist(), holders.tolist(), strict=True))[:1]
        crowd = sizes[key] > max(few[key], 1)
        expected = [number for _, number in first] if crowd else sorted(holders.tolist())
        assert sorted(named[found == key].tolist()) == expected


def test_of_a_key_that_many_have_some_are_named(path: Path) -> None:
    words = text.tokenize([FORMULA]).word
    with filled(path, printed_everywhere()) as index:
        register = index._shelf.register
        keys = np.unique(text.shingle(words, np.array([0, len(words)]), RUN_WORDS).hash)
        all_of, holders = register.find(RUN, keys)
        key, number = register.find(RUN, keys, 3, 1)
        sheets = len(register._sheets)
    sizes, some = np.bincount(all_of, minlength=len(keys)), np.bincount(key, minlength=len(keys))
    assert sizes.max() > sheets > 1
    assert np.array_equal(some[sizes <= 3], sizes[sizes <= 3])
    assert set(some[sizes > 3].tolist()) <= set(range(1, sheets + 1))
    told = set(zip(all_of.tolist(), holders.tolist(), strict=True))
    assert told.issuperset(zip(key.tolist(), number.tolist(), strict=True))


def test_a_register_that_others_made_is_not_taken(path: Path) -> None:
    with filled(path, CROWD) as index:
        made_by = index._shelf.kept.listed_by()
    assert Register(path, made_by, write=False).total[0] == len(CROWD)
    assert Register(path, f"{made_by}'", write=False).total == (0, 0)


def test_what_is_listed_anew_leaves_no_files_behind(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(path, CROWD).close()
    monkeypatch.setattr("dedup.index.register.LARGE", 1)
    monkeypatch.setattr("dedup.index.listing._AT_ONCE", 1)
    for file in path.parent.glob(f"{path.name}.keys*"):
        file.unlink()
    listed, times = listing.list_all, 0

    def counting(register: Register, *given: object) -> None:
        nonlocal times
        times += 1
        there = {*path.parent.glob(f"{path.name}.keys-*")}
        assert there == {sheet.path for sheet in register._sheets if sheet.path}
        listed(register, *given)  # type: ignore[arg-type]

    monkeypatch.setattr("dedup.index.listing.list_all", counting)
    with opened(path) as index:
        index.add([])
        assert index._shelf.register.total[0] == len(CROWD)
    assert times == len(CROWD)


#: The compiled loops of the register.
KERNELS = (
    "bound",
    "guess",
    "first_of",
    "sieved",
    "rows",
    "held",
    "note",
    "earliest",
    "least",
    "interleaved",
    "together",
)
FORMULA = f"{SENTENCES[0]} {SENTENCES[1]}"


def odd(seed: int, *told: str) -> str:
    """Words that nobody else has, and between them what is told."""
    letters = np.random.default_rng(seed).choice([*"aeiklmnoprst"], (len(told) + 1, 60, 7))
    own = [" ".join(map("".join, words)) for words in letters.tolist()]
    return " ".join(part for pair in zip(own, (*told, ""), strict=True) for part in pair)


def printed_everywhere() -> list[Article]:
    """Articles on unlike matters that one formula stands in."""
    return [
        Article(
            id=f"o{n:02}",
            text=odd(n, FORMULA),
            publisher=f"Outlet {n}",
            published_at=f"2021-08-15T{n % 24:02}:00:00Z",
        )
        for n in range(26)
    ]


def test_who_else_holds_a_wording_is_looked_at_though_nobody_meets_him(path: Path) -> None:
    *held, asked = printed_everywhere()
    alone = dedup.scan([held[0], asked])
    assert len(alone.matches) == 1
    assert not len(dedup.scan([*held, asked]).matches)
    with filled(path, held) as index:
        answer = index.check(asked)
        assert answer.complete
        assert answer.matches == ()


def test_an_answer_without_those_who_hold_a_wording_is_not_complete(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    *held, asked = printed_everywhere()
    with filled(path, held) as index:
        monkeypatch.setattr(shelf, "ROOM", 4)
        assert not index.check(asked).complete


def test_of_a_long_chain_the_nearest_are_walked(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [f"{SENTENCES[2 * n]} {SENTENCES[2 * n + 1]}" for n in range(12)]
    chain = [
        Article(id=f"c{n:02}", text=odd(n, told[n], told[n + 1]), publisher=f"Outlet {n}")
        for n in range(11)
    ]
    *held, asked = chain
    walked = []
    weigh = Nearby.weigh

    def counted(*given: Any, **named: Any) -> Weighed:
        walked.append(weigh(*given, **named))
        return walked[-1]

    with filled(path, held) as index:
        monkeypatch.setattr(Nearby, "weigh", counted)
        expected = index.check(asked)
        monkeypatch.setattr(nearby, "CIRCLE", 3)
        assert index.check(asked) == expected
        assert expected.complete
        assert [match["other_id"] for match in expected.matches] == [held[-1].id]
    assert [one.walked for one in walked] == [len(chain), 4]


def test_many_small_additions_leave_few_sheets(path: Path) -> None:
    with opened(path, few=0) as index:
        for article in printed_everywhere():
            index.add([article])
        register = index._shelf.register
        assert len(register._sheets) <= 9
        assert register.total[0] == len(index)
