"""Wording that is nobody's: refused where third articles or other times have it too."""

from __future__ import annotations

import dedup
from tests.strategies import SENTENCES

FORMULA = (
    "The survey was carried out by telephone among grown people in every county, called at random "
    "on numbers drawn by a machine, and its makers warn that every tenth answer may be off."
)


def article(n: int, day: str, *, lines: int = 5, shared: str = FORMULA) -> dict[str, object]:
    """An article on a matter of its own, with words in one paragraph that others have too."""
    own = SENTENCES[lines * n : lines * (n + 1)]
    return {
        "id": f"a{n}",
        "publisher": f"Outlet {n}",
        "published_at": day,
        "text": "\n\n".join([" ".join(own[:2]), f"{own[2]} {shared} {own[3]}", own[4]]),
    }


def rows(articles: list[dict[str, object]]) -> int:
    return len(dedup.scan(articles).matches)


def test_what_two_outlets_share_in_one_week_is_reuse() -> None:
    assert rows([article(0, "2021-03-01"), article(1, "2021-03-02")]) == 1


def test_what_comes_again_after_a_month_in_another_matter_is_not() -> None:
    found = dedup.scan([article(0, "2021-03-01"), article(1, "2021-05-02")])
    assert not len(found.matches)
    limits = found.run["limits"]
    assert isinstance(limits, dict)
    assert limits["passages: standing text"] == 1


def test_what_third_articles_on_other_matters_hold_too_is_not() -> None:
    found = dedup.scan([article(n, f"2021-03-0{n + 1}") for n in range(4)])
    assert not len(found.matches)
    limits = found.run["limits"]
    assert isinstance(limits, dict)
    assert limits["passages: standing text"] == 6


def test_copies_of_one_story_are_no_others() -> None:
    """Third articles that tell the same are its copies, however many."""
    text = "\n\n".join([*SENTENCES[:6], FORMULA])
    told: list[dict[str, object]] = [
        {
            "id": f"a{n}",
            "publisher": f"Outlet {n}",
            "published_at": f"2021-03-0{n + 1}",
            "text": text,
        }
        for n in range(4)
    ]
    assert rows(told) == 6


def test_a_whole_article_that_comes_again_after_a_month_is_a_reprint() -> None:
    text = "\n\n".join([*SENTENCES[:6], FORMULA])
    told: list[dict[str, object]] = [
        {"id": f"a{n}", "publisher": f"Outlet {n}", "published_at": day, "text": text}
        for n, day in enumerate(("2021-03-01", "2021-05-02"))
    ]
    assert rows(told) == 1


def test_an_outlet_goes_back_to_a_paragraph_but_not_to_a_line() -> None:
    """A line that comes again after months is its background; who takes up a paragraph copies."""
    days = ("2021-03-01", "2021-05-02")
    lines = [article(n, day) | {"publisher": "The Gull"} for n, day in enumerate(days)]
    assert rows(lines) == 0
    told = " ".join([FORMULA, *SENTENCES[20:23]])
    paragraphs = [
        article(n, day, shared=told) | {"publisher": "The Gull"} for n, day in enumerate(days)
    ]
    assert rows(paragraphs) == 1
    assert rows([article(n, day, shared=told) for n, day in enumerate(days)]) == 0


def test_who_prints_most_of_an_old_article_took_it_up() -> None:
    """Of a release that an outlet prints months later, each has a paragraph to itself."""
    told = "\n\n".join([*SENTENCES[:6], FORMULA])
    own, other = " ".join(SENTENCES[12:15]), " ".join(SENTENCES[20:23])
    days = {"2021-03-01": f"{told}\n\n{other}", "2021-11-02": f"{own}\n\n{told}"}
    articles: list[dict[str, object]] = [
        {"id": f"a{n}", "publisher": f"Outlet {n}", "published_at": day, "text": text}
        for n, (day, text) in enumerate(days.items())
    ]
    assert rows(articles) == 1


def test_bare_documents_have_no_standing_text() -> None:
    """Nothing says that they are news, which dies: a formula in them was taken from somewhere."""
    bare: list[dict[str, object]] = [
        {"id": one["id"], "text": one["text"]} for one in (article(n, "") for n in range(4))
    ]
    assert rows(bare) == 6
