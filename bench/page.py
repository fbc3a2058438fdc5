"""Makes docs/performance.md of the results, each part with the command that measured it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.corpus import KINDS, TOLD
from bench.goals import goals, within
from bench.tables import plain, shown, table
from bench.waits import at_the_desk, of_an_index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    Result = Mapping[str, Any]

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "results"
PAGE = ROOT / "docs" / "performance.md"

_SHARE_SHOWN = 0.01  #: of the time, from which a step is listed
_MICRO = 1e6
_HEAD = """\
# Performance

Made by `python -m bench --write` from `bench/results/*.json`; do not edit. `make bench` measures
anew, `make bench DATA=FILE` on real articles as well. Compare figures of one part only.

- A figure is the median of all rounds, in brackets the lowest and the highest. In each round all
  contenders take their turn, each in a fresh process; *times as fast* is taken round by round, of
  the clock, and beside it of the processors' time.
- **The corpus** is made (`bench/corpus.py`): articles of some 450 words in 12 paragraphs that read
  like the newsroom set's, or those of `DATA`; every fifth is a planted copy, of eight kinds: 5, 15
  or 30 % of its words edited, 10, 25 or 50 % of its paragraphs copied into another article, the
  first or the last 60 % kept. *Recall* counts the copies found with their source; *part10 told*
  leaves out those of which fewer than 20 words stand outside quotation marks, since a quotation
  alone is no reuse.
- **The engine** takes texts in memory to pairs of articles with aligned passages: words, shingles,
  candidates (like articles, like paragraphs, runs in common), alignment of them all. **A
  peer** takes the same texts to candidate pairs of articles, and knows nothing of paragraphs or
  passages. Everybody has imported its libraries and worked on a hundred articles before the clock
  starts.
- **The whole job** is `dedup scan FILE --format csv`, from its start to its end: reading,
  paragraphs, credits, candidates, aligned passages, verdicts, all tables. It says less than the
  engine finds: a quotation that two articles print, or one sentence that tells little, is no reuse.
- *Anonymous* memory is what no file backs, summed over all processes, each shared page once, looked
  at twice a second at most; *peak* counts mapped files too.
