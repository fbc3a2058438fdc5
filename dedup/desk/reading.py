"""The questions that can be asked of an index, answered in a process of their own.

What the index holds is looked up: in its record (`Glance`), and in the layout of its tables
(`views`). Only what is to be checked, marked or laid out needs the index itself.
"""

from __future__ import annotations

import sys
import traceback
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self, cast

from dedup import attribution
from dedup.config import Config
from dedup.desk.checked import checked, mark_in
from dedup.desk.laying import lay, layouts, outline
from dedup.desk.replies import CSV, FAULT, RefusedError, Reply, refusal, said
from dedup.desk.rows import credit_lines, headline, row_of, row_of_record, verdict_of_record
from dedup.desk.views import Views
from dedup.errors import DedupError, IndexUnusableError
from dedup.index import Glance, Index
from dedup.marks import Mark
from dedup.report.table import fill_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dedup.index import Change
    from dedup.report.columns import Columns

    Row = dict[str, object]
    Given = Mapping[str, object]

#: The id of a text that is only asked about.
ASKED = "-"
#: What only the layout tells of an article.
_GROUPED = ("text", "authors", "language", "cluster_id", "story_id")
#: What is told of an article besides its row.
_OF_AN_ARTICLE = ("paragraphs", "matches", "attributions", "others")
_GONE = {"removed", "expired"}
_LOOKING = "the index is being looked through: ask again in a moment"
#: An index of more articles has its list laid out before its tables.
_LARGE = 5_000
#: Entries of the feed that are read at a time.
_SOME = 1000


