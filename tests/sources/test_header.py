"""The head of a plain text: read where it is clearly one, left alone where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.sources.header import sniff

if TYPE_CHECKING:
    from pathlib import Path

STORY = "The council met on Tuesday and passed the budget with two votes to spare.\n\nIt was late."


def test_the_seeds(seeds: Path) -> None:
    said = {path.name[:3]: sniff(path.read_text("utf-8")) for path in seeds.glob("*.txt")}
    title = "Thousands of Afghans flee northern Afghanistan as two more cities fall to the Taliban."
    assert said.pop("004") == {"published_at": "2021-08-11", "title": title}
    assert said == {"000": {}, "001": {}, "002": {}, "003": {}}


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("Date: 2021-08-11\n", {"published_at": "2021-08-11"}),
        (" date 2021-08-11T10:00:00Z\n\n", {"published_at": "2021-08-11T10:00:00Z"}),
        ("date 2021-08-11 " + "word " * 60 + "\n", {"published_at": "2021-08-11"}),
        (
            "Title: Budget passes\nPublished: Aug 11, 2021\nBy: Ann Lee\nSource: Reuters\n\n",
            {
                "title": "Budget passes",
                "published_at": "Aug 11, 2021",
                "author": "Ann Lee",
                "credit": "Reuters",
            },
        ),
        (
            '---\r\ntitle: "Budget passes"\r\ntags: town\r\nurl: https://a.example/b\r\n---\r\n',
            {"title": "Budget passes", "url": "https://a.example/b"},
        ),
        ("**Headline:** Budget passes\nPublished: some day\n\n", {"title": "Budget passes"}),
        ("Title: Budget passes\n" * 20, {"title": "Budget passes"}),
        ("Council passes budget\n\n", {"title": "Council passes budget"}),
        ("# Council passes the budget\n\n", {"title": "Council passes the budget"}),
        ("\n\nCouncil passes budget\n\n", {"title": "Council passes budget"}),
        (
            "Council passes budget\n\nBy Ann Lee and Tom Ford\nAug 11, 2021\n\n",
            {
                "title": "Council passes budget",
                "author": "Ann Lee;Tom Ford",
                "published_at": "Aug 11, 2021",
            },
        ),
    ],
)
def test_heads(head: str, said: dict[str, str]) -> None:
    assert sniff(head + STORY) == said


@pytest.mark.parametrize(
    "head",
    [
        "",
        "Council passes budget\n",  # no blank line: hard-wrapped text looks the same
        "Council passes budget.\n\n",
        "“We will not go,” he said\nthe mayor\n\n",
        "KABUL, Afghanistan (AP)\n\n",
        "By Ann Lee\n\n",
        "Photo: the council in session\n\n",
        "Also Read | Council passes budget\n\n",
        "Source: Reuters\n",
        "Kabul: the talks go on today\n",
        "https://a.example/council passes budget\n\n",
        "and then the council left\n\n",
        "Two words\n\n",
        "date 2021-99-99 Council passes budget.\n\n",
        "Wednesday, 11 August 2021\n\n",
        "Council " * 30 + "\n\n",
    ],
)
def test_what_is_no_head(head: str) -> None:
    assert sniff(head + STORY) == {}


def test_a_list_of_short_lines_has_no_headline() -> None:
    assert sniff("Results of the games\n\nOne to nil\n\nTwo to one\n") == {}
    assert sniff("Results of the games\n") == {}
