"""Ctrl-C, even where it strikes in the middle of somebody else's import.

Python raises ``KeyboardInterrupt`` wherever the program happens to be. A C extension that is just
being imported may turn it into an ``ImportError``, a destructor swallows it, a pool of processes
that is just being started may wait for ever. So it is kept until the end of a block, and what has
not ended a few seconds later is ended.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

INTERRUPTED = 130  #: the exit code
GRACE = 5.0  #: seconds to tidy up

_heard: list[int] = []


@contextlib.contextmanager
def heard() -> Iterator[None]:
    """Turn whatever an interrupted block ends in into one ``KeyboardInterrupt``.

    Raises:
        KeyboardInterrupt: where the user asked to stop while the block ran.

    """
    before = signal.signal(signal.SIGINT, _hear)
    try:
        yield
    except BaseException:
        go_on()
        raise
    finally:
        signal.signal(signal.SIGINT, before)
        _leave_in(0)
    go_on()


def go_on() -> None:
    """Raise ``KeyboardInterrupt`` if one was swallowed on its way."""
    if _heard:
        _heard.clear()
        raise KeyboardInterrupt


def leave() -> NoReturn:
    """End this process and its workers at once, with the exit code of an interrupt.

    Not ``sys.exit``: after an interrupted import Python would end itself by a signal instead.
    """
    for worker in multiprocessing.active_children():
        worker.kill()
    os._exit(INTERRUPTED)


def _hear(number: int, frame: FrameType | None) -> None:
    _heard.append(number)
    _leave_in(GRACE)
    signal.default_int_handler(number, frame)


def _leave_in(seconds: float) -> None:
    """Set the alarm clock, or stop it with 0; a system that has none waits for ever."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, lambda _number, _frame: leave())
        signal.setitimer(signal.ITIMER_REAL, seconds)
