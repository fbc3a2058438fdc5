"""The parts of the bench: what each measures, at which size, and what it leaves for the page."""

from __future__ import annotations

import importlib.util
import json
import sys
from typing import TYPE_CHECKING

from bench import desk, indexing, race, views, worst
from bench.machine import load
from bench.processes import measure
from bench.race import ROOT, Contender, module
from bench.setting import Made

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from bench.race import Raced
    from bench.setting import Setting

Result = dict[str, object]

#: Articles of each part.
ENGINE, FRAMEWORKS, WHOLE, KERNELS, DESK = 10_000, 1_000, 30_000, 2_000, 10_000
PAGES = (1_000, 100_000)
GROWTH = (1_000, 10_000, 100_000, 1_000_000)
INDEX = (1_000, 10_000)
#: Up to so many articles a corpus of the growth is measured in several rounds; up to so many the
#: engine, which holds all texts in memory, is asked as well.
_SMALL, _IN_MEMORY = 10_000, 100_000
#: Rounds of what takes long, of what takes no time; seconds after which the worst is given up.
_FEW, _MANY, _GIVEN_UP, _GIVEN_UP_GROWING = 3, 11, 600, 7200
_PEERS, _FRAMEWORKS = "bench.peers", "bench.frameworks"
#: The hash that it takes by itself, and the fastest that it can be given.
_DATASKETCH = ("datasketch, sha1", "datasketch, xxhash")
#: What `dedup.cli.memory` sets before NumPy loads.
_AS_THE_COMMAND = {"NUMPY_MADVISE_HUGEPAGE": "0"}


def engine(setting: Setting) -> Result:
    """Texts in memory to passages, on one core, against each peer at its document-level job."""
    made = setting.corpus(ENGINE)
    ours = [_engine(backend, 1) for backend in _backends()]
    have = race.installed(setting.peers, _PEERS)
    theirs = [_peer(_PEERS, name, setting, 1) for name in _present(have)]
    both = _engine(_backends()[0], 2)
    raced = race.run([*ours, both, *theirs], made, setting)
    own, others = raced[: len(ours)], raced[len(ours) + 1 :]
    return _told(made, raced) | {
        "peers": have,
        "ratios": _ratios(own, others),
        "cores": race.ratio(raced[len(ours)], raced[0]),
        "profile": _printed("bench.stages", "engine", str(made.file), backend=_backends()[0]),
    }


def frameworks(setting: Setting) -> Result:
    """The same job by those that bring a framework along, all processors theirs."""
    made = setting.corpus(FRAMEWORKS)
    have = race.installed(setting.peers, _FRAMEWORKS)
    theirs = [_peer(_FRAMEWORKS, name, setting, 0) for name in _present(have)]
    raced = race.run([_engine(_backends()[0], 1), *theirs], made, setting, _few(setting))
    return _told(made, raced) | {"peers": have, "ratios": _ratios(raced[:1], raced[1:])}


def kernels(setting: Setting) -> Result:
    """Signatures beside datasketch's own, and words of a text."""
    made = setting.corpus(KERNELS)
    return {
        "data": made.said(),
        "load": load(),
        "backends": {
            name: _printed("bench.kernels", str(made.file), backend=name) for name in _backends()
        },
    }


def whole(setting: Setting) -> Result:
    """JSON Lines to all tables, against datasketch's signatures and LSH in two processes."""
    made = setting.corpus(WHOLE)
    have = race.installed(setting.peers, _PEERS)
    best = _DATASKETCH[-1]
    theirs = [_peer(_PEERS, best, setting, 0, 2)] if have[best] else []
    ours, one, *others = race.run([_scan(2), _scan(1), *theirs], made, setting)
    return _told(made, [ours, one, *others]) | {
        "ratios": _ratios([ours], others),
        "cores": race.ratio(ours, one),
        "profile": _printed("bench.stages", "scan", str(made.file)),
    }


def press(setting: Setting) -> Result:
    """JSON Lines of real articles to all tables, against reading them and writing the tables.

    And against datasketch's signatures and LSH, texts in memory: what it is most often used for.
    """
    if setting.data is None:
        return {}
    made = setting.real(setting.data)
    report = made.file.parent / race.REPORT
    measure(_filled(_scan(2).command, made.file, report), {"PYTHONPATH": str(ROOT)})
    copying = Contender("read and write", module("bench.copying", "FILE", "REPORT", "OUT"))
    have = race.installed(setting.peers, _PEERS)
    theirs = [_peer(_PEERS, name, setting, 0) for name in _DATASKETCH if have[name]]
    both, least, one, *others = race.run([_scan(2), copying, _scan(1), *theirs], made, setting)
    return _told(made, [both, least, one, *others]) | {
        "ratios": [race.ratio(least, both), *_ratios([both], others)],
        "cores": race.ratio(both, one),
        "profile": _printed("bench.stages", "scan", str(made.file)),
    }


def growth(setting: Setting) -> Result:
    """The whole job on more and more articles, and what the engine links of them."""
    points: list[Result] = []
    for articles in sorted({setting.size(articles) for articles in GROWTH}):
        made = setting.corpus(articles)
        rounds = _few(setting) if articles <= _SMALL else 1
        job = _scan(2)._replace(may_fail=True, limit=_GIVEN_UP_GROWING)
        [raced] = race.run([job], made, setting, rounds)
        point = made.said() | raced.said(made)
        if articles <= _IN_MEMORY:
            [linked] = race.run([_engine(_backends()[0], 2)], made, setting, 1)
            point["engine"] = linked.said(made)
        points.append(point)
        if articles > WHOLE:
            setting.forget(articles)
    return {"points": points}


