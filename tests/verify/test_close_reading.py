from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from dedup import text as rooms
from dedup.records import FURNITURE, Paragraph, Role
from dedup.verify.reading import trigrams
from tests.strategies import articles
from tests.verify import plain
from tests.verify.readings import bare, like, read_paragraphs, read_text

SPEECH = (
    "The harbour master, Lena Voss, came out at noon. “Nobody sails,” she told 40 skippers at the "
    "gate. They went home to Kiel.\n\n"
    "By then the skippers had rowed back, tied up and lit a fire on the beach, where one of them "
    "sang. “The wind is no friend, the lamps are out,” Voss added."
)


def marked(text: str, column: str, language: str = "en") -> set[str]:
    """Give the words of a text that a column marks."""
    reading = read_text(text, language)
    rows = np.flatnonzero(getattr(reading, column)).tolist()
    return {text[reading.start[i] : reading.end[i]] for i in rows}


def test_names_stand_inside_a_sentence_and_tell_something() -> None:
    assert marked(SPEECH, "name") == {"Lena", "Voss", "Kiel"}


def test_numbers() -> None:
    assert marked(SPEECH, "number") == {"40"}


def test_quoted_words_stand_inside_the_marks() -> None:
    assert {"Nobody", "sails", "wind", "lamps"} <= marked(SPEECH, "quoted")
    assert not {"told", "gate", "added", "noon"} & marked(SPEECH, "quoted")


def test_telling_words_are_the_writers_own() -> None:
    telling = marked(SPEECH, "telling")
    assert {"harbour", "skippers", "gate"} <= telling
    assert not {"the", "Lena", "40", "lamps"} & telling


def test_a_text_without_quotations_has_no_quoted_words() -> None:
    assert not marked("The boats lay still. Nobody sailed from the harbour that night.", "quoted")


def test_a_paragraph_of_speech_is_quoted_as_a_whole() -> None:
    text = "“So said the poet of the northern shore,” he added."
    reading = read_paragraphs(text, [Paragraph(1, 0, len(text), Role.QUOTE)])
    assert reading.quoted.all()


@pytest.mark.parametrize("role", sorted(FURNITURE))
def test_furniture_is_no_part_of_a_reading(role: Role) -> None:
    text = "Boats lay still.\n\nNobody sailed.\n\nLamps went out."
    places = [(0, 16), (18, 32), (34, 49)]
    roles = (Role.BODY, role, Role.BODY)
    paragraphs = [Paragraph(n, *places[n - 1], roles[n - 1]) for n in (1, 2, 3)]
    reading = read_paragraphs(text, paragraphs)
    assert len(reading) == 6
    assert reading.paragraph.tolist() == [1, 3]


@given(articles())
@settings(max_examples=25)
def test_every_counted_word_keeps_its_place(text: str) -> None:
    reading = read_text(text)
    tokens = rooms.tokenize([text])
    assert reading.start.tolist() == tokens.start.tolist()
    assert reading.end.tolist() == tokens.end.tolist()
    assert reading.indptr[-1] == len(reading) == reading.lengths.sum()
    assert (np.diff(reading.sentence) >= 0).all()
    first, last = reading.span(0, len(reading) - 1)
    assert text[first:last] == text.strip().rstrip(".")


def test_a_sentence_without_a_word_is_none() -> None:
    text = "Boats lay still. ... Nobody sailed."
    whole = [Paragraph(1, 0, len(text), Role.BODY)]
    reading = read_paragraphs(text, whole)
    assert reading.lengths.tolist() == [3, 2]


@pytest.mark.parametrize("text", ["", "... !"])
def test_nothing_to_read(text: str) -> None:
    reading = read_text(text)
    assert len(reading) == 0
    assert reading.indptr.tolist() == [0]
    assert len(reading.trigrams) == len(reading.bags.weights) == 0
    assert [len(norm) for norm in reading.bags.norms] == [0, 0]


@given(articles())
@settings(max_examples=25)
def test_lengths_of_vectors_are_the_plain_ones(text: str) -> None:
    reading = read_text(text)
    weight = plain.weights(reading)
    told = plain.sentences(reading)
    single, double = reading.bags.norms
    assert single == pytest.approx([plain.length(plain.vector(s, weight)) for s in told], rel=1e-5)
    pairs = [s + t for s, t in zip(told, [*told[1:], []], strict=True)]
    assert double == pytest.approx([plain.length(plain.vector(s, weight)) for s in pairs], rel=1e-5)


def test_two_sentences_in_a_row_may_share_their_words() -> None:
    single, double = bare([[1, 2], [2, 3], [2]], weight=1.0).bags.norms
    assert single == pytest.approx([2**0.5, 2**0.5, 1.0])
    assert double == pytest.approx([6**0.5, 5**0.5, 1.0])


def test_trigrams_know_the_order_of_words() -> None:
    words = np.array([7, 8, 9, 7, 9, 8, 7, 8, 9], np.uint64)
    hashes = trigrams(words).tolist()
    assert len(hashes) == 7
    assert hashes[0] == hashes[6]
    assert len(set(hashes)) == 6


@pytest.mark.parametrize("size", [0, 1, 2])
def test_too_few_words_for_a_trigram(size: int) -> None:
    assert len(trigrams(np.arange(size, dtype=np.uint64))) == 0


def test_stems_meet_and_words_do_not() -> None:
    found = like("The ministers resigned over grain.", "A minister resigns over the grains.")
    shared = found.a.stem[found.here >= 0]
    assert len(set(shared.tolist())) == 5
    assert not set(found.a.word.tolist()) >= set(found.b.word.tolist())
