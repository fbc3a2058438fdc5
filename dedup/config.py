"""The settings of a scan: every one declared once, with its default, its range and its help.

The command line, the table in the README and the check of ``dedup.toml`` are made from the fields
of `Config`. Rooms never see it: the corridor hands them the few numbers they need.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Self, TypeVar

from dedup import conditions
from dedup.errors import ConfigError

if TYPE_CHECKING:
    from dataclasses import Field

T = TypeVar("T")

FORMATS = ("csv", "html", "json")
#: Of the pages; the tables and the command line are in English.
LANGUAGES = ("en", "fr", "de", "es", "ar")
#: Settings that change how a run is watched or where it writes, and never what it finds.
_AROUND = frozenset({"out", "workers", "quiet", "log_format", "language", "credit_line"})
_SECONDS = {"m": 60, "h": 3600, "d": 86400, "w": 604800}
_SPAN = re.compile(r"(\d+(?:\.\d+)?)([mhdw])")


class Setting(NamedTuple):
    """What is declared beside a default."""

    about: str
    option: str = ""  #: the option's name where it is not the field's; "-" where there is none
    metavar: str = ""
    within: tuple[int, int] | None = None
    choices: tuple[str, ...] = ()


def setting(
    default: T,
    about: str,
    *,
    option: str = "",
    metavar: str = "",
    within: tuple[int, int] | None = None,
    choices: tuple[str, ...] = (),
) -> T:
    """Declare a field of `Config`: its default and what stands in `Setting`."""
    return field(
        default=default, metadata={"setting": Setting(about, option, metavar, within, choices)}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings of a scan; a wrong one is refused when the object is made.

    Raises:
        ConfigError: naming every setting that is out of range, in one message.

    """

    out: str = setting("reports", "Folder for the report.", metavar="DIR")
    formats: tuple[str, ...] = setting(
        FORMATS, "What to write, comma-separated.", option="format", choices=FORMATS
    )
    agencies: str = setting("", "Your own additions to the catalogue of agencies.", metavar="FILE")
    ignore: str = setting(
        "", "Texts that never count as reuse: templates, statements.", metavar="FILE"
    )
    labels: str = setting("", "A reviewer's marks (labels.csv), honoured.", metavar="FILE")
    window: str = setting(
        "",
        "Compare only articles this close in time, as 36h, 7d or 2w; without it all are compared. "
        "Undated ones always are.",
        metavar="SPAN",
    )
    workers: int = setting(0, "Processes to use; 0 takes one per processor.", within=(0, 256))
    engine: str = setting("local", "What runs the scan.", choices=("local", "spark"))
    fail_on: str = setting(
        "",
        "Exit with 1 where any row of articles.csv answers it: 'column op value', joined by 'and'; "
        "== != >= <= > <, and ~ for 'has' or 'contains'.",
        metavar="EXPR",
    )
    max_article_mb: int = setting(10, "Skip an article larger than this, in MB.", within=(1, 1000))
    text: bool = setting(True, "Write texts, or offsets only, in every output.")  # noqa: FBT003
    language: str = setting(
        "en", "Language in which the page opens; its reader may choose another.", choices=LANGUAGES
    )
    credit_line: str = setting(
        "",
        "The line to copy where an agency is not named, in the house's style: 'With {agency}'. "
        "Without it one in the article's language.",
        metavar="TEXT",
    )
    strict: bool = setting(False, "Exit with 3 where an input was skipped.")  # noqa: FBT003
    quiet: bool = setting(False, "No progress and no summary.")  # noqa: FBT003
    log_format: str = setting(
        "text", "'json' logs one JSON line per event on standard error.", choices=("text", "json")
    )
    outlets: Mapping[str, str] = field(
        default_factory=dict,
        metadata={"setting": Setting("Other names of an outlet: alias = name.", option="-")},
    )

    def __post_init__(self) -> None:
        """Refuse wrong settings, all at once."""
        faults = [fault for f in fields(self) for fault in _faults(f, getattr(self, f.name))]
        if self.engine == "spark":
            faults.append("engine: the Spark engine is not there yet, only 'local' is")
        if faults:
            raise ConfigError("; ".join(faults))

    @classmethod
    def from_file(cls, path: str | Path, **given: object) -> Self:
        """Read a ``dedup.toml``; ``given`` settings win over those of the file.

        Raises:
            ConfigError: where the file cannot be read, or a setting is unknown or out of range.

        """
        return cls.from_settings({**_table(Path(path)), **given})

    @classmethod
    def from_settings(cls, settings: Mapping[str, object]) -> Self:
        """Make a `Config` of settings by name; a list stands for a tuple, as in TOML.

        Raises:
            ConfigError: where a setting is unknown or out of range.

        """
        known = {f.name for f in fields(cls)}
        unknown = sorted(set(settings) - known)
        if unknown:
            message = f"no such setting: {', '.join(unknown)}"
            raise ConfigError(message)
        values = {k: tuple(v) if isinstance(v, list) else v for k, v in settings.items()}
        return cls(**values)  # type: ignore[arg-type]  # __post_init__ checks every type

    @property
    def window_seconds(self) -> int | None:
        """The window in seconds, or None where all articles are compared."""
        found = _SPAN.fullmatch(self.window)
        return round(float(found[1]) * _SECONDS[found[2]]) if found else None

    @property
    def conditions(self) -> tuple[conditions.Condition, ...]:
        """The conditions of ``fail_on``."""
        return conditions.parse(self.fail_on) if self.fail_on else ()

    def said(self) -> dict[str, object]:
        """Give the settings for the record of a run: those on which its answer may depend."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in _AROUND}

    @property
    def processes(self) -> int:
        """How many processes to use."""
        if self.workers:
            return self.workers
        affinity = getattr(os, "sched_getaffinity", None)  # Linux alone knows what it may use
        return len(affinity(0)) if affinity else os.cpu_count() or 1


def declared(f: Field[object]) -> Setting:
    """Give what was declared beside a field of `Config`."""
    found: Setting = f.metadata["setting"]
    return found


def default_of(f: Field[object]) -> object:
    """Give a field's default."""
    return getattr(Config(), f.name)


