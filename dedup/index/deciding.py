"""What a change of an index brings about: all verdicts are weighed anew, then all is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.index.answers import Revision, moved
from dedup.index.revising import commit

if TYPE_CHECKING:
    from dedup.index.revising import Plan
    from dedup.index.shelf import Shelf
    from dedup.records import Skipped


def revise(
    shelf: Shelf, plan: Plan, skipped: tuple[Skipped, ...] = (), *, renewed: bool = False
) -> Revision:
    """Decide what a plan brings about, store it, and say it.

    Args:
        shelf: the index.
        plan: what is to change.
        skipped: what could not be used.
        renewed: whether all is worked out anew though nothing changes.

    """
    memory = shelf.memory
    if plan.empty and not renewed:
        return Revision(answers=shelf.now().answers.of(plan.order), skipped=skipped)
    memory.know((entry.article, entry.name) for entry in plan.articles.values())
    try:
        if plan.changes or renewed:
            found = shelf.judged([e.article for e in plan.articles.values()], memory)
        else:
            found = shelf.now()
        verdicts = found.answers.verdicts()
        held = commit(shelf.take(), plan, verdicts, shelf.kept.said())
    except BaseException:
        memory.know((entry.article, entry.name) for entry in plan.held.articles.values())
        raise
    shelf.changed(held, found)
    memory.settle(gone=[plan.held.articles[name].name for name in plan.gone])
    if plan.gone:
        shelf.take().settle()
    changed = [n for n in moved(plan.held.verdicts, verdicts) if n not in plan.order]
    return Revision(
        answers=found.answers.of(plan.order),
        changed=found.answers.of(changed),
        removed=tuple(plan.gone),
        skipped=skipped,
    )
