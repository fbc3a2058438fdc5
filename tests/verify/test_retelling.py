from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from dedup.records import Reuse
from dedup.verify.likeness import likeness
from dedup.verify.rewrite import retelling, retold
from tests.strategies import SENTENCES, laid_out, turned
from tests.verify import plain
from tests.verify.readings import bare, compared, like, reused

FILE = tomllib.loads(Path(__file__).with_name("reuse_cases.toml").read_text("utf-8"))
SOURCE = FILE["story"]["mine"]["text"].strip()
CASES = {case["name"]: case["article"].strip() for case in FILE["case"]}
RETOLD = CASES["a story re-told throughout with no detail of its own"]
REPORTED = CASES["the same event reported by one who was there"]


def decided(article: str, source: str = SOURCE, *, ordered: bool = True) -> bool:
    told = retelling(like(article, source), ordered=ordered)
    return told is not None and told.taken


def test_a_story_re_told_is_known_by_order_and_by_what_it_lacks() -> None:
    told = retelling(like(RETOLD, SOURCE), ordered=True)
    assert told is not None
    assert told.taken
    assert told.order > 2
    assert told.names == told.figures == told.quotes == 0


def test_a_report_of_the_same_event_is_none() -> None:
    assert not decided(REPORTED)
    assert reused(REPORTED, SOURCE) == 0


def test_where_no_re_telling_is_looked_for_only_dense_likeness_counts() -> None:
    """The first two paragraphs are told so freely that only the whole shows where they are from."""
    article = f"It was a week that Mufulira will remember.\n\n{RETOLD}"
    found = {
        retell: {p.start for p in compared(article, SOURCE, retell=retell).passages}
        for retell in (True, False)
    }
    assert 0 in found[True]
    assert 0 not in found[False]


def test_another_story_is_none() -> None:
    bridge = FILE["story"]["bridge"]["text"].strip()
    assert not decided(bridge)
    assert not decided(RETOLD, bridge)


@pytest.mark.parametrize(
    "detail",
    [
        "Bwalya Mwale and Esther Zulu had come from Kitwe with Father Kizito of Saint Anne.",
        "“I told them to leave me the radio, and I sang old songs until the battery went.”",
    ],
)
def test_own_names_and_own_speech_show_a_reporter(detail: str) -> None:
    paragraphs = RETOLD.split("\n\n")
    paragraphs[2:2] = [detail]
    assert not decided("\n\n".join(paragraphs))


def test_a_list_that_everybody_has_does_not_drown_own_names() -> None:
    """Line-ups, crews, winners: so many names in common that few of all are the reporter's own."""
    first = ("Bor", "Dra", "Fel", "Gor", "Hal", "Jar", "Kov", "Lun", "Mar", "Nov", "Pet", "Rad")
    last = ("ac", "ber", "dal", "ek", "fin", "gar", "ic", "lund", "man", "os", "sen", "tov")
    crew = ", ".join(f"{one}{two}" for one in first for two in last)
    detail = "Bwalya Mwale and Esther Zulu had come from Kitwe with Father Kizito of Saint Anne."
    listed = f"The crews: {crew}."
    assert decided(f"{RETOLD}\n\n{listed}", f"{SOURCE}\n\n{listed}")
    assert not decided(f"{RETOLD}\n\n{detail}\n\n{listed}", f"{SOURCE}\n\n{listed}")


WINNERS = (
    "Best picture: Tidewater. Best director: Mina Okabe, Tidewater. Best actor: Tomas Reyes, "
    "Northbound. Best actress: Ada Quill, Understudy. Supporting actor: Ben Okoro, Northbound. "
    "Supporting actress: Lise Marchand, Tidewater. Original screenplay: Paul Ferro, Tidewater. "
    "Adapted screenplay: Grace Lim, Understudy. Cinematography: Northbound. Costume design: Riga."
)


def test_a_list_with_labels_is_no_reuse() -> None:
    """Winners and results stand in every report, in one form; a clause more is somebody's."""
    here = f"{SENTENCES[10]}\n\n{SENTENCES[11]}\n\n{WINNERS}\n\n{SENTENCES[12]}"
    there = f"{SENTENCES[20]}\n\n{WINNERS}\n\n{SENTENCES[21]}"
    assert compared(here, there, strict=True).passages == ()
    told = "Best of them all was the one who had the lamp carried down to the quay by two boys."
    found = compared(
        *(side.replace(WINNERS, f"{WINNERS} {told}") for side in (here, there)), strict=True
    )
    assert len(found.passages) == 1


def test_own_figures_show_a_reporter() -> None:
    """A few are no wonder: who re-tells writes them otherwise."""
    detail = "The drill had cut through 412 metres of rock at 19 an hour and worn out 14 bits."
    assert decided(f"{RETOLD}\n\n{detail}")
    more = "It weighed 903 tons, cost 77 million and ran for 61 nights on 850 litres an hour."
    assert not decided(f"{RETOLD}\n\n{detail} {more}")


def test_another_order_is_another_telling() -> None:
    backwards = "\n\n".join(RETOLD.split("\n\n")[::-1])
    assert not decided(backwards)


def test_new_words_are_counted_as_shares_of_the_content() -> None:
    article = RETOLD.replace("according to the doctors", "according to Doctor Phiri")
    found = like(article, SOURCE)
    told = retelling(found, ordered=True)
    assert told is not None
    weight = plain.weights(found.a)
    content = {stem for stem, value in weight.items() if value > 0}
    assert told.names == pytest.approx(1 / len(content))


