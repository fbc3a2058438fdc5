"""Processes that hold the index, and the queues before them.

A question has its time. One that takes longer is ended with its process, for nothing else ends a
computation; the next question finds a new one.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import multiprocessing
import time
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from dedup.desk.replies import RefusedError, Reply
from dedup.desk.working import work

if TYPE_CHECKING:
    from collections.abc import Mapping
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from dedup.desk.bounds import Bounds

    #: What is asked, what is given to it, and the seconds that it has.
    Question = tuple[str, Mapping[str, object], float]

_BUSY = 503
#: A check takes less than half the time that it may take, most often: where many wait, each has
#: so many times its share.
_LESS = 2
#: How far those who lay out stand back behind the others.
_LAYING = 10
#: What every process needs: loaded once, and there when it starts.
_NEEDED = ("dedup.desk.working", "sklearn.feature_extraction.text")


class Kind(NamedTuple):
    """What the processes of a lane are for.

    Attributes:
        path: of the index.
        folder: of the layouts of its tables.
        first: what a process is asked when it starts, so that it is ready for what follows.
        back: how far it stands back behind others (``nice``).
        lasting: whether a process lives on when it has answered.
        credit_line: the house's.

    """

    path: str
    folder: str
    first: str = "standing"
    back: int = 0
    lasting: bool = True
    credit_line: str = ""


class Worker:
    """One process that answers questions of an index, one at a time; started when it is asked."""

    def __init__(self, kind: Kind, start_seconds: float) -> None:
        """Say what it holds."""
        self._kind = kind
        self._start_seconds = start_seconds
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self._ending = Lock()

    def ask(self, what: str, given: Mapping[str, object], seconds: float) -> Reply:
        """Ask a question.

        Raises:
            RefusedError: where it takes longer than so many seconds, or the process has died of it.

        """
        if self._line is None:
            self._start()
        return self._asked(what, given, seconds)

    def _start(self) -> None:
        """Start the process and let it open the index, which has a time of its own."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([*_NEEDED])
        here, there = context.Pipe()
        kind = self._kind
        given = (there, kind.path, kind.folder, kind.back, kind.credit_line)
        process = context.Process(target=work, args=given, daemon=True)
        process.start()
        there.close()
        self._process, self._line = process, here
        self._asked(self._kind.first, {}, self._start_seconds)
        self.settle()

    def _asked(self, what: str, given: Mapping[str, object], seconds: float) -> Reply:
        line = self._line
        if line is None:
            message = "the desk is closing"
            raise RefusedError(_BUSY, message)
        try:
            line.send_bytes(json.dumps([what, given]).encode())
            if not line.poll(seconds):
                self.end()
                message = f"this took longer than {seconds:g} seconds and was given up"
                raise RefusedError(_BUSY, message)
            status, media = json.loads(line.recv_bytes())
            return Reply(status, media, line.recv_bytes())
        except (EOFError, OSError) as lost:
            self.end()
            message = "the process that was asked has died: ask again"
            raise RefusedError(_BUSY, message) from lost

    def settle(self) -> None:
        """Wait until the process can be asked again; it may have an index to lay out anew."""
        line = self._line
        try:
            if line is not None and line.poll(self._start_seconds):
                line.recv_bytes()
                return
        except (EOFError, OSError):
            pass
        self.end()

    def end(self) -> None:
        """End the process, whatever it is doing; the desk may close while its thread does so."""
        with self._ending:
            if self._process is not None:
                self._process.kill()
                self._process.join()
            if self._line is not None:
                self._line.close()
            self._process = self._line = None


