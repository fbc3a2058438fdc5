"""The few lines that a terminal shows after a scan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.report import wording

if TYPE_CHECKING:
    from dedup.report.document import Document

#: Skipped inputs that are named; of more, the number is said.
_NAMED = 5


def summary(document: Document) -> str:
    """What was found, what could not be known, articles per verdict, skipped inputs.

    Safe to print: names that carry escape codes or bidirectional controls show them as text.
    """
    lines = [wording.finding(document)]
    if nothing := wording.nothing_shared(document):
        lines.append(nothing)
    if counts := wording.verdict_counts(document):
        lines += [wording.limit(document), ""]
        lines += [f"  {label:<15}{number:>8,}" for label, number in counts.items()]
    lines += _skipped(document)
    return "\n".join(lines)


def _skipped(document: Document) -> list[str]:
    skipped = document.run.get("skipped")
    if not isinstance(skipped, list) or not skipped:
        return []
    lines = ["", f"Skipped {len(skipped):,} input{'' if len(skipped) == 1 else 's'}:"]
    for item in skipped[:_NAMED]:
        record = f"#{item['record']}" if item.get("record") else ""
        lines.append(wording.visible(f"  {item['path']}{record}: {item['reason']}"))
    if len(skipped) > _NAMED:
        lines.append(f"  and {len(skipped) - _NAMED:,} more")
    return lines
