from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.records import Reuse
from dedup.verify.likeness import likeness
from dedup.verify.passages import GAP, RETOLD_GAP, Piece, grade, join, stretches
from dedup.verify.runs import seeds
from tests.strategies import SENTENCES, laid_out
from tests.verify.readings import bare, compared, read_text, taken

OWN = (
    "Grandmothers knitted scarves in the waiting room.",
    "Nobody remembered where the spare keys had gone.",
    "A dog slept on the altar steps.",
    "Somebody whistled a waltz in the corridor.",
)
FOUND = st.builds(
    lambda here, size, there, other, score: Piece(here, here + size, there, there + other, score),
    st.integers(0, 120),
    st.integers(0, 20),
    st.integers(0, 120),
    st.integers(0, 20),
    st.floats(0, 5),
)


def piece(here: int, there: int, words: int = 10) -> Piece:
    return Piece(here, here + words - 1, there, there + words - 1, 1.0)


def as_it_is(piece: Piece) -> Piece:
    return piece


# Joining


def _reach(group: list[Piece]) -> Piece:
    """The stretch from the first word of some pieces to their last."""
    here, here_last, there, there_last, score, retold = zip(*group, strict=True)
    ends = min(here), max(here_last), min(there), max(there_last)
    return Piece(*ends, max(score), any(retold))


@given(st.lists(FOUND, max_size=12))
def test_joining_loses_no_piece_and_keeps_their_order(found: list[Piece]) -> None:
    groups = join(found)
    assert sorted(part for _, group in groups for part in group) == sorted(found)
    assert all(group == sorted(group) for _, group in groups)
    assert all(_reach(group) == whole for whole, group in groups)


@given(st.lists(FOUND, max_size=12))
def test_joining_does_not_depend_on_the_order_of_the_pieces(found: list[Piece]) -> None:
    assert join(found) == join(reversed(found)) == join(sorted(found))


@pytest.mark.parametrize("gap", range(GAP + 1))
def test_pieces_within_a_short_gap_are_one(gap: int) -> None:
    assert len(join([piece(0, 50), piece(10 + gap, 60 + gap)])) == 1
    assert len(join([piece(0, 50), piece(10 + gap, 60)])) == 1


@pytest.mark.parametrize(
    ("here", "there"),
    [
        (10 + RETOLD_GAP + 1, 60 + RETOLD_GAP + 1),  # far off on both sides
        (10, 60 + RETOLD_GAP),  # side by side here, far off there
        (10 + RETOLD_GAP, 60),
        (10, 20),  # side by side here, before it there
        (11, 0),
    ],
)
def test_pieces_far_apart_on_either_side_are_two(here: int, there: int) -> None:
    assert len(join([piece(0, 50), piece(here, there)])) == 2


def test_a_short_stretch_told_anew_on_both_sides_joins_its_neighbours() -> None:
    assert len(join([piece(0, 50), piece(20, 72)])) == 1
    assert len(join([piece(0, 50), piece(14, 74)])) == 2, "two lengths that are not alike"


def test_a_piece_may_carry_on_a_passage_that_is_not_the_last() -> None:
    first, other, second = piece(0, 50), piece(10, 300), piece(11, 61)
    assert [group for _, group in join([first, other, second])] == [[first, second], [other]]


# Grades


def graded(here: list[int], there: list[int]) -> Reuse:
    a, b = bare([here]), bare([there])
    return grade(a, b, seeds(a, b), Piece(0, len(here) - 1, 0, len(there) - 1, 1.0))


WORDS = list(range(1, 61))


def changed(*places: int) -> list[int]:
    return [900 + word if word in places else word for word in WORDS]


def test_the_same_words_are_verbatim() -> None:
    assert graded(WORDS, WORDS) is Reuse.VERBATIM


def test_a_couple_of_words_may_differ() -> None:
    assert graded(changed(20, 40), WORDS) is Reuse.VERBATIM
    assert graded(WORDS, changed(20, 40)) is Reuse.VERBATIM


def test_many_changed_words_are_an_edit() -> None:
    assert graded(changed(*range(6, 60, 6)), WORDS) is Reuse.EDITED


def test_words_left_out_are_an_edit_too() -> None:
    short = WORDS[:20] + WORDS[35:]
    assert graded(short, WORDS) is Reuse.EDITED
    assert graded(WORDS, short) is Reuse.EDITED


def test_few_common_runs_are_a_paraphrase() -> None:
    assert graded(changed(*range(2, 60, 2)), WORDS) is Reuse.PARAPHRASE
    assert graded(WORDS[::-1], WORDS) is Reuse.PARAPHRASE


def test_another_form_of_a_word_is_another_word() -> None:
    source = laid_out(SENTENCES[:4], 2).text
    copy = source.replace("rejected", "rejects").replace("blocked", "block")
    copy = copy.replace("found", "finds").replace("beating", "beats").replace("moved", "moves")
    copy = copy.replace("Engineers", "Engineer").replace("cracks", "crack").replace("won", "wins")
    assert [p.kind for p in taken(copy, source)] == [Reuse.EDITED]


# Passages of real text


def test_a_passage_is_trimmed_to_the_words_that_both_share() -> None:
    sentence = SENTENCES[3].rstrip(".")
    article = f"{OWN[0]}\n\nYesterday {sentence}, neighbours whispered loudly.\n\n{OWN[1]}"
    (found,) = taken(article, laid_out(SENTENCES[:6], 2).text)
    assert found.text == found.other == sentence


