"""The options of the commands, made from the fields of `Config`.

An option that is not given on the command line may come from the environment (``DEDUP_WORKERS``),
then from the file of ``--config``, then from the default that `Config` declares.
"""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, TypeVar

import click

from dedup.config import Config, declared, default_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from dataclasses import Field

Command = TypeVar("Command", bound="Callable[..., object]")


def settings(*names: str) -> Callable[[Command], Command]:
    """Give a command the options of these settings (all without names), and ``--config``."""
    wanted = [f for f in fields(Config) if (f.name in names or not names) and option_of(f)]

    def decorate(command: Command) -> Command:
        for f in reversed(wanted):
            command = _option(f)(command)
        return click.option(
            "--config",
            type=click.Path(dir_okay=False),
            metavar="FILE",
            envvar="DEDUP_CONFIG",
            help="Settings from a TOML file.",
        )(command)

    return decorate


def read_settings(given: Mapping[str, object], **fixed: object) -> Config:
    """Make the `Config` of a command's options; those that were not given are None.

    Raises:
        click.UsageError: naming all that is wrong.

    """
    own = {k: v for k, v in given.items() if v is not None and k != "config"}
    file = given.get("config")
    if file:
        return Config.from_file(str(file), **{**own, **fixed})
    return Config.from_settings({**own, **fixed})


def option_of(f: Field[object]) -> str:
    """Give the option of a setting as it is typed, empty where it has none."""
    name = declared(f).option or f.name
    if name == "-":
        return ""
    switch = name.replace("_", "-")
    return f"--no-{switch}" if default_of(f) is True else f"--{switch}"


def default_text(f: Field[object]) -> str:
    """Give a setting's default as it is shown to people."""
    default = default_of(f)
    if isinstance(default, tuple):
        return ",".join(default)
    if isinstance(default, bool):
        return "yes" if default else "no"
    return str(default) if default not in ("", {}) else "–"


def _option(f: Field[object]) -> Callable[[Command], Command]:
    """Make one option; None stands for "not given", so that the file can speak."""
    rule = declared(f)
    default = default_of(f)
    shown = default_text(f)
    name = rule.option or f.name
    several = isinstance(default, tuple)
    kind = click.Choice(rule.choices) if rule.choices and not several else None
    return click.option(
        f"--{name}/{option_of(f)}" if default is True else option_of(f),
        f.name,
        default=None,
        is_flag=isinstance(default, bool),
        type=kind or (int if type(default) is int else None),
        callback=_split if several else None,
        metavar="LIST" if several else rule.metavar or None,
        envvar=f"DEDUP_{name.upper()}",
        help=rule.about if shown in {"–", "yes", "no"} else f"{rule.about}  [default: {shown}]",
    )


def _split(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> tuple[str, ...] | None:
    """Split at commas; what may stand there is checked by `Config`."""
    return None if value is None else tuple(part.strip() for part in value.split(","))
