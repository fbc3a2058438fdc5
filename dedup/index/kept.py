"""The settings that the verdicts of an index hang on, kept in it with what their files say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, cast

from dedup import __version__, attribution
from dedup.config import Config
from dedup.detector import ignored_texts, read_bytes
from dedup.errors import CatalogueError
from dedup.marks import Mark, read_marks
from dedup.pipeline import Options

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedup.attribution import Catalogue

    Json = dict[str, object]

#: The rooms whose code readings and comparisons are made by.
_ROOMS = ("attribution", "pipeline", "text", "verify")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a scan of the articles would be told; files by their content, for they may change."""

    window: str = ""
    outlets: tuple[tuple[str, str], ...] = ()
    agencies: str = ""
    ignored: tuple[str, ...] = ()
    labels: tuple[Mark, ...] = ()
    max_article_mb: int = 10

    @classmethod
    def of(cls, config: Config) -> Kept:
        """Take the settings, and read the files that they name.

        Raises:
            DedupError: where a file cannot be used.

        """
        content = read_bytes(config.agencies, CatalogueError)
        return cls(
            window=config.window,
            outlets=tuple(sorted(config.outlets.items())),
            agencies="" if content is None else content.decode("utf-8", "surrogateescape"),
            ignored=ignored_texts(config.ignore),
            labels=tuple(read_marks(Path(config.labels))) if config.labels else (),
            max_article_mb=config.max_article_mb,
        )

    @classmethod
    def from_json(cls, given: object) -> Kept:
        """Take what `said` gave."""
        row = cast("dict[str, list[list[str]]]", given)
        return cls(
            window=str(row["window"]),
            outlets=tuple((name, to) for name, to in row["outlets"]),
            agencies=str(row["agencies"]),
            ignored=tuple(map(str, row["ignored"])),
            labels=tuple(Mark(*mark) for mark in row["labels"]),  # type: ignore[arg-type]  # as written
            max_article_mb=cast("int", row["max_article_mb"]),
        )

    def said(self) -> Json:
        """Give the settings as a JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}

    def marked(self, marks: Iterable[Mark], withdrawn: Iterable[Mark]) -> Kept:
        """Give the same settings with marks added, each in the place of one on the same thing."""
        given = tuple(dict.fromkeys(marks))
        moot = {_claim(mark) for mark in (*given, *withdrawn)}
        kept = tuple(mark for mark in self.labels if _claim(mark) not in moot)
        return replace(self, labels=kept + given)

    def unlike(self, other: Kept) -> list[str]:
        """Name the settings that differ."""
        return [n for n in self.__slots__ if getattr(self, n) != getattr(other, n)]

    def config(self, workers: int = 0) -> Config:
        """Give the settings as a `Config`, without the files."""
        return Config(
            window=self.window,
            outlets=dict(self.outlets),
            max_article_mb=self.max_article_mb,
            workers=workers,
        )

    def options(self) -> Options:
        """Give what the steps of a walk are told."""
        return Options(
            window=self.config().window_seconds,
            aliases=dict(self.outlets),
            ignored=self.ignored,
            labels=self.labels,
        )

    def catalogue(self) -> Catalogue:
        """Load the agencies."""
        own = self.agencies.encode("utf-8", "surrogateescape")
        return attribution.load(own or None)

    def made_by(self) -> str:
        """Name all that readings and comparisons hang on beside the articles: agencies and code."""
        return (
            f"{__version__} {_code()} {_digest([self.agencies.encode('utf-8', 'surrogateescape')])}"
        )

    def listed_by(self) -> str:
        """Name all that the register hangs on beside the articles."""
        others = repr((self.outlets, self.ignored)).encode("utf-8", "backslashreplace")
        return f"{self.made_by()} {_digest([others])}"


def _claim(mark: Mark) -> Mark:
    """What a mark judges, whatever it says of it."""
    return mark._replace(mark="")


@cache
def _code() -> str:
    """Name the code and the data of the rooms by their content."""
    house = files("dedup")
    found = [
        entry
        for room in _ROOMS
        for entry in sorted(house.joinpath(room).iterdir(), key=lambda entry: entry.name)
        if entry.is_file()
    ]
    return _digest(entry.name.encode() + entry.read_bytes() for entry in found)


def _digest(parts: Iterable[bytes]) -> str:
    digest = blake2b(digest_size=8)
    for part in parts:
        digest.update(len(part).to_bytes(8, "little") + part)
    return digest.hexdigest()
