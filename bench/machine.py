"""What was measured on: the machine, the versions of the libraries, the data; never a path."""

from __future__ import annotations

import hashlib
import os
import platform
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import dedup
from bench.corpus import records
from dedup import __version__

_LIBRARIES = (
    "datasketch", "numba", "numpy", "orjson", "pandas", "PyStemmer", "scikit-learn", "scipy",
    "snowballstemmer", "xxhash",
)  # fmt: skip
_GIB = 1 << 30


class Data(NamedTuple):
    """The file that was measured on."""

    file: str
    bytes: int
    articles: int
    characters: int


def describe() -> dict[str, str | int | float]:
    """Describe the machine."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count() or 1,
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / _GIB, 1),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
    }


def versions() -> dict[str, str]:
    """Return our version, with the digest of the source, and those of the libraries installed."""
    found = {"dedup": f"{__version__} (source {source_digest()})"}
    for library in _LIBRARIES:
        try:
            found[library] = metadata.version(library)
        except metadata.PackageNotFoundError:
            continue
    return found


def source_digest() -> str:
    """Digest the package's files, by which two results of the same program are known."""
    digest = hashlib.sha256()
    package = Path(dedup.__file__).parent
    for path in sorted(package.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(path.relative_to(package).as_posix().encode() + b"\0")
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def load() -> float:
    """Return how many processes ran or waited to, on average over the last minute."""
    return round(os.getloadavg()[0], 2)


def data(path: Path) -> Data:
    """Describe a JSON Lines file of articles."""
    articles = characters = 0
    for record in records(path):
        articles += 1
        characters += len(str(record.get("text") or ""))
    return Data(path.name, path.stat().st_size, articles, characters)


def _processor() -> str:
    """The processor's name as Linux tells it, else as Python does."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text("utf-8").splitlines() if information.exists() else []
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())
