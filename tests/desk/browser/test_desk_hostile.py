"""Whatever the world writes into any field that the desk shows is shown, and does nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.desk.conftest import BODY
from tests.report.browser.test_hostile_input import PAYLOADS, spelled

if TYPE_CHECKING:
    from tests.desk.browser.conftest import Page
    from tests.desk.conftest import Server

    Answers = dict[str, object]

pytestmark = pytest.mark.browser

#: What the desk itself chooses the words of.
OWN = {"verdict", "role", "reuse", "kind", "direction", "scope", "change", "relation", "credit"}
#: What is a figure, or nothing.
FIGURES = {"score", "n", "source_n", "former", "start", "end", "instant", "lag_seconds"}
KEPT = OWN | FIGURES
OFFSETS = {"start": 0, "other_start": 0, "end": 1, "other_end": 1}
OTHERS = {"other_id", "source_id", "derived_from", "first_article_id"}
VIEWS = (
    "#/article/{id}",
    "#/compare/{id}/{other}/1",
    "#/story/{id}",
    "#/stories",
    "#/list?q=x",
    "#/watch",
    "#/tables",
)

#: Answers every question with what it is given, and shows each view; gives the headings. The
#: address stays as it is: Chromium follows no more than two hundred changes of it in a while.
SHOW = """
const [answers, views, payload] = JSON.parse(arguments[0]);
const done = (found) => arguments[1](JSON.stringify(found));
(async () => {
  window.partsOfAddress ??= addressParts;
  const at = (view) => {
    addressParts = () => window.partsOfAddress(view);
    return show(false);
  };
  ask = async (address) => answers[address.split("?")[0]];
  LISTED.clear();
  ARRIVED.length = 0;
  MARKS.clear();
  await loadMarks();
  for (const entry of answers["/api/changes"].rows) arrived(entry, true);
  const alarmed = document.getElementById("alarm").textContent;
  const headings = [];
  const [id, other] = [payload, `${payload}'`].map((one) => encodeURIComponent(wellFormed(one)));
  for (const view of views.map((one) => one.replace("{id}", id).replace("{other}", other))) {
    await at(view);
    headings.push(document.querySelector("main h1").textContent);
  }
  for (const name of ["text", "title", "publisher", "published_at"]) DRAFT[name] = payload;
  await at("#/check");
  await checkDraft(() => show(true));
  for (const view of ["#/article/-", `#/compare/-/${id}/1`]) await at(view);
  VIEW.replaceChildren(...missing(payload), ...tokenView(payload, begin));
  announce(payload);
  const alive = document.querySelectorAll("img, iframe, object, embed, base, b, main script");
  const led = [...document.links].filter((link) => !isHarmless(link));
  done({ headings, alarmed, alive: alive.length, led: led.length });
})().catch((error) => done({ failed: String(error.stack) }));
"""


@pytest.fixture(scope="module")
def answers(desk: Server) -> Answers:
    """What the desk answers when nobody means it harm."""
    asked = {"text": BODY, "publisher": "Q", "published_at": "2021-08-15T12:00:00Z"}
    mark = {"article_id": "x", "verdict": "mixed", "mark": "right"}
    return {
        "/api/article": desk.ask("/api/article", id="post/a b#1").row(),
        "/api/story": desk.ask("/api/story", id="post/a b#1").row(),
        "/api/check": desk.ask("/api/check", asked).row(),
        "/api/labels": {"rows": [{**dict.fromkeys(CLAIM), **mark}]},
        **{path: desk.ask(path).row() for path in ("/api/stories", "/api/articles", "/api/stats")},
        "/api/changes": desk.ask("/api/changes").row(),
    }


CLAIM = ("article_id", "start", "end", "other_id", "kind", "direction", "agency", "attribution")


def poisoned(value: object, payload: str, key: str = "") -> object:
    """The same answer with a payload in every field that the world can fill."""
    if isinstance(value, dict):
        return {name: poisoned(inner, payload, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [poisoned(inner, payload, key) for inner in value]
    if key in OFFSETS and isinstance(value, int):
        return OFFSETS[key] * len(payload)
    drawn = key == "path" and value is not None  # an arrow's; articles of records have none
    if key in KEPT or value == "-" or drawn or not isinstance(value, str | None):
        return value
    return f"{payload}'" if key in OTHERS else payload


def test_every_field_is_shown_and_does_nothing(page: Page, answers: Answers) -> None:
    assert len(PAYLOADS) >= 300
    for payload in PAYLOADS:
        given = json.dumps([poisoned(answers, payload), VIEWS, payload])
        found = json.loads(str(page.browser.execute_async_script(SHOW, given)))
        assert "failed" not in found, (payload, found)
        assert (found["alive"], found["led"]) == (0, 0), payload
        assert spelled(payload) in str(found["alarmed"]), payload
        assert found["headings"][0] == spelled(payload), payload
    page.run("document.getElementById('alarm').hidden = true; localStorage.clear();")
    assert page.is_quiet()
