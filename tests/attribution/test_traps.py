"""The known traps of reading credits, both ways: the trap does not fire, its true twin does.

The numbers are those of the catalogue of traps. Not of this room, and tested where they belong:
2 and 3 as far as the name itself goes (test_catalogue), 12, 17, 18, 19, 23, 24, 25, 26, 28 and 32
(what is shared, by whom, in which direction: verify and verdict), 15 (promos), 20 and 21 (broken
lines: text), 27 (times), 31 (windows: candidates).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from dedup.records import Kind, Role

if TYPE_CHECKING:
    from dedup.records import Attribution
    from tests.attribution.conftest import Reader

_LEDE = "The council has sold the quay to its own harbour master, who was the only bidder for it."


class Trap(NamedTuple):
    """A text; what it credits as ``(agency, kind)``; where it stands; who published it."""

    number: int
    text: str
    rows: list[tuple[str, Kind]]
    place: str = "middle"
    publisher: str = ""


_TRAPS = [
    # 1: short forms that mean something else
    Trap(1, "The AP government said all pilgrims from AP were safe.", []),
    Trap(1, "AP Revenue commissioner K. Venkata told the AP police so.", []),
    Trap(1, "“Everybody wants one number,” said AP Lim.", []),
    Trap(1, "Three million students will take AP exams, according to the board.", []),
    Trap(1, "Ten pilgrims died, the AP reported.", [("ap", Kind.REPORT_VERB)]),
    Trap(1, "“We ran,” a pilgrim told AP.", [("ap", Kind.TOLD)]),
    # 2: the same letters as a party, a word, a university
    Trap(2, "The AAP said it would contest all the seats.", []),
    Trap(2, "Con información de efectivos de la policía se cerró el muelle.", [], "last"),
    Trap(2, "Con información de EFE", [("efe", Kind.TAGLINE)], "last"),
    # 3: an agency's name within another's
    Trap(3, "It fell, the Associated Press of Pakistan reported.", [("app", Kind.REPORT_VERB)]),
    Trap(3, "It fell, Australian Associated Press reported.", [("aap", Kind.REPORT_VERB)]),
    Trap(3, "It fell, the Associated Press reported.", [("ap", Kind.REPORT_VERB)]),
    # 4: a story about an agency, a mention, a heading
    Trap(4, "Reuters said it would cut two hundred jobs.", []),
    Trap(4, "Xinhua, the state news agency, later claimed that he had fled.", []),
    Trap(4, "The AP, Reuters and AFP have laid off staff in Manila.", []),
    Trap(4, "A spokeswoman for the AP said that it “does not discuss personnel”.", []),
    Trap(4, "CGTN", []),
    Trap(4, "Reuters reported a quarterly loss of two million dollars.", []),
    Trap(4, "Reuters said that two hundred jobs were gone.", [("reuters", Kind.REPORT_VERB)]),
    Trap(4, "Xinhua, the state news agency, reported so.", [("xinhua", Kind.REPORT_VERB)]),
    Trap(4, "Reuters reported ten deaths.", [("reuters", Kind.REPORT_VERB)]),
    # 5: an agency's own article is its own
    Trap(
        5, "OSLO, March 4 (Reuters) - " + _LEDE,
        [("reuters", Kind.METADATA), ("reuters", Kind.DATELINE)], "first", "Reuters",
    ),
    Trap(5, "ROMA (ITALPRESS) - Xinhua ha un capo.", [("italpress", Kind.DATELINE)], "first"),
    # 6: companies, foundations, institutes
    Trap(6, "The county chose Thomson Reuters for its software.", []),
    Trap(6, "A Reuters Institute study of 46 markets said so.", []),
    Trap(6, "Thomson Reuters reported a fire at its plant.", []),
    Trap(6, "AP Moller said profits had doubled.", []),
    Trap(6, "Michael Bloomberg said he would run.", []),
    Trap(6, "A judge told Bloomberg's campaign to stop.", []),
    Trap(6, "A judge told Bloomberg so.", [("bloomberg", Kind.TOLD)]),
    Trap(6, "A Reuters tally of 46 markets showed so.", [("reuters", Kind.AGENCY_SOURCE)]),
    # 7: photo credits
    Trap(7, "Residents. (Photo: Reuters/D. Okello)", [("reuters", Kind.PHOTO)]),
    Trap(7, "사진: 신화통신", [("xinhua", Kind.PHOTO)], "last"),
    Trap(7, "출처: 신화통신", [("xinhua", Kind.END_MARK)], "last"),
    Trap(7, "(Reuters)", [("reuters", Kind.TAGLINE)], "last"),
    # 8: the house's own staff
    Trap(8, "CNN's Jane Doe contributed to this report.", [], "last", "CNN"),
    Trap(8, "CNBC's Jane Doe contributed to this report.", [], "last"),
    Trap(
        8, "CNN's Jane Doe and The Associated Press contributed to this report.",
        [("ap", Kind.TAGLINE)], "last", "CNN",
    ),
    # 9: a stock clause without a name
    Trap(9, "This material may not be published, broadcast or redistributed.", [], "last"),
    Trap(
        9, "Copyright 2012 The Associated Press. All rights reserved. This material may not be"
        " published, broadcast, rewritten or redistributed.", [("ap", Kind.COPYRIGHT)], "last",
    ),
    # 10: a feed without a name
    Trap(10, "This is auto-generated from a syndicated feed.", [("", Kind.SYNDICATION)], "last"),
    Trap(10, "The story of the feed store was published in May.", [], "last"),
    # 11: a fact is credited, not the article
    Trap(11, "Ten died, according to AFP.", [("afp", Kind.ACCORDING_TO)]),
    # 13: “the agency” that is none
    Trap(13, "The space agency is pleased. Reuters is not. It works, the agency said.", []),
    Trap(
        13, "It fell, AFP reported. Ten died, the agency said.",
        [("afp", Kind.REPORT_VERB), ("afp", Kind.ANAPHORA)],
    ),
    # 22: several in one credit
    Trap(22, "AFP/Reuters", [("afp", Kind.END_MARK), ("reuters", Kind.END_MARK)], "last"),
    Trap(22, "(With PTI, AP inputs)", [("pti", Kind.TAGLINE), ("ap", Kind.TAGLINE)], "last"),
    Trap(22, "— Agencies", [("", Kind.TAGLINE)], "last"),
    Trap(22, "The agencies are many and small", [], "last"),
    # 29: scripts of their own
    Trap(29, "Πηγή: Reuters", [("reuters", Kind.END_MARK)], "last"),
    Trap(29, "来源：新华社", [("xinhua", Kind.END_MARK)], "last"),
    Trap(29, "新华社北京9月12日电 " + _LEDE, [("xinhua", Kind.DATELINE)], "first"),
    Trap(29, "新华社的大楼很高。", []),
    # a bare name in mid-text is no credit
    Trap(34, "It fell (AP) and nobody saw it.", []),
    Trap(34, "AP", []),
    Trap(34, "AP", [("ap", Kind.END_MARK)], "last"),
]  # fmt: skip


def _page(trap: Trap, story: str) -> str:
    if trap.place == "first":
        return f"{trap.text}\n\n{story}"
    if trap.place == "last":
        return f"{story}\n\n{trap.text}"
    return f"{story}\n\n{trap.text}\n\n{story}"


@pytest.mark.parametrize("trap", _TRAPS, ids=lambda trap: f"{trap.number}-{trap.text[:40]}")
def test_trap(read: Reader, story: str, trap: Trap) -> None:
    found = read(_page(trap, story), publisher=trap.publisher).attributions
    agencies = [(row.agency, row.kind) for row in found if row.is_agency or not row.agency]
    assert agencies == trap.rows


def test_inheriting_from_the_paragraph_before_is_unsafe(read: Reader, story: str) -> None:
    """Trap 14: only the paragraph that names Reuters credits it."""
    text = f"{story}\n\nTen died, Reuters reported.\n\nAnother ten are missing.\n\n{story}"
    assert [row.n for row in read(text).attributions] == [7]


def test_a_shared_statement_is_no_credit(read: Reader, story: str) -> None:
    """Trap 16: the ministry that is quoted is no source of the text."""
    assert read(f"{story}\n\n“We ran,” the ministry told reporters.\n\n{story}").attributions == ()


@pytest.mark.parametrize(
    ("author", "agency"),
    [("Afp Afp", "afp"), ("Susan Doe Nicholas Roe In Abuja Afp", "afp"), ("Jane Afporth", None)],
)
def test_mangled_author_fields(read: Reader, story: str, author: str, agency: str | None) -> None:
    """Trap 30."""
    rows: tuple[Attribution, ...] = read(story, authors=(author,)).attributions
    assert [row.agency for row in rows] == ([agency] if agency else [])


def test_a_caption_is_no_credit_line(read: Reader, story: str) -> None:
    """Trap 7: the paragraph is a caption; the credit line beside it is one."""
    found = read(f"{story}\n\nThe quay. (Photo: Jane Doe/AFP)\n\nWith inputs from AFP")
    assert found.roles == ((7, Role.CAPTION), (8, Role.CREDIT))
