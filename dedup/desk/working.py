"""A process that answers questions of an index, one after the other."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import wait
from typing import TYPE_CHECKING

from dedup.desk.reading import Reader

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


def work(line: Connection, path: str, folder: str, back: int, credit_line: str) -> None:
    """Answer the questions that come over a line until it is closed.

    Args:
        line: to the server; a question is a JSON list of its name and what it is given.
        path: of the index.
        folder: of the layouts of its tables.
        back: how far to stand back behind other processes (``nice``).
        credit_line: the house's.

    """
    os.nice(back)
    threading.Thread(target=_end_with_the_desk, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server hears it, and closes the line
    reader = Reader(path, folder, credit_line)
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            what, given = json.loads(line.recv_bytes())
            reply = reader.answer(what, given)
            if what == "mark":
                reader.close()  # and the right to write with it
            line.send_bytes(json.dumps([reply.status, reply.media]).encode())
            line.send_bytes(reply.body)
            reader.settle()
            line.send_bytes(b"")  # it can be asked again
    reader.close()


def _end_with_the_desk() -> None:
    """End this process when the desk's has ended, in whatever way, and whatever this one does."""
    desk = multiprocessing.parent_process()
    if desk is not None:
        wait([desk.sentinel])
        os._exit(1)
