"""Makes docs/performance.md of the results, each figure beside the command that measured it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "results"
PAGE = ROOT / "docs" / "performance.md"

_KIND_ORDER = ("edit05", "edit15", "edit30", "part10", "part25", "part50", "head", "tail")
_SMALL = 100  #: figures under it are shown with their fraction
_STAGES_NAMED = 3  #: the slowest stages, whose functions are named
_HEAD = """\
# Performance

Made by `python -m bench --write` from `bench/results/*.json`; do not edit. `make bench` measures
anew on a corpus made from the newsroom set of the tests (`bench/corpus.py`), `make bench DATA=FILE`
on any articles in JSON Lines. Compare figures of one run only.

- **The whole job** is `dedup scan FILE --format csv`: reading, paragraphs, credits, candidates,
  aligned passages, verdicts, all CSV tables. **datasketch alone** is signatures of documents (word
  5-grams, 128 permutations) and LSH (32 bands of 4 rows) of the same texts, in one process, as
  datasketch does it: no paragraphs, passages, credits, verdicts or tables.
- Each figure comes from a fresh process; the contenders take turns, A B A B. Median of all rounds,
  in brackets the lowest and the highest.
- *seconds* are of the clock, start-up and reading included; *work alone* leaves both out for
  datasketch. *CPU seconds* are summed over all processes and hang least on what else the machine
  does; *load* is how many other processes ran or waited as each round began.
- *times as fast* is datasketch's time over that of the whole job in the same round, start-up and
  reading of ours always included; under 1 it is slower.
- *peak memory* is the larger of `ru_maxrss` of the largest process and the greatest sum of the
  proportional set sizes (PSS) of all its processes, looked at some five times a second.
