"""What is said of a text that was checked, and what a reviewer says of what was said."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dedup.desk.replies import RefusedError
from dedup.desk.rows import headline, row_of
from dedup.marks import mark_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dedup.index import Answer
    from dedup.marks import Mark

    Row = dict[str, object]


def checked(
    answer: Answer,
    text: str,
    listed: Callable[[Iterable[str]], list[Row]],
    credit_lines: Callable[[Row], list[Row]],
) -> Row:
    """Give an answer as the API has it.

    Args:
        answer: of the index.
        text: that was asked about.
        listed: gives the list's rows of articles.
        credit_lines: gives those that an article's row asks for.

    """
    row = row_of("articles", answer.row)
    sides = {str(match[s]) for match in answer.matches for s in ("article_id", "other_id")}
    return {
        "article": {**row, "headline": headline(row, text)},
        "paragraphs": [row_of("paragraphs", paragraph) for paragraph in answer.paragraphs],
        "matches": [row_of("matches", match) for match in answer.matches],
        "attributions": [
            {"article_id": row["article_id"], **_attribution(found)}
            for found in answer.verdict.attributions
        ],
        "others": listed(sides - {str(row["article_id"])}),
        "credit_lines": credit_lines(row),
        "complete": answer.complete,
    }


def _attribution(found: object) -> Row:
    """Give an attribution as a row of attributions.csv; metadata stands nowhere in the text."""
    row = dict(cast("Mapping[str, object]", found._asdict()))  # type: ignore[attr-defined]
    if not row["n"]:
        row |= dict.fromkeys(("n", "start", "end"))
    return row


def mark_in(row: Row) -> Mark:
    """Read one mark.

    Raises:
        RefusedError: where it is none.

    """
    cells = {name: "" if cell is None else str(cell) for name, cell in row.items()}
    try:
        return mark_of(cells)
    except ValueError as fault:
        raise RefusedError(422, f"this is no mark: {fault}") from fault
