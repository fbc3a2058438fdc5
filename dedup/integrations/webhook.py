"""A webhook: an item of ninjs comes in, and where it comes from goes back as JSON.

A WSGI application of the standard library alone: any server that speaks WSGI runs it, and a server
that faces others than its own machine also keeps slow clients out, which is not done here::

    application = Webhook("news.dedup", secret=b"…")

A request is one item, by POST: ninjs 1 to 3, or a record with a ``text``. It is answered with the
article's row of articles.csv, its matches, and whether everything was looked at. A refusal is
``{"error": "one sentence"}``.
"""

from __future__ import annotations

import hmac
import json
import sys
import time
import traceback
from dataclasses import replace
from hashlib import sha256
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from dedup.errors import DedupError, IndexUnusableError
from dedup.index import Index
from dedup.records import Skipped
from dedup.report.document import dumps
from dedup.sources import from_records

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from wsgiref.types import StartResponse, WSGIEnvironment

    from dedup.records import Article

#: Seconds that a signature holds, either way of the clock; that a request waits for another.
FRESH, _PATIENCE = 300.0, 10.0
#: What the first of some records is called that bears no id; what a text that is asked about is.
_NAMELESS, ASKED = "#1", "-"


class _Refused(Exception):  # noqa: N818 - it is an answer
    """A request that is not answered, with the status and the sentence that say why."""

    def __init__(self, status: HTTPStatus, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


class Limits(NamedTuple):
    """What one request may ask for."""

    body: int = 1_000_000  #: bytes
    text: int = 200_000  #: characters


LIMITS = Limits()


def signature(secret: bytes, timestamp: str, body: bytes) -> str:
    """Sign a request: what ``X-Dedup-Signature`` says beside ``X-Dedup-Timestamp``.

    Args:
        secret: what both sides know.
        timestamp: the time, in whole seconds since 1970.
        body: the request's body.

    """
    return f"sha256={hmac.new(secret, timestamp.encode() + b'.' + body, sha256).hexdigest()}"


class Webhook:
    """Answers requests from one index; those of several threads one after another."""

    def __init__(
        self,
        index: str | Path,
        *,
        secret: bytes | None,
        store: bool = False,
        limits: Limits = LIMITS,
    ) -> None:
        """Name the index; it is opened by the first request.

        Args:
            index: its file, which must be there unless items are stored.
            secret: by which requests are signed; None where something before this lets only those
                pass who may ask.
            store: add what comes to the index, as an update where its id is there. An answer then
                also names, under ``changed``, the earlier articles whose verdict is another one.
            limits: of a request.

        """
        self._path = index
        self._secret = secret
        self._store = store
        self._limits = limits
        self._index: Index | None = None
        self._one_by_one = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        status = HTTPStatus.OK
        try:
            said = self._answer(environ)
        except _Refused as refused:
            status, said = refused.status, {"error": str(refused)}
        except IndexUnusableError as failure:
            status, said = HTTPStatus.SERVICE_UNAVAILABLE, {"error": str(failure)}
        except DedupError as failure:
            status, said = HTTPStatus.UNPROCESSABLE_ENTITY, {"error": str(failure)}
        except Exception:  # noqa: BLE001 - a fault of the program must not end the server
            traceback.print_exc(file=sys.stderr)
            status = HTTPStatus.INTERNAL_SERVER_ERROR
            said = {"error": "this is a fault of dedup: its log says which"}
        body = dumps(said).encode()
        headers = [
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            headers.append(("Allow", "POST"))
        start_response(f"{status.value} {status.phrase}", headers)
        return [body]

    def close(self) -> None:
        """Let go of the index; the next request opens it again."""
        with self._one_by_one:
            self._drop()

    def _answer(self, environ: WSGIEnvironment) -> dict[str, object]:
        """Say where the item of a request comes from.

        Raises:
            DedupError: where the index cannot say.

        """
        article = _article(self._body(environ), self._limits.text)
        if not self._one_by_one.acquire(timeout=_PATIENCE):
            raise _Refused(HTTPStatus.SERVICE_UNAVAILABLE, "others are asking: try again")
        try:
            if self._index is None:
                self._index = Index.open(self._path, create=self._store)
            if not self._store:
                return self._index.check(article).said()
            if article.id == ASKED:
                raise _Refused(
                    HTTPStatus.UNPROCESSABLE_ENTITY, "an item that is to be stored needs an id"
                )
            revision = self._index.add([article])
            changed = [answer.row["article_id"] for answer in revision.changed]
            return {**revision.answers[0].said(), "changed": changed}
        except IndexUnusableError:
            self._drop()
            raise
        finally:
            self._one_by_one.release()

    def _drop(self) -> None:
        if self._index is not None:
            self._index.close()
            self._index = None

    def _body(self, environ: WSGIEnvironment) -> bytes:
        """Read the body of a request that may be answered.

        Raises:
            _Refused: where it may not.

        """
        if environ["REQUEST_METHOD"] != "POST":
            raise _Refused(HTTPStatus.METHOD_NOT_ALLOWED, "an item comes by POST")
        form = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
        if form != "application/json" and not form.endswith("+json"):
            raise _Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "an item is application/json")
        length = environ.get("CONTENT_LENGTH") or ""
        if not (length.isascii() and length.isdecimal()):
            raise _Refused(HTTPStatus.LENGTH_REQUIRED, "a request says how long its body is")
        if len(length) > len(str(self._limits.body)) or int(length) > self._limits.body:
            sentence = f"a body may have {self._limits.body:,} bytes"
            raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence)
        body: bytes = environ["wsgi.input"].read(int(length))
        if len(body) != int(length):
            raise _Refused(HTTPStatus.BAD_REQUEST, "the body is shorter than it was said to be")
        if self._secret is not None and not _signed(environ, self._secret, body):
            sentence = "the request is not signed, or was signed too long ago"
            raise _Refused(HTTPStatus.UNAUTHORIZED, sentence)
        return body


def _signed(environ: WSGIEnvironment, secret: bytes, body: bytes) -> bool:
    """Whether a request was signed by one who knows the secret, and lately."""
    given = environ.get("HTTP_X_DEDUP_SIGNATURE", "")
    timestamp = environ.get("HTTP_X_DEDUP_TIMESTAMP", "")
    right = hmac.compare_digest(
        given.encode("latin-1", "replace"), signature(secret, timestamp, body).encode()
    )
    if not right or not (timestamp.isascii() and timestamp.isdecimal()):
        return False
    return abs(time.time() - int(timestamp)) <= FRESH


def _article(body: bytes, most: int) -> Article:
    """Read the item that a body holds.

    Raises:
        _Refused: where it holds none.

    """
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as fault:
        raise _Refused(HTTPStatus.BAD_REQUEST, "the body is not JSON") from fault
    (found,) = from_records([value])
    if isinstance(found, Skipped):
        raise _Refused(HTTPStatus.UNPROCESSABLE_ENTITY, found.reason)
    if len(found.text) > most:
        sentence = f"a text may have {most:,} characters"
        raise _Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, sentence)
    return replace(found, id=ASKED) if found.id == _NAMELESS else found
