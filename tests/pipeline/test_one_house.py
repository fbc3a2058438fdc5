"""What two articles of one outlet share by chance, and what one took from the other."""

from __future__ import annotations

import pytest

import dedup
from tests.strategies import SENTENCES

#: A fact in the words that anybody would use for it, and a sentence that somebody found.
FACT = "an executive order to raise the minimum wage"
FOUND = (
    "the order was signed on a barrel at the end of the quay while gulls walked over the carpet "
    "that somebody had laid out for the band"
)


def rows(shared: str, *, outlets: tuple[str, str] = ("The Gull", "The Gull")) -> int:
    """How many matches two articles have that share words inside sentences of their own."""
    texts = (
        [*SENTENCES[:7], f"Nobody expected {shared}, said a clerk.", *SENTENCES[7:10]],
        [*SENTENCES[20:24], f"It was then that {shared} came to pass.", *SENTENCES[24:30]],
    )
    articles = [
        {"id": str(n), "publisher": outlet, "published_at": f"2021-03-0{n + 1}", "text": text}
        for n, (outlet, text) in enumerate(zip(outlets, map("\n\n".join, texts), strict=True))
    ]
    return len(dedup.scan(articles).matches)


@pytest.mark.parametrize("outlets", [("The Gull", "The Gull"), ("The Gull", "The Tern")])
def test_a_fact_told_in_like_words_is_no_reuse(outlets: tuple[str, str]) -> None:
    assert rows(FACT, outlets=outlets) == 0
    assert rows(FOUND, outlets=outlets) == 1


#: A line of a report that comes every week: with whose figures, and how much of it is changed.
FORM = (
    "More than {} billion barrels of herring changed hands this week at the old exchanges of the "
    "coast, said {}, or {} percent more than the average that was seen before the great storm"
)


@pytest.mark.parametrize(
    ("figures", "found"),
    [(("6", "the brokers", "5.4"), 0), (("6.5", "the brokers", "14"), 1)],
)
def test_a_form_filled_in_anew_is_no_reuse(figures: tuple[str, str, str], found: int) -> None:
    """Next week's report has other figures; who takes up this week's may bring one up to date."""
    articles = [
        {
            "id": str(n),
            "publisher": "The Gull",
            "published_at": f"2021-03-0{n + 1}",
            "text": " ".join([*SENTENCES[10 * n : 10 * n + 8], f"{FORM.format(*told)}."]),
        }
        for n, told in enumerate((("6.5", "the brokers", "13"), figures))
    ]
    assert len(dedup.scan(articles).matches) == found