def test_where_the_order_is_unknown_less_is_enough_to_be_a_reporter() -> None:
    article = RETOLD.replace("the doctors", "the doctors at Kitwe and Ndola")
    assert decided(article)
    assert not decided(article, ordered=False)
    assert decided(RETOLD, ordered=False)


@pytest.mark.parametrize(
    ("article", "source"),
    [
        (RETOLD.split("\n\n")[0], SOURCE),  # a sentence or two are too little to tell
        (SOURCE, RETOLD.split("\n\n")[0]),
        ("The men came up. They sang. They ate. They slept.", SOURCE),  # so are so few words
        (RETOLD, f"{SOURCE}\n\n{laid_out(SENTENCES, 2).text}"),  # the source holds all
        (laid_out(SENTENCES[:8], 2).text, laid_out(SENTENCES[9:18], 2).text),  # nothing in common
        ("It was so and it is so. They had it and we have it. " * 12, SOURCE),  # no content
    ],
)
def test_what_cannot_be_decided(article: str, source: str) -> None:
    assert retelling(like(article, source), ordered=True) is None


def test_numbers_of_the_source_are_no_own_detail() -> None:
    told = retelling(like(RETOLD.replace("thirty-one", "31"), SOURCE), ordered=True)
    assert told is not None
    assert told.figures > 0
    both = SOURCE.replace("Thirty-one", "31")
    told = retelling(like(RETOLD.replace("thirty-one", "31"), both), ordered=True)
    assert told is not None
    assert told.figures == 0


def test_where_the_order_is_unknown_the_side_that_was_re_told_is_found() -> None:
    """The fuller article has detail of its own, the other has none: it was made of the fuller."""
    paragraphs = zip(SOURCE.split("\n\n"), REPORTED.split("\n\n"), strict=False)
    fuller = "\n\n".join(paragraph for pair in paragraphs for paragraph in pair)
    assert not compared(fuller, RETOLD).passages
    found = compared(fuller, RETOLD, both=True).passages
    assert {passage.kind for passage in found} == {Reuse.PARAPHRASE}
    assert sum(passage.other_end - passage.other_start for passage in found) > 0.6 * len(RETOLD)


def test_a_few_like_sentences_make_no_re_telling() -> None:
    """A third of the words are the other's, but most sentences say nothing that it says."""
    there = [list(range(10 * i, 10 * i + 8)) for i in range(12)]
    here = [words if i < 4 else [word + 500 for word in words] for i, words in enumerate(there)]
    assert retelling(likeness(bare(here), bare(there)), ordered=True) is None
    most = [words if i < 8 else [word + 500 for word in words] for i, words in enumerate(there)]
    assert retelling(likeness(bare(most), bare(there)), ordered=True) is not None


# Which paragraph stands beside which


def beside(article: str, source: str = SOURCE) -> list[tuple[int, set[int]]]:
    """Each re-told paragraph's number with the numbers of those that it re-tells."""
    found = like(article, source)
    told = retelling(found, ordered=True)
    assert told is not None
    rows = [
        (
            int(found.a.paragraph[found.a.sentence[piece.here]]),
            set(found.b.paragraph[found.b.sentence[piece.there : piece.there_last + 1]].tolist()),
        )
        for piece in retold(found, told, [])
    ]
    assert [n for n, _ in rows] == sorted({n for n, _ in rows})
    return rows


def test_every_paragraph_stands_beside_its_own() -> None:
    assert beside(RETOLD) == [(n, {n}) for n in range(1, 9)]


def test_a_paragraph_with_no_counterpart_stands_beside_where_the_story_was() -> None:
    paragraphs = RETOLD.split("\n\n")
    paragraphs.insert(3, "Such a rescue the miners had not seen.")
    assert beside("\n\n".join(paragraphs))[3] == (4, {3})


def test_a_paragraph_that_shares_nothing_stands_beside_nothing() -> None:
    paragraphs = RETOLD.split("\n\n")
    paragraphs.insert(3, "Nothing like it had ever happened.")
    assert [n for n, _ in beside("\n\n".join(paragraphs))] == [1, 2, 3, 5, 6, 7, 8, 9]


def test_what_is_known_to_be_copied_is_left_alone() -> None:
    found = like(RETOLD, SOURCE)
    told = retelling(found, ordered=True)
    assert told is not None
    every = retold(found, told, [])
    rest = retold(found, told, [every[2]])
    assert rest == [piece for piece in every if piece != every[2]]


def test_a_re_telling_with_a_copied_paragraph_has_both() -> None:
    paragraphs = RETOLD.split("\n\n")
    paragraphs[4] = SOURCE.split("\n\n")[4]
    article = "\n\n".join(paragraphs)
    passages = compared(article, SOURCE).passages
    kinds = {
        anchor.kind
        for passage in passages
        for anchor in passage.anchors
        if anchor.here == article.index(paragraphs[4])
    }
    assert kinds == {Reuse.VERBATIM}
    assert reused(article, SOURCE) > 0.9


def test_paragraphs_that_share_nothing_are_not_reuse() -> None:
    told = [turned(sentence) for sentence in SENTENCES[2:6]]
    article = laid_out((*SENTENCES[20:24], *told, *SENTENCES[24:28]), 2).text
    passages = compared(article, laid_out(SENTENCES[:9], 3).text).passages
    assert not any(passage.start <= article.index(SENTENCES[20]) for passage in passages)
