"""``metadata.csv`` beside articles: what is known of them and stands in no plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from dedup.sources import tabular

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dedup.sources.opening import Source

NAME = "metadata.csv"


class Sidecar(NamedTuple):
    """The rows of one folder's sidecar."""

    folder: str  #: shown path of the folder, with a slash at its end; empty for the scanned one
    rows: Mapping[str, Mapping[str, str]]  #: by path below the folder


def load(source: Source, folder: str, limit: int) -> Sidecar:
    """Read a sidecar; of several rows for one path the last counts.

    Raises:
        RefusedError: where it cannot be read, or has no column ``path``.

    """
    rows: dict[str, Mapping[str, str]] = {}
    for row in tabular.rows(source, limit, needed="path"):
        path = re.sub(r"^(?:\./)+", "", row.pop("path").strip().replace("\\", "/"))
        row.pop("text", None)
        rows[path] = {name: cell for name, cell in row.items() if cell.strip()}
    return Sidecar(folder, rows)


def row_for(path: str, sidecars: Sequence[Sidecar]) -> Mapping[str, str]:
    """Return what the sidecars say of the file shown as ``path``; the nearest folder's goes first.

    Args:
        path: the file's shown path.
        sidecars: those of its folder and the folders above, the outermost first.

    """
    row: dict[str, str] = {}
    for sidecar in sidecars:
        row |= sidecar.rows.get(path.removeprefix(sidecar.folder), {})
    return row
