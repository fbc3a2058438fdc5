"""What the desk's users wait for: a real desk on a real port, asked over real connections."""

from __future__ import annotations

import asyncio
import contextlib
import json
import math
import subprocess
import time
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import quote

from bench import clients
from bench.figures import rounded
from bench.goals import CROWD
from bench.indexing import held_of
from bench.processes import held
from bench.race import ROOT, module

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence
    from pathlib import Path

    from bench.clients import Address, Question, Took
    from bench.setting import Made

#: Clients that ask at once, how often each; connections that drip, and by how many is asked then,
#: in how many turns a round with them and without.
AT_ONCE, EACH, DRIPPING, BESIDE, TURNS = 50, 6, 200, 10, 4
#: Texts that are typed, letters between two questions, questions to what is only looked up.
_TYPED, _LETTERS, _LOOKED_UP = 12, 120, 100
_MS, _KIB = 1000, 1024
_STORY = "its story"
#: Seconds between two looks whether the lists are there, and for which tables are waited for.
_LOOK, _PATIENCE = 0.5, 240
_Row = dict[str, object]


def measure(made: Made, index: Path, rounds: int) -> _Row:
    """Open a desk on an index of a corpus, and ask it everything that its users ask."""
    begun = time.perf_counter()
    with _opened(index) as (address, process):
        opened = time.perf_counter() - begun
        asyncio.run(_there(address, "/api/articles?limit=1"))
        listed = time.perf_counter() - begun
        laid = asyncio.run(_there(address, "/api/stats", _PATIENCE))
        tables = {"tables_seconds": rounded(time.perf_counter() - begun)} if laid else {}
        return asyncio.run(_asked(address, made, rounds, laid=laid)) | {
            "opened_seconds": rounded(opened),
            "listed_seconds": rounded(listed),
            **tables,
            "workers": 2,
            "anonymous_mib": rounded(held(process).anonymous / _KIB),
        }


@contextlib.contextmanager
def _opened(index: Path) -> Iterator[tuple[Address, int]]:
    """Open a desk with two processes that check."""
    command = module("dedup", "serve", str(index), "--port", "0", "--workers", "2")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as desk:
        try:
            line = desk.stdout.readline() if desk.stdout else ""
            host, port = line.rsplit("//", 1)[1].strip(" /\n").split(":")
            yield clients.Address(host, int(port)), desk.pid
        finally:
            desk.terminate()


async def _there(address: Address, path: str, patience: float = math.inf) -> bool:
    """Wait until the desk can answer, so many seconds at most: at first it knows texts alone."""
    until = time.perf_counter() + patience
    while time.perf_counter() < until:
        with contextlib.suppress(RuntimeError):
            await _looked_up(address, [path])
            return True
        await asyncio.sleep(_LOOK)
    return False


async def _asked(address: Address, made: Made, rounds: int, *, laid: bool) -> _Row:
    rows = [json.loads(line) for line in _some(made, _TYPED + AT_ONCE * EACH)]
    typed, pasted = rows[:_TYPED], rows[_TYPED:]
    typing = [question for row in typed for question in _typing(row)]
    every = [_pasted(row, "at once") for row in pasted]
    crowd = [every[n::AT_ONCE] for n in range(AT_ONCE)]
    one = [clients.check(f"One text for all. {pasted[0]['text']}")] * EACH
    ids = [quote(row["id"]) for row in rows][:_LOOKED_UP]
    jobs: dict[str, Callable[[], Awaitable[list[Took]]]] = {
        "a text while it is typed": lambda: clients.asked(address, typing),
        CROWD: lambda: clients.at_once(address, crowd),
        f"{AT_ONCE} clients at once, one text": lambda: clients.at_once(address, [one] * AT_ONCE),
        "one article": lambda: _looked_up(address, [f"/api/article?id={name}" for name in ids]),
        _STORY: lambda: _looked_up(
            address, [f"/api/story?id={name}" for name in ids[:1]] * len(ids)
        ),
        "the list, filtered": lambda: _looked_up(
            address, [f"/api/articles?q={n:04}" for n in range(len(ids))]
        ),
    }
    if not laid:
        del jobs[_STORY]
    told = [{"name": name, **_told(await job())} for name, job in jobs.items()]
    return {"questions": told, "slow": await _beside(address, pasted, rounds)}


async def _beside(address: Address, rows: Sequence[_Row], rounds: int) -> _Row:
    """Ask alone and beside connections that drip, in turn."""
    alone: list[Took] = []
    beside: list[Took] = []
    for n in range(2 * TURNS * rounds):
        group = [_pasted(row, f"round {n}") for row in rows[: BESIDE * EACH]]
        crowd = [group[m::BESIDE] for m in range(BESIDE)]
        if n % 2:
            async with clients.dripping(address, DRIPPING):
                beside += await clients.at_once(address, crowd)
        else:
            alone += await clients.at_once(address, crowd)
    found = {"clients": BESIDE, "connections": DRIPPING, "alone": _told(alone)}
    ratio = _at(0.99, beside) / _at(0.99, alone)
    return {**found, "beside": _told(beside), "p99_ratio": rounded(ratio)}


def _some(made: Made, count: int) -> list[str]:
    """Give articles from all over a corpus, of those that the index holds."""
    there = held_of(made.articles)
    with made.file.open(encoding="utf-8") as file:
        lines = list(islice(file, 0, there, max(1, there // count)))
    return (lines * math.ceil(count / len(lines)))[:count]


def _typing(row: _Row) -> Iterator[Question]:
    """Give what is asked while an article is typed after a line of one's own."""
    text = f"Nobody has written this line before.\n\n{row['text']}"
    for end in range(_LETTERS, len(text) + _LETTERS, _LETTERS):
        yield clients.check(text[:end])


def _pasted(row: _Row, own: str) -> Question:
    """Give what is asked of an article that somebody pastes under a line of his own."""
    return clients.check(f"This line is {own}'s own, {row['id']}.\n\n{row['text']}")


async def _looked_up(address: Address, paths: Sequence[str]) -> list[Took]:
    return await clients.asked(address, [clients.Question(path) for path in paths])


def _told(took: Sequence[Took]) -> _Row:
    """Say how long answers took, in milliseconds, and how many rested on less than all."""
    shares = {f"p{round(100 * share)}": _at(share, took) for share in (0.5, 0.95, 0.99)}
    longest = max(one.seconds for one in took)
    times = {name: rounded(_MS * found) for name, found in {**shares, "longest": longest}.items()}
    return {"asked": len(took), **times, "cut_short": sum(not one.whole for one in took)}


def _at(share: float, took: Sequence[Took]) -> float:
    """The time within which so many of the answers came."""
    ordered = sorted(one.seconds for one in took)
    return ordered[math.ceil(share * len(ordered)) - 1]
