"""What a change of an index brings about: what it touches is weighed anew, then all is stored.

Where few articles are there all are weighed anew, and so whenever tables of all are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from dedup.detector import without_collector
from dedup.index.ahead import one_thread
from dedup.index.answers import Revision, moved
from dedup.index.holdings import key
from dedup.index.nearby import Nearby, Weighed, said_of
from dedup.index.revising import Plan, commit, former
from dedup.records import Skipped

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dedup.index.shelf import Shelf
    from dedup.marks import Mark

#: Under this name the record notes how many verdicts were given since all were last decided.
UNSETTLED = "unsettled"


@without_collector()
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
    if plan.empty and not renewed:
        return Revision(answers=shelf.answers([*plan.order]), skipped=skipped)
    whole = renewed or len(plan) <= max(shelf.few, shelf.half * len(plan.fresh))
    weighed = _all(shelf, plan) if whole else _nearby(shelf, plan)
    before = former(plan, weighed.said, weighed.before)
    gone = [plan.held.articles[name].name for name in plan.gone]
    stamps = commit(shelf.take(), plan, before, weighed.said, _notes(shelf, weighed))
    shelf.changed(plan, weighed, stamps)
    if plan.gone:
        shelf.memory.settle(gone=gone)
        shelf.take().settle()
    else:
        shelf.ahead.later(shelf.memory.settle)
    changed = [n for n in moved(before, weighed.said) if n not in plan.order]
    return Revision(
        answers=weighed.answers.later(plan.order),
        changed=weighed.answers.later(changed),
        removed=tuple(plan.gone),
        skipped=skipped,
    )


def settle(shelf: Shelf) -> Revision:
    """Decide about all articles anew where some were decided among those that they meet."""
    if not shelf.take().meta(UNSETTLED):
        return Revision()
    return revise(shelf, Plan(shelf.held), renewed=True)


def _all(shelf: Shelf, plan: Plan) -> Weighed:
    """Walk all articles that will be there."""
    found = shelf.walk(plan.entries(), len(plan))
    said = said_of(found.walked, found.result)
    return Weighed(found.answers, said, {}, whole=True, walked=len(plan), before={}, found=found)


def _nearby(shelf: Shelf, plan: Plan) -> Weighed:
    """Walk what comes, and what it or what goes touches."""
    leaving = [*plan.gone, *(name for name in plan.fresh if name in plan.held.articles)]
    again = [name for name in plan.order if name not in plan.fresh]
    register = shelf.register
    with register.without([key(name) for name in leaving]), one_thread():
        compare = shelf.ahead.compare
        nearby = Nearby(plan.held, register, shelf.memory, shelf.told, leaving, compare)
        return nearby.weigh([*plan.fresh.values()], again)


def _notes(shelf: Shelf, weighed: Weighed) -> dict[str, object]:
    """Say what is noted beside a change: the settings, and how many were not decided among all."""
    before = cast("int", shelf.take().meta(UNSETTLED) or 0)
    now = 0 if weighed.found is not None else before + len(weighed.said)
    return {"settings": shelf.kept.said(), UNSETTLED: now}


def without(shelf: Shelf, names: Iterable[str], why: str) -> Revision:
    """Take articles out; an id that is not there is said to be skipped.

    Args:
        shelf: the index.
        names: the ids.
        why: what the feed says of it.

    """
    plan, skipped = Plan(shelf.held), []
    for name in dict.fromkeys(names):
        if name in plan.held.articles:
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
