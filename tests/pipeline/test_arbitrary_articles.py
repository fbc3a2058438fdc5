"""Whatever people or machines write, a scan ends and keeps its promises."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import dedup
from dedup import Article, Config
from dedup.result import read_report
from tests import strategies
from tests.pipeline.promises import hold, rows

if TYPE_CHECKING:
    from pathlib import Path

    from hypothesis.strategies import SearchStrategy

SENTENCES = (
    *strategies.SENTENCES[:6],
    "塔利班武装人员星期天进入喀布尔,总统加尼离开了阿富汗前往邻国。",
    "政府军在北部城市撤退之后,数千名居民连夜逃往首都的公园里露宿。",
    "دخل مقاتلو طالبان العاصمة كابول يوم الأحد بعد أن غادر الرئيس البلاد إلى دولة مجاورة.",
    "ตาลีบันเข้าสู่กรุงคาบูลเมื่อวันอาทิตย์หลังประธานาธิบดีเดินทางออกจากประเทศ",
    "Талибы вошли в Кабул в воскресенье, после того как президент покинул страну.",
    "Die Regierung in Kabul trat am Sonntag zurück, während Tausende zum Flughafen strömten.",
    "👩‍👩‍👧‍👦🇦🇫🔥🔥 👍🏽",
    "&quot;Don&#39;t go,&quot; he told Reuters.",
    "KABUL, Aug 15 (Reuters) - Taliban fighters entered the capital, a source told AFP.",
    "With inputs from AP",
    "(Reporting by A. Person; Editing by B. Person)",
    "Also Read: something else entirely",
    "Taliban seize more cities",
    "word",
    "…",
    "“",
    "",
)
BREAKS = ("\n\n", "\n", "\r\n", "\r\n\r\n", " ", "\u2029", "\n \t\n", "\x0b", "\u00a0\n")
PUBLISHERS = ("", "Reuters", "The Post", "the  POST", "www.post.co.uk", "post.co.uk", "روزنامه")
TIMES = ("", "2021-08-15", "2021-08-15T10:00:00Z", "2021-08-15 10:00", "yesterday", "2021-08-16")
LANGUAGES = ("", "en", "EN-us", "zh", "ar", "xx", "not a language")


@st.composite
def composed(draw: st.DrawFn) -> str:
    """Draw sentences of a small store, so that articles share some, between any breaks."""
    parts = draw(st.lists(st.sampled_from(SENTENCES), max_size=8))
    return "".join(part + draw(st.sampled_from(BREAKS)) for part in parts)


def text() -> SearchStrategy[str]:
    return composed() | st.text(max_size=80) | composed().map(lambda text: text * 3)


@st.composite
def article_sets(draw: st.DrawFn) -> list[Article]:
    return [
        Article(
            id=draw(st.sampled_from("abcdefgh") | st.text(min_size=1, max_size=5)),
            text=draw(text()),
            title=draw(st.sampled_from(("", *SENTENCES))),
            publisher=draw(st.sampled_from(PUBLISHERS)),
            published_at=draw(st.sampled_from(TIMES)),
            language=draw(st.sampled_from(LANGUAGES)),
            credit=draw(st.sampled_from(("", "AFP", "Agencies", "x"))),
            is_wire=draw(st.sampled_from((None, None, True, False))),
            agency=draw(st.sampled_from(("", "", "Reuters", "nobody"))),
        )
        for _ in range(draw(st.integers(0, 6)))
    ]


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(articles=article_sets())
@example(articles=[])
@example(articles=[Article(id="a", text="")])
@example(articles=[Article(id="a", text="…"), Article(id="b", text="👍")])
@example(articles=[Article(id="a", text="word"), Article(id="b", text="word")])
def test_any_articles_are_scanned_and_every_promise_kept(articles: list[Article]) -> None:
    result = dedup.scan(articles)
    hold(result)
    assert set(result.tables["articles"]["article_id"]) <= {article.id for article in articles}


@settings(max_examples=15)
@given(articles=article_sets())
def test_near_misses_of_any_articles_stand_where_they_say(articles: list[Article]) -> None:
    result = dedup.scan(articles, explain=True)
    hold(result)
    texts = {row["article_id"]: str(row["text"]) for row in rows(result, "articles")}
    refusals = result.run["refusals"]
    assert isinstance(refusals, list)
    for row in refusals:
        assert texts[row["article_id"]][row["start"] : row["end"]] == row["text"]
        assert texts[row["other_id"]][row["other_start"] : row["other_end"]] == row["other_text"]
        assert row["rule"]


ODD = [
    ("nothing", ""),
    ("spaces", " \n\t "),
    ("one word", "word"),
    ("signs", "… — !!!"),
    ("emoji", "👩‍👩‍👧‍👦🇦🇫🔥"),
    ("NUL", "\x00"),
    ("mark alone", "\u0301"),
    ("byte-order mark", "\ufeff"),
    ("lone surrogate", "\ud800 went to the harbour with forty trawlers and came back at dawn"),
    ("one long word", "x" * 200_000),
    ("one long line", "word " * 30_000),
    ("Chinese", SENTENCES[6] * 4),
    ("Arabic", SENTENCES[8] * 4),
    ("Thai", SENTENCES[9] * 4),
    ("right to left", "\u202e" + SENTENCES[8] + "\u202c"),
    ("many paragraphs", "a b c\n\n" * 300),
]


@pytest.mark.parametrize("odd", [text for _, text in ODD], ids=[name for name, _ in ODD])
def test_odd_texts_are_scanned_and_reported(odd: str, tmp_path: Path) -> None:
    plain = strategies.SENTENCES[0]
    given = [{"id": "a", "text": odd}, {"id": "b", "text": odd}, {"id": "c", "text": plain}]
    result = dedup.scan(given, config=Config(workers=1))
    hold(result)
    result.write(tmp_path)
    again = read_report(tmp_path)
    assert again.tables["articles"]["article_id"] == result.tables["articles"]["article_id"]
    assert again.tables["matches"] == result.tables["matches"]


@pytest.mark.parametrize("sentence", SENTENCES[:12], ids=range(12))
def test_equal_texts_are_wholly_shared_in_any_script(sentence: str) -> None:
    """Long enough to tell: the same text twice, undated, is one passage of unknown order."""
    body = "\n\n".join(s for s in (sentence, strategies.SENTENCES[7], strategies.SENTENCES[8]))
    result = dedup.scan([{"id": "a", "text": body}, {"id": "b", "text": body}])
    hold(result)
    (match,) = rows(result, "matches")
    assert (match["start"], match["other_start"]) == (0, 0)
    assert match["end"] == match["other_end"]
    assert math.isclose(float(str(match["resemblance"])), 1.0)
    assert match["direction"] == "unknown"


@pytest.mark.parametrize("again", ["", " ", "\n\n"])
@pytest.mark.parametrize("sentence", [strategies.SENTENCES[0], SENTENCES[6]], ids=["en", "zh"])
def test_a_text_that_repeats_itself_is_still_shared_whole(sentence: str, again: str) -> None:
    body = again.join((sentence, sentence, sentence))
    result = dedup.scan([{"id": "a", "text": body}, {"id": "b", "text": body}])
    hold(result)
    assert result.tables["articles"]["copied_share"] == [1.0, 1.0]
    (match,) = rows(result, "matches")
    assert (match["start"], match["other_start"]) == (0, 0)
    assert match["end"] == match["other_end"]
