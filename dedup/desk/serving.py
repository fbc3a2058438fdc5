"""Opening the desk: where it listens, by which names it may be called, and who may come in."""

from __future__ import annotations

import contextlib
import ipaddress
import json
import logging
import os
import secrets
import signal
import socket
import stat
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

import uvicorn

from dedup.desk.application import application
from dedup.desk.bounds import Bounds
from dedup.desk.connections import Connection
from dedup.desk.gate import LOOPBACK
from dedup.desk.lanes import Kind, Lanes
from dedup.desk.page import page
from dedup.desk.replies import RefusedError
from dedup.errors import ConfigError, IndexUnusableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from starlette.types import ASGIApp

    from dedup.config import Config

_SHORTEST = 16  # characters of a token
_BACKLOG = 512
_ENDED_BY = 128  # what a shell adds to the number of a signal


class Entrance(NamedTuple):
    """Where the desk listens, and who may come in.

    Attributes:
        host: the address; one that other machines can reach needs a token.
        port: 0 takes a free one.
        names: further host names by which it may be called.
        token_file: holds the token that must be shown; made where it is not there.

    """

    host: str = "127.0.0.1"
    port: int = 8765
    names: Sequence[str] = ()
    token_file: Path | None = None


def serve(
    index: str | Path,
    entrance: Entrance = Entrance(),  # noqa: B008 - it never changes
    *,
    config: Config,
    bounds: Bounds | None = None,
    tell: Callable[[str], object] = print,
) -> None:
    """Open the desk and keep it open until the process is told to end.

    Args:
        index: the index, which must be there.
        entrance: where it listens, and who may come in.
        config: for the number of processes that check, the page's language and the credit line.
        bounds: how much one client may ask for.
        tell: is told the address of the page.

    Raises:
        ConfigError: where others than this machine could come in without a token.
        IndexUnusableError: where the index cannot be used.

    """
    if not Path(index).exists():
        message = f"there is no index at {index}"
        raise IndexUnusableError(message)
    bounds = bounds or Bounds()
    address, port, names, token_file = entrance
    token = read_token(token_file) if token_file else ""
    if not token and not is_loopback(address):
        message = f"{address} is open to other machines: give a --token-file"
        raise ConfigError(message)
    with _leaving_nothing(), contextlib.ExitStack() as stack:
        listening = stack.enter_context(_listening((address, port)))
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="dedup-desk-"))
        kind = Kind(str(index), folder, credit_line=config.credit_line)
        lanes = Lanes(kind, config.processes, bounds)
        stack.callback(lanes.close)
        _warm(lanes)
        host, port = listening.getsockname()[:2]
        hosts = {*LOOPBACK, *map(str.lower, (address, socket.gethostname(), *names))}
        shown = page(config.language, config.credit_line)
        app = application(lanes, shown, hosts=hosts, token=token, bounds=bounds, folder=folder)
        where = f"[{host}]" if ":" in host else host
        tell(f"The desk is open at http://{where}:{port}/{f'#token={token}' if token else ''}")
        uvicorn.Server(_settings(app, bounds)).run(sockets=[listening])


@contextlib.contextmanager
def _leaving_nothing() -> Iterator[None]:
    """Let who ends the process wait until it has taken away what it laid out.

    Signals reach the main thread alone; uvicorn closes its connections and sends them on.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _leave(number: int, _frame: object) -> NoReturn:
    raise SystemExit(_ENDED_BY + number)


def _settings(app: ASGIApp, bounds: Bounds) -> uvicorn.Config:
    """Say how the application is served."""
    return uvicorn.Config(
        app,
        http=Connection.bounded(bounds),
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_level=logging.WARNING,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        h11_max_incomplete_event_size=bounds.head_bytes,
        limit_concurrency=bounds.connections,
        timeout_graceful_shutdown=2,
    )


def _warm(lanes: Lanes) -> None:
    """Let the processes open the index, all of them at once.

    Raises:
        IndexUnusableError: where it cannot be used.

    """
    try:
        replies = lanes.warm()
    except RefusedError as refused:
        raise IndexUnusableError(str(refused)) from refused
    for reply in replies:
        if reply.status != 200:  # noqa: PLR2004 - as RFC 9110 numbers it
            raise IndexUnusableError(json.loads(reply.body)["error"])


def _listening(where: tuple[str, int]) -> socket.socket:
    """Listen at an address.

    The protocol is named, for only then does asyncio let the end of an answer leave at once:
    otherwise it waits 40 ms for the client to acknowledge its beginning.

    Raises:
        ConfigError: where that cannot be done.

    """
    try:
        family = socket.AF_INET6 if ":" in where[0] else socket.AF_INET
        listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(where)
        listening.listen(_BACKLOG)
    except (OSError, OverflowError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        message = f"cannot listen at {where[0]}:{where[1]}: {reason}"
        raise ConfigError(message) from error
    return listening


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def read_token(path: Path) -> str:
    """Read a token from a file that nobody else can read; make both where there is none.

    Raises:
        ConfigError: where it cannot be read or made, is short, or others can read it.

    """
    try:
        with contextlib.suppress(FileExistsError):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(32) + "\n")
        mode = path.stat().st_mode
        token = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot read the token file {path}: {error}"
        raise ConfigError(message) from error
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        message = f"others can read the token file {path}: chmod 600 it"
        raise ConfigError(message)
    if len(token) < _SHORTEST or not token.isprintable() or " " in token:
        message = f"the token in {path} needs at least {_SHORTEST} characters, without a space"
        raise ConfigError(message)
    return token
