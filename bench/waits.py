"""Sections of the page on what people wait for: the desk, and the growing index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.tables import plain, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Result = Mapping[str, Any]


def at_the_desk(result: Result) -> Iterator[str]:
    """Tell what the desk's users waited for."""
    slow = result["slow"]
    beside = f"{slow['clients']} clients at once", f"beside {slow['connections']} that drip"
    rows = [(one["name"], one) for one in result["questions"]]
    rows += [(beside[0], slow["alone"]), (", ".join(beside), slow["beside"])]
    yield (
        "`dedup serve` with "
        f"{result['workers']} processes that check, asked over real connections by clients on the "
        "same machine; milliseconds. Each text is asked about for the first time, where nothing "
        "else is said. An answer is *cut short* where many wait: it rests on what there was time "
        "for, and says so. The desk is open for texts after "
        f"{plain(result['opened_seconds'])} s, has its list after "
        f"{plain(result['listed_seconds'])} s, and its tables {_tables(result)}. "
        "A connection that drips sends a header's letters one a second, and is opened again "
        "where it is closed. All processes hold "
        f"{plain(result['anonymous_mib'])} anonymous MiB.\n"
    )
    head = "|asked|p50|p95|p99|longest|cut short"
    times = ("p50", "p95", "p99", "longest")
    yield table(
        head,
        [
            (name, str(one["asked"]), *(plain(one[t]) for t in times), str(one["cut_short"]))
            for name, one in rows
        ],
    )


def _tables(result: Result) -> str:
    """When the tables are there; of a very large index that was not waited for."""
    if "tables_seconds" in result:
        return f"after {plain(result['tables_seconds'])} s"
    return "later: they were laid out beside all this, and no story could be asked for"


def of_an_index(result: Result) -> Iterator[str]:
    """Tell how an index grew and answered."""
    yield (
        "Batches, each committed before the next, then questions that each take one "
        "paragraph of twelve from an article that is there, and the same in a hurry (20 ms), of a "
        "process that was warmed up (`Index.warm`). *At "
        "last* is the last tenth of the batches. *Of a scan* leaves out the questions whose source "
        "a scan of the question, of all that have its paragraph and of those that the answer names "
        "does not name either (a page's own words, what stands in several unlike articles). "
        "*Whole* is the share of hurried answers that rest on all. datasketch's `MinHashLSH` "
        "keeps all in memory and stores nothing.\n"
    )
    yield table(
        "articles||a second|at last|anonymous MiB|disk, times the text|recall|of a scan"
        "|p50, ms|p99|longest",
        [
            (
                f"{point['articles']:,}",
                f"{name}, batches of {one['batch']:,}" if "batch" in one else name,
                *(
                    plain(one[what]) if what in one else ""
                    for what in (
                        "added_a_second",
                        "added_a_second_at_last",
                        "anonymous_mib",
                        "disk_over_text",
                        "recall",
                        "recall_of_scan",
                    )
                ),
                *(plain(one["check_ms"][share]) for share in ("p50", "p99", "longest")),
            )
            for point in result["points"]
            for name, one in (("the index", point["ours"]), ("MinHashLSH", point["theirs"]))
        ],
    )
    yield table(
        "in a hurry: articles|p50, ms|p99|longest|whole|first question of a process, ms",
        [
            (
                f"{point['articles']:,}",
                *(plain(point["ours"]["hurried_ms"][s]) for s in ("p50", "p99", "longest")),
                f"{point['ours']['hurried_whole']:.0%}",
                plain(point["ours"]["cold_ms"]),
            )
            for point in result["points"]
        ],
    )
