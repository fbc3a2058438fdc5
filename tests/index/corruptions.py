"""Indexes that are damaged at random: each is as it was, or refused in one clear sentence.

``python -m tests.index.corruptions 1000`` damages so many.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from dedup import Index, IndexUnusableError
from tests.index.crashes import article
from tests.index.histories import csv_of, opened

if TYPE_CHECKING:
    from numpy.random import Generator


def made(folder: Path) -> Path:
    """An index with some articles, a former version and one that was taken out."""
    path = folder / "whole" / "news.dedup"
    path.parent.mkdir()
    with opened(path, few=3) as index:
        index.add([article(number) for number in range(12)])
        index.add([{"id": "a00003", "text": article(20).text}])
        index.remove(["a00005"])
    return path


def damaged(path: Path, folder: Path, generator: Generator) -> str:
    """Copy an index and damage one of its files; say how."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(path.parent, folder)
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.stat().st_size)
    target = files[int(generator.integers(len(files)))]
    data = bytearray(target.read_bytes())
    at, what = int(generator.integers(len(data))), int(generator.integers(4))
    if what == 0:
        data[at] ^= 1 << int(generator.integers(8))
    elif what == 1:
        del data[at:]
    elif what == 2:
        data[at : at + 512] = generator.bytes(min(512, len(data) - at))
    else:
        data[at : at + 4096] = bytes(min(4096, len(data) - at))
    target.write_bytes(data)
    return f"{('a bit', 'cut', 'noise', 'zeros')[what]} at {at} of {target.name}"


def outcome(path: Path, folder: Path, expected: object) -> str:
    """What a damaged index does that it must not; nothing where it does right."""
    try:
        with opened(path, few=3) as index:
            found = csv_of(index.tables(), folder), index.ids(), _feed(index)
            if found != expected:
                return "answers wrongly"
            index.add([article(40)])
            if "a00040" not in index.ids():
                return "loses what was added"
    except IndexUnusableError as refused:
        said = str(refused)
        return "" if said and "\n" not in said else f"does not say it clearly: {said!r}"
    return ""


def _feed(index: Index) -> list[object]:
    return [change.said() for change in index.changes()]


def faults(rounds: int, folder: Path, seed: int = 0) -> list[str]:
    """Damage an index so often; say what went wrong."""
    generator, wrong = np.random.default_rng(seed), []
    path = made(folder)
    with Index.open(path) as index:
        expected = csv_of(index.tables(), folder / "tables"), index.ids(), _feed(index)
    for number in range(rounds):
        how = damaged(path, folder / "damaged", generator)
        try:
            fault = outcome(folder / "damaged" / path.name, folder / "tables", expected)
        except Exception as error:  # noqa: BLE001 - any other is what is looked for
            fault = f"fails with {error!r}"
        if fault:
            wrong.append(f"{number}: {how}: {fault}")
    return wrong


def main() -> int:
    """Damage as many as the command line says."""
    with tempfile.TemporaryDirectory() as folder:
        wrong = faults(int(sys.argv[1]), Path(folder))
    sys.stdout.write("\n".join([*wrong, f"{len(wrong)} faults\n"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