class Reader:
    """Answers questions of one index."""

    def __init__(self, path: str, folder: str, credit_line: str = "") -> None:
        """Name the index, and the folder of its layouts; both are opened when they are needed.

        ``credit_line`` is the house's (`rows.credit_lines`).
        """
        self._path = Path(path)
        self._folder = Path(folder)
        self._credit_line = credit_line
        self._index: Index | None = None
        self._glance: Glance | None = None
        self._views: Views | None = None
        self._followed = 0
        self._gone: set[str] = set()
        self._is_cold = False

    @classmethod
    def questions(cls) -> Mapping[str, Callable[[Self, Given], Reply]]:
        """Name what can be asked."""
        return {
            "about": cls.about,
            "article": cls.article,
            "articles": cls.articles,
            "changes": cls.changes,
            "check": cls.check,
            "labels": cls.labels,
            "lay": cls.lay,
            "mark": cls.mark,
            "ready": cls.ready,
            "standing": cls.standing,
            "stats": cls.stats,
            "stories": cls.stories,
            "story": cls.story,
            "table": cls.table,
            "warm": cls.warm,
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
        """Let go of all files; they are opened again when they are needed."""
        for opened in (self._index, self._glance, self._views):
            if opened is not None:
                opened.close()
        self._index = self._glance = self._views = None

    @property
    def index(self) -> Index:
        """The index, opened for reading."""
        if self._index is None:
            config = Config(workers=1, quiet=True)
            self._index = Index.open(self._path, config=config, create=False)
        return self._index

    @property
    def glance(self) -> Glance:
        """The index's record."""
        if self._glance is None:
            self._glance = Glance(self._path)
        return self._glance

    @property
    def views(self) -> Views:
        """The newest layout of the index's tables.

        Raises:
            RefusedError: where there is none yet.

        """
        found = layouts(self._folder)
        if not found:
            raise RefusedError(503, _LOOKING)
        if self._views is None or self._views.folder != found[-1]:
            former, self._views = self._views, Views(found[-1])
            if former is not None:
                former.close()
            self._followed, self._gone = self._views.last, set()
        return self._views

    @property
    def tables(self) -> Views:
        """The newest layout of all tables.

        Raises:
            RefusedError: where there is none yet.

        """
        if not self.views.whole:
            raise RefusedError(503, _LOOKING)
        return self.views

    @property
    def gone(self) -> set[str]:
        """The ids of articles that stand in the layout and are no longer in the index."""
        while found := self.glance.changes(self._followed, _SOME):
            for change in found:
                if change.change in _GONE:
                    self._gone.add(change.article_id)
                else:
                    self._gone.discard(change.article_id)
            self._followed = found[-1].number
        return self._gone

    @property
    def behind(self) -> bool:
        """Whether the index has changed since its tables were laid out, if they ever were."""
        return not self.laid or self.glance.generation > self.views.generation

    @property
    def laid(self) -> bool:
        """Whether there is any layout."""
        return bool(layouts(self._folder))

    def standing(self, _given: Given) -> Reply:
        """Say how often the index was changed, how long its feed is, and what is laid out of it."""
        glance = self.glance
        laid = self.views.generation if self.laid else -1
        return said({"generation": glance.generation, "last": glance.last, "laid": laid})

    def lay(self, _given: Given) -> Reply:
        """Lay out the tables of the index as it is now; of a large one, first its list."""
        if not self.laid and self.glance.articles > _LARGE:
            outline(self._path, self._folder, self._agencies)
        lay(self.index, self._path, self._folder)
        return said(self.views.generation)

    def stats(self, given: Given) -> Reply:
        """Say how much there is, what was found in it, and what could not be known."""
        stats = dict(self.tables.stats)
        told = cast("Mapping[str, Row]", stats.pop("sentences"))[str(given["language"])]
        now = {"articles": self.glance.articles, "changes": self.glance.last}
        return said({**told, **stats, **now, "behind": self.behind})

    def ready(self, _given: Given) -> Reply:
        """Open the index and look through it, so that what is asked next is answered at once."""
        return said(self.index.check({"id": ASKED, "text": "."}).complete)

    def warm(self, _given: Given) -> Reply:
        """Load what answers need, so that none waits for it."""
        self.index.warm()
        return said(len(self.index))

    def articles(self, given: Given) -> Reply:
        """Give a page of the list of articles."""
        total, rows = self.views.listed(given, self.gone)
        return said({"total": total, "offset": given["offset"], "rows": rows})

    def article(self, given: Given) -> Reply:
        """Give one article whole; where its tables are behind, with the verdict that is stored."""
        name = str(given["id"])
        found = self.views.article(name, self.gone) if self.laid else None
        found = found or self._recorded(name)
        if found is None:
            raise RefusedError(404, "the index holds no article of this id")
        behind, article = self.behind, cast("Row", found["article"])
        if behind:
            verdict = self.glance.verdict(str(article["article_id"]))
            if verdict is None:
                raise RefusedError(404, "the index holds no article of this id")
            article |= verdict_of_record(verdict)
        return said({**found, "credit_lines": self._credit_lines(article), "behind": behind})

    def _recorded(self, name: str) -> Row | None:
        """Give an article that is not laid out yet, as far as the record knows it."""
        article, verdict = self.glance.article(name), self.glance.verdict(name)
        if article is None or verdict is None:
            return None
        row = row_of_record(article, verdict)
        row["headline"] = headline(row, article.text)
        return {"article": row, **{name: [] for name in _OF_AN_ARTICLE}}

    def stories(self, given: Given) -> Reply:
        """Give a page of the list of stories."""
        total, rows = self.tables.size("stories"), self.tables.stories(*_page(given))
        return said({"total": total, "offset": given["offset"], "rows": rows})

    def story(self, given: Given) -> Reply:
        """Give one story with its articles."""
        return said(self.tables.story(str(given["id"]), self.gone))

    def table(self, given: Given) -> Reply:
        """Give some rows of a table."""
        views, name = self.tables, str(given["table"])
        rows = views.rows(name, *_page(given))
        return said({"total": views.size(name), "offset": given["offset"], "rows": rows})

    def written(self, given: Given) -> Reply:
        """Write the articles that a filter asks for as CSV, or name the file of a table."""
        if not given.get("filtered"):
            return said(str(self.tables.folder / f"{given['table']}.csv"))
        _write(Path(str(given["to"])), self.tables.columns(given, self.gone))
        return Reply(200, CSV, b"")

    def changes(self, given: Given) -> Reply:
        """Give the feed of changes from an entry on, each with its article as it is now."""
        found = self.glance.changes(cast("int", given["since"]), cast("int", given["limit"]))
        return said({"rows": [self._told(change) for change in found]})

    def _told(self, change: Change) -> Row:
        """An entry of the feed; ``alert``: an agency is newly found that is not named."""
        silent, before = (
            set(cast("list[str]", verdict["uncredited_agencies"])) if verdict else set()
            for verdict in (change.verdict, change.former)
        )
        found = self._recorded(change.article_id)
        row = None if found is None else cast("Row", found["article"])
        if row is not None:
            row = {name: cell for name, cell in row.items() if name not in _GROUPED}
        return {**change.said(), "article": row, "alert": sorted(silent - before)}

    def check(self, given: Given) -> Reply:
        """Say where a text comes from; nothing is stored."""
        record = cast("Row", given["record"])
        answer = self.index.check({"id": ASKED, **record}, cast("float", given["deadline"]))
        self._is_cold = not answer.complete
        return said(checked(answer, str(record["text"]), self._listed, self._credit_lines))

    def _listed(self, names: Iterable[str]) -> list[Row]:
        """Give the list's rows of some articles: as they are laid out, else as recorded."""
        wanted = set(names)
        found = self.views.some(wanted) if self.laid else []
        for name in sorted(wanted - {str(row["article_id"]) for row in found}):
            if recorded := self._recorded(name):
                row = cast("Row", recorded["article"])
                found.append({key: cell for key, cell in row.items() if key != "text"})
        return found

    def about(self, given: Given) -> Reply:
        """Give one article whole, its passages looked for among all that are there now."""
        article = self.glance.article(str(given["id"]))
        if article is None:
            raise RefusedError(404, "the index holds no article of this id")
        answer = self.index.check(article, cast("float", given["deadline"]))
        verdict = self.glance.verdict(article.id) or answer.row
        told = checked(answer, article.text, self._listed, self._credit_lines)
        row = {**row_of_record(article, verdict), **cast("Row", told["article"])}
        row |= verdict_of_record(verdict)
        row["headline"] = headline(row, article.text)
        behind = not told.pop("complete")
        return said({**told, "article": row, "behind": behind})

    def labels(self, given: Given) -> Reply:
        """Give the reviewers' marks, or write them as labels.csv."""
        marks = self.glance.marks()
        if to := given.get("to"):
            _write(Path(str(to)), {n: [getattr(m, n) for m in marks] for n in Mark._fields})
            return Reply(200, CSV, b"")
        return said({"rows": [mark._asdict() for mark in marks]})

    def mark(self, given: Given) -> Reply:
        """Store marks, lay out what then is, and say whose verdict is another one by them."""
        marks = [mark_in(row) for row in cast("list[Row]", given.get("marks") or [])]
        withdrawn = [mark_in(row) for row in cast("list[Row]", given.get("withdrawn") or [])]
        revision = self.index.mark(marks, withdrawn=withdrawn)
        changed = [row_of("articles", answer.row) for answer in revision.changed]
        lay(self.index, self._path, self._folder)
        return said({"marks": len(self.index.marks()), "changed": changed})

    def _credit_lines(self, article: Row) -> list[Row]:
        return credit_lines(article, self._name_of, self._credit_line)

    def _name_of(self, agency: str) -> str | None:
        """An agency's name in print: that of the catalogue, else that of the index."""
        known = self._agencies.get(agency)
        return known or (self.views.names.get(agency) if self.laid else None)

    @cached_property
    def _agencies(self) -> Mapping[str, str]:
        entries = attribution.load(None).agencies
        return {name: entry.name for name, entry in entries.items()}


def _page(given: Given) -> tuple[int, int]:
    return cast("int", given["offset"]), cast("int", given["limit"])


def _write(path: Path, columns: Columns) -> None:
    with path.open("w", encoding="utf-8", errors="replace", newline="") as stream:
        fill_csv(stream, columns)
