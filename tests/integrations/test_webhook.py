"""The webhook: ninjs in, JSON out; a refusal is one sentence."""

from __future__ import annotations

import io
import json
import time
from typing import TYPE_CHECKING, Any
from wsgiref.util import setup_testing_defaults
from wsgiref.validate import validator

import pytest

from dedup.integrations.webhook import FRESH, Limits, Webhook, signature

if TYPE_CHECKING:
    from pathlib import Path

    from dedup import Article, Index

SECRET = b"tell nobody"


def ninjs(article: Article) -> dict[str, object]:
    return {
        "uri": f"urn:newsml:example.com:{article.id}",
        "type": "text",
        "versioncreated": article.published_at,
        "headline": article.title,
        "provider": article.publisher,
        "body_text": article.text,
    }


def ask(hook: Webhook, body: bytes | None, **given: str | None) -> tuple[int, dict[str, Any]]:
    """Send a request as a server hands it over; None takes a header away."""
    environ: dict[str, Any] = {"REQUEST_METHOD": "POST", "CONTENT_TYPE": "application/json"}
    environ["QUERY_STRING"] = ""
    environ["CONTENT_LENGTH"] = str(len(body or b""))
    environ["wsgi.input"] = io.BytesIO(body or b"")
    environ |= given
    setup_testing_defaults(environ)
    environ = {name: value for name, value in environ.items() if value is not None}
    heard: list[Any] = []

    def start_response(status: str, headers: list[tuple[str, str]], _info: Any = None) -> Any:
        heard.append((int(status[:3]), dict(headers)))
        return lambda _: None

    answer = validator(hook)(environ, start_response)
    said = b"".join(answer)
    answer.close()  # type: ignore[attr-defined]
    ((status, headers),) = heard
    assert headers["Content-Type"] == "application/json"
    assert headers["Content-Length"] == str(len(said))
    if status == 405:
        assert headers["Allow"] == "POST"
    return status, json.loads(said)


def signed(body: bytes, secret: bytes = SECRET, ago: float = 0) -> dict[str, str | None]:
    now = str(int(time.time() - ago))
    return {
        "HTTP_X_DEDUP_TIMESTAMP": now,
        "HTTP_X_DEDUP_SIGNATURE": signature(secret, now, body),
    }


@pytest.fixture
def reprint(story: list[Article]) -> Article:
    return next(article for article in story if article.id == "s01-outlet1")


def test_an_item_is_answered_with_its_row(index: Index, path: Path, reprint: Article) -> None:
    body = json.dumps(ninjs(reprint)).encode()
    hook = Webhook(path, secret=SECRET)
    status, said = ask(hook, body, **signed(body))
    assert status == 200
    expected = index.check(ninjs(reprint)).said()
    assert said == json.loads(json.dumps(expected))
    assert said["article_id"] == f"urn:newsml:example.com:{reprint.id}"
    assert (said["verdict"], said["derived_from"], said["complete"]) == (
        "wire_copy",
        "s01-wire1",
        True,
    )
    assert {match["other_id"] for match in said["matches"]} >= {"s01-wire1"}
    assert len(index) == 11
    hook.close()


def test_a_record_is_an_item_too(index: Index, path: Path, reprint: Article) -> None:
    assert len(index)
    status, said = ask(Webhook(path, secret=None), json.dumps({"text": reprint.text}).encode())
    assert (status, said["article_id"]) == (200, "-")
    assert said["matches"]


def test_items_are_stored_where_that_is_wanted(path: Path, story: list[Article]) -> None:
    hook = Webhook(path, secret=None, store=True)
    copy = next(a for a in story if a.id == "s01-outlet1")
    wire = next(a for a in story if a.id == "s01-wire1")
    for article, changed in ((copy, []), (wire, [f"urn:newsml:example.com:{copy.id}"])):
        status, said = ask(hook, json.dumps(ninjs(article)).encode())
        assert (status, said["changed"]) == (200, changed)
    again = ask(hook, json.dumps(ninjs(wire)).encode())
    assert again == (200, {**said, "changed": []})
    status, said = ask(hook, b'{"text": "A text without a name."}')
    assert (status, said["error"]) == (422, "an item that is to be stored needs an id")
    hook.close()


