"""What a question to the index is answered with: a status, a form, and bytes."""

from __future__ import annotations

from typing import NamedTuple

from dedup.report.document import dumps

JSON = "application/json"
CSV = "text/csv; charset=utf-8"
FAULT = "the desk has met a fault of its own: its log says which"


class Reply(NamedTuple):
    """An answer as it goes over the wire."""

    status: int
    media: str
    body: bytes


class RefusedError(Exception):
    """A question that is not answered, with the status and the sentence that say why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def said(value: object, status: int = 200) -> Reply:
    """Answer with a JSON value."""
    return Reply(status, JSON, dumps(value).encode())


def refusal(status: int, sentence: str) -> Reply:
    """Answer with a sentence that says why there is no answer."""
    return said({"error": sentence}, status)