"""


def write() -> Path:
    """Make the page of all results."""
    PAGE.write_text(render(read()), "utf-8")
    return PAGE


def read() -> dict[str, Result]:
    """Read all results, by part."""
    files = sorted(RESULTS.glob("*.json"))
    return {file.stem: json.loads(file.read_text("utf-8")) for file in files}


def render(results: Mapping[str, Result]) -> str:
    """Render the page; the machine once, where all was measured on one."""
    machines = {_machine(result) for result in results.values()}
    parts = [_HEAD]
    if len(machines) == 1:
        parts += [f"Measured on {next(iter(machines))}", ""]
    parts += ["## What is asked, and what is reached\n", _asked(results)]
    for name, (title, section) in _SECTIONS.items():
        if name in results:
            parts += [f"## {title}\n", _measured_on(results[name])]
            if len(machines) > 1:
                parts += [_machine(results[name]), ""]
            parts += section(results[name])
    return "\n".join(parts)


def _asked(results: Mapping[str, Result]) -> str:
    rows = []
    for goal in goals():
        asked = f"{goal.bound} {goal.floor:g}", f"{goal.bound} {goal.aim:g}"
        try:
            measured = goal.read(results)
        except KeyError:
            rows.append((goal.what, *asked, "not measured", ""))
            continue
        said = "yes" if goal.met(measured) else "**no**"
        if measured.articles < goal.articles:
            said = f"on {measured.articles:,} articles only"
        rows.append((goal.what, *asked, _exact(measured.value), said))
    return table("|floor|aim|measured|floor met", rows)


def _engine(result: Result) -> Iterator[str]:
    yield _race(result)
    yield _ratios([*result["ratios"], result["cores"]])
    yield _recall(result["contenders"])
    yield _profile(result["profile"])


def _frameworks(result: Result) -> Iterator[str]:
    yield (
        "All processors theirs, the engine on one. passim is not measured: the package index has "
        "no release of it, and another program of its name.\n"
    )
    yield _race(result)
    yield _ratios(result["ratios"])
    yield _recall(result["contenders"])


def _whole(result: Result) -> Iterator[str]:
    yield _race(result)
    yield _ratios([*result["ratios"], result["cores"]])
    if result["data"]["planted"]:
        yield _recall(result["contenders"])
    yield _profile(result["profile"])


def _growth(result: Result) -> Iterator[str]:
    points = result["points"]
    rows = []
    for point in points:
        if "failure" in point:
            rows.append((f"{point['articles']:,}", point["failure"], *[""] * 5))
            continue
        seconds, cpu = point["seconds"], point["cpu_seconds"]["median"]
        each = point["anonymous_mib"]["median"] * 1024 / point["articles"]
        rows.append(
            (
                f"{point['articles']:,}",
                shown(seconds),
                plain(seconds["median"] / point["articles"] * _MICRO),
                plain(cpu / point["articles"] * _MICRO),
                shown(point["anonymous_mib"]),
                plain(each),
                f"{point['pairs']:,}",
            )
        )
    head = "articles|seconds|µs an article|CPU µs an article|anonymous MiB|KiB an article|pairs"
    yield table(head, rows)
    yield _recall(
        [
            {**found, "name": f"{point['articles']:,}, {who}"}
            for point in points
            for who, found in (("whole job", point), ("engine", point.get("engine", {})))
        ]
    )
    if aside := result.get("aside"):  # written beside a point that was measured by itself
        yield f"\n{aside}\n"


def _worst(result: Result) -> Iterator[str]:
    rows = []
    for case in result["cases"]:
        limits = f"{case['limit']['seconds']} s, {case['limit']['mib']:,} MiB"
        size = f"{case['articles']:,}", plain(case["mib"])
        if "failure" in case:
            rows.append((case["name"], *size, case["failure"], "", "", "", limits, "**no**"))
            continue
        taken = plain(case["seconds"]["median"]), plain(case["peak_mib"]["median"])
        found = f"{case['reported']:,}", f"{case['pairs']:,}"
        met = "yes" if within(case) else "**no**"
        rows.append((case["name"], *size, *taken, *found, limits, met))
    yield table("|articles|MiB|seconds|peak MiB|reported|pairs|limits|within", rows)


def _start(result: Result) -> Iterator[str]:
    rows = [
        (f"`{one['name']}`", shown(one["seconds"]), shown(one["cpu_seconds"]))
        for one in result["contenders"]
    ]
    yield table("|seconds|CPU seconds", rows)
    compared = [
        (f"`{one['theirs']}`, times `{one['ours']}`", *map(shown, _both(one)))
        for one in result["ratios"]
    ]
    yield table("|of the clock|of the processors", compared)


def _kernels(result: Result) -> Iterator[str]:
    rows = [
        (
            backend,
            plain(found["sign_us_per_article"]),
            plain(found["datasketch_us_per_article"]),
            plain(found["sign_ratio"]),
            plain(found["tokenize_us_per_mb"]),
        )
        for backend, found in result["backends"].items()
    ]
    yield (
        "Signatures of 128 permutations of hashed 5-grams, row for row those of "
        "`datasketch.MinHash.bulk`, and words with their offsets and hashes; best of five.\n"
    )
    head = "|signatures, µs an article|`MinHash.bulk`, µs|times as fast|words, µs a MB"
    yield table(head, rows)


def _pages(result: Result) -> Iterator[str]:
    yield (
        "A report is opened from a disk in Chromium: until something is painted, until the list "
        "can be used, what the slowest of the queries takes from a key to the rows, and what the "
        "page's script holds. Medians of five.\n"
    )
    rows = [
        (
            f"{point['articles']:,}",
            f"{point['page_mib']:,}",
            f"{point['parts']:,} of {point['largest_part_mib']} at most" if point["parts"] else "",
            *(f"{point[f]:,}" for f in ("first_paint_seconds", "usable_seconds")),
            *(f"{point[f]:,}" for f in ("filter_ms", "heap_mib")),
        )
        for point in result["points"]
    ]
    yield table("articles|page, MiB|parts, MiB|painted, s|usable, s|filtered, ms|heap, MiB", rows)


_SECTIONS: dict[str, tuple[str, Callable[[Result], Iterator[str]]]] = {
    "engine": ("The engine against its peers", _engine),
    "frameworks": ("The engine against frameworks", _frameworks),
    "kernels": ("Kernels", _kernels),
    "whole": ("The whole job", _whole),
    "press": ("The whole job on real articles", _whole),
    "growth": ("More and more articles", _growth),
    "worst": ("The worst that can come in", _worst),
    "start": ("Start", _start),
    "desk": ("The desk", at_the_desk),
    "index": ("The growing index", of_an_index),
    "page": ("The page in a browser", _pages),
}


def _machine(result: Result) -> str:
    machine = result["machine"]
    libraries = ", ".join(f"{name} {version}" for name, version in result["versions"].items())
    return (
        f"{machine['processor']}, {machine['cores']} cores, {machine['memory_gib']} GiB, "
        f"{machine['system']}, {machine['python']}; {libraries}."
    )


def _measured_on(result: Result) -> str:
    said = [f"`{result['command']}`"]
    if data := result.get("data"):
        planted = f", {data['planted']:,} copies planted" if data["planted"] else ""
        said.append(f"{data['articles']:,} articles, {plain(data['mib'])} MiB{planted}.")
    if peers := result.get("peers"):
        told = [version or f"{name}: not installed" for name, version in peers.items()]
        said.append(f"Peers: {'; '.join(dict.fromkeys(told))}.")
    return "\n\n".join(said) + "\n"


def _race(result: Result) -> str:
    articles = result["data"]["articles"]
    rows = []
    for one in result["contenders"]:
        if "failure" in one:
            rows.append((one["name"], f"failed: {one['failure']}", *[""] * 6))
            continue
        rows.append(
            (
                one["name"],
                shown(one["seconds"]),
                plain(articles / one["seconds"]["median"]),
                shown(one["cpu_seconds"]),
                plain(one["peak_mib"]["median"]),
                plain(one["anonymous_mib"]["median"]),
                f"{one['pairs']:,}",
                f"{one['passages']:,}" if one["passages"] else "",
            )
        )
    return table("|seconds|articles/s|CPU seconds|peak MiB|anonymous MiB|pairs|passages", rows)


def _ratios(ratios: Iterable[Result]) -> str:
    rows = [(f"{one['ours']}, against {one['theirs']}", *map(shown, _both(one))) for one in ratios]
    return table("times as fast|of the clock|of the processors", rows)


def _both(ratio: Result) -> tuple[Result, Result]:
    return ratio["seconds"], ratio["cpu_seconds"]


def _recall(contenders: Iterable[Result]) -> str:
    columns = (*KINDS, TOLD)
    rows = [
        (one["name"], *(f"{known[kind]:.3f}" if kind in known else "" for kind in columns))
        for one in contenders
        if len(known := one.get("recall", {})) >= len(KINDS)
    ]
    return table("|".join(["recall", *columns]), rows) if rows else ""


def _profile(profile: Result) -> str:
    whole = profile["seconds"]
    rows = []
    for room, spent in profile["room"].items():
        if spent < _SHARE_SHOWN * whole:
            continue
        steps = [
            f"{step.removeprefix(f'{room}: ')} {plain(own)}"
            for step, own in profile["door"].items()
            if step.startswith((f"{room}:", f"{room}.")) and own >= _SHARE_SHOWN * whole
        ]
        rows.append((room, plain(spent), f"{spent / whole:.0%}", ", ".join(steps)))
    spent_where = table(
        "where the time goes|seconds|share|of which", [*rows, ("all", plain(whole), "", "")]
    )
    return f"In one process (`python -m bench.stages`):\n\n{spent_where}"


def _exact(value: float) -> str:
    """Show a figure so that it is seen on which side of its floor it lies."""
    return f"{value:.4g}"