def test_only_who_knows_the_secret_is_answered(index: Index, path: Path) -> None:
    assert len(index)
    hook = Webhook(path, secret=SECRET)
    body = b'{"text": "A text."}'
    right = signed(body)
    assert ask(hook, body, **right)[0] == 200
    wrong: list[dict[str, str | None]] = [
        {},
        signed(b"another body"),
        signed(body, b"another secret"),
        signed(body, ago=FRESH + 60),
        signed(body, ago=-FRESH - 60),
        {**right, "HTTP_X_DEDUP_TIMESTAMP": "0"},
        {**right, "HTTP_X_DEDUP_TIMESTAMP": None},
        {**right, "HTTP_X_DEDUP_SIGNATURE": "sha256="},
        {**right, "HTTP_X_DEDUP_SIGNATURE": "é"},
        {
            "HTTP_X_DEDUP_TIMESTAMP": "now",
            "HTTP_X_DEDUP_SIGNATURE": signature(SECRET, "now", body),
        },
    ]
    for headers in wrong:
        status, said = ask(hook, body, **headers)
        assert (status, said["error"]) == (
            401,
            "the request is not signed, or was signed too long ago",
        )


@pytest.mark.parametrize(
    ("body", "given", "status", "sentence"),
    [
        (b"{}", {"REQUEST_METHOD": "GET"}, 405, "by POST"),
        (b"{}", {"CONTENT_TYPE": "text/plain"}, 415, "application/json"),
        (b"{}", {"CONTENT_TYPE": None}, 415, "application/json"),
        (b"{}", {"CONTENT_LENGTH": None}, 411, "how long"),
        (b"{}", {"CONTENT_LENGTH": ""}, 411, "how long"),
        (b"{}", {"CONTENT_LENGTH": "1001"}, 413, "1,000 bytes"),
        (b"{}", {"CONTENT_LENGTH": "9" * 500}, 413, "1,000 bytes"),
        (b"{}", {"CONTENT_LENGTH": "50"}, 400, "shorter"),
        (b"", {}, 400, "not JSON"),
        (b'{"text": ', {}, 400, "not JSON"),
        (b"\xff\xfe\x00", {}, 400, "not JSON"),
        (b"[" * 999, {}, 400, "not JSON"),
        (b"9" * 900, {}, 422, "neither an article nor a record"),
        (b'[{"text": "A text."}]', {}, 422, "neither an article nor a record"),
        (b'"A text."', {}, 422, "neither an article nor a record"),
        (b"{}", {}, 422, "the record has no text"),
        (b'{"text": "  "}', {}, 422, "blank"),
        (b'{"text": 7}', {}, 422, "no text but of type int"),
        (b'{"uri": "a:b", "type": "picture"}', {}, 422, "a picture without a text"),
        (b'{"uri": "a:b", "type": "text", "pubstatus": "withheld"}', {}, 422, "withheld"),
        (b'{"text": "' + b"a" * 501 + b'"}', {}, 413, "500 characters"),
    ],
)
def test_a_refusal_is_a_sentence(
    path: Path, body: bytes, given: dict[str, str | None], status: int, sentence: str
) -> None:
    hook = Webhook(path, secret=None, store=True, limits=Limits(body=1000, text=500))
    found, said = ask(hook, body, **given)
    assert (found, list(said)) == (status, ["error"])
    assert sentence in said["error"]
    assert not path.exists()  # nothing was stored


def test_an_index_that_cannot_be_used_is_said(path: Path) -> None:
    hook = Webhook(path, secret=None)
    status, said = ask(hook, b'{"text": "A text."}')
    assert (status, said["error"]) == (503, f"there is no index at {path}")
    path.write_bytes(b"no index" * 100)
    status, said = ask(hook, b'{"text": "A text."}')
    assert (status, said["error"]) == (503, f"{path} is not an index of dedup")


def test_a_fault_of_ours_is_logged_and_not_shown(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("dedup.integrations.webhook.from_records", lambda _: 1 / 0)
    status, said = ask(Webhook(path, secret=None), b'{"text": "A text."}')
    assert (status, said["error"]) == (500, "this is a fault of dedup: its log says which")
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_one_that_waits_too_long_is_sent_away(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dedup.integrations.webhook._PATIENCE", 0.05)
    hook = Webhook(path, secret=None)
    with hook._one_by_one:
        status, said = ask(hook, b'{"text": "A text."}')
    assert (status, said["error"]) == (503, "others are asking: try again")