class Lane:
    """Workers of one kind, and the questions that wait for them."""

    def __init__(self, kind: Kind, workers: int, bounds: Bounds) -> None:
        """Open the lane; its processes start when they are asked.

        Args:
            kind: what they are for.
            workers: how many there are.
            bounds: how many questions may wait, and how long.

        """
        self._bounds = bounds
        self._lasting = kind.lasting
        self._workers = [Worker(kind, bounds.start_seconds) for _ in range(workers)]
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(workers, "lane")
        self._waiting = 0

    async def ask(self, what: str, given: Mapping[str, object], seconds: float) -> Reply:
        """Ask a question; one that is cancelled while it waits is never asked.

        Raises:
            RefusedError: where too many wait, or it waits or takes too long.

        """
        if self._waiting >= self._bounds.queue:
            message = "too many questions are waiting: ask again in a moment"
            raise RefusedError(_BUSY, message)
        self._waiting += 1
        try:
            return await asyncio.wrap_future(self.begin(what, given, seconds))
        finally:
            self._waiting -= 1

    def begin(self, what: str, given: Mapping[str, object], seconds: float) -> Future[Reply]:
        """Put a question at the end of the queue."""
        asked: Future[Reply] = Future()
        until = time.monotonic() + self._bounds.patience
        self._threads.submit(self._answer, asked, (what, given, seconds), until)
        return asked

    @property
    def load(self) -> float:
        """How many questions there are to a process, the next one included."""
        return (self._waiting + 1) / len(self._workers)

    def warm(self, what: str) -> Reply:
        """Start the processes, ask each a question, and give the answer of the last."""
        replies = []
        for worker in self._workers:
            replies.append(worker.ask(what, {}, self._bounds.start_seconds))
            self._rest(worker)
        return replies[-1]

    def _answer(self, asked: Future[Reply], question: Question, until: float) -> None:
        """Have a question answered, and let the worker tidy up before it is asked again."""
        if not asked.set_running_or_notify_cancel():
            return
        if time.monotonic() > until:
            message = "the desk is busy: ask again in a moment"
            asked.set_exception(RefusedError(_BUSY, message))
            return
        worker = self._idle.get()
        try:
            reply = worker.ask(*question)
        except RefusedError as refused:
            worker.end()
            asked.set_exception(refused)
        else:
            if not self._lasting:
                worker.end()
            asked.set_result(reply)
            self._rest(worker)
        self._idle.put(worker)

    def _rest(self, worker: Worker) -> None:
        """Wait until a process can be asked again, or let it go."""
        if self._lasting:
            worker.settle()
        else:
            worker.end()

    def close(self) -> None:
        """End the processes."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.end()


class Lanes:
    """The lanes of a desk, so that nobody waits behind what is slower by its nature.

    Attributes:
        reading: lists, articles, tables, the feed: looked up by one process.
        checking: texts that are asked about: as many processes as there are to spare.
        writing: reviewers' marks: one at a time, and gone when it is done.
        laying: the tables, laid out anew: the same.
        first: the tables as they are laid out at first.

    """

    first: Future[Reply]

    def __init__(self, look: Kind, workers: int, bounds: Bounds) -> None:
        """Open the lanes of an index.

        Args:
            look: the index, and a folder for layouts of its tables, nobody else's.
            workers: processes that check.
            bounds: how long each question may take.

        """
        self._bounds = bounds
        self.reading = Lane(look, 1, bounds)
        self.checking = Lane(look._replace(first="warm"), workers, bounds)
        self.writing = Lane(look._replace(lasting=False), 1, bounds)
        self.laying = Lane(look._replace(back=_LAYING, lasting=False), 1, bounds)

    def warm(self) -> list[Reply]:
        """Start the processes, all at once, and give what each lane first says.

        Where the tables take long to be laid out they are still under way then (`first`).
        """
        self.first = self.laying.begin("lay", {}, self._bounds.start_seconds)
        first = ((self.checking, "ready"), (self.reading, "standing"))
        with ThreadPoolExecutor() as threads:
            asked = [threads.submit(lane.warm, what) for lane, what in first]
        replies = [future.result() for future in asked]
        with contextlib.suppress(TimeoutError):
            replies.append(self.first.result(self._bounds.open_seconds))
        return replies

    async def ask(self, what: str, given: Mapping[str, object]) -> Reply:
        """Ask a question on the lane that it belongs to, within its time.

        Raises:
            RefusedError: where it is not answered.

        """
        bounds = self._bounds
        if what in {"about", "check"}:
            crowd = max(1.0, self.checking.load / _LESS)
            asked = {**given, "deadline": bounds.check_seconds / crowd}
            return await self.checking.ask(what, asked, bounds.stuck_seconds)
        if what == "mark":
            return await self.writing.ask(what, given, bounds.mark_seconds)
        if what == "lay":
            return await self.laying.ask(what, given, bounds.start_seconds)
        return await self.reading.ask(what, given, bounds.read_seconds)

    def close(self) -> None:
        """End all processes."""
        for lane in (self.reading, self.checking, self.writing, self.laying):
            lane.close()
