"""The questions that can be asked of an index, answered in the process that holds it."""

from __future__ import annotations

import sys
import traceback
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self, cast

from dedup import attribution
from dedup.config import Config
from dedup.desk.replies import CSV, FAULT, RefusedError, Reply, refusal, said
from dedup.desk.views import Views, credit_lines, headline, row_of
from dedup.errors import DedupError, IndexUnusableError
from dedup.index import Index
from dedup.marks import Mark, mark_of
from dedup.report.table import fill_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from multiprocessing.connection import Connection

    from dedup.index import Answer, Change
    from dedup.report.columns import Columns

    Row = dict[str, object]
    Given = Mapping[str, object]

#: The id of a text that is only asked about.
ASKED = "-"


class Reader:
    """Answers questions of one index; what it makes of the tables it keeps until they change."""

    def __init__(self, path: str) -> None:
        """Name the index; it is opened when it is first asked."""
        self._path = path
        self._index: Index | None = None
        self._views: Views | None = None
        self._shown: object = None
        self._is_cold = False

    @classmethod
    def questions(cls) -> Mapping[str, Callable[[Self, Given], Reply]]:
        """Name what can be asked."""
        return {
            "article": cls.article,
            "articles": cls.articles,
            "changes": cls.changes,
            "check": cls.check,
            "labels": cls.labels,
            "last": cls.last,
            "mark": cls.mark,
            "ready": cls.ready,
            "stats": cls.stats,
            "stories": cls.stories,
            "story": cls.story,
            "table": cls.table,
            "written": cls.written,
        }

    def answer(self, what: str, given: Given) -> Reply:
        """Answer a question; a failure is an answer too, of one sentence."""
        try:
            return self.questions()[what](self, given)
        except RefusedError as refused:
            return refusal(refused.status, str(refused))
        except IndexUnusableError as failure:
            self.close()
            return refusal(503, str(failure))
        except DedupError as failure:
            return refusal(422, str(failure))
        except Exception:  # noqa: BLE001 - a fault of the program must not end the desk
            traceback.print_exc(file=sys.stderr)
            return refusal(500, FAULT)

    def settle(self) -> None:
        """Lay the articles out anew where the last answer was cut short: the index has changed."""
        if self._is_cold:
            self.answer("ready", {})
            self._is_cold = False

    def close(self) -> None:
        """Let go of the index; it is opened again when it is asked."""
        if self._index is not None:
            self._index.close()
        self._index = self._views = self._shown = None

    @property
    def index(self) -> Index:
        """The index, opened for reading."""
        if self._index is None:
            config = Config(workers=1, quiet=True)
            self._index = Index.open(Path(self._path), config=config, create=False)
        return self._index

    @property
    def views(self) -> Views:
        """What the index holds now."""
        result = self.index.tables()
        if self._views is None or result is not self._shown:
            self._views, self._shown = Views(result), result
        return self._views

    def stats(self, _given: Given) -> Reply:
        """Say how much there is, what was found in it, and what could not be known."""
        told = {k: v for k, v in self.index.stats().items() if k not in {"path", "settings"}}
        return said({**told, **self.views.sentences()})

    def ready(self, _given: Given) -> Reply:
        """Open the index and look through it, so that what is asked next is answered at once."""
        return said(self.index.check({"id": ASKED, "text": "."}).complete)

    def articles(self, given: Given) -> Reply:
        """Give a page of the list of articles."""
        views = self.views
        places = views.places(given)
        first, count = _page(given)
        rows = [views.listed(row) for row in places[first : first + count]]
        return said({"total": len(places), "offset": first, "rows": rows})

    def article(self, given: Given) -> Reply:
        """Give one article with all that is known of it."""
        return said(self.views.article(str(given["id"])))

    def stories(self, given: Given) -> Reply:
        """Give a page of the list of stories."""
        first, count = _page(given)
        rows = self.views.stories(first, count)
        return said({"total": self.views.size("stories"), "offset": first, "rows": rows})

    def story(self, given: Given) -> Reply:
        """Give one story with its articles."""
        return said(self.views.story(str(given["id"])))

    def table(self, given: Given) -> Reply:
        """Give some rows of a table."""
        views, name = self.views, str(given["table"])
        first, count = _page(given)
        rows = views.rows(name, first, count)
        return said({"total": views.size(name), "offset": first, "rows": rows})

    def written(self, given: Given) -> Reply:
        """Write a CSV table into a file: a whole one, or the articles that a filter asks for."""
        views, name = self.views, str(given["table"])
        places = views.places(given) if given.get("filtered") else None
        _write(Path(str(given["to"])), views.columns(name, places))
        return Reply(200, CSV, b"")

    def changes(self, given: Given) -> Reply:
        """Give the feed of changes from an entry on, each with its article as a list shows it."""
        since = cast("int", given["since"])
        found = self.index.changes(since)[: cast("int", given["limit"])]
        views = self.views if found else None
        return said({"rows": [_told(change, cast("Views", views)) for change in found]})

    def last(self, _given: Given) -> Reply:
        """Give the number of the last entry of the feed."""
        return said(self.index.stats()["changes"])

    def check(self, given: Given) -> Reply:
        """Say where a text comes from; nothing is stored."""
        record = cast("Row", given["record"])
        answer = self.index.check({"id": ASKED, **record}, cast("float", given["deadline"]))
        self._is_cold = not answer.complete
        return said(self._checked(answer, record))

    def labels(self, given: Given) -> Reply:
        """Give the reviewers' marks, or write them as labels.csv."""
        marks = self.index.marks()
        if to := given.get("to"):
            _write(Path(str(to)), {n: [getattr(m, n) for m in marks] for n in Mark._fields})
            return Reply(200, CSV, b"")
        return said({"rows": [mark._asdict() for mark in marks]})

    def mark(self, given: Given) -> Reply:
        """Store marks, and say whose verdict is another one by them."""
        marks = [_mark(row) for row in cast("list[Row]", given.get("marks") or [])]
        withdrawn = [_mark(row) for row in cast("list[Row]", given.get("withdrawn") or [])]
        revision = self.index.mark(marks, withdrawn=withdrawn)
        changed = [row_of("articles", answer.row) for answer in revision.changed]
        return said({"marks": len(self.index.marks()), "changed": changed})

    def _checked(self, answer: Answer, record: Row) -> Row:
        row = row_of("articles", answer.row)
        text = str(record["text"])
        return {
            "article": {**row, "headline": headline(row, text)},
            "paragraphs": [row_of("paragraphs", paragraph) for paragraph in answer.paragraphs],
            "matches": [row_of("matches", match) for match in answer.matches],
            "attributions": [
                {"article_id": row["article_id"], **_attribution(a)}
                for a in answer.verdict.attributions
            ],
            "credit_lines": credit_lines(row, self._name_of),
            "complete": answer.complete,
        }

    def _name_of(self, agency: str) -> str | None:
        """An agency's name in print: that of the catalogue, else that of the index."""
        return self._agencies.get(agency) or self.views.names.get(agency)

    @cached_property
    def _agencies(self) -> Mapping[str, str]:
        entries = attribution.load(None).agencies
        return {name: entry.name for name, entry in entries.items()}


