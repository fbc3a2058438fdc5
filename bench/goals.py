"""What the program is asked to reach, each figure with the result that it is read from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Results = Mapping[str, Mapping[str, Any]]

AT_LEAST, AT_MOST = "≥", "≤"
DATASKETCH = "datasketch, xxhash"
#: The desk's busiest hour.
CROWD = "50 clients at once, each its own texts"
_MIB_IN_GIB = 1024
_TEN_THOUSAND, _HUNDRED_THOUSAND, _MILLION = 10_000, 100_000, 1_000_000
#: Times as fast as a peer, by back end: floor and aim.
_PEERS: dict[str, dict[str, tuple[float, float]]] = {
    "numba": {DATASKETCH: (20, 35), "rensa": (6, 10), "gaoya": (4, 6), "daft": (3, 5)},
    "numpy": {DATASKETCH: (8, 13), "daft": (1.1, 1.5)},
}
#: Recall of planted copies: floor and aim.
_RECALL: dict[str, tuple[float, float]] = {
    "edit15": (0.99, 0.99),
    "edit30": (0.95, 0.95),
    "part10": (0.97, 0.99),
    "part25": (0.99, 0.99),
    "part50": (0.99, 0.99),
    "head": (0.999, 0.999),
    "tail": (0.999, 0.999),
}


class Measured(NamedTuple):
    """A figure, and how many articles it was measured on."""

    value: float
    articles: int


class Goal(NamedTuple):
    """A figure to reach.

    Attributes:
        what: the figure, in words.
        bound: whether it is to be at least or at most the floor.
        floor, aim: what is asked, and what would be better still.
        articles: on how many it counts.
        read: finds it among the results; a KeyError says that it was not measured.

    """

    what: str
    bound: str
    floor: float
    aim: float
    articles: int
    read: Callable[[Results], Measured]

    def met(self, measured: Measured) -> bool:
        """Whether the floor is reached."""
        value = measured.value
        return value >= self.floor if self.bound == AT_LEAST else value <= self.floor


def goals() -> Iterator[Goal]:
    """Yield all goals, in the order of the page."""
    for backend, peers in _PEERS.items():
        for peer, asked in peers.items():
            what = f"engine, {backend}, one core: times as fast as {peer}"
            read = _ratio("engine", f"engine, {backend}, 1 core", peer)
            yield Goal(what, AT_LEAST, *asked, _TEN_THOUSAND, read)
    yield Goal("engine: two cores against one", AT_LEAST, 1.6, 1.9, _TEN_THOUSAND, _cores("engine"))
    yield from _whole_job()
    for kind, asked in _RECALL.items():
        what = f"recall of planted copies, linked with passages: {kind}"
        yield Goal(f"engine: {what}", AT_LEAST, *asked, _HUNDRED_THOUSAND, _recall(kind, _linked))
        yield Goal(f"whole job: {what}", AT_LEAST, *asked, _HUNDRED_THOUSAND, _recall(kind, _said))
    yield Goal(
        "`dedup --help`: times `import click`",
        AT_MOST,
        4,
        2,
        0,
        _ratio("start", "import click", "dedup --help"),
    )
    yield Goal(
        "`dedup scan seeds/`: times `import pandas, sklearn.feature_extraction.text`",
        *(AT_MOST, 1.6, 1.2, 0),
        _ratio("start", "import pandas, sklearn", "dedup scan seeds/"),
    )
    yield Goal(
        "signature kernel: times as fast as `datasketch.MinHash.bulk`",
        *(AT_LEAST, 25, 50, 0),
        _kernel,
    )
    yield Goal("worst cases beyond their limits", AT_MOST, 0, 0, _HUNDRED_THOUSAND, _worst)
    for what, most, read in (
        ("a text while it is typed, p95, ms", 300, _waited("a text while it is typed", "p95")),
        ("50 clients at once, p99, ms", 1500, _waited(CROWD, "p99")),
        ("10 clients beside 200 slow connections: p99, times that without", 1.2, _slowed),
    ):
        yield Goal(f"desk: {what}", AT_MOST, most, most, _MILLION, read)
    for articles, what, most, figure in (
        (1_000, "size, MiB", 8, "page_mib"),
        (1_000, "first paint, s", 1, "first_paint_seconds"),
        (_HUNDRED_THOUSAND, "list usable, s", 2, "usable_seconds"),
        (_HUNDRED_THOUSAND, "filtered, ms", 100, "filter_ms"),
        (_HUNDRED_THOUSAND, "heap, MiB", 300, "heap_mib"),
    ):
        about = f"report of {articles:,} articles: {what}"
        yield Goal(about, AT_MOST, most, most, articles, _seen(articles, figure))
    yield from _index()


def _index() -> Iterator[Goal]:
    for what, bound, asked, articles, read in (
        (
            "articles added a second, batches of 100",
            AT_LEAST,
            1000,
            _HUNDRED_THOUSAND,
            "added_a_second",
        ),
        ("anonymous memory, MiB", AT_MOST, 600, _MILLION, "anonymous_mib"),
        ("size on disk, times the text", AT_MOST, 4, _HUNDRED_THOUSAND, "disk_over_text"),
        ("recall of copies of 1 in 12 paragraphs", AT_LEAST, 0.99, _HUNDRED_THOUSAND, "recall"),
        ("check, p50, ms", AT_MOST, 15, _MILLION, "check_ms p50"),
        ("check, p99, ms", AT_MOST, 60, _MILLION, "check_ms p99"),
        ("check in a hurry of 20 ms, the longest, ms", AT_MOST, 30, _MILLION, "hurried_ms longest"),
    ):
        yield Goal(f"index: {what}", bound, asked, asked, articles, _grown(read))


def _whole_job() -> Iterator[Goal]:
    yield Goal(
        "whole job: times as fast as datasketch's signatures and LSH in two processes",
        *(AT_LEAST, 4, 10, 30_000),
        _ratio("whole", "whole job, 2 workers", f"{DATASKETCH}, 2 processes"),
    )
    yield Goal("whole job: two cores against one", AT_LEAST, 1.4, 1.7, 30_000, _cores("whole"))
    yield Goal(
        "whole job, real articles: times reading them and writing the tables",
        *(AT_MOST, 5, 2.5, _TEN_THOUSAND),
        _ratio("press", "read and write", "whole job, 2 workers"),
    )
    yield Goal(
        "whole job, real articles: times as fast as datasketch's signatures and LSH, with sha1",
        *(AT_LEAST, 1, 1, _TEN_THOUSAND),
        _ratio("press", "whole job, 2 workers", "datasketch, sha1"),
    )
    yield Goal(
        "whole job, real articles: share of the largest stage",
        *(AT_MOST, 0.5, 0.333, _TEN_THOUSAND),
        _largest_stage,
    )
    yield Goal("1,000,000 articles: anonymous memory, GiB", AT_MOST, 8, 4, _MILLION, _memory)
    yield Goal(
        "1,000,000 articles: processors' time for one, times that at 10,000",
        *(AT_MOST, 1.4, 1.1, _MILLION),
        _cost,
    )


def _ratio(part: str, ours: str, theirs: str) -> Callable[[Results], Measured]:
    def read(results: Results) -> Measured:
        for ratio in results[part]["ratios"]:
            if (ratio["ours"], ratio["theirs"]) == (ours, theirs):
                articles = results[part].get("data", {}).get("articles", 0)
                return Measured(ratio["seconds"]["median"], articles)
        raise KeyError(theirs)

    return read


def _cores(part: str) -> Callable[[Results], Measured]:
    def read(results: Results) -> Measured:
        found = results[part]
        return Measured(found["cores"]["seconds"]["median"], found["data"]["articles"])

    return read


def _recall(kind: str, job: Callable[[Results], Results]) -> Callable[[Results], Measured]:
    def read(results: Results) -> Measured:
        points = [point for point in results["growth"]["points"] if "recall" in job(point)]
        if not points:
            raise KeyError(kind)
        point = min(points, key=lambda one: abs(one["articles"] - _HUNDRED_THOUSAND))
        return Measured(job(point)["recall"][kind], point["articles"])

    return read


def _said(point: Results) -> Results:
    """What the whole job found."""
    return point


def _linked(point: Results) -> Results:
    """What the engine found."""
    found: Results = point.get("engine", {})
    return found


def _largest_stage(results: Results) -> Measured:
    profile = results["press"]["profile"]
    largest = max(profile["room"].values()) / profile["seconds"]
    return Measured(largest, results["press"]["data"]["articles"])


def _memory(results: Results) -> Measured:
    point = results["growth"]["points"][-1]
    return Measured(point["anonymous_mib"]["median"] / _MIB_IN_GIB, point["articles"])


def _cost(results: Results) -> Measured:
    costs = {
        point["articles"]: point["cpu_seconds"]["median"] / point["articles"]
        for point in results["growth"]["points"]
        if "cpu_seconds" in point
    }
    most = max(costs, default=0)
    return Measured(costs[most] / costs[_TEN_THOUSAND], most)


def _kernel(results: Results) -> Measured:
    backends = results["kernels"]["backends"]
    return Measured(max(found["sign_ratio"] for found in backends.values()), 0)


def _waited(question: str, share: str) -> Callable[[Results], Measured]:
    def read(results: Results) -> Measured:
        found = results["desk"]
        asked = {one["name"]: one for one in found["questions"]}
        return Measured(asked[question][share], found["data"]["articles"])

    return read


def _grown(figure: str) -> Callable[[Results], Measured]:
    """Read a figure of the largest index that it was measured of."""

    def read(results: Results) -> Measured:
        name, *share = figure.split()
        points = [point for point in results["index"]["points"] if name in point["ours"]]
        found = points[-1]["ours"][name]
        return Measured(found[share[0]] if share else found, points[-1]["articles"])

    return read


def _slowed(results: Results) -> Measured:
    found = results["desk"]
    return Measured(found["slow"]["p99_ratio"], found["data"]["articles"])


def _worst(results: Results) -> Measured:
    cases = results["worst"]["cases"]
    articles = max((case["articles"] for case in cases), default=0)
    return Measured(sum(not within(case) for case in cases), articles)


def within(case: Mapping[str, Any]) -> bool:
    """Whether a worst case kept within its limits, with every article in the report."""
    return (
        "failure" not in case
        and case["seconds"]["median"] <= case["limit"]["seconds"]
        and case["peak_mib"]["median"] <= case["limit"]["mib"]
        and case["reported"] == case["articles"]
    )


def _seen(articles: int, figure: str) -> Callable[[Results], Measured]:
    """A figure of the page in a browser, on the largest report that is not beyond so many."""

    def read(results: Results) -> Measured:
        points = [point for point in results["page"]["points"] if point["articles"] <= articles]
        if not points:
            raise KeyError(figure)
        return Measured(points[-1][figure], points[-1]["articles"])

    return read
