"""Where the time goes: the program runs in one process and is looked at every few milliseconds.

    python -m bench.stages scan|engine FILE

Each look charges the time since the last one to what runs: to the room of the program and to the
function by which the corridor entered it; what runs in no room is the corridor's own, by module;
loading code is charged apart. A look waits for a compiled function to come back, which is then
charged with all of it. It prints one JSON object.
"""

from __future__ import annotations

import json
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import dedup
from bench import contest
from bench.figures import rounded

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FrameType, TracebackType
    from typing import Self

#: Seconds between two looks.
_EVERY = 0.002
_PACKAGE = Path(dedup.__file__).parent
#: Not steps of the job: they lead to one.
_CORRIDOR = ("pipeline", "engine", "detector", "cli", "result")
_LOADING, _OTHER = "loading code", "other"
_FUNCTIONS = 12


class Look(NamedTuple):
    """What ran."""

    room: str
    door: str
    function: str


class Watch:
    """Looks at the main thread while it is entered."""

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self.seconds: Counter[Look] = Counter()
        self._now = now
        self._since = 0.0

    def __enter__(self) -> Self:
        """Begin to look."""
        self._since = self._now()
        signal.signal(signal.SIGALRM, self._look)
        signal.setitimer(signal.ITIMER_REAL, _EVERY, _EVERY)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Stop; what passed since the last look is the caller's."""
        signal.setitimer(signal.ITIMER_REAL, 0)
        self._look(0, sys._getframe())  # noqa: SLF001 - the way to one's own frame

    def by(self, name: str) -> dict[str, float]:
        """Add up the seconds by room, by door or by function, the greatest first."""
        sums: Counter[str] = Counter()
        for look, spent in self.seconds.items():
            sums[getattr(look, name)] += spent
        return {key: rounded(spent) for key, spent in sums.most_common()}

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        now = self._now()
        self.seconds[seen(frame)] += now - self._since  # type: ignore[assignment]  # seconds
        self._since = now


def seen(frame: FrameType | None) -> Look:
    """Say what a frame and those that called it are about."""
    codes: list[CodeType] = []
    while frame is not None:
        codes.append(frame.f_code)
        frame = frame.f_back
    if any("importlib" in code.co_filename for code in codes):
        return Look(_LOADING, _LOADING, _LOADING)
    inside = [(code, parts) for code in reversed(codes) if (parts := _place(code))]
    if not inside:
        return Look(_OTHER, _OTHER, _OTHER)
    function = _named(*inside[-1])
    for code, parts in inside:
        if parts[0] not in _CORRIDOR and len(parts) > 1:
            return Look(parts[0], f"{parts[0]}: {code.co_qualname}", function)
    module = ".".join(inside[-1][1])
    return Look(inside[-1][1][0], module, function)


def _place(code: CodeType) -> tuple[str, ...]:
    """The room and module of a function of the program, nothing of others."""
    path = Path(code.co_filename)
    return path.relative_to(_PACKAGE).with_suffix("").parts if path.is_relative_to(_PACKAGE) else ()


def _named(code: CodeType, parts: tuple[str, ...]) -> str:
    return f"{'/'.join(parts)}.py {code.co_qualname}"


def scan(file: Path) -> Callable[[], object]:
    """Return the whole job: read, scan, write the tables."""

    def job() -> None:
        from dedup import detector
        from dedup.config import Config

        with tempfile.TemporaryDirectory() as folder:
            config = Config(out=folder, formats=("csv",), workers=1)
            detector.scan(file, config=config).write(folder, config.formats)

    return job


def engine(file: Path) -> Callable[[], object]:
    """Return the engine's job, after a first, small one."""
    from bench.engine import linked

    texts = contest.texts(file)
    linked(texts[: contest.WARMING])
    return lambda: linked(texts)


def main() -> None:
    """Run a job and print where its time went."""
    name, file = sys.argv[1:]
    job = {"scan": scan, "engine": engine}[name](Path(file))
    start = time.perf_counter()
    with Watch() as watch:
        job()
    out = {"seconds": rounded(time.perf_counter() - start)}
    sums = {name: watch.by(name) for name in ("room", "door", "function")}
    sums["function"] = dict(list(sums["function"].items())[:_FUNCTIONS])
    print(json.dumps(out | sums))


if __name__ == "__main__":
    main()
