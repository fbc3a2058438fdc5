"""Finds the files that the inputs name, in sorted order, and what each is called in the report."""

from __future__ import annotations

import glob
import os
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dedup.errors import SourceError
from dedup.records import Skipped
from dedup.sources import sidecar
from dedup.sources.opening import RefusedError, Source

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from dedup.sources.sidecar import Sidecar

_PATTERN = re.compile(r"[*?\[]")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\\\]")


class Root(NamedTuple):
    """One input as the user named it, resolved."""

    file: str  #: its real path
    name: str  #: what its files' shown paths begin with; empty for the files of a sole folder
    is_folder: bool


class _Entry(NamedTuple):
    """Something in a folder that is still to be visited."""

    file: str
    path: str  #: as shown; of a folder with a slash at its end
    is_folder: bool
    is_link: bool
    sidecars: tuple[Sidecar, ...]


def roots(inputs: Iterable[str], exclude: Path | None = None) -> list[Root]:
    """Resolve inputs, patterns expanded, each thing once, in an order that is always the same.

    Args:
        inputs: paths of files and folders, and patterns; not ``-``.
        exclude: the folder that the report is written to; no pattern reaches into it.

    Raises:
        SourceError: where there is nothing of that name, nothing that matches a pattern, or the
            input is the excluded folder itself.

    """
    out = os.path.realpath(exclude) if exclude is not None else ""
    given: dict[str, str] = {}
    for one in inputs:
        for path in _expanded(one, out):
            real = os.path.realpath(path)
            given[real] = min(path, given.get(real, path))
    names = _names(given)
    found = []
    for real in sorted(given):
        if real == out:
            message = f"{printable(given[real])}: the report goes to this folder: choose another"
            raise SourceError(message)
        try:
            Path(real).stat()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            message = f"{printable(given[real])}: {reason}"
            raise SourceError(message) from error
        is_folder = Path(real).is_dir()
        name = "" if is_folder and len(given) == 1 else names[real]
        found.append(Root(real, printable(name), is_folder))
    return found


def walk(found: Sequence[Root], exclude: Path | None, limit: int) -> Iterator[Source | Skipped]:
    """Yield every file below the roots, once, sorted within each; links are not followed.

    Hidden files, sidecars and what lies at ``exclude`` are left out without a word.

    Args:
        found: the roots.
        exclude: the folder that the report is written to.
        limit: the most bytes that an article may have.

    """
    out = os.path.realpath(exclude) if exclude is not None else ""
    seen: set[str] = set()
    beside: dict[str, tuple[Sidecar, ...]] = {}
    for root in found:
        if root.is_folder:
            items = _folder(root, out, limit)
        else:
            folder = str(Path(root.file).parent)
            if folder not in beside:
                beside[folder] = yield from _sidecar(folder, f"{printable(folder)}/", "", limit)
            items = iter((_named(root, beside[folder]),))
        for item in items:
            if isinstance(item, Skipped):
                yield item
            elif item.file not in seen:  # a file may be named itself and lie in a folder as well
                seen.add(item.file)
                yield item


def printable(name: str) -> str:
    r"""Return a name as it is shown: control characters as ``\n``, stray bytes as ``\xff``.

    Two names are never shown alike: a backslash is doubled.
    """
    return _UNPRINTABLE.sub(_escape, name)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # noqa: PLR2004 - a byte that is no UTF-8 (PEP 383)
        return f"\\x{code - 0xDC00:02x}"
    return match[0].encode("unicode_escape").decode() if code < 0x7F else f"\\u{code:04x}"  # noqa: PLR2004 - ASCII


