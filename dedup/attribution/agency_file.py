"""Read agencies files: TOML tables into `Agency` records, with every fault told at once."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Final, cast

from dedup.attribution.agency import Agency, AgencyType
from dedup.attribution.names import key
from dedup.errors import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Check = tuple[Callable[[str], object], str]

_TEXTS: Final = frozenset({"id", "name", "type", "source"})
_YEARS: Final = frozenset({"since", "until"})
_LISTS: Final = frozenset(field.name for field in fields(Agency)) - _TEXTS - _YEARS
#: What each text of a field has to be; any other must hold a letter or digit.
_CHECKS: Final[Mapping[str, Check]] = {
    "id": (re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*").fullmatch, "lower-case words and hyphens"),
    "type": (frozenset(AgencyType).__contains__, f"one of {', '.join(AgencyType)}"),
    "domains": (re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+").fullmatch, "a bare host name"),
    "languages": (re.compile(r"[a-z]{2,3}").fullmatch, "an ISO 639 code"),
    "countries": (re.compile(r"[A-Z]{2}").fullmatch, "an ISO 3166 code of two capitals"),
}
_ANY_TEXT: Final[Check] = (re.compile(r"[^\W_]").search, "a text with letters or digits")


def read(shipped: Iterable[bytes], extra: bytes | None = None) -> tuple[str, list[Agency]]:
    """Read the shipped entries, then the user's additions to them.

    Args:
        shipped: TOML files; the first says the catalogue's ``version``.
        extra: The user's TOML. An entry with a known id adds its lists to that entry's and
            replaces its single values; any other is a new entry and needs a ``name``.

    Raises:
        CatalogueError: with every fault found, one sentence a line.

    """
    reader = _Reader()
    for data in shipped:
        reader.take(data, extends=False)
    if extra is not None:
        reader.take(extra, extends=True)
    reader.faults += _collisions(reader.entries.values())
    if reader.faults:
        raise CatalogueError("\n".join(reader.faults))
    return reader.version, list(reader.entries.values())


class _Reader:
    """Gathers entries and faults over several files."""

    def __init__(self) -> None:
        self.version = ""
        self.entries: dict[str, Agency] = {}
        self.faults: list[str] = []

    def take(self, data: bytes, *, extends: bool) -> None:
        """Add the entries of one file; with ``extends`` they may add to earlier ones."""
        try:
            document = tomllib.loads(data.decode())
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            self.faults.append(f"The agencies file is not TOML in UTF-8: {error}.")
            return
        for name in sorted(document.keys() - {"agency", "version"}):
            self.faults.append(f"The agencies file has an unknown key “{name}”.")
        self.version = self.version or str(document.get("version", ""))
        rows = document.get("agency", [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.faults.append("The agencies file must list its entries as [[agency]] tables.")
            return
        for place, row in enumerate(rows, 1):
            self._add(row, place, extends=extends)

    def _add(self, row: dict[str, object], place: int, *, extends: bool) -> None:
        label = f"Entry {place} (“{row.get('id', 'no id')}”)"
        known = self.entries.get(str(row.get("id")))
        faults = [f"{label}: {fault}." for fault in _faults(row)]
        if known and not extends:
            faults.append(f"{label}: its id is taken by an earlier entry.")
        faults += [
            f"{label}: it has no {need}."
            for need in ("id", "name")
            if need not in row and not (known and need == "name")
        ]
        self.faults += faults
        if not faults:
            entry = _merged(known, row) if known else Agency(**_values(row))  # type: ignore[arg-type]  # checked just above
            self.entries[entry.id] = entry


def _faults(row: Mapping[str, object]) -> list[str]:
    faults = []
    for field, value in row.items():
        if field in _YEARS:
            if type(value) is not int:
                faults.append(f"{field} must be a year")
        elif field in _TEXTS:
            faults += _text_faults(field, [value])
        elif field not in _LISTS:
            faults.append(f"the field “{field}” is unknown")
        elif isinstance(value, list):
            faults += _text_faults(field, value)
        else:
            faults.append(f"{field} must be a list of texts")
    return faults


def _text_faults(field: str, values: Iterable[object]) -> list[str]:
    holds, wanted = _CHECKS.get(field, _ANY_TEXT)
    return [
        f"{field}: “{value}” is not {wanted}"
        for value in values
        if not (isinstance(value, str) and holds(value))
    ]


def _values(row: Mapping[str, object]) -> dict[str, object]:
    values = {f: tuple(v) if isinstance(v, list) else v for f, v in row.items()}
    if "type" in row:
        values["type"] = AgencyType(str(row["type"]))
    return values


def _merged(known: Agency, row: Mapping[str, object]) -> Agency:
    values = _values(row)
    for field in _LISTS & row.keys():
        joined = (*getattr(known, field), *cast("tuple[str, ...]", values[field]))
        values[field] = tuple(dict.fromkeys(joined))
    return replace(known, **values)  # type: ignore[arg-type]  # checked by _faults


def _collisions(entries: Iterable[Agency]) -> list[str]:
    """Tell the names that two entries claim and neither lists as shared."""
    owners: dict[str, str] = {}
    faults = []
    for entry in entries:
        for name in dict.fromkeys(key(name) for name in entry.names):
            owner = owners.setdefault(name, entry.id)
            if owner != entry.id:
                faults.append(
                    f"“{name}” names both {owner} and {entry.id}; "
                    f"let one of them list it under shared.",
                )
    return faults