def test_sentences_copied_in_a_row_are_one_passage() -> None:
    source = laid_out(SENTENCES[:8], 2).text
    article = f"{OWN[0]}\n\n{' '.join(SENTENCES[2:5])}\n\n{OWN[1]}"
    (found,) = taken(article, source)
    assert found.text == " ".join(SENTENCES[2:5]).rstrip(".")
    assert " ".join(found.other.split()) == found.text


def test_a_few_own_words_between_two_copied_sentences_belong_to_the_passage() -> None:
    article = f"{OWN[0]}\n\n{SENTENCES[2]} Nobody slept. {SENTENCES[3]}\n\n{OWN[1]}"
    (found,) = taken(article, laid_out(SENTENCES[:6], 2).text)
    assert "Nobody slept." in found.text


def test_a_long_stretch_of_own_words_divides_two_passages() -> None:
    between = " ".join((*OWN, "The widow next door fed the pigeons and counted passing lorries."))
    article = f"{SENTENCES[2]}\n\n{between}\n\n{SENTENCES[3]}"
    found = taken(article, laid_out(SENTENCES[:6], 2).text)
    assert [p.text for p in found] == [SENTENCES[2].rstrip("."), SENTENCES[3].rstrip(".")]


def test_a_heading_inside_a_copied_run_belongs_to_it() -> None:
    source = f"{SENTENCES[0]}\n\nWhat happens next\n\n{SENTENCES[1]}"
    (found,) = taken(f"{OWN[0]}\n\n{source}\n\n{OWN[1]}", source)
    assert found.text == found.other == source.rstrip(".")


def test_a_heading_put_in_by_the_copyist_belongs_to_it_too() -> None:
    source = f"{SENTENCES[0]}\n\n{SENTENCES[1]}"
    article = f"{OWN[0]}\n\n{SENTENCES[0]}\n\nWhat happens next\n\n{SENTENCES[1]}\n\n{OWN[1]}"
    (found,) = taken(article, source)
    assert "What happens next" in found.text
    assert found.other == source.rstrip(".")


def test_a_long_run_inside_a_sentence_of_its_own_is_a_passage() -> None:
    run = SENTENCES[9].rstrip(".").replace("The bakery", "the bakery")
    padding = (
        "Asked over tea and biscuits in her kitchen why she had sold the last of her goats, her "
        "loom, her mother's bicycle and the mulberry field behind the chapel, the widow sighed "
        "that {}, that her sons wrote seldom from Rotterdam, that the roof leaked, that her knees "
        "ached on the stairs, and that no goat had ever thanked her for anything at all."
    )
    (found,) = taken(padding.format(run), laid_out(SENTENCES[6:12], 2).text)
    assert found.text == run
    assert found.other.lower() == run.lower()


def test_the_anchors_say_where_each_piece_begins_on_either_side() -> None:
    source = laid_out(SENTENCES[:6], 2).text
    article = f"{SENTENCES[1]}\n\nNobody slept. {SENTENCES[2]} {SENTENCES[3]}\n\n{OWN[1]}"
    (passage,) = compared(article, source).passages
    begin = {article[anchor.here :][:20]: source[anchor.there :][:20] for anchor in passage.anchors}
    assert begin == {text: text for text in (SENTENCES[1][:20], SENTENCES[2][:20])}
    assert {anchor.kind for anchor in passage.anchors} == {Reuse.VERBATIM}


def test_the_words_of_a_passage_are_counted() -> None:
    source = laid_out(SENTENCES[:4], 2).text
    (passage,) = compared(source, source).passages
    assert passage.words == len(read_text(source))
    assert 0.9 < passage.score <= 1


def test_a_passage_too_short_on_either_side_says_nothing() -> None:
    both = likeness(bare([WORDS]), bare([WORDS]))
    long, short = (0, 19), (30, 33)
    for here, there in ((long, short), (short, long), (short, short)):
        assert not list(stretches(both, [Piece(*here, *there, 1.0)], as_it_is))
    assert len(list(stretches(both, [Piece(*long, *long, 1.0)], as_it_is))) == 1
    assert taken("The mayor resigned today.", "The mayor resigned today.") == []


def test_what_is_cut_off_a_whole_may_stand_by_itself() -> None:
    both = likeness(bare([WORDS]), bare([WORDS]))
    first, second = Piece(0, 9, 0, 9, 1.0), Piece(12, 24, 12, 24, 1.0)
    whole = Piece(0, 24, 0, 24, 1.0)

    def cut(piece: Piece) -> Piece:
        return first if piece == whole else piece

    assert [piece for piece, _ in stretches(both, [first, second], cut)] == [first, second]
    assert [piece for piece, _ in stretches(both, [first, second], as_it_is)] == [whole]


def test_pieces_round_a_cut_are_looked_at_by_themselves() -> None:
    """What is best borne out may lie between the pieces; none is looked at without end."""
    both = likeness(bare([WORDS]), bare([WORDS]))
    first, second, between = (Piece(*row, *row, 1.0) for row in ((0, 9), (12, 24), (10, 11)))
    apart = {first: first, second: second}
    found = stretches(both, [first, second], lambda piece: apart.get(piece, between))
    assert [piece for piece, _ in found] == [first, second]
    assert not list(stretches(both, [first, second], lambda _: between))
