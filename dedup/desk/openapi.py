"""What the API says of itself: OpenAPI 3.1, made of the doors and of the schema of report.json."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from dedup import __version__
from dedup.desk.doors import DOORS
from dedup.marks import Mark
from dedup.records import Direction
from dedup.report.columns import TABLES
from dedup.report.document import schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dedup.desk.bounds import Bounds
    from dedup.desk.doors import Door

    Json = dict[str, object]

_STRING: Json = {"type": "string"}
_COUNT: Json = {"type": "integer", "minimum": 0}
_WRITTEN = {"csv": "text/csv", "events": "text/event-stream"}

_BEHIND = "Whether the index has changed since its tables were laid out; that is under way then."
#: Columns that only the tables tell of an article, not its record.
_GROUPED = ("authors", "language", "cluster_id", "story_id")

#: Why there may be no answer, by status.
_REFUSALS = {
    400: "A parameter or the body is not what it should be, or the host is not the desk's.",
    401: "The token is missing or wrong.",
    403: "The request comes from a page of another origin.",
    404: "The index holds nothing of this id.",
    408: "The body did not arrive in time.",
    413: "The body, or the text in it, is too large.",
    415: "The body is of a form that is not read here.",
    422: "The record or a mark makes no sense.",
    431: "The headers are too large.",
    500: "A fault of the desk.",
    503: "The desk is busy, the question took too long, or the index cannot be used.",
}


@cache
def description(bounds: Bounds) -> Json:
    """Describe the API."""
    paths: dict[str, Json] = {}
    for door in DOORS:
        paths.setdefault(door.path, {})[door.method.lower()] = _operation(door)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "dedup desk",
            "version": __version__,
            "description": "Where the paragraphs of a text come from, by an index of news articles."
            " Offsets are half-open, in Unicode code points; text that is empty is null.",
        },
        "paths": paths,
        "components": {
            "schemas": _schemas(bounds),
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": "dedup_desk"},
            },
        },
        "security": [{}, {"token": []}, {"session": []}],
    }


def statuses(door: Door) -> tuple[int, ...]:
    """Name the refusals that a door may answer with."""
    found = {400, 401, 403, 431, 500, 503}
    if door.body:
        found |= {408, 413, 415, 422}
    if door.asks in {"article", "story"} or door.path.startswith("/api/tables/"):
        found.add(404)
    return tuple(sorted(found))


def _operation(door: Door) -> Json:
    operation: Json = {
        "summary": door.about,
        "operationId": f"{door.method} {door.path}".lower(),
        "responses": {
            "200": {"description": "The answer.", "content": _content(door)},
            **{
                str(status): {
                    "description": _REFUSALS[status],
                    "content": {"application/json": {"schema": _ref("refusal")}},
                }
                for status in statuses(door)
            },
        },
    }
    if door.parameters:
        operation["parameters"] = [
            {
                "name": p.name,
                "in": p.place,
                "description": p.about,
                "required": p.required,
                "schema": {"type": "array", "items": p.schema} if p.several else p.schema,
            }
            for p in door.parameters
        ]
    if door.body:
        forms: Json = {"application/json": {"schema": _ref(door.body)}}
        if door.body == "record":
            forms["text/plain"] = {"schema": _STRING}
        operation["requestBody"] = {"required": True, "content": forms}
    return operation


def _content(door: Door) -> Json:
    if door.answer in _WRITTEN:
        return {_WRITTEN[door.answer]: {"schema": _STRING}}
    answer = {"type": "object"} if door.answer == "openapi" else _ref(door.answer)
    return {"application/json": {"schema": answer}}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _object(properties: Json, optional: Sequence[str] = ()) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def _rows(name: str) -> Json:
    return {"type": "array", "items": _ref(name)}


def _schemas(bounds: Bounds) -> Json:
    rows = cast("dict[str, Json]", schema()["$defs"])
    return {
        **{f"{table}_row": rows[table] for table in TABLES},
        **_articles(rows),
        **_asked(bounds),
        **_reviewed(rows),
        "refusal": _object({"error": _STRING}),
        "session": _object({"token": _STRING}),
    }


def _articles(rows: dict[str, Json]) -> Json:
    """Schemas of what speaks of articles: the list's row, the whole article, a story."""
    properties = cast("Json", rows["articles"]["properties"])
    story = cast("Json", rows["stories"]["properties"])
    head: Json = {"headline": {"type": "string", "description": "The title, else how it begins."}}
    listed = {name: given for name, given in properties.items() if name != "text"} | head
    line = _object({"agency": _STRING, "name": _STRING, "line": _STRING})
    of_article: Json = {
        "paragraphs": _rows("paragraphs_row"),
        "matches": _rows("matches_row"),
        "attributions": _rows("attributions_row"),
        "credit_lines": {"type": "array", "items": line},
    }
    asked = {name: listed[name] for name in listed if name not in {"url", "authors"}}
    others = {"others": _rows("listed")}
    seen = {**of_article, "matches": _rows("match_seen"), **others}
    behind = {"behind": {"type": "boolean", "description": _BEHIND}}
    return {
        "listed": _object(listed),
        "arrived": _object({n: given for n, given in listed.items() if n not in _GROUPED}),
        "whole": _object(properties | head),
        "asked": _object(asked),
        "article": _object({"article": _ref("whole"), **seen, **behind}),
        "articles": _object({"total": _COUNT, "offset": _COUNT, "rows": _rows("listed")}),
        "checked": _object({"article": _ref("asked"), **seen, "complete": {"type": "boolean"}}),
        "stories": _object({"total": _COUNT, "offset": _COUNT, "rows": _rows("story_listed")}),
        "story_listed": _object(story | head),
        **_story(),
        "rows": _object(
            {
                "total": _COUNT,
                "offset": _COUNT,
                "rows": {
                    "type": "array",
                    "items": {"anyOf": [_ref(f"{table}_row") for table in TABLES]},
                },
            }
        ),
    }


