"""What a terminal sees: text made safe for it, and progress on anything over a second."""

from __future__ import annotations

import re
import time
import unicodedata
from typing import TYPE_CHECKING, Self, TextIO

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

#: Controls but tab and newline, C1 controls, and what turns the direction of writing about.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")

PATIENCE = 1.0  #: seconds before progress is shown
PACE = 0.1  #: seconds between two lines of it


def clean(text: str) -> str:
    """Leave out the characters that could steer a terminal; articles may hold any."""
    return _STEERING.sub("", text)


def say(text: str = "", *, err: bool = False) -> None:
    """Print on standard output, or on standard error what is beside the point of a command."""
    click.echo(clean(text), err=err)


def cells(text: str) -> int:
    """Count the columns that a text takes on a terminal: wide scripts take two a character."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


class Progress:
    """A line of progress that rewrites itself, on a terminal only, and leaves no trace."""

    def __init__(self, stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._due = clock() + PATIENCE
        self._shown = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Wipe the line."""
        if self._shown:
            self._write("")

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage has come; ``total`` 0 means that nobody knows."""
        now = self._clock()
        if now < self._due or not self._stream.isatty():
            return
        self._due = now + PACE
        self._write(f"{stage} {done:,} of {total:,}" if total else f"{stage} {done:,}")
        self._shown = True

    def _write(self, line: str) -> None:
        self._stream.write(f"\r\x1b[K{clean(line)}")
        self._stream.flush()
