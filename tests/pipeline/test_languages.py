"""The hard cases of who wrote what, in each language that the project reads closely."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import dedup

STORIES = tomllib.loads((Path(__file__).parent / "languages.toml").read_text("utf-8"))
LANGUAGES = pytest.mark.parametrize("language", sorted(STORIES))


def paired(sentences: list[str]) -> list[str]:
    """Paragraphs of two sentences."""
    return [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]


class Desk:
    """The articles on the event in one language, and what is said of the one asked about."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.story = STORIES[language]
        self.first, self.second, self.own = (
            self.story[name] for name in ("first", "second", "own")
        )

    def article(
        self, name: str, hour: int, paragraphs: list[str], **more: object
    ) -> dict[str, object]:
        return {
            "id": name,
            "publisher": name.title(),
            "published_at": f"2021-03-12T{hour:02d}:00:00Z",
            "language": self.language,
            "text": "\n\n".join(paragraphs),
            **more,
        }

    def agencies(self) -> list[dict[str, object]]:
        """Two agencies' own articles, the second Reuters'."""
        name = self.story["agency"]
        head, *rest = paired(self.first)
        other, *more = paired(self.second)
        return [
            self.article(
                name, 6, [self.story["dateline"] + head, *rest], is_wire=True, agency=name
            ),
            self.article(
                "Reuters", 7, [f"(Reuters) - {other}", *more], is_wire=True, agency="Reuters"
            ),
        ]

    def judged(self, paragraphs: list[str], *others: dict[str, object]) -> dict[str, object]:
        """The row of an article that came after the agencies', or after others."""
        asked = self.article("gazette", 12, paragraphs)
        rows = dedup.scan([*(others or self.agencies()), asked]).articles.set_index("article_id")
        return {str(name): value for name, value in rows.loc["gazette"].items()}


def listed(value: object) -> set[str]:
    return set(value) if isinstance(value, (list, tuple)) else set(str(value).split(";")) - {""}


@LANGUAGES
def test_one_agencys_text_under_the_others_credit(language: str) -> None:
    desk = Desk(language)
    row = desk.judged([*paired(desk.first), desk.story["other"]])
    assert row["verdict"] == "wire_copy"
    assert listed(row["uncredited_agencies"]) == {desk.story["id"]}
    assert listed(row["credited_agencies"]) == {"reuters"}


@LANGUAGES
def test_a_credit_that_names_nobody(language: str) -> None:
    desk = Desk(language)
    row = desk.judged([*paired(desk.first), desk.story["nameless"]])
    assert listed(row["agencies"]) == {desk.story["id"]}
    assert not listed(row["uncredited_agencies"]) | listed(row["credited_agencies"])


@LANGUAGES
def test_credit_travels_along_a_chain(language: str) -> None:
    """No agency's article is here, but an outlet that credits it, and one that copied that."""
    desk = Desk(language)
    head, *rest = paired(desk.first)
    credited = desk.article("courier", 8, [desk.story["dateline"] + head, *rest])
    row = desk.judged(paired(desk.first)[:3], credited)
    assert listed(row["uncredited_agencies"]) == {desk.story["id"]}


@LANGUAGES
def test_one_paragraph_in_a_long_article_of_ones_own(language: str) -> None:
    desk = Desk(language)
    own = paired(desk.own)
    row = desk.judged([*own, paired(desk.first)[1], *own[::-1]])
    assert listed(row["uncredited_agencies"]) == {desk.story["id"]}
    assert row["verdict"] in {"mixed", "original"}


@LANGUAGES
def test_a_paragraph_made_of_two(language: str) -> None:
    desk = Desk(language)
    merged = [f"{desk.first[0]} {desk.second[1]}", f"{desk.first[5]} {desk.second[2]}"]
    row = desk.judged([*merged, *paired(desk.own)])
    assert listed(row["uncredited_agencies"]) == {desk.story["id"], "reuters"}
    assert row["verdict"] == "mixed"


@LANGUAGES
def test_two_agencies_in_turn(language: str) -> None:
    desk = Desk(language)
    turns = zip(paired(desk.first), paired(desk.second), strict=False)
    row = desk.judged([paragraph for turn in turns for paragraph in turn])
    assert listed(row["uncredited_agencies"]) == {desk.story["id"], "reuters"}
    assert row["verdict"] == "wire_copy"


@LANGUAGES
def test_sentences_in_another_order(language: str) -> None:
    desk = Desk(language)
    row = desk.judged(paired([desk.first[n] for n in (4, 1, 6, 0, 2, 7, 3, 5)]))
    assert listed(row["uncredited_agencies"]) == {desk.story["id"]}
    assert row["verdict"] in {"wire_copy", "rewritten_wire"}


@LANGUAGES
def test_an_article_re_told_in_other_words(language: str) -> None:
    desk = Desk(language)
    row = desk.judged(paired(desk.story["retold"]))
    assert row["verdict"] == "rewritten_wire"
    assert listed(row["uncredited_agencies"]) == {desk.story["id"]}


@LANGUAGES
def test_who_brings_names_of_his_own_re_tells_nobody(language: str) -> None:
    desk = Desk(language)
    names = ("Anna Kovar", "Emil Brandt", "Rosa Lindt", "Karl Maier")
    told = [
        sentence.rstrip(".") + f" ({name})."
        for sentence, name in zip(desk.story["retold"][::2], names, strict=True)
    ]
    assert not listed(desk.judged(told + desk.own[1:4])["agencies"])


@LANGUAGES
def test_a_report_of_ones_own_beside_the_agencies(language: str) -> None:
    desk = Desk(language)
    row = desk.judged(paired(desk.own))
    assert row["verdict"] == "original"
    assert not listed(row["agencies"])


@LANGUAGES
def test_of_many_copies_few_carry_the_credit_and_one_a_false_one(language: str) -> None:
    """No agency's own article is here; those who print its text name it, another or nobody."""
    desk = Desk(language)
    head, *rest = paired(desk.first)
    credited = [
        desk.article(name, hour, [desk.story["dateline"] + head, *rest])
        for name, hour in (("courier", 8), ("herald", 9))
    ]
    false = desk.article("post", 10, [f"(Reuters) - {head}", *rest])
    nameless = desk.article("mercury", 11, [head, *rest, desk.story["nameless"]])
    flat = desk.article("echo", 11, [" ".join(desk.first)])
    part = desk.article("gull", 11, [*paired(desk.own)[:2], *paired(desk.first)[:2]])
    articles = [*credited, false, nameless, flat, part]
    rows = dedup.scan(articles).articles.set_index("article_id")
    agency = desk.story["id"]
    assert listed(rows.loc["post"].uncredited_agencies) == {agency} - {"reuters"}
    assert listed(rows.loc["mercury"].agencies) == {agency}
    assert not listed(rows.loc["mercury"].uncredited_agencies)
    for name in ("echo", "gull"):
        assert listed(rows.loc[name].uncredited_agencies) == {agency}
    assert rows.loc["gull"].verdict == "mixed"


@LANGUAGES
def test_where_a_report_was_filed_is_no_speaker(language: str) -> None:
    desk = Desk(language)
    head, *rest = paired(desk.first)
    filed = desk.article("courier", 8, [f"MORVALE: {head}", *rest])
    assert desk.judged(paired(desk.first), filed)["verdict"] == "copy"