def _attribution(found: object) -> Row:
    """Give an attribution as a row of attributions.csv; metadata stands nowhere in the text."""
    row = dict(cast("Mapping[str, object]", found._asdict()))  # type: ignore[attr-defined]
    if not row["n"]:
        row |= dict.fromkeys(("n", "start", "end"))
    return row


def _told(change: Change, views: Views) -> Row:
    """An entry of the feed; ``alert``: an agency is newly found that the article does not name."""
    silent, before = (
        set(cast("list[str]", verdict["uncredited_agencies"])) if verdict else set()
        for verdict in (change.verdict, change.former)
    )
    row = views.place.get(change.article_id)
    return {
        **change.said(),
        "article": None if row is None else views.listed(row),
        "alert": sorted(silent - before),
    }


def _page(given: Given) -> tuple[int, int]:
    return cast("int", given["offset"]), cast("int", given["limit"])


def _mark(row: Row) -> Mark:
    """Read one mark.

    Raises:
        RefusedError: where it is none.

    """
    cells = {name: "" if cell is None else str(cell) for name, cell in row.items()}
    try:
        return mark_of(cells)
    except ValueError as fault:
        raise RefusedError(422, f"this is no mark: {fault}") from fault


def _write(path: Path, columns: Columns) -> None:
    with path.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        fill_csv(stream, columns)


def work(line: Connection, path: str) -> None:
    """Answer the questions that come over a line until it is closed.

    Args:
        line: to the server; a question is a JSON list of its name and what it is given.
        path: of the index.

    """
    import json
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server hears it, and closes the line
    reader = Reader(path)
    while True:
        try:
            what, given = json.loads(line.recv_bytes())
        except EOFError:
            break
        reply = reader.answer(what, given)
        if what == "mark":
            reader.close()  # and the right to write with it
        line.send_bytes(json.dumps([reply.status, reply.media]).encode())
        line.send_bytes(reply.body)
        reader.settle()
        line.send_bytes(b"")  # it can be asked again
    reader.close()
