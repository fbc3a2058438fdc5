"""Elasticsearch and OpenSearch: documents that are there learn where they come from.

What an article is goes into one object of its document, ``dedup``, by partial updates: nothing else
of the document is touched, and none is made. From a scan or an index, or on from where a feed of
changes was left::

    from elasticsearch import helpers

    helpers.bulk(client, enrich(result, "articles"))
    helpers.bulk(client, follow(index.changes(since=last), "articles"))

Both clients take such actions; without a client `bodies` makes what ``POST /_bulk`` takes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.index.answers import VERDICT
from dedup.report.columns import TABLES, Type
from dedup.report.document import dumps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from dedup.index import Change
    from dedup.result import Result

    Action = dict[str, object]

#: The object of a document that holds what is said of it.
FIELD = "dedup"
#: What an object holds: the verdict; from whole tables, also the groups that the article is in.
_GROUPS = ("words", "cluster_id", "story_id")
_TYPES = {Type.REAL: "float", Type.INTEGER: "integer"}
#: What a request may hold: well below what servers take where nothing is set.
_BYTES, _ACTIONS = 5_000_000, 1000


def mapping() -> dict[str, dict[str, object]]:
    """Give the mapping of the object, for an index or a template.

    ::

        client.indices.put_mapping(index="articles", properties=mapping())
    """
    kinds = {column.name: column.type for column in TABLES["articles"]}
    fields = {name: {"type": _TYPES.get(kinds[name], "keyword")} for name in (*VERDICT, *_GROUPS)}
    fields |= {"reasons": {"type": "text"}, "change": {"type": "long"}}
    return {FIELD: {"dynamic": False, "properties": fields}}


def enrich(result: Result, into: str, *, name: Callable[[str], str] = str) -> Iterator[Action]:
    """Yield an update for each article of some tables.

    Args:
        result: of a scan, or `Index.tables`.
        into: the name of the index, or of an alias that is written to.
        name: the id of an article's document; the article's own where not given.

    """
    table = result.tables["articles"]
    for row, article_id in enumerate(table["article_id"]):
        said = {column: _plain(table[column][row]) for column in (*VERDICT, *_GROUPS)}
        yield _update(into, name(str(article_id)), said)


def follow(
    changes: Iterable[Change], into: str, *, name: Callable[[str], str] = str
) -> Iterator[Action]:
    """Yield an update for each entry of a feed, in its order.

    The object bears the entry's number as ``change``. What is no longer in the index loses the
    object; the document stays.

    Args:
        changes: what `Index.changes` gives.
        into: the name of the index, or of an alias that is written to.
        name: the id of an article's document; the article's own where not given.

    """
    for change in changes:
        verdict = change.verdict
        said = None if verdict is None else {**verdict, "change": change.number}
        yield _update(into, name(change.article_id), said)


def bodies(
    actions: Iterable[Action], *, most_bytes: int = _BYTES, most: int = _ACTIONS
) -> Iterator[bytes]:
    """Yield bodies for ``POST /_bulk`` (``application/x-ndjson``), as actions come.

    Args:
        actions: of `enrich` or `follow`.
        most_bytes: that a body may have; a single action may have more.
        most: actions that a body may have.

    """
    held: list[bytes] = []
    size = 0
    for action in actions:
        lines = _lines(action)
        if held and (size + len(lines) > most_bytes or len(held) == most):
            yield b"".join(held)
            held, size = [], 0
        held.append(lines)
        size += len(lines)
    if held:
        yield b"".join(held)


def refused(answer: Mapping[str, object]) -> list[tuple[str, str]]:
    """Say which documents an answer to a body did not update, each with the reason.

    A request as a whole succeeds even where each of its updates fails.
    """
    items = answer.get("items")
    found = []
    for item in items if isinstance(items, list) else []:
        said = item.get("update", {})
        if "error" in said:
            fault = said["error"]
            reason = fault.get("reason") if isinstance(fault, dict) else fault
            found.append((str(said.get("_id")), str(reason)))
    return found


def _update(into: str, name: str, said: Mapping[str, object] | None) -> Action:
    return {
        "_op_type": "update",
        "_index": into,
        "_id": name,
        "retry_on_conflict": 3,
        "doc": {FIELD: said},
    }


def _lines(action: Action) -> bytes:
    """Write an action as the two lines of a body."""
    head = {key: action[key] for key in ("_index", "_id", "retry_on_conflict")}
    lines = f"{dumps({'update': head})}\n{dumps({'doc': action['doc']})}\n"
    return lines.encode()


def _plain(cell: object) -> object:
    """A cell as JSON has it."""
    return list(cell) if isinstance(cell, tuple) else cell
