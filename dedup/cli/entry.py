"""The group of commands, and what the process answers when it ends.

0 done · 1 a ``--fail-on`` condition was met · 2 wrong usage, or an input or a folder that cannot be
used at all · 3 ``--strict`` and some input was skipped · 4 an index cannot be used ·
130 interrupted · 141 the reader of a pipe went away.
"""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, ClassVar, NoReturn

import click

import dedup
from dedup.cli.agencies import agencies
from dedup.cli.compare import compare
from dedup.cli.evaluate import evaluate
from dedup.cli.index import UNUSABLE, index
from dedup.cli.interrupts import heard, leave
from dedup.cli.scan import scan
from dedup.cli.serve import serve
from dedup.cli.terminal import clean
from dedup.errors import DedupError, IndexUnusableError

if TYPE_CHECKING:
    from collections.abc import Iterator

PIPE_CLOSED = 141


class Refused(click.ClickException):
    """A failure that is no fault of the program: one sentence, no traceback."""

    exit_code: ClassVar[int] = 2

    def format_message(self) -> str:
        """Give the sentence without anything that could steer a terminal."""
        return clean(self.message)


class Unusable(Refused):
    """The same, where an index cannot be used."""

    exit_code: ClassVar[int] = UNUSABLE


class Front(click.Group):
    """The group, with our failures said in click's way and a closed pipe passed over in silence."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: object,
    ) -> click.Context:
        """Read the arguments; ``--help`` is printed here."""
        with _said():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was asked for."""
        with _said():
            answer: object = super().invoke(ctx)
            sys.stdout.flush()
            return answer


@contextlib.contextmanager
def _said() -> Iterator[None]:
    """Turn our failures into click's, and a closed pipe into an exit."""
    try:
        yield
    except IndexUnusableError as failure:
        raise Unusable(str(failure)) from failure
    except DedupError as failure:
        raise Refused(str(failure)) from failure
    except BrokenPipeError as closed:
        # Python flushes once more at its end: give it somewhere to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise click.exceptions.Exit(PIPE_CLOSED) from closed


@click.group(
    cls=Front,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(dedup.__version__, prog_name="dedup")
def front() -> None:
    """Works out, paragraph by paragraph, where news articles come from."""


for command in (scan, compare, index, serve, evaluate, agencies):
    front.add_command(command)


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    try:
        with heard():
            answer = front.main(prog_name="dedup", standalone_mode=False)
    except click.ClickException as failure:
        failure.show()
        sys.exit(failure.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted.", err=True)
        leave()
    sys.exit(answer if isinstance(answer, int) else 0)
