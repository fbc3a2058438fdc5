"""One process more, which works beside this one for as long as it is wanted.

`Local` forks anew for each piece of work, which a small one does not pay for. A second
process is forked once, and what it works on is handed to it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import threading
from queue import SimpleQueue
from typing import TYPE_CHECKING, Generic, NoReturn, TypeVar, cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")


class Second(Generic[Item, Outcome]):
    """A process that does one kind of work, piece by piece in the order in which it is asked.

    It is no more than a help: where it cannot be had, or has ended, `take` gives None, and whoever
    asked does the work himself. It ends when this process lets go of it or ends, however that ends.
    """

    def __init__(
        self, step: Callable[[Item], Outcome], leave: Callable[[], None] = lambda: None
    ) -> None:
        """Fork it.

        Args:
            step: what it does with each piece; it has all that this process has now.
            leave: lets go, in the other process, of what is to be this process's alone.

        """
        fork = multiprocessing.get_context("fork")
        self._line, other = fork.Pipe()
        ours: Connection = self._line
        self._process = fork.Process(target=_work, args=(other, ours, step, leave), daemon=True)
        self._process.start()
        other.close()
        self._asked = self._told = 0
        self._outcomes: dict[int, Outcome] = {}

    def send(self, item: Item) -> int:
        """Hand it a piece of work; give what `take` asks for its outcome by."""
        self._asked += 1
        try:
            self._line.send_bytes(pickle.dumps(item, pickle.HIGHEST_PROTOCOL))
        except OSError:
            self.close()
        except BaseException:
            self.close()  # half a message makes nonsense of the next
            raise
        return self._asked

    def take(self, number: int) -> Outcome | None:
        """Give the outcome of a piece of work, None where it will never come."""
        try:
            while self._told < number:
                data = self._line.recv_bytes()
                self._told += 1
                self._outcomes[self._told] = cast("Outcome", pickle.loads(data))  # noqa: S301 - our own
        except (OSError, EOFError):
            self.close()
        except BaseException:
            self.close()
            raise
        return self._outcomes.pop(number, None)

    def close(self) -> None:
        """Let it end."""
        self._line.close()
        self._process.kill()
        self._process.join()


def available() -> bool:
    """Whether this process can have one now.

    Not where other threads run: what one of them holds at the fork is held in the other process
    for ever.
    """
    can = "fork" in multiprocessing.get_all_start_methods()
    alone = threading.active_count() == 1
    return can and alone and not multiprocessing.current_process().daemon


def _work(
    line: Connection,
    theirs: Connection,
    step: Callable[[Item], Outcome],
    leave: Callable[[], None],
) -> NoReturn:
    """Work until the line is closed, and never say a word of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever is helped hears it, and closes the line
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        theirs.close()  # else the line would never end
        leave()
        gc.freeze()
        waiting: SimpleQueue[Item] = SimpleQueue()
        done: SimpleQueue[bytes] = SimpleQueue()
        threading.Thread(target=_hear, args=(line, waiting), daemon=True).start()
        threading.Thread(target=_tell, args=(line, done), daemon=True).start()
        while True:
            done.put(pickle.dumps(step(waiting.get()), pickle.HIGHEST_PROTOCOL))
    finally:
        os._exit(1)


def _hear(line: Connection, waiting: SimpleQueue[Item]) -> NoReturn:
    """Take what is handed over, so that nobody waits for the work before; end with the line."""
    try:
        while True:
            waiting.put(pickle.loads(line.recv_bytes()))  # noqa: S301 - our own
    finally:
        os._exit(0)


def _tell(line: Connection, done: SimpleQueue[bytes]) -> NoReturn:
    """Hand over what is done, so that no work waits until it is asked for."""
    try:
        while True:
            line.send_bytes(done.get())
    finally:
        os._exit(1)
