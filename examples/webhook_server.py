"""A webhook on this machine: an item of ninjs comes in, where it comes from goes back.

Run it where ``seeds/`` lies, with a port. It answers from an index of those files until it is
interrupted; requests are signed with the secret in ``DEDUP_SECRET``. `send` is what the other side
does::

    DEDUP_SECRET=tell-nobody python examples/webhook_server.py 8766
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from http.client import HTTPConnection
from pathlib import Path
from wsgiref.simple_server import make_server

import dedup
from dedup.integrations.webhook import Webhook, signature


def send(port: int, secret: bytes, item: dict[str, object]) -> dict[str, object]:
    """Ask where an item comes from."""
    body = json.dumps(item).encode()
    now = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "X-Dedup-Timestamp": now,
        "X-Dedup-Signature": signature(secret, now, body),
    }
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", "/", body, headers)
    answer: dict[str, object] = json.loads(connection.getresponse().read())
    return answer


def main(port: int) -> None:
    """Answer until interrupted."""
    secret = os.environ["DEDUP_SECRET"].encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "news.dedup")
        with dedup.Index.open(path) as index:
            index.add("seeds")
        with make_server("127.0.0.1", port, Webhook(path, secret=secret)) as server:
            print(f"answering at http://127.0.0.1:{server.server_port}/", flush=True)
            server.serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
