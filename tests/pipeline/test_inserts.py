"""What an outlet sets whole into articles on different things, and what its reporters take up."""

from __future__ import annotations

import dedup
from tests.strategies import SENTENCES

#: A page's own words, longer than a paragraph that two articles alone show to be boilerplate.
WORD = (
    "Harbour Letter is a weekly look at how the small towns of the coast live, and what they make "
    "of the tides. This article belongs to a series that its readers asked for last winter, when "
    "the lamps went out, and that will go on until nobody asks. Its writers walk from quay to quay "
    "and set down whatever they are told there, with the names of those who told it."
)
#: Lines of an article's own, many enough for a page's words to be a small part of it.
LINES = 14
CHANGED = WORD.replace("weekly", "monthly")


def article(n: int, parts: list[str], outlet: str = "Harbour Letter") -> dict[str, object]:
    return {
        "id": f"a{n}",
        "publisher": outlet,
        "published_at": f"2021-03-0{n + 1}",
        "text": "\n\n".join(parts),
    }


def own(n: int) -> list[str]:
    """Paragraphs on a matter of their own."""
    lines = SENTENCES[LINES * n : LINES * (n + 1)]
    return [" ".join(lines[at : at + 2]) for at in range(0, LINES, 2)]


def rows(*articles: dict[str, object]) -> int:
    return len(dedup.scan(list(articles)).matches)


def test_whole_paragraphs_in_articles_on_different_things_are_the_page_s() -> None:
    assert rows(article(0, [*own(0), WORD]), article(1, [CHANGED, *own(1)])) == 0


def test_wording_worked_into_another_paragraph_is_reuse() -> None:
    worked_in = [*own(1)[:-2], f"{own(1)[-2]} {WORD} {own(1)[-1]}"]
    assert rows(article(0, [*own(0), WORD]), article(1, worked_in)) == 1


def test_a_paragraph_taken_up_in_the_same_matter_is_reuse() -> None:
    lines = SENTENCES[:LINES]
    told_again = [" ".join(reversed(line.rstrip(".").split())) + "." for line in lines]
    again = [" ".join(told_again[at : at + 2]) for at in range(0, LINES, 2)]
    assert rows(article(0, [*own(0), WORD]), article(1, [*again, CHANGED])) == 1


def test_another_outlet_took_it() -> None:
    other = article(1, [CHANGED, *own(1)], "The Gull")
    assert rows(article(0, [*own(0), WORD]), other) == 1


def test_links_set_into_a_sentence_are_no_reuse() -> None:
    links = (
        "Jane Doe Jane Mary DoeTown hall voices concern about how the lamps were lit again: report "
        "The gull that would not leave the mayor alone on the quay Ten reasons why the harbour "
        "wall was never finished in all these years MORE"
    )
    first = f"{own(0)[0]} So said Mayor {links} when he was asked."
    second = f"Nobody asked {links} whether it rained. {own(1)[0]}"
    assert rows(article(0, [first, *own(0)[1:]]), article(1, [*own(1)[1:], second])) == 0
    plain = links.replace("DoeTown", "Roe: town").removesuffix(" MORE")
    first, second = first.replace(links, plain), second.replace(links, plain)
    assert rows(article(0, [first, *own(0)[1:]]), article(1, [*own(1)[1:], second])) == 1


def test_a_note_on_the_writer_is_boilerplate_in_news_alone() -> None:
    note = "Jane Doe is a professor of law at Harrow and the author of four books on the tide."
    news = dedup.scan([article(0, [*own(0), note])]).paragraphs
    assert news["role"].tolist()[-1] == "boilerplate"
    bare = dedup.scan([{"id": "a", "text": "\n\n".join([*own(0), note])}]).paragraphs
    assert bare["role"].tolist()[-1] == "body"


def test_what_comes_again_at_its_place_a_week_later_is_the_page_s() -> None:
    """The two are about one matter; a frame stands under both, a paragraph was taken up in both."""
    told_again = [" ".join(reversed(part.rstrip(".").split())) + "." for part in own(0)[:4]]
    first = article(0, [*own(0), WORD])
    later = {**article(1, [*own(1)[:4], *told_again, WORD]), "published_at": "2021-03-08"}
    assert rows(first, later) == 0
    assert rows(first, {**later, "published_at": "2021-03-02"}) == 1
    elsewhere = [*own(1)[:4], WORD, *told_again]
    assert rows(first, {**later, "text": "\n\n".join(elsewhere)}) == 1
