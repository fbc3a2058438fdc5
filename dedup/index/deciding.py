"""What a change of an index brings about: all verdicts are weighed anew, then all is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.index.answers import Revision, moved
from dedup.index.revising import Plan, commit
from dedup.records import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedup.index.shelf import Shelf
    from dedup.marks import Mark


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


def without(shelf: Shelf, names: Iterable[str], why: str) -> Revision:
    """Take articles out; an id that is not there is said to be skipped.

    Args:
        shelf: the index.
        names: the ids.
        why: what the feed says of it.

    """
    plan, skipped = Plan(shelf.held), []
    for name in dict.fromkeys(names):
        if name in plan.articles:
            plan.remove(name, why)
        else:
            skipped.append(Skipped(name, "", "the index holds no article of this id"))
    return revise(shelf, plan, tuple(skipped))


def relabel(shelf: Shelf, marks: Iterable[Mark], withdrawn: Iterable[Mark]) -> Revision:
    """Keep a reviewer's marks, and decide everything as they say.

    Args:
        shelf: the index.
        marks: each takes the place of a former one on the same thing.
        withdrawn: those whose thing is no longer judged, whatever they say of it.

    """
    before = shelf.kept
    kept = before.marked(marks, withdrawn)
    if kept == before:
        return Revision()
    shelf.relabel(kept)
    try:
        return revise(shelf, Plan(shelf.held), renewed=True)
    except BaseException:
        shelf.relabel(before)
        raise
