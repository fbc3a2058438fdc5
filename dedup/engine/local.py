"""One machine: steps run over batches in processes that inherit the data, results in order.

Workers are forked, so that a corpus is shared and never copied to them; where the system cannot
fork, or one process is asked for, the batches run here. The result is the same either way.
"""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

#: Set in the parent just before it forks, read in the children: what a batch is worked with.
_step: list[Callable[[int], object]] = []


@dataclass(frozen=True, slots=True)
class Local:
    """Runs steps on this machine.

    Attributes:
        workers: processes to use; 1 runs everything in this one.

    """

    workers: int = 1

    def map_batches(
        self, step: Callable[[Item], Outcome], batches: Sequence[Item]
    ) -> Iterator[Outcome]:
        """Yield ``step(batch)`` for each batch, in order."""
        from threadpoolctl import threadpool_limits

        processes = min(self.workers, len(batches))
        if processes < 2 or "fork" not in multiprocessing.get_all_start_methods():  # noqa: PLR2004
            # Small matrix products: the threads of a linear algebra library cost more than they do.
            with threadpool_limits(1):
                yield from map(step, batches)
            return
        _step.append(lambda place: step(batches[place]))
        try:
            context = multiprocessing.get_context("fork")
            with threadpool_limits(1), context.Pool(processes) as pool:
                yield from pool.imap(_run, range(len(batches)))
        finally:
            _step.pop()


def _run(place: int) -> object:
    """Work on one batch with what the parent left."""
    return _step[-1](place)
