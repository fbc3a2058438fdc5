"""Of articles of one text that have it from one place one is judged, the others as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dedup.records import Direction, Kind, Reuse
from tests.verdict.newsdesk import OWN, Desk, credit

if TYPE_CHECKING:
    from tests.verdict.newsdesk import Verdicts

#: Articles of one text, each with one thing that is not as with the others.
UNLIKE = ("outlet", "credit", "sign", "agency", "source", "stretch", "kind", "order", "giver")
NAMES = ("plain", "plain too", "plain as well", *UNLIKE)


def reprints(text: int | None) -> Verdicts:
    """Judge what is printed of a wire story and of a paper's own, all of one text or of none."""
    desk = Desk()
    desk.article("a wire", agency="reuters", hour=0)
    desk.article("a paper", hour=1)
    for name in NAMES:
        desk.article(
            name,
            outlet="Somebody" if name == "outlet" else "The Post",
            agency="afp" if name == "agency" else "",
            hour=1 if name == "order" else 5,
            says=[credit("ap", Kind.BYLINE)] if name == "credit" else (),
            signs=[OWN] if name == "sign" else (),
            text=text,
        )
        desk.took(
            name,
            "a paper" if name in {"source", "order"} else "a wire",
            first=40 if name == "stretch" else 0,
            kind=Reuse.EDITED if name == "kind" else Reuse.VERBATIM,
            direction=Direction.UNKNOWN if name == "order" else Direction.FROM,
        )
    desk.article("taker", hour=9)
    desk.took("taker", "giver")
    desk.article("teller", agency="ap", hour=5)
    desk.on_one_story("plain as well", "teller")
    return desk.decide()


def test_the_same_is_said_of_twins_as_of_others() -> None:
    twins, others = reprints(text=7), reprints(text=None)
    for name in NAMES:
        row = twins.place[name]
        assert twins[name] == others[name], name
        assert twins.ledger(name) == others.ledger(name), name
        assert twins.decided.origins.of(row).runs == others.decided.origins.of(row).runs, name
    assert twins.decided.story_rows == others.decided.story_rows


def test_only_who_has_all_alike_is_a_twin() -> None:
    verdicts = reprints(text=7)
    like = verdicts.decided.origins.like
    twins = {verdicts.ids[row] for row, first in enumerate(like) if like.count(first) > 1}
    assert twins == {"plain", "plain too", "plain as well"}


def test_an_agency_on_the_same_event_is_seen_beside_one_twin_alone() -> None:
    verdicts = reprints(text=7)
    assert verdicts["plain as well"] is not verdicts["plain"]
    assert verdicts["plain too"] is verdicts["plain"]
