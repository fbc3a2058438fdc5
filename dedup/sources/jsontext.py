"""Reads JSON fast where orjson is there, and with the same results where it is not."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from dedup.sources.opening import RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

try:
    from orjson import loads as _fast
except ImportError:  # the extra `fast` is not installed
    _fast: Callable[[bytes], object] | None = None  # type: ignore[no-redef]  # as mypy sees it


def load(data: bytes) -> object:
    """Parse one JSON value.

    Numbers too large for orjson, NaN, half characters and bytes that are no UTF-8 are read as the
    standard library reads them; such bytes become surrogates (PEP 383).

    Raises:
        RefusedError: where it is no JSON.

    """
    if _fast is not None:
        try:
            value = _fast(data)
        except ValueError:
            return _slow(data)
        # orjson rounds a large whole number: an id must not change with what is installed
        if not _has_float(value):
            return value
    return _slow(data)


def records(value: object) -> list[object] | None:
    """Return the records of a JSON document.

    That is an array's items, or those of the first list of objects in an object that has no text
    (``{"articles": […]}``); None where the document is itself a record.
    """
    if isinstance(value, list):
        return value
    if isinstance(value, Mapping) and "text" not in value:
        for items in value.values():
            if isinstance(items, list) and any(isinstance(item, dict) for item in items):
                return items
    return None


def _slow(data: bytes) -> object:
    try:
        return json.loads(data.decode("utf-8", "surrogateescape").removeprefix("\ufeff"))
    except RecursionError as error:
        message = "its JSON is nested too deeply"
        raise RefusedError(message) from error
    except json.JSONDecodeError as error:
        message = f"it is no complete JSON record: {error.msg.lower()} at character {error.pos + 1}"
        raise RefusedError(message) from error
    except ValueError as error:
        message = "its JSON holds a number of thousands of digits"
        raise RefusedError(message) from error


def _has_float(value: object) -> bool:
    """Whether a field of a record, or of one of a document's records, is a float."""
    every: Iterator[object] = iter((value,))
    if not isinstance(value, Mapping) or "text" not in value:
        every = iter(records(value) or ())
    return any(float in map(type, item.values()) for item in every if isinstance(item, dict))