def worst_cases(setting: Setting) -> Result:
    """The whole job on the worst that can come in."""
    cases = []
    file = setting.scratch / "worst.jsonl"
    for name, case in worst.CASES.items():
        articles = worst.write(case.texts(setting.size(case.size)), file, outlets=case.outlets)
        made = Made(file, [], articles)
        job = _scan(2)._replace(name=name, may_fail=True, limit=_GIVEN_UP)
        [raced] = race.run([job], made, setting, 1)
        cases.append(
            made.said() | {"limit": {"seconds": case.seconds, "mib": case.mib}} | raced.said(made)
        )
    return {"cases": cases}


def start(setting: Setting) -> Result:
    """What it takes to start, against importing the libraries that are needed."""
    seeds = Made(ROOT / "seeds", [], 5)
    libraries = "import pandas, sklearn.feature_extraction.text"
    contenders = [
        Contender("dedup --help", module("dedup", "--help")),
        Contender("import click", (sys.executable, "-P", "-c", "import click")),
        Contender("dedup scan seeds/", module("dedup", "scan", "FILE", "--quiet", "--out", "OUT")),
        Contender("import pandas, sklearn", (sys.executable, "-P", "-c", libraries)),
    ]
    raced = race.run(contenders, seeds, setting, max(_MANY, setting.rounds))
    help_, click, scan, imports = raced
    return {
        "contenders": [one.said(seeds) for one in raced],
        "ratios": [race.ratio(click, help_), race.ratio(imports, scan)],
    }


def at_the_desk(setting: Setting) -> Result:
    """What the desk's users wait for, on an index of the corpus."""
    made = setting.corpus(max(DESK, setting.most))
    index = setting.index(made)
    indexing.fill(made, index)
    return {"data": made.said(), **desk.measure(made, index, _few(setting))}


def pages(setting: Setting) -> Result:
    """How soon a small and a large report are there in a browser."""
    points = []
    for articles in sorted({setting.size(articles) for articles in PAGES}):
        made = setting.corpus(articles)
        report = setting.scratch / "pages" / str(articles)
        command = module("dedup", "scan", "FILE", "--format", "html", "--quiet", "--out", "OUT")
        measure(_filled(command, made.file, report), {"PYTHONPATH": str(ROOT)})
        points.append({"articles": articles, **views.measured(report / "report.html")})
    return {"data": made.said(), "points": points}


def index(setting: Setting) -> Result:
    """Articles added to an index in batches, and questions to it, beside datasketch's."""
    wanted = INDEX if setting.most <= max(INDEX) else (*INDEX, setting.most)
    sizes = sorted({setting.size(articles) for articles in wanted})
    points: list[Result] = []
    for articles in sizes:
        made = setting.corpus(articles)
        path = setting.index(made)
        indexing.fill(made, path)
        points.append(made.said() | indexing.measured(made, path))
    return {"points": points}


#: By name; ``press`` needs real articles.
PARTS: dict[str, Callable[[Setting], Result]] = {
    "engine": engine,
    "frameworks": frameworks,
    "kernels": kernels,
    "whole": whole,
    "press": press,
    "growth": growth,
    "worst": worst_cases,
    "start": start,
    "desk": at_the_desk,
    "page": pages,
    "index": index,
}


def _scan(workers: int) -> Contender:
    """The whole job; with one worker it has one processor."""
    options = ("--format", "csv", "--workers", str(workers), "--quiet", "--out", "OUT")
    return Contender(
        name=f"whole job, {workers} worker{'s' if workers > 1 else ''}",
        command=module("dedup", "scan", "FILE", *options),
        cores=1 if workers == 1 else 0,
    )


def _engine(backend: str, cores: int) -> Contender:
    return Contender(
        name=f"engine, {backend}, {cores} core{'s' if cores > 1 else ''}",
        command=module("bench.engine", "FILE", "OUT", str(cores)),
        environment={"DEDUP_BACKEND": backend, **_AS_THE_COMMAND},
        clocked=True,
    )


def _peer(where: str, name: str, setting: Setting, cores: int, processes: int = 1) -> Contender:
    """A peer; it is clocked by itself, but where it stands for a whole job of its own."""
    words = ("FILE", "OUT", str(cores), str(processes))
    return Contender(
        name=name if processes == 1 else f"{name}, {processes} processes",
        command=module(where, name, *words, python=setting.peers),
        clocked=processes == 1,
        may_fail=True,
    )


def _backends() -> list[str]:
    """The back ends there are, the faster first."""
    return ["numba", "numpy"] if importlib.util.find_spec("numba") else ["numpy"]


def _present(have: Mapping[str, str]) -> list[str]:
    return [name for name, version in have.items() if version]


def _few(setting: Setting) -> int:
    return min(setting.rounds, _FEW)


def _told(made: Made, raced: Sequence[Raced]) -> Result:
    return {"data": made.said(), "contenders": [one.said(made) for one in raced]}


def _ratios(ours: Sequence[Raced], theirs: Sequence[Raced]) -> list[dict[str, object]]:
    """Compare each of ours with each of theirs that did not fail."""
    return [race.ratio(one, other) for one in ours for other in theirs if not other.failure]


def _filled(command: Sequence[str], file: Path, out: Path) -> list[str]:
    places = {"FILE": str(file), "OUT": str(out)}
    return [places.get(word, word) for word in command]


def _printed(name: str, *words: str, backend: str = "") -> Result:
    """Run a module of the bench in a process of its own and return what it printed."""
    environment = {"DEDUP_BACKEND": backend} if backend else {}
    printed = measure(module(name, *words), {"PYTHONPATH": str(ROOT), **environment}).output
    found: Result = json.loads(printed)
    return found