- *pairs* of articles: those with an aligned passage, in the whole job; candidates of datasketch.
"""


class Figures(TypedDict):
    """A median and its interval."""

    median: float
    low: float
    high: float


class Side(TypedDict, total=False):
    """One contender of a race."""

    name: str
    ours: bool
    command: str
    seconds: Figures
    cpu_seconds: Figures
    work_seconds: Figures
    peak_mib: Figures
    largest_mib: Figures
    pairs: int
    recall: dict[str, float]
    rounds: list[dict[str, float]]


class Ratio(TypedDict):
    """How many times as fast we are, whole against whole, against its work alone, in CPU time."""

    ours: str
    theirs: str
    whole: Figures
    work: Figures
    cpu: Figures


class Race(TypedDict):
    """A race."""

    contenders: list[Side]
    ratios: list[Ratio]


class Stages(TypedDict):
    """The whole job by stage."""

    seconds: float
    stages: dict[str, float]
    load: float


class Data(TypedDict):
    """The file measured on."""

    file: str
    bytes: int
    articles: int
    characters: int
    planted: int


class Result(TypedDict, total=False):
    """One file of results."""

    command: str
    machine: dict[str, str | int | float]
    versions: dict[str, str]
    data: Data
    race: Race
    stages: Stages
    functions: dict[str, list[tuple[str, float]]]
    kernels: dict[str, float]


def write() -> Path:
    """Make the page of all results."""
    PAGE.write_text(render(read()), "utf-8")
    return PAGE


def read() -> dict[str, Result]:
    """Read all results, by name."""
    files = sorted(RESULTS.glob("*.json"))
    return {file.stem: json.loads(file.read_text("utf-8")) for file in files}


def render(results: Mapping[str, Result]) -> str:
    """Render the page."""
    return "\n".join([_HEAD, *(section(name, result) for name, result in results.items())])


def section(name: str, result: Result) -> str:
    """Render one result."""
    parts = [f"## {name}\n", _measured_on(result)]
    if "race" in result:
        parts += _race(result["race"], result["data"]["articles"])
    if "stages" in result:
        parts += _stages(result["stages"], result.get("functions", {}))
    if "kernels" in result:
        parts += _kernels(result["kernels"])
    return "\n".join(parts)


def _measured_on(result: Result) -> str:
    data, machine = result["data"], result["machine"]
    libraries = ", ".join(f"{name} {version}" for name, version in result["versions"].items())
    planted = f", {data['planted']:,} copies planted" if data["planted"] else ""
    return (
        f"`{result['command']}`\n\n"
        f"{data['file']}: {data['articles']:,} articles, {data['characters']:,} characters"
        f"{planted}. "
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gib']} GiB, "
        f"{machine['system']}, {machine['python']}; {libraries}.\n"
    )


def _race(race: Race, articles: int) -> list[str]:
    sides = race["contenders"]
    rows = [
        (
            side["name"],
            f"`{side['command']}`",
            _shown(side["seconds"]),
            _plain(articles / side["seconds"]["median"]),
            "" if side["ours"] else _shown(side["work_seconds"]),
            _shown(side["cpu_seconds"]),
            _shown(side["peak_mib"]),
            f"{side['pairs']:,}",
            " ".join(f"{one['load']:.1f}" for one in side["rounds"]),
        )
        for side in sides
    ]
    head = "| command | seconds | articles/s | work alone | CPU seconds | peak MiB | pairs | load"
    parts = ["### The race\n", _table(head, rows)]
    compared = [
        (
            f"{ratio['ours']} against {ratio['theirs']}",
            *(_shown(figures) for figures in (ratio["whole"], ratio["work"], ratio["cpu"])),
        )
        for ratio in race["ratios"]
    ]
    parts.append(_table("times as fast | process | against its work alone | in CPU time", compared))
    if recalls := [side for side in sides if "recall" in side]:
        kinds = [kind for kind in _KIND_ORDER if kind in recalls[0]["recall"]]
        found = [
            (side["name"], *(f"{side['recall'][kind]:.3f}" for kind in kinds)) for side in recalls
        ]
        parts.append(_table(" | ".join(["planted copies found", *kinds]), found))
    return parts


def _stages(stages: Stages, functions: Mapping[str, Sequence[tuple[str, float]]]) -> list[str]:
    whole = stages["seconds"]
    slowest = sorted(stages["stages"].items(), key=lambda item: -item[1])
    rows = [
        (stage, _plain(spent), f"{spent / whole:.1%}") for stage, spent in stages["stages"].items()
    ]
    rows.append(("all", _plain(whole), ""))
    parts = [
        "### The whole job by stage\n",
        f"`python -m bench.stages FILE`, one process, load {stages['load']:.1f}\n",
        _table("stage | seconds | share", rows),
    ]
    named = [stage for stage, _ in slowest if functions.get(stage)][:_STAGES_NAMED]
    if named:
        parts.append(
            "Where the slowest spend time of their own (`--functions 5`, a run of its own; the "
            "profiler slows small functions most):\n"
        )
        listed = [
            (stage, f"`{function}`", _plain(spent))
            for stage in named
            for function, spent in functions[stage]
        ]
        parts.append(_table("stage | function | own seconds", listed))
    return parts


def _kernels(kernels: Mapping[str, float]) -> list[str]:
    rows = [
        (
            "signatures, 128 permutations, of hashed 5-grams",
            f"{_plain(kernels['sign_us_per_article'])} µs an article",
            f"{_plain(kernels['datasketch_us_per_article'])} µs an article, same rows",
            _plain(kernels["sign_ratio"]),
        ),
        (
            "words with offsets and hashes",
            f"{_plain(kernels['tokenize_us_per_mb'])} µs a MB",
            "",
            "",
        ),
    ]
    measured = f"{kernels['articles']:,} articles, best of five, load {kernels['load']:.1f}"
    return [
        "### Kernels\n",
        f"`python -m bench.kernels FILE`, {measured}\n",
        _table("kernel | ours | `MinHash.bulk` | times as fast", rows),
    ]


def _table(head: str, rows: Iterable[Sequence[str]]) -> str:
    columns = head.split("|")
    lines = ["|".join(["", *(f" {c.strip()} " for c in columns), ""])]
    lines.append("|---" + "|--:" * (len(columns) - 1) + "|")
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([*lines, ""])


def _shown(figures: Figures) -> str:
    if figures["low"] == figures["high"]:
        return _plain(figures["median"])
    return f"{_plain(figures['median'])} ({_plain(figures['low'])}–{_plain(figures['high'])})"


def _plain(value: float) -> str:
    """Show a figure with about three digits, thousands parted."""
    if value >= _SMALL:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"  # noqa: PLR2004 - one digit more below ten
