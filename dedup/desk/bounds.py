"""How much one client may ask for, and how long it may take over it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The limits of the desk; what goes beyond one is refused with a sentence.

    Attributes:
        head_bytes: of a request's line and headers.
        head_seconds: for them to arrive.
        body_bytes: of a request's body.
        body_seconds: for it to arrive.
        stalled_seconds: in which a client takes nothing of its answer.
        heads: connections that have not said what they want; the oldest makes room for a new one.
        connections: open at a time, watchers included.
        watchers: of new arrivals, at a time.
        characters: of a text that is checked.
        queue: questions that wait for a process, of each lane.
        patience: seconds that a question waits for one.
        check_seconds: for one check, and for all those together that wait for one process; an
            answer rests on what there was time for, and says so.
        stuck_seconds: after which a check that gives no answer is ended with its process.
        read_seconds: for one look into the index.
        mark_seconds: for storing a reviewer's marks, and deciding anew.
        open_seconds: that the desk waits for its tables before it opens without them.
        start_seconds: for a process to open the index, or to lay out its tables.

    """

    head_bytes: int = 16_384
    head_seconds: float = 10.0
    body_bytes: int = 2_500_000
    body_seconds: float = 30.0
    stalled_seconds: float = 30.0
    heads: int = 256
    connections: int = 640
    watchers: int = 64
    characters: int = 200_000
    queue: int = 64
    patience: float = 10.0
    check_seconds: float = 2.0
    stuck_seconds: float = 20.0
    read_seconds: float = 60.0
    mark_seconds: float = 600.0
    open_seconds: float = 10.0
    start_seconds: float = 7200.0
