"""Connections that keep nobody waiting: with a deadline for whoever says or takes nothing.

uvicorn has no limit on the time in which the headers of a request arrive, nor on that in which a
client takes its answer: a few hundred idle clients could hold every connection (slowloris).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

from dedup.desk.bounds import Bounds

if TYPE_CHECKING:
    import asyncio

    from uvicorn.protocols.http.h11_impl import RequestResponseCycle


class Connection(H11Protocol):
    """One client; `bounded` makes a kind with bounds of its own."""

    bounds: ClassVar[Bounds] = Bounds()
    #: Those that have not yet said what they want, the longest waiting first.
    silent: ClassVar[dict[Connection, None]]

    _head_due: asyncio.TimerHandle | None = None
    _taking_due: asyncio.TimerHandle | None = None

    @classmethod
    def bounded(cls, bounds: Bounds) -> type[Connection]:
        """Make a kind of connection with these bounds."""
        return type("BoundedConnection", (cls,), {"bounds": bounds, "silent": {}})

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request, and let the longest silent one go where there are many."""
        super().connection_made(transport)
        self._await_head()
        if len(self.silent) > self.bounds.heads:
            next(iter(self.silent)).transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the deadlines."""
        self._head_arrived()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came; a drop now and then does not put the deadline off."""
        super().data_received(data)
        if self._answering:
            self._head_arrived()

    def on_response_complete(self) -> None:
        """Wait for the next request, unless it is there already."""
        super().on_response_complete()
        if not self._answering and not self.transport.is_closing():
            self._await_head()

    def pause_writing(self) -> None:
        """The client takes nothing: it has some time to go on."""
        self.flow.pause_writing()
        if self._taking_due is None:
            self._taking_due = self.loop.call_later(
                self.bounds.stalled_seconds, self.transport.abort
            )

    def resume_writing(self) -> None:
        """The client has gone on."""
        if self._taking_due is not None:
            self._taking_due.cancel()
            self._taking_due = None
        self.flow.resume_writing()

    @property
    def _answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle  # None before the first request
        return cycle is not None and not cycle.response_complete

    def _await_head(self) -> None:
        if self._head_due is None:
            self.silent[self] = None
            self._head_due = self.loop.call_later(self.bounds.head_seconds, self.transport.abort)

    def _head_arrived(self) -> None:
        self.silent.pop(self, None)
        if self._head_due is not None:
            self._head_due.cancel()
            self._head_due = None
