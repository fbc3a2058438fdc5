"""`Result`: what a scan found, as tables, verdicts and reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

from dedup.cells import Excerpts, Texts
from dedup.errors import ReportError
from dedup.report.columns import TABLES, settle, without_text
from dedup.report.document import Document
from dedup.result.verdict import verdict_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas as pd

    from dedup.records import Article
    from dedup.report.columns import Columns, Tables
    from dedup.result.verdict import Verdict

#: The forms in which a report is written, and those that are written where they are asked for.
FORMATS = ("csv", "html", "json")
MORE_FORMATS = ("parquet",)


class Result:
    """Everything that a scan found; made once and never changed.

    The tables are DataFrames with the columns of the CSV files (see `frames.frame` for their
    types), built when first asked for.

    Args:
        tables: plain columns of every table (`report.columns.TABLES`); those of the articles
            may have ``text``, ``url`` and ``authors`` beside.
        run: what was done: ``version``, ``wire_in_corpus`` and ``skipped``, and what
            report.schema.json names beside.
        articles: where given, their text, address and authors are added to the tables.
        workers: processes that write a report.

    Raises:
        ReportError: where the tables do not hold to their columns.

    """

    __slots__ = ("_frames", "_run", "_tables", "_workers")

    def __init__(
        self,
        tables: Tables,
        run: Mapping[str, object],
        *,
        articles: Iterable[Article] | None = None,
        workers: int = 1,
    ) -> None:
        given = tables if articles is None else _with_articles(tables, articles)
        self._tables: Tables = settle(given)
        self._run = dict(run)
        self._workers = workers
        self._frames: dict[str, pd.DataFrame] = {}

    def __repr__(self) -> str:
        rows = ", ".join(
            f"{len(self._tables[name][TABLES[name][0].name])} {name}" for name in TABLES
        )
        return f"<Result: {rows}>"

    @property
    def tables(self) -> Tables:
        """The plain columns behind the DataFrames."""
        return self._tables

    @property
    def run(self) -> dict[str, object]:
        """What was done: version, options, counts, skipped inputs, limits."""
        return dict(self._run)

    @property
    def articles(self) -> pd.DataFrame:
        """One row an article: its verdict, agencies and shares."""
        return self._frame("articles")

    @property
    def paragraphs(self) -> pd.DataFrame:
        """The ledger: one row a paragraph, with what it reuses and whether that is credited."""
        return self._frame("paragraphs")

    @property
    def matches(self) -> pd.DataFrame:
        """One row an aligned pair of passages."""
        return self._frame("matches")

    @property
    def attributions(self) -> pd.DataFrame:
        """One row a place that names where something comes from."""
        return self._frame("attributions")

    @property
    def stories(self) -> pd.DataFrame:
        """One row a story: its articles, outlets and independent origins."""
        return self._frame("stories")

    @property
    def sources(self) -> pd.DataFrame:
        """One row an outlet and agency."""
        return self._frame("sources")

    def verdict(self, article_id: str) -> Verdict:
        """One article's verdict with its reasons and the spans that it rests on.

        Raises:
            ReportError: where no article has that id.

        """
        return verdict_of(self._tables, article_id)

    def summary(self) -> str:
        """A few lines for a terminal: what was found, what could not be known, what was skipped."""
        from dedup.result.summary import summary

        return summary(self._document(text=True))

    def write(
        self,
        folder: str | Path,
        formats: Sequence[str] = FORMATS,
        *,
        text: bool = True,
        language: str = "en",
        credit_line: str = "",
    ) -> list[Path]:
        """Write the report: the CSV tables, report.html, report.json; where asked, Parquet tables.

        All files appear at once when all are complete. ``text`` false leaves out everything that
        quotes the articles. ``language`` is that in which the page opens: en, fr, de, es or ar.
        ``credit_line`` is what it offers to copy where an agency is not named, with ``{agency}``
        where the name stands; without it the page has one of its own.

        Returns:
            The files written, in the order of ``formats``.

        Raises:
            ReportError: where a format or a language is unknown, or the folder cannot be written.

        """
        known = (*FORMATS, *MORE_FORMATS)
        if unknown := [name for name in formats if name not in known]:
            message = f"{unknown[0]!r} is no report format: choose from {', '.join(known)}."
            raise ReportError(message)
        from dedup.report.catalogue import LANGUAGES
        from dedup.result.writing import write_report

        if language not in LANGUAGES:
            message = (
                f"{language!r} is no language of the page: choose from {', '.join(LANGUAGES)}."
            )
            raise ReportError(message)
        document = self._document(text=text, language=language, credit_line=credit_line)
        return write_report(Path(folder), document, formats, self._workers)

    def _document(self, *, text: bool, language: str = "en", credit_line: str = "") -> Document:
        run, tables = self._run, self._tables
        if not text:
            run, tables = _unquoting(run), without_text(tables)
        return Document(
            run=run, tables=tables, text=text, language=language, credit_line=credit_line
        )

    def _frame(self, table: str) -> pd.DataFrame:
        from dedup.result.frames import frame

        if table not in self._frames:
            self._frames[table] = frame(table, self._tables[table])
        return self._frames[table].copy()


def _unquoting(run: Mapping[str, object]) -> dict[str, object]:
    """The run record without the words of its near misses."""
    refusals = run.get("refusals")
    if not isinstance(refusals, list):
        return dict(run)
    quoting = {"text", "other_text"}
    bare = [{k: v for k, v in row.items() if k not in quoting} for row in refusals]
    return {**run, "refusals": bare}


def _with_articles(tables: Tables, articles: Iterable[Article]) -> dict[str, Columns]:
    """Add what only the articles themselves hold: above all their text, and each paragraph's."""
    by_id = {article.id: article for article in articles}
    ids = cast("Sequence[str]", tables["articles"]["article_id"])
    rows = [by_id.get(name) for name in ids]
    extras: dict[str, Sequence[object]] = {
        "url": [row.url if row else "" for row in rows],
        "authors": [row.authors if row else () for row in rows],
        "text": Texts(rows),
    }
    return {
        **tables,
        "articles": {**tables["articles"], **extras},
        "paragraphs": {"text": _excerpts(tables["paragraphs"], ids, rows), **tables["paragraphs"]},
    }


def _excerpts(
    paragraphs: Columns, ids: Sequence[str], articles: Sequence[Article | None]
) -> Excerpts:
    """The text of each paragraph."""
    place = {name: row for row, name in enumerate(ids)}
    named = cast("Sequence[str]", paragraphs["article_id"])
    return Excerpts(
        Texts([*articles, None]),
        [place.get(name, -1) for name in named],
        cast("Sequence[int]", paragraphs["start"]),
        cast("Sequence[int]", paragraphs["end"]),
    )
