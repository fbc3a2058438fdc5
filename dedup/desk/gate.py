"""Who may ask, and how much: what every request passes before anything is done for it.

A page of another site that is open in the same browser can send requests here. It cannot name the
desk's host (DNS rebinding), nor hide its own origin; it gets no answer.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from dedup.desk.replies import RefusedError, refusal

if TYPE_CHECKING:
    from collections.abc import Collection

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from dedup.desk.bounds import Bounds

COOKIE = "dedup_desk"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
#: What can be had without a token: the page, which holds no article, and the way to show one.
_OPEN = frozenset({"/", "/api/session"})
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
#: A host's name or address, and perhaps a port.
_HOST = re.compile(r"([a-z0-9._-]+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?")
#: The policy of whatever is no page: nothing in it is ever run or loaded.
_INERT = "default-src 'none'; frame-ancestors 'none'; sandbox"


class Token:
    """The secret that stands between the desk and others on its machine or network."""

    def __init__(self, secret: str) -> None:
        """Take the secret; empty where none is asked for."""
        self._secret = secret.encode()

    @property
    def cookie(self) -> str:
        """What the page's cookie holds: it shows that the token was known, and is not the token."""
        return hmac.new(self._secret, b"the desk's page", hashlib.sha256).hexdigest()

    def is_right(self, given: str) -> bool:
        """Whether this is the token, in a time that tells nothing of it."""
        return hmac.compare_digest(given.encode("utf-8", "replace"), self._secret)

    def admits(self, headers: Headers) -> bool:
        """Whether a request shows the token, by itself or by the page's cookie."""
        if not self._secret:
            return True
        kind, _, given = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and self.is_right(given.strip()):
            return True
        crumbs = (crumb.strip().partition("=") for crumb in headers.get("cookie", "").split(";"))
        own = [value for name, _, value in crumbs if name == COOKIE]
        return any(hmac.compare_digest(v.encode("latin-1"), self.cookie.encode()) for v in own)


class Gate:
    """Lets a request pass to the application, or answers it with the reason why not."""

    def __init__(
        self, app: ASGIApp, *, hosts: Collection[str], token: Token, bounds: Bounds
    ) -> None:
        """Stand before an application.

        Args:
            app: what is behind.
            hosts: the names by which the desk may be called.
            token: what must be shown.
            bounds: how large a body may be, and how long it may take.

        """
        self._app = app
        self._hosts = hosts
        self._token = token
        self._bounds = bounds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; anything else than HTTP is closed."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers[name] = value
                headers.setdefault("Content-Security-Policy", _INERT)
            await send(message)

        try:
            self._admit(scope, Headers(scope=scope))
            body = await self._body(Headers(scope=scope), receive)
            await self._app(scope, _once(body, receive), sent)
        except RefusedError as refused:
            await _refuse(refused, scope, receive, sent)

    def _admit(self, scope: Scope, headers: Headers) -> None:
        """Look at where a request comes from.

        Raises:
            RefusedError: where it may not be answered.

        """
        if sum(len(name) + len(value) for name, value in headers.raw) > self._bounds.head_bytes:
            raise RefusedError(431, f"headers may have {self._bounds.head_bytes:,} bytes")
        if "transfer-encoding" in headers and "content-length" in headers:
            raise RefusedError(400, "a body has one length: a proxy may have read the other")
        named = headers.getlist("host")
        if len(named) != 1 or _name(named[0]) not in self._hosts:
            raise RefusedError(400, "the desk is not called by this host name")
        origins = headers.getlist("origin")
        if any(_authority(origin) != named[0].lower() for origin in origins):
            raise RefusedError(403, "a page of another origin gets no answer")
        if headers.get("sec-fetch-site", "none") not in {"same-origin", "none"}:
            linked = headers.get("sec-fetch-mode") == "navigate" and scope["method"] == "GET"
            if not (linked and scope["path"] == "/"):
                raise RefusedError(403, "a page of another origin gets no answer")
        if scope["path"] not in _OPEN and not self._token.admits(headers):
            raise RefusedError(401, "the desk asks for its token")

    async def _body(self, headers: Headers, receive: Receive) -> bytes:
        """Read a body to its end.

        Raises:
            RefusedError: where it is too large or too slow.

        """
        most = self._bounds.body_bytes
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > most:
            raise RefusedError(413, f"a body may have {most:,} bytes")
        parts, size = [], 0
        try:
            async with asyncio.timeout(self._bounds.body_seconds):
                while True:
                    message = await receive()
                    parts.append(message.get("body", b""))
                    size += len(parts[-1])
                    if size > most:
                        raise RefusedError(413, f"a body may have {most:,} bytes")
                    if not message.get("more_body", False):
                        return b"".join(parts)
        except TimeoutError:
            message_ = f"the body did not arrive within {self._bounds.body_seconds:g} seconds"
            raise RefusedError(408, message_) from None


def _once(body: bytes, receive: Receive) -> Receive:
    """Give a body that was read, then whatever comes after it."""
    waiting = [body]

    async def received() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return received


async def _refuse(refused: RefusedError, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the reason; what is left of the request is not read."""
    reply = refusal(refused.status, str(refused))
    headers = {"Connection": "close"}
    if refused.status == 401:  # noqa: PLR2004 - as RFC 9110 numbers it
        headers["WWW-Authenticate"] = 'Bearer realm="dedup desk"'
    await Response(reply.body, reply.status, headers, reply.media)(scope, receive, send)


def _name(host: str) -> str:
    """The name in a Host header, without its port; empty where it is no name."""
    found = _HOST.fullmatch(host.lower())
    return found[1].strip("[]") if found else ""


def _authority(origin: str) -> str:
    """The host and port of an origin, empty where it has none."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return ""
    return parts.netloc.lower() if parts.scheme in {"http", "https"} and not parts.path else ""
