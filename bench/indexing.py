"""An index that grows: how fast it takes articles, how soon it answers, beside datasketch's LSH.

``python -m bench.indexing fill FILE INDEX`` adds the articles of a file and prints what was
measured as JSON, ``… ask FILE INDEX`` asks, ``… theirs FILE`` does both with `MinHashLSH`; each is
a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from bench.figures import rounded
from bench.processes import held, measure
from bench.race import ROOT, module

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bench.setting import Made

    Result = dict[str, object]

#: Articles that are added at a time; questions; seconds within which an answer is wanted.
BATCH, ASKED, DEADLINE = 100, 200, 0.02
#: Paragraphs of an article that is asked about, one of which is another's, and its least words.
_PARAGRAPHS, _WORDS, _QUOTES = 12, 32, re.compile("[\"“”«»„‘’']")
#: Of so many signatures, cut in bands for what it is asked to find.
_PERMUTATIONS, _RESEMBLANCE = 128, 0.5
_MS, _KIB, _BATCHES = 1000, 1024, 10


class There:
    """The articles of a file that are added, read as they are wanted: memory is the index's."""

    def __init__(self, file: Path, articles: int) -> None:
        """Take the first articles of a file in JSON Lines."""
        self._file, self._articles = file, articles

    def __len__(self) -> int:
        """How many there are."""
        return self._articles

    def __iter__(self) -> Iterator[dict[str, str]]:
        """Yield them."""
        with self._file.open(encoding="utf-8") as lines:
            yield from map(json.loads, islice(lines, self._articles))


class Question(NamedTuple):
    """An article that takes one paragraph in twelve from one that is there."""

    text: str
    source: str
    paragraph: str


def measured(made: Made, index: Path) -> Result:
    """Measure ours, in an index that is filled, and theirs."""
    filled = index.with_suffix(".json")
    added = json.loads(filled.read_text("utf-8"))
    asked = _printed("ask", str(made.file), str(index))
    return {"ours": added | asked, "theirs": _printed("theirs", str(made.file))}


def fill(made: Made, index: Path) -> None:
    """Fill an index with the articles of a corpus, and keep beside it what that took.

    One that was filled before is left as it is.
    """
    filled = index.with_suffix(".json")
    if not filled.exists():
        index.parent.mkdir(parents=True, exist_ok=True)
        filled.write_text(json.dumps(_printed("fill", str(made.file), str(index))), "utf-8")


def _printed(*words: str) -> Result:
    found: Result = json.loads(
        measure(module("bench.indexing", *words), {"PYTHONPATH": str(ROOT)}).output
    )
    return found


