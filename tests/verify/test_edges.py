"""Where a passage ends: at the words that the other side bears out."""

from __future__ import annotations

import pytest

from tests.strategies import SENTENCES
from tests.verify.readings import compared

#: A sentence that one took from the other, and what each tells beside it.
TAKEN = (
    "The harbour master had the great lamp carried down to the quay, where two boys polished it "
    "for an hour, and then had it carried up again because the paint was still wet"
)
LEFT = "The lamp of Harrow was first lit under a mayor whom people remember for his enormous hats."
RIGHT = "People of today seldom ask about the lamp, though a mayor did once when it had gone out."


def matched(here: list[str], there: list[str]) -> list[tuple[str, str]]:
    a, b = ("\n\n".join(part) for part in (here, there))
    found = compared(a, b, strict=True).passages
    return [(a[p.start : p.end], b[p.other_start : p.other_end]) for p in found]


@pytest.mark.parametrize("before", [True, False])
def test_a_sentence_beside_the_copied_one_is_no_part_of_it(before: bool) -> None:  # noqa: FBT001
    here, there = [LEFT, f"{TAKEN}."], [RIGHT, f"{TAKEN}."]
    if not before:
        here.reverse()
        there.reverse()
    own = SENTENCES[10:14], SENTENCES[20:24]
    found = matched([*own[0][:2], *here, *own[0][2:]], [*own[1][:2], *there, *own[1][2:]])
    assert found == [(TAKEN, TAKEN)]


def test_an_edited_sentence_stays_whole() -> None:
    """Changed words leave few runs, but the sentence is clearly one with what it follows."""
    first = (
        "Eleven houses in the village were swept away when a seasonal stream changed course around "
        "midnight following very heavy rain, dragging walnut trees and boulders through kitchens"
    )
    edited = (
        "Eleven houses in one hamlet were destroyed when the seasonal stream shifted its course at "
        "midnight after very heavy rain, dragging walnut trees and boulders through their kitchens"
    )
    found = matched([*SENTENCES[10:12], f"{edited}.", f"{TAKEN}."], [f"{first}.", f"{TAKEN}."])
    assert [here.startswith("Eleven houses") for here, _ in found] == [True]
    assert found[0][1].startswith("Eleven houses")


def test_a_word_of_the_next_sentence_is_chance() -> None:
    """Runs go on over a full stop; a word or two behind it belong to what either tells next."""
    here = [*SENTENCES[10:12], f"{TAKEN}. Nobody minded the two boys, who went home singing."]
    there = [*SENTENCES[20:22], f"{TAKEN}. Nobody has found out yet what the lamp cost the town."]
    assert matched(here, there) == [(TAKEN, TAKEN)]
    before = [f"They said so. {TAKEN}.", *SENTENCES[10:12]]
    assert matched(before, [f"Nobody said so. {TAKEN}.", *SENTENCES[20:22]]) == [(TAKEN, TAKEN)]


@pytest.mark.parametrize("turned", [False, True])
def test_what_one_side_put_in_between_is_no_part(turned: bool) -> None:  # noqa: FBT001
    """A paragraph between two that were taken, where the other goes straight on."""
    taken, again = SENTENCES[:8], SENTENCES[8:14]
    own = " ".join(SENTENCES[20:23])
    whole, parted = [*taken, *again], [*taken, own, *again]
    found = matched(whole, parted) if turned else matched(parted, whole)
    sides = [["\n\n".join(part).rstrip(".") for part in (taken, again)]] * 2
    assert sorted(zip(*sides, strict=True)) == sorted(found)


#: Sentences of one story; the last one repeats some words of the first.
FINE = (
    "Kendall, a former resident of Harrow, was fined in April for selling the brass of the old "
    "lamp to a dealer who paid him in herring. The dealer ran a shop for sailmakers in a special "
    "street on the border of the fish market"
)
WALL = (
    "Mills worked on a new harbour wall at an experimental yard that the school of engineers "
    "founded with gifts from church groups"
)
ECHO = "Another man had been told that he would be fined in April for selling the brass of the lamp"


def test_a_part_that_comes_apart_ends_where_it_is_borne_out() -> None:
    """What bore out the end of the whole stands in the other part."""
    put_in = " ".join([*SENTENCES[10:12], SENTENCES[13]])
    here = [f"{FINE}.", f"{WALL}.", *SENTENCES[3:5]]
    there = [f"{FINE}.", put_in, f"{WALL}.", f"{ECHO}.", SENTENCES[12]]
    assert matched(here, there) == [(FINE, FINE), (WALL, WALL)]


MOVED = (
    "Nobody on the quay had ever seen a lamp carried in a wheelbarrow before, and the children "
    "ran beside it in the rain as if it were a bride"
)


def test_what_was_moved_is_a_passage_of_its_own() -> None:
    """A paragraph that the other has between two others was set at the end."""
    first, second = (" ".join(SENTENCES[k : k + 3]).rstrip(".") for k in (8, 14))
    left_out = " ".join(SENTENCES[20:23])
    there = [f"{TAKEN}.", f"{MOVED}.", f"{first}.", left_out, f"{second}."]
    here = [f"{TAKEN}.", f"{first}.", f"{second}.", f"{MOVED}."]
    found = matched(here, there)
    assert (MOVED, MOVED) in found
    assert (second, second) in found


def test_own_words_in_the_place_of_others_are_no_part() -> None:
    """A paragraph was taken out and another of like length, on other things, set in its place."""
    again = " ".join(SENTENCES[8:11]).rstrip(".")
    own = (
        "The council decided after breakfast to buy paraffin from the islands, ten barrels at a "
        "time, until the next election had been held"
    )
    other = (
        "Two fishermen are said to have slept through it, and a dog belonging to the vicar was "
        "found asleep beneath an upturned boat"
    )
    here, there = [f"{TAKEN}.", f"{own}.", again], [f"{TAKEN}.", f"{other}.", again]
    assert matched(here, there) == [(TAKEN, TAKEN), (again, again)]
