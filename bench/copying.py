"""The least that a job of this kind does: read the records, and write as many bytes as it writes.

    python -m bench.copying FILE REPORT OUT

Reads every record of the JSON Lines, with orjson where it is installed, as the program does, keeps
none, and writes the tables of a report that was made before once more.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path


def main(file: Path, report: Path, out: Path) -> None:
    """Read and write."""
    read = importlib.import_module("orjson" if importlib.util.find_spec("orjson") else "json").loads
    with file.open("rb") as lines:
        records = sum(1 for line in lines if read(line))
    out.mkdir()
    for table in sorted(report.glob("*.csv")):
        (out / table.name).write_bytes(table.read_bytes())
    print(f"{records} records")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
