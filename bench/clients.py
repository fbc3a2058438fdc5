"""Clients of the desk over real connections: some that ask, some that only drip.

``python -m bench.clients HOST PORT CONNECTIONS`` drips until it is ended.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

from bench.race import ROOT, module

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence

#: Seconds between two drops of a connection that drips.
_DRIP = 1.0
_OK = 200


class Address(NamedTuple):
    """Where the desk listens."""

    host: str
    port: int


class Question(NamedTuple):
    """One request: an address, and a body where it is posted."""

    path: str
    body: bytes = b""

    def sent(self, host: str) -> bytes:
        """Give the bytes of the request."""
        posted = f"Content-Type: application/json\r\nContent-Length: {len(self.body)}\r\n"
        method, more = ("POST", posted) if self.body else ("GET", "")
        head = f"{method} {self.path} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n"
        return head.encode() + self.body


class Took(NamedTuple):
    """How long an answer took, and whether it was whole."""

    seconds: float
    whole: bool


def check(text: str, **more: str) -> Question:
    """Ask where a text comes from."""
    return Question("/api/check", json.dumps({"text": text, **more}).encode())


async def asked(address: Address, questions: Iterable[Question]) -> list[Took]:
    """Ask questions over one connection, each when the one before is answered.

    Raises:
        RuntimeError: where one is not answered.

    """
    reader, writer = await asyncio.open_connection(*address)
    took = []
    try:
        for question in questions:
            begun = time.perf_counter()
            writer.write(question.sent(address.host))
            head = await reader.readuntil(b"\r\n\r\n")
            status = int(head.split(b" ", 2)[1])
            length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if _size(line))
            body = await reader.readexactly(length)
            if status != _OK:
                message = f"the desk answered {status}: {body[:200]!r}"
                raise RuntimeError(message)
            took.append(Took(time.perf_counter() - begun, b'"complete":false' not in body[-40:]))
    finally:
        writer.close()
    return took


def _size(line: bytes) -> bool:
    return line.startswith(b"content-length:")


async def at_once(address: Address, clients: Sequence[Sequence[Question]]) -> list[Took]:
    """Ask by so many clients at one time, each over a connection of its own."""
    found = await asyncio.gather(*(asked(address, questions) for questions in clients))
    return [took for client in found for took in client]


@contextlib.asynccontextmanager
async def dripping(address: Address, connections: int) -> AsyncIterator[None]:
    """Keep so many connections open that send a header's letters one by one, for ever.

    One that is closed is opened again. They are held by a process of their own: those that ask
    are to wait for the desk, not for these.
    """
    words = module("bench.clients", address.host, str(address.port), str(connections))
    process = await asyncio.create_subprocess_exec(*words, stdout=asyncio.subprocess.PIPE, cwd=ROOT)
    try:
        if process.stdout is None or not await process.stdout.readline():
            message = "the slow connections could not be opened"
            raise RuntimeError(message)
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def _drips(address: Address, connections: int) -> None:
    """Drip over so many connections, and say so when all of them are open."""
    opened = asyncio.Semaphore(0)
    drips = [asyncio.create_task(_drip(address, opened)) for _ in range(connections)]
    for _ in drips:
        await opened.acquire()
    sys.stdout.write("open\n")
    sys.stdout.flush()
    await asyncio.gather(*drips)


async def _drip(address: Address, opened: asyncio.Semaphore) -> None:
    while True:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection(*address)
            try:
                writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
                opened.release()
                while not writer.is_closing():
                    await asyncio.sleep(_DRIP)
                    writer.write(b"x")
                    await writer.drain()
            finally:
                writer.close()


def main() -> None:
    """Drip until this process is ended."""
    host, port, connections = sys.argv[1:]
    asyncio.run(_drips(Address(host, int(port)), int(connections)))


if __name__ == "__main__":
    main()