def _faults(f: Field[object], value: object) -> list[str]:
    """Name what is wrong with one setting."""
    kind = {"str": str, "int": int, "bool": bool, "tuple[str, ...]": tuple}.get(
        str(f.type), Mapping
    )
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        return [f"{f.name} cannot be {value!r}"]
    rule = declared(f)
    if isinstance(value, int) and rule.within:
        low, high = rule.within
        return [] if low <= value <= high else [f"{f.name} must lie in {low}..{high}, not {value}"]
    if rule.choices:
        asked = (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]  # a str or a tuple of them
        odd = [str(a) for a in asked if a not in rule.choices] or ([] if asked else ["nothing"])
        return [f"{f.name} must be of {', '.join(rule.choices)}, not {a}" for a in odd]
    return _misread(f.name, value)


def _misread(name: str, value: object) -> list[str]:
    """Name what cannot be read in the settings that have a notation of their own."""
    if name == "window" and value and not _SPAN.fullmatch(str(value)):
        return [f"window must read like 36h, 7d or 2w, not {value!r}"]
    if name == "credit_line" and value and "{agency}" not in str(value):
        return [f"credit_line must say where the agency stands, as {{agency}}, not {value!r}"]
    if name == "outlets" and isinstance(value, Mapping):
        return [
            f"outlets: {k!r} must be a name" for k, v in value.items() if not isinstance(v, str)
        ]
    if name == "fail_on" and value:
        try:
            conditions.parse(str(value))
        except ValueError as fault:
            return [f"fail_on: {fault}"]
    return []


def _table(path: Path) -> dict[str, object]:
    """Read a file of settings, each under its own name or under that of its option."""
    try:
        with path.open("rb") as file:
            table = tomllib.load(file)
    except OSError as fault:
        message = f"cannot read {path}: {fault.strerror}"
        raise ConfigError(message) from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        message = f"{path} is not TOML: {fault}"
        raise ConfigError(message) from fault
    names = {declared(f).option: f.name for f in fields(Config) if declared(f).option != "-"}
    return {names.get(k, k.replace("-", "_")): v for k, v in table.items()}
