"""Two back ends, one specification: NumPy always, numba where it is installed and pays.

Loading numba takes a third of a second, compiling a kernel longer still (once: it is kept on disk
beside its module, or in the user's cache). A handful of articles never waits for either. Results
are the same bit for bit, so nobody need know which back end gave them.

Kernels live in the ``kernels.py`` of their room, which is imported where it is needed and only if
`pays`. What is kept on disk is compiled anew when that file changes, not when another one does:
a kernel takes what it needs from elsewhere as an argument, constants of the specification apart.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, ClassVar, ParamSpec, Protocol, TypeVar, cast

from dedup.errors import ConfigError, MissingExtra

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

P = ParamSpec("P")
R = TypeVar("R")
R_co = TypeVar("R_co", covariant=True)

#: The environment variable that forces a back end.
VARIABLE = "DEDUP_BACKEND"
NUMPY, NUMBA = "numpy", "numba"

#: Words from which on loading the compiled kernels costs less than it saves.
LARGE = 1_000_000
#: Words from which on they wait for nothing.
_LATEST = 2 * LARGE


class Stats(Protocol):
    """What is known of how a function was compiled: ``cache_path``, the folder it is kept in."""

    @property
    def cache_path(self) -> str | None:
        """The folder; None where it is not kept."""


class Kernel(Protocol[P, R_co]):
    """A compiled function, with the plain one that it was made of."""

    @property
    def py_func(self) -> Callable[P, R_co]:
        """The function as it is written."""

    @property
    def stats(self) -> Stats:
        """What is known of how it was compiled."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Run the compiled function."""


class _Work:
    """How much was to be done in this process so far, and with what.

    Attributes:
        words: that were worked on, or asked about.
        compiled: whether the compiled kernels have taken over.
        hurries: pieces of work that must not wait for them, under way now.
        rehearsal: what is done just before they take over, if anything is; it says whether it was.

    """

    words = 0
    compiled = False
    hurries = 0
    rehearsal: ClassVar[Callable[[], bool] | None] = None


def pays(words: int) -> bool:
    """Whether to work on so many words with the compiled back end.

    Asked before each piece of work, for work comes in small batches: what was asked for adds up,
    and once it is large the compiled kernels take over. Whoever buys when the rent paid has come to
    the price never spends more than twice the least (Karlin, Manasse, Rudolph & Sleator 1988).

    Raises:
        ConfigError: where the environment asks for a back end that there is none of.
        MissingExtra: where it asks for numba, which is not installed.

    """
    forced = os.environ.get(VARIABLE)
    if forced:
        return _forced(forced)
    _Work.words += words
    if not _Work.compiled and _Work.words >= LARGE and not _Work.hurries and _installed():
        _Work.compiled = _rehearsed()
    return _Work.compiled


@contextmanager
def hurried(deadline: float | None) -> Iterator[None]:
    """Let no kernels take over while a piece of work has a deadline: it waits for no compiler."""
    _Work.hurries += deadline is not None
    try:
        yield
    finally:
        _Work.hurries -= deadline is not None


def rehearse(rehearsal: Callable[[], bool] | None) -> None:
    """Let something be done just before the compiled kernels take over, or nothing any more.

    They wait for it a while where it says that it cannot be done at that moment.
    """
    _Work.rehearsal = rehearsal


def _rehearsed() -> bool:
    """Do what is to be done before the compiled kernels take over; say whether they may."""
    rehearsal, _Work.rehearsal = _Work.rehearsal, None  # it asks what pays, too
    if rehearsal is None or _Work.words >= _LATEST:
        return True
    _Work.compiled = True
    if rehearsal():
        return True
    _Work.rehearsal = rehearsal
    return False


def expect_much() -> None:
    """Let the compiled kernels take over with the next piece of work, however small it is."""
    _Work.words = LARGE


def kernel(function: Callable[P, R]) -> Kernel[P, R]:
    """Compile a plain loop on its first call; it runs without the interpreter's lock."""
    from numba import njit

    try:
        compiled = njit(nogil=True, cache=True)(function)
    except RuntimeError:  # no folder to keep it in that may be written to
        compiled = njit(nogil=True)(function)
    return cast("Kernel[P, R]", compiled)


def _forced(name: str) -> bool:
    if name not in {NUMPY, NUMBA}:
        message = f"{VARIABLE} is {NUMPY} or {NUMBA}, not {name!r}"
        raise ConfigError(message)
    if name == NUMBA and not _installed():
        what = f"{VARIABLE}={NUMBA}"
        raise MissingExtra(what, "fast")
    return name == NUMBA


@cache
def _installed() -> bool:
    """Whether numba is there and gets on with this Python and this NumPy."""
    try:
        import numba  # noqa: F401 - only whether it loads
    except ImportError:
        return False
    return True