def _expanded(given: str, out: str) -> list[str]:
    """Return the paths that an input names."""
    if given and os.path.lexists(given):
        return [given]
    if not _PATTERN.search(given):
        message = f"{printable(given) or 'an empty name'}: there is no such file or folder"
        raise SourceError(message)
    matches = [
        path
        for path in glob.glob(given, recursive=True)  # noqa: PTH207 - pathlib's finds hidden files
        if Path(path).name != sidecar.NAME
        and not (out and f"{os.path.realpath(path)}/".startswith(f"{out}/"))
    ]
    if not matches:
        message = f"{printable(given)}: nothing matches this pattern"
        raise SourceError(message)
    return matches


def _names(given: dict[str, str]) -> dict[str, str]:
    """Return what each input is called: its own name, with its folder's where two have the same."""
    parts = {real: Path(path).absolute().parts for real, path in given.items()}
    parts = {real: Path(os.path.normpath(Path(*own))).parts for real, own in parts.items()}
    depth = dict.fromkeys(given, 1)
    while True:
        names = {real: "/".join(parts[real][-depth[real] :]) for real in given}
        counts = Counter(names.values())
        alike = [real for real in given if counts[names[real]] > 1]
        if not alike:
            return names
        for real in alike:
            depth[real] += 1


def _named(root: Root, sidecars: tuple[Sidecar, ...]) -> Source | Skipped:
    """Return a file that the user named itself."""
    name = Path(root.file).name
    if name == sidecar.NAME:
        reason = "it describes the files beside it and is never an input itself"
        return Skipped(root.name, "", reason)
    row = sidecar.row_for(printable(name), sidecars)
    return Source(root.name, root.file, _is_packed(root.file), named=True, row=row)


def _folder(root: Root, out: str, limit: int) -> Iterator[Source | Skipped]:
    """Yield the files below a folder."""
    prefix = f"{root.name}/" if root.name else ""
    waiting = [_Entry(root.file, prefix, is_folder=True, is_link=False, sidecars=())]
    while waiting:
        entry = waiting.pop()
        if entry.is_link:
            yield Skipped(
                entry.path.rstrip("/"), "", "it is a symbolic link, which is not followed"
            )
        elif entry.is_folder:
            waiting += yield from _inside(entry, out, limit)
        elif entry.sidecars and (row := sidecar.row_for(entry.path, entry.sidecars)):
            yield Source(entry.path, entry.file, _is_packed(entry.file), row=row)
        else:
            yield Source(entry.path, entry.file, _is_packed(entry.file))


def _inside(folder: _Entry, out: str, limit: int) -> Generator[Skipped, None, list[_Entry]]:
    """Return what is in a folder, the first by name at the end."""
    try:
        with os.scandir(folder.file) as entries:
            found = sorted(entries, key=lambda entry: entry.name, reverse=True)
    except OSError as error:
        reason = f"the folder cannot be read: {(error.strerror or str(error)).lower()}"
        yield Skipped(folder.path.rstrip("/") or ".", "", reason)
        return []
    sidecars = folder.sidecars
    if any(entry.name == sidecar.NAME for entry in found):
        sidecars += yield from _sidecar(folder.file, folder.path, folder.path, limit)
    return [
        _Entry(
            entry.path,
            folder.path + printable(entry.name) + ("/" if is_folder else ""),
            is_folder,
            entry.is_symlink(),
            sidecars,
        )
        for entry in found
        if entry.name[0] != "." and entry.name != sidecar.NAME and entry.path != out
        for is_folder in (entry.is_dir(follow_symlinks=False),)
    ]


def _sidecar(
    folder: str, shown: str, below: str, limit: int
) -> Generator[Skipped, None, tuple[Sidecar, ...]]:
    """Return a folder's sidecar, if it has one that can be read."""
    path = Path(folder, sidecar.NAME)
    if not path.is_file():
        return ()
    try:
        return (sidecar.load(Source(f"{shown}{sidecar.NAME}", str(path)), below, limit),)
    except RefusedError as error:
        yield Skipped(f"{shown}{sidecar.NAME}", "", str(error))
        return ()


def _is_packed(file: str) -> bool:
    return file[-3:].lower() == ".gz"
