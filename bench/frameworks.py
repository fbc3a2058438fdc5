"""Peers that bring a framework along: a data set library, a pipeline, a cluster's engine.

    python -m bench.frameworks PEER FILE RESULT [CORES]

Word 5-grams and 32 bands of 4 rows where they ask for them, else what they set themselves. They
read and write files and start services, which is theirs to do and so is counted; a first, small
run is not (`bench.contest`).

``python -m bench.frameworks`` alone prints which are installed, as JSON with their versions.
"""

from __future__ import annotations

import json
import struct
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench import contest
from bench.peers import BANDS, PERMUTATIONS, ROWS, WORDS, installed, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.contest import Pairs

#: Spark's MinHash has bands of one row: so many tables, and a distance of at most so much.
_TABLES, _DISTANCE = 16, 0.5


def text_dedup(texts: Sequence[str]) -> Pairs:
    """Its MinHash command, in this process; pairs are an article and the first of its cluster."""
    from text_dedup import minhash

    with tempfile.TemporaryDirectory() as scratch:
        options = {
            "path": "json", "data_files": _written(texts, Path(scratch)), "split": "train",
            "cache_dir": f"{scratch}/cache", "output": f"{scratch}/out", "column": "text",
            "ngram": WORDS, "num_perm": PERMUTATIONS, "b": BANDS, "r": ROWS, "hash_func": "xxh3",
            "num_proc": 1,
        }  # fmt: skip
        minhash.main(
            [f"--{name}={value}" for name, value in options.items()], standalone_mode=False
        )
    firsts = ((place, int(minhash.uf.find(place))) for place in range(len(texts)))
    return [(place, first) for place, first in firsts if place != first]


def datatrove(texts: Sequence[str]) -> Pairs:
    """Its signatures and buckets, each a step that reads and writes files."""
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupSignature
    from datatrove.pipeline.dedup.minhash import MinhashConfig
    from datatrove.pipeline.readers import JsonlReader

    config = MinhashConfig(n_grams=WORDS, num_buckets=BANDS, hashes_per_bucket=ROWS)
    with tempfile.TemporaryDirectory() as scratch:
        _written(texts, Path(scratch) / "in")
        signed, paired = f"{scratch}/signatures", f"{scratch}/pairs"
        steps = (
            [JsonlReader(f"{scratch}/in"), MinhashDedupSignature(signed, config=config)],
            [MinhashDedupBuckets(signed, paired, config=config)],
        )
        for number, (pipeline, tasks) in enumerate(zip(steps, (1, BANDS), strict=True)):
            logs = f"{scratch}/logs{number}"
            LocalPipelineExecutor(pipeline, tasks=tasks, workers=1, logging_dir=logs).run()
        found = b"".join(file.read_bytes() for file in Path(paired).glob("*.dups"))
    return [(first, second) for _, first, _, second in struct.iter_unpack("<4I", found)]


def spark(texts: Sequence[str]) -> Pairs:
    """MLlib's MinHashLSH on hashed 5-grams, joined with itself."""
    from pyspark.ml import Pipeline
    from pyspark.ml.feature import HashingTF, MinHashLSH, NGram
    from pyspark.sql import SparkSession
    from pyspark.sql.functions import col

    session = SparkSession.builder.master("local[*]").config("spark.ui.enabled", "false")
    session = session.config("spark.driver.memory", "6g").getOrCreate()
    rows = [(place, words(text)) for place, text in enumerate(texts)]
    rows = [row for row in rows if len(row[1]) >= WORDS]
    frame = session.createDataFrame(rows, "place int, words array<string>")
    steps = [
        NGram(n=WORDS, inputCol="words", outputCol="shingles"),
        HashingTF(binary=True, inputCol="shingles", outputCol="features"),
        MinHashLSH(numHashTables=_TABLES, seed=1, inputCol="features", outputCol="hashes"),
    ]
    model = Pipeline(stages=steps).fit(frame)
    signed = model.transform(frame).select("place", "features", "hashes").cache()
    joined = model.stages[-1].approxSimilarityJoin(signed, signed, _DISTANCE)
    pairs = joined.select(col("datasetA.place").alias("one"), col("datasetB.place").alias("other"))
    return [(row.one, row.other) for row in pairs.collect() if row.one < row.other]


#: By name: what runs it, and the distributions that it needs.
FRAMEWORKS: dict[str, tuple[Callable[[Sequence[str]], Pairs], tuple[str, ...]]] = {
    "text-dedup": (text_dedup, ("text-dedup",)),
    "datatrove": (datatrove, ("datatrove",)),
    "Spark MinHashLSH": (spark, ("pyspark",)),
}


def _written(texts: Sequence[str], folder: Path) -> Path:
    """Write texts as these programs read them."""
    folder.mkdir(exist_ok=True)
    path = folder / "texts.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for place, text in enumerate(texts):
            file.write(json.dumps({"id": str(place), "text": text}) + "\n")
    return path


def main(arguments: Sequence[str]) -> None:
    """Run one of them, or tell which are installed."""
    if not arguments:
        json.dump({name: installed(needs) for name, (_, needs) in FRAMEWORKS.items()}, sys.stdout)
        return
    find, _ = FRAMEWORKS[arguments[0]]
    contest.run(contest.task(arguments[1:]), find)


if __name__ == "__main__":
    main(sys.argv[1:])
