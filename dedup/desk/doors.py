"""The doors of the desk: every address of its API, what it takes and what it answers.

The server and the description that it gives of itself (`openapi`) are both made of this table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dedup.config import LANGUAGES
from dedup.desk.replies import RefusedError
from dedup.desk.views import ORDERS
from dedup.records import Label
from dedup.report.columns import TABLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Json = Mapping[str, object]

#: Rows that are given at a time, at most.
MOST = 1000
_TEXT = 1000  # characters of a parameter


class Parameter(NamedTuple):
    """Something that is given in the address."""

    name: str
    about: str
    schema: Json
    default: object = None
    several: bool = False
    required: bool = False
    place: str = "query"

    def read(self, given: Sequence[str]) -> object:
        """Read what was given for it.

        Raises:
            RefusedError: where that is not of its schema.

        """
        if not given:
            if self.required:
                raise RefusedError(400, f"{self.name} is missing")
            return self.default
        if len(given) > (MOST if self.several else 1):
            raise RefusedError(400, f"{self.name} is given too often")
        values = [self._value(text) for text in given]
        return values if self.several else values[0]

    def _value(self, text: str) -> object:
        if self.schema["type"] == "boolean":
            if text in {"true", "false"}:
                return text == "true"
            raise RefusedError(400, f"{self.name} is true or false")
        if self.schema["type"] == "integer":
            return self._number(text)
        if len(text) > _TEXT:
            raise RefusedError(400, f"{self.name} is longer than {_TEXT} characters")
        words = self.schema.get("enum")
        if isinstance(words, list) and text not in words:
            status = 404 if self.place == "path" else 400
            raise RefusedError(status, f"{self.name} is one of {', '.join(words)}")
        return text

    def _number(self, text: str) -> int:
        most = int(str(self.schema["maximum"]))
        digits = text.isascii() and text.isdecimal() and len(text) <= len(str(most))
        if not digits or int(text) > most:
            raise RefusedError(400, f"{self.name} is a whole number from 0 to {most}")
        return int(text)


class Door(NamedTuple):
    """One address and one method.

    ``asks`` is the question to the index (`reading.Reader.questions`), empty where the server
    answers by itself; ``answer`` names a schema of `openapi`, or the form of what is no JSON.
    """

    method: str
    path: str
    about: str
    asks: str
    answer: str
    parameters: tuple[Parameter, ...] = ()
    body: str = ""
    given: Mapping[str, object] = {}


def _text(name: str, about: str, **more: object) -> Parameter:
    return Parameter(name, about, {"type": "string", "maxLength": _TEXT}, **more)  # type: ignore[arg-type]


def _number(name: str, about: str, default: int, most: int) -> Parameter:
    schema = {"type": "integer", "minimum": 0, "maximum": most, "default": default}
    return Parameter(name, about, schema, default)


def _word(name: str, about: str, words: Sequence[str], default: str | None = None) -> Parameter:
    schema: dict[str, object] = {"type": "string", "enum": list(words)}
    return Parameter(name, about, schema, default)


_FAR = 2**53 - 1
_PAGE = (
    _number("offset", "Rows to pass over.", 0, _FAR),
    _number("limit", "Rows to give.", 100, MOST),
)
_FILTER = (
    _text("q", "Words that all stand in headline, outlet, id, time, language or agencies."),
    _word("verdict", "Of this verdict.", [label.value for label in Label]),
    _text("agency", "That go back to this agency or name it (its id)."),
    _text("publisher", "Of this outlet."),
    Parameter("silent", "That do not name an agency they go back to.", {"type": "boolean"}),
    _text("id", "Of these ids alone.", several=True),
    _word("order", "Which come first.", list(ORDERS), "newest"),
)
_TABLE = Parameter(
    "table",
    "Its name.",
    {"type": "string", "enum": list(TABLES)},
    required=True,
    place="path",
)
_ID = _text("id", "The id.", required=True)
_SINCE = _number("since", "The number of the last entry that is known.", 0, _FAR)

DOORS: tuple[Door, ...] = (
    Door(
        "GET",
        "/api/stats",
        "What the index holds, and what was found in it.",
        "stats",
        "stats",
        (_word("language", "Of its sentences.", LANGUAGES, "en"),),
    ),
    Door(
        "GET",
        "/api/articles",
        "The list of articles, or of those that a filter asks for.",
        "articles",
        "articles",
        (*_FILTER, *_PAGE),
    ),
    Door(
        "GET",
        "/api/articles.csv",
        "The same as rows of articles.csv, all of them.",
        "written",
        "csv",
        _FILTER,
        given={"table": "articles", "filtered": True},
    ),
    Door(
        "GET",
        "/api/article",
        "One article: its text, its paragraphs, its matches from either side, its attributions.",
        "article",
        "article",
        (_ID,),
    ),
    Door(
        "GET",
        "/api/stories",
        "The stories, those of most articles first.",
        "stories",
        "stories",
        _PAGE,
    ),
    Door("GET", "/api/story", "One story and its articles.", "story", "story", (_ID,)),
    Door(
        "GET",
        "/api/tables/{table}",
        "Rows of a table, as report.json has them.",
        "table",
        "rows",
        (_TABLE, *_PAGE),
    ),
    Door(
        "GET",
        "/api/tables/{table}.csv",
        "A whole table, as the file that a scan writes.",
        "written",
        "csv",
        (_TABLE,),
    ),
    Door(
        "POST",
        "/api/check",
        "Where a text comes from; nothing is stored. A record as JSON, or the text alone.",
        "check",
        "checked",
        body="record",
    ),
    Door(
        "GET",
        "/api/changes",
        "The feed of changes, from an entry on.",
        "changes",
        "changes",
        (_SINCE, _number("limit", "Entries to give.", 100, MOST)),
    ),
    Door(
        "GET",
        "/api/arrivals",
        "The feed as server-sent events, as it grows: each bears an entry of /api/changes and its "
        "number as its id. Without `since` and `Last-Event-ID` it begins with what comes next.",
        "",
        "events",
        (_SINCE._replace(default=None),),
    ),
    Door("GET", "/api/labels", "The reviewers' marks.", "labels", "labels"),
    Door("GET", "/api/labels.csv", "The marks as labels.csv.", "labels", "csv"),
    Door(
        "POST",
        "/api/labels",
        "Store marks, or withdraw some: every later decision honours them.",
        "mark",
        "marked",
        body="marks",
    ),
    Door(
        "POST",
        "/api/session",
        "Give the token, and get a cookie that stands for it.",
        "",
        "session",
        body="session",
    ),
    Door("GET", "/api/openapi.json", "This description.", "", "openapi"),
)