def added(records: There, path: Path) -> Result:
    """Add articles in batches, and say what that took."""
    from dedup import Index

    with Index.open(path) as index:
        took = [*_each(index.add_all(_batches(records)))]
        memory = held(os.getpid()).anonymous
    disk = sum(file.stat().st_size for file in path.parent.glob(f"{path.name}*"))
    text = sum(len(record["text"].encode()) for record in records)
    last = took[-max(1, len(took) // _BATCHES) :]
    return {
        "batch": BATCH,
        "added_a_second": rounded(len(records) / sum(took)),
        "added_a_second_at_last": rounded(BATCH * len(last) / sum(last)),
        "anonymous_mib": rounded(memory / _KIB),
        "disk_over_text": rounded(disk / text),
    }


def asked(records: There, questions: Sequence[Question], path: Path) -> Result:
    """Ask an index that holds them, and say how long that took and what was found."""
    from dedup import Index

    with Index.open(path) as index:
        cold = _timed(lambda: index.check(questions[0].text))
        index.warm()
        found, times = _asked(questions, lambda text: _sources(index, text))
        hurried = [_hurried(index, question.text) for question in questions]
        missed = [
            (question, _sources(index, question.text))
            for question, known in zip(questions, found, strict=True)
            if not known
        ]
    lost = _lost(records, missed)
    return {
        "cold_ms": rounded(_MS * cold),
        "recall": rounded(sum(found) / len(found)),
        "recall_of_scan": rounded(sum(found) / (sum(found) + lost)),
        "check_ms": _shares(times),
        "hurried_ms": _shares([seconds for seconds, _ in hurried]),
        "hurried_whole": rounded(sum(whole for _, whole in hurried) / len(hurried)),
    }


def theirs(records: There, questions: Sequence[Question]) -> Result:
    """Do the same with datasketch's `MinHashLSH`, which holds all in memory."""
    from datasketch import MinHash, MinHashLSH

    from bench.peers import shingles

    def signed(text: str) -> MinHash:
        signature = MinHash(_PERMUTATIONS)
        signature.update_batch([one.encode() for one in shingles(text)])
        return signature

    index = MinHashLSH(_RESEMBLANCE, _PERMUTATIONS)

    def add(batch: Sequence[Mapping[str, str]]) -> None:
        for record in batch:
            index.insert(record["id"], signed(record["text"]))

    took = [_timed(partial(add, batch)) for batch in _batches(records)]
    memory = held(os.getpid()).anonymous
    found, times = _asked(questions, lambda text: set(index.query(signed(text))))
    return {
        "added_a_second": rounded(len(records) / sum(took)),
        "anonymous_mib": rounded(memory / _KIB),
        "recall": rounded(sum(found) / len(found)),
        "check_ms": _shares(times),
    }


def _asked(
    questions: Sequence[Question], ask: Callable[[str], set[str]]
) -> tuple[list[bool], list[float]]:
    """Ask everything; say of each whether its source was found, and how long the answer took."""
    found, times = [], []
    for question in questions:
        began = time.perf_counter()
        found.append(question.source in ask(question.text))
        times.append(time.perf_counter() - began)
    return found, times


def _lost(records: There, missed: Sequence[tuple[Question, set[str]]]) -> int:
    """Count the questions whose source a scan names: only these the index lost.

    Scanned are the question, all articles that have its paragraph, and those that the index named.
    What the page itself says ("Click here to get the app") is no reuse to a scan, nor what stands
    in several unlike articles.
    """
    from dedup import scan

    beside: list[list[dict[str, str]]] = [[] for _ in missed]
    for record in records:
        paragraphs = set(record["text"].split("\n\n"))
        for (question, named), found in zip(missed, beside, strict=True):
            if question.paragraph in paragraphs or record["id"] in named:
                found.append(record)
    lost = 0
    for (question, _), found in zip(missed, beside, strict=True):
        matches = scan([{"id": "asked", "text": question.text}, *found]).matches
        pairs = zip(matches["article_id"], matches["other_id"], strict=True)
        lost += any({*pair} == {"asked", question.source} for pair in pairs)
    return lost


def _sources(index: object, text: str) -> set[str]:
    """The ids of the articles that a text shares passages with."""
    return {str(match["other_id"]) for match in index.check(text).matches}  # type: ignore[attr-defined]


def _hurried(index: object, text: str) -> tuple[float, bool]:
    """Ask in a hurry; say how long it took, and whether the answer rests on all."""
    began = time.perf_counter()
    whole = index.check(text, deadline=DEADLINE).complete  # type: ignore[attr-defined]
    return time.perf_counter() - began, bool(whole)


def read(file: Path) -> tuple[There, list[Question]]:
    """Part the articles of a corpus: most are added, the last are what is asked about.

    Each of these has twelve paragraphs, one of which it takes from an article that is there.
    """
    with file.open(encoding="utf-8") as lines:
        articles = sum(1 for _ in lines)
    there = There(file, held_of(articles))
    others = islice(There(file, articles), len(there), None)
    questions = []
    for record, (source, paragraph) in zip(others, _lent(there), strict=False):
        own = [one for one in record["text"].split("\n\n") if one][: _PARAGRAPHS - 1]
        own.insert(len(own) // 2, paragraph)
        questions.append(Question("\n\n".join(own), source, paragraph))
    return there, questions


def held_of(articles: int) -> int:
    """How many articles of a corpus are added; the others are asked about."""
    return articles - min(ASKED, articles // 4)


def _lent(records: There) -> Iterator[tuple[str, str]]:
    """Yield paragraphs of articles from all over, each with its article: its own prose.

    What somebody said belongs to nobody's article, whoever prints it.
    """
    step = max(1, len(records) // (2 * ASKED))
    for record in islice(records, 0, None, step):
        full = [
            one
            for one in record["text"].split("\n\n")
            if len(one.split()) >= _WORDS and not _QUOTES.search(one)
        ]
        if full:
            yield record["id"], full[len(full) // 2]


def _batches(records: There) -> Iterator[Sequence[Mapping[str, str]]]:
    waiting = iter(records)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _each(steps: Iterable[object]) -> Iterator[float]:
    """Yield how long each step takes."""
    began = time.perf_counter()
    for _ in steps:
        now = time.perf_counter()
        yield now - began
        began = now


def _timed(job: Callable[[], object]) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def _shares(seconds: Sequence[float]) -> dict[str, float]:
    """Say how long answers took, in milliseconds."""
    ordered = sorted(seconds)
    last = len(ordered) - 1
    places = {"p50": round(0.5 * last), "p99": round(0.99 * last), "longest": last}
    return {name: rounded(_MS * ordered[place]) for name, place in places.items()}


def main() -> None:
    """Measure one of them."""
    what, *files = sys.argv[1:]
    there, questions = read(Path(files[0]))
    jobs = {
        "fill": lambda: added(there, Path(files[1])),
        "ask": lambda: asked(there, questions, Path(files[1])),
        "theirs": lambda: theirs(there, questions),
    }
    sys.stdout.write(json.dumps(jobs[what]()))


if __name__ == "__main__":
    main()
