"""What a run tells while it works: progress for people, or one JSON line an event for machines."""

from __future__ import annotations

import contextlib
import json
import logging
import sys
from typing import TYPE_CHECKING

from dedup.cli.interrupts import go_on
from dedup.cli.terminal import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dedup.config import Config

    Step = Callable[[str, int, int], None]

logger = logging.getLogger("dedup")


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, event and what the event carries."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record; the fields of an event come in its ``extra={"fields": …}``."""
        line = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        return json.dumps(line, ensure_ascii=False)


@contextlib.contextmanager
def watching(config: Config) -> Iterator[Step]:
    """Give the callback that a run reports its progress to, and that an interrupt ends it at."""
    if config.log_format == "json":
        with _logging():
            yield _going_on(_logged)
    elif config.quiet:
        yield _going_on(lambda _stage, _done, _total: None)
    else:
        with Progress(sys.stderr) as progress:
            yield _going_on(progress)


def _going_on(step: Step) -> Step:
    def unless_interrupted(stage: str, done: int, total: int) -> None:
        go_on()
        step(stage, done, total)

    return unless_interrupted


def event(name: str, **carried: object) -> None:
    """Log one event; nobody sees it unless ``--log-format json`` asked for it."""
    logger.info(name, extra={"fields": carried})


@contextlib.contextmanager
def _logging() -> Iterator[None]:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    before, logger.propagate = logger.propagate, False
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)
        logger.propagate = before


def _logged(stage: str, done: int, total: int) -> None:
    """Log the end of a stage; its steps would be noise."""
    if done == total:
        event("stage done", stage=stage, count=done)
