"""One machine: steps run over batches in processes that inherit the data, results in order.

Workers are forked, so that a corpus is shared and never copied to them; where the system cannot
fork, or one process is asked for, the batches run here. The result is the same either way.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")

#: In a worker: works on the batch of a place, with all the parent had when it forked.
_given: list[Callable[[int], object]] = []


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
        """Yield ``step(batch)`` for each batch, in order.

        Raises:
            BrokenProcessPool: where a worker was killed, for want of memory say.

        """
        from threadpoolctl import threadpool_limits

        processes = min(self.workers, len(batches))
        # Small matrix products: the threads of a linear algebra library cost more than they do.
        with threadpool_limits(1):
            if processes < 2 or "fork" not in multiprocessing.get_all_start_methods():  # noqa: PLR2004
                yield from map(step, batches)
                return
            pool = ProcessPoolExecutor(
                processes,
                mp_context=multiprocessing.get_context("fork"),
                initializer=_given.append,
                initargs=(lambda place: step(batches[place]),),  # forked, so never pickled
            )
            with pool:
                for outcome in pool.map(_run, range(len(batches))):
                    yield cast("Outcome", outcome)


def _run(place: int) -> object:
    """Work on one batch."""
    return _given[-1](place)