def _story() -> Json:
    """Schemas of one story: its articles, whom each took most from, and its chart."""
    flow = {
        "article_id": _STRING,
        "instant": {
            "type": ["number", "null"],
            "description": "When it was published, in epoch seconds.",
        },
        "source_id": {"type": ["string", "null"]},
        "words": _COUNT,
        "known": {"type": "boolean", "description": "Whether the order of the two is known."},
        "lag_seconds": {"type": ["integer", "null"]},
    }
    drawing: Json = {"type": "array", "description": "SVG: a name, its attributes, what it holds."}
    chart: Json = {"left_out": _COUNT, "drawing": drawing}
    story = {
        "story": _ref("stories_row"),
        "articles": _rows("listed"),
        "flows": _rows("flow"),
        "chart": {"anyOf": [_ref("chart"), {"type": "null"}]},
    }
    return {"story": _object(story), "flow": _object(flow), "chart": _object(chart)}


def _asked(bounds: Bounds) -> Json:
    """Schemas of what is given to be checked, and of what there is."""
    text = {"type": "string", "maxLength": bounds.characters, "description": "The article's text."}
    names = ("title", "publisher", "published_at", "url", "language", "author", "byline", "credit")
    record: Json = {
        "type": "object",
        "required": ["text"],
        "properties": {"text": text, **dict.fromkeys(names, _STRING)},
    }
    counts = ("articles", "outlets", "former_versions", "changes", "text_bytes", "record_bytes")
    stats: Json = dict.fromkeys((*counts, "derived_bytes", "format"), _COUNT)
    words = ("first_published_at", "last_published_at", "version", "finding", "nothing_shared")
    stats |= dict.fromkeys((*words, "limit"), _STRING)
    stats |= {
        "wire_in_corpus": {"type": "boolean"},
        "behind": {"type": "boolean", "description": _BEHIND},
        "verdicts": {"type": "object", "additionalProperties": _COUNT},
        "agency_names": {"type": "object", "additionalProperties": _STRING},
    }
    return {"record": record, "stats": {**_object(stats), "additionalProperties": True}}


def _reviewed(rows: dict[str, Json]) -> Json:
    """Schemas of the feed and of the marks."""
    seen = rows["matches"]
    articles = cast("Json", rows["articles"]["properties"])
    properties = dict(cast("Json", seen["properties"]))
    properties["direction"] = {
        "description": "Which way it went; `to`: the other article took it from this one.",
        "enum": list(Direction),
    }
    properties["lag_seconds"] = {"type": ["integer", "null"]}
    verdict: Json = {"type": ["object", "null"], "description": "Columns of articles.csv."}
    change: Json = {
        "number": {"type": "integer", "minimum": 1},
        "at": _STRING,
        "article_id": _STRING,
        "change": {"enum": ["added", "changed", "removed", "expired"]},
        "former": verdict,
        "verdict": verdict,
        "article": {"anyOf": [_ref("arrived"), {"type": "null"}]},
        "alert": {
            "type": "array",
            "items": _STRING,
            "description": "Agencies that are newly found and that the article does not name.",
        },
    }
    cell: Json = {"type": ["string", "null"]}
    place: Json = {"type": ["integer", "null"], "minimum": 0}
    mark: Json = {name: place if name in {"start", "end"} else cell for name in Mark._fields}
    given = {**_object(mark), "required": ["article_id"]}
    return {
        "match_seen": {**seen, "properties": properties},
        "change": _object(change),
        "changes": _object({"rows": _rows("change")}),
        "mark": given,
        "labels": _object({"rows": _rows("mark")}),
        "marks": _object(
            {"marks": _rows("mark"), "withdrawn": _rows("mark")}, ("marks", "withdrawn")
        ),
        "marked": _object({"marks": _COUNT, "changed": _rows("changed")}),
        "changed": _object({column.name: articles[column.name] for column in TABLES["articles"]}),
    }
