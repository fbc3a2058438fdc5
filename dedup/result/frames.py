"""The tables as pandas DataFrames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.report.columns import TABLES, Type
from dedup.report.table import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from dedup.report.columns import Column, Columns


def frame(table: str, columns: Columns) -> pd.DataFrame:
    """One table as a DataFrame with the columns of its CSV file.

    Text columns hold strings, empty where nothing is known. Lists are one string joined with
    ``;``. Booleans are ``bool``; integers ``int64``, or ``Int64`` with ``<NA>`` where a cell may
    be empty; reals ``float64``, NaN where empty.
    """
    import pandas as pd

    return pd.DataFrame({c.name: _series(c, columns[c.name]) for c in TABLES[table]})


def _series(column: Column, cells: Sequence[object]) -> pd.Series[str]:
    import pandas as pd

    if column.type in {Type.LIST, Type.RANKED}:
        lists = [joined(cell) if isinstance(cell, tuple) else "" for cell in cells]
        return pd.Series(_encodable(lists), dtype="str")
    if column.type is Type.TEXT:
        return pd.Series(_encodable(cells), dtype="str")
    return pd.Series(list(cells), dtype=_dtype(column))


def _encodable(cells: Sequence[object]) -> list[str]:
    """A string column holds UTF-8, which has no lone surrogate: one becomes a ``?``."""
    texts = list(map(str, cells))
    try:
        "".join(texts).encode()
    except UnicodeEncodeError:
        return [text.encode(errors="replace").decode() for text in texts]
    return texts


def _dtype(column: Column) -> str:
    if column.type is Type.INTEGER:
        return "Int64" if column.optional else "int64"
    return "bool" if column.type is Type.BOOLEAN else "float64"
