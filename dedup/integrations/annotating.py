"""spaCy: a component that marks in a document what it shares with an index, and whom it credits.

::

    nlp = spacy.blank("en")
    nlp.add_pipe("dedup", config={"index": "news.dedup"})
    doc = nlp(text)

``doc._.dedup``
    What is said of the text: its row of articles.csv, its matches, whether everything was looked
    at. None where the text is blank.
``doc.spans["dedup_matches"]``
    What it shares with articles of the index; the label is the kind of reuse, ``kb_id_`` the other
    article, ``id_`` the direction.
``doc.spans["dedup_attributions"]``
    Where it names a source; the label is the kind of attribution, ``kb_id_`` the agency by its id
    in the catalogue, ``id_`` the scope.

Spans are whole tokens around the offsets, which ``doc._.dedup`` has to the character. What else is
known of an article goes before: ``doc._.dedup_record = {"publisher": …, "published_at": …}``.
Without an index a text is read by itself: credits and paragraphs, and no matches.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

from dedup.config import Config
from dedup.detector import scan
from dedup.errors import SourceError
from dedup.index import Index
from dedup.index.answers import Answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Span

    from dedup.index import Answer

    Place = tuple[int, int, str, str, str]

MATCHES, ATTRIBUTIONS = "dedup_matches", "dedup_attributions"
#: The id of a text that bears none.
ASKED = "-"

Doc.set_extension("dedup", default=None, force=True)
Doc.set_extension("dedup_record", default=None, force=True)


class Annotator:
    """A component of a pipeline; the index is opened by the process that first asks it."""

    def __init__(self, index: str = "", deadline: float | None = None) -> None:
        """Name the index.

        Args:
            index: its file; empty to read texts by themselves.
            deadline: seconds within which each document is answered, as `Index.check` takes it.

        """
        self._path = index
        self._deadline = deadline
        self._opened: tuple[int, Index] | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a document."""
        record = {"id": ASKED, **(doc._.dedup_record or {}), "text": doc.text}
        try:
            answer = self._answer(record)
        except SourceError:
            doc._.dedup = None
            doc.spans[MATCHES] = doc.spans[ATTRIBUTIONS] = []
            return doc
        doc._.dedup = answer.said()
        doc.spans[MATCHES] = list(_spans(doc, _matches(answer)))
        doc.spans[ATTRIBUTIONS] = list(_spans(doc, _attributions(answer)))
        return doc

    def _answer(self, record: dict[str, object]) -> Answer:
        """Say what a record is.

        Raises:
            SourceError: where it is no article.

        """
        if self._path:
            return self._index().check(record, self._deadline)
        result = scan([record], config=Config(workers=1))
        if not len(result.tables["articles"]["article_id"]):
            message = "it is no article"
            raise SourceError(message)
        return Answers(result).of([str(record["id"])])[0]

    def _index(self) -> Index:
        """Give the index; a process that was forked opens its own."""
        if self._opened is None or self._opened[0] != os.getpid():
            self._opened = os.getpid(), Index.open(self._path, create=False)
        return self._opened[1]


@Language.factory("dedup", default_config={"index": "", "deadline": None})
def component(
    nlp: Language,  # noqa: ARG001 - spaCy hands them to every factory
    name: str,  # noqa: ARG001
    index: str,
    deadline: float | None,
) -> Annotator:
    """Make the component ``dedup`` of a pipeline."""
    return Annotator(index, deadline)


def _matches(answer: Answer) -> Iterator[Place]:
    """Give what was shared, each as it stands in the text."""
    for row in answer.matches:
        start, end = int(str(row["start"])), int(str(row["end"]))
        yield start, end, str(row["kind"]), str(row["other_id"]), str(row["direction"])


def _attributions(answer: Answer) -> Iterator[Place]:
    """Give where sources are named in the text; metadata stands nowhere in it."""
    for found in answer.verdict.attributions:
        if found.n:
            yield found.start, found.end, found.kind, found.agency, found.scope


def _spans(doc: Doc, places: Iterable[Place]) -> Iterator[Span]:
    """Give places of the text as spans of whole tokens."""
    for start, end, label, known, name in places:
        span = doc.char_span(
            start, end, label=label, kb_id=known, span_id=name, alignment_mode="expand"
        )
        if span is not None:
            yield span
