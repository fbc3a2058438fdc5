"""Datelines, bylines, taglines, sign-offs, copyright lines, end marks, notices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.records import Kind, Role, Scope

if TYPE_CHECKING:
    from tests.attribution.conftest import Reader

_LEDE = "The council has sold the quay to its own harbour master, who was the only bidder for it."

_DATELINES = [
    ("KABUL, Aug 15 (Reuters) - ", "KABUL, Aug 15 (Reuters)", "reuters"),
    ("KABUL, Afghanistan (AP) — ", "KABUL, Afghanistan (AP)", "ap"),
    ("Kabul (AFP) – ", "Kabul (AFP)", "afp"),
    ("Nov 8 (Reuters) - ", "Nov 8 (Reuters)", "reuters"),
    ("(Bloomberg) -- ", "(Bloomberg)", "bloomberg"),
    ("(Reuters) - ", "(Reuters)", "reuters"),
    ("SYDNEY, AAP — ", "SYDNEY, AAP", "aap"),
    ("Pithoragarh (Uttarakhand), Aug 11 (PTI) ", "Pithoragarh (Uttarakhand), Aug 11 (PTI)", "pti"),
    (
        "Dehradun (Uttarakhand) [India], August 11 (ANI): ",
        "Dehradun (Uttarakhand) [India], August 11 (ANI)",
        "ani",
    ),
    ("PARIS, 11 février (Reuters) - ", "PARIS, 11 février (Reuters)", "reuters"),
    ("ROMA (ITALPRESS) - ", "ROMA (ITALPRESS)", "italpress"),
    ("BEIJING, Sept. 2 (Xinhua) -- ", "BEIJING, Sept. 2 (Xinhua)", "xinhua"),
    ("SEOUL/WASHINGTON (Reuters) - ", "SEOUL/WASHINGTON (Reuters)", "reuters"),
    ("ST. LOUIS, Mo. (AP) _ ", "ST. LOUIS, Mo. (AP)", "ap"),
    ("BUNIA, Democratic Republic of Congo, June 20 (Reuters) - ", None, "reuters"),
    ("Berlin (dpa) - ", "Berlin (dpa)", "dpa"),
    ("Divers find the ferry LUCENA, Philippines (AP) -- ", "LUCENA, Philippines (AP)", "ap"),
    ("Titre de l'article ÉVREUX, 3 mai (AFP) - ", "ÉVREUX, 3 mai (AFP)", "afp"),
    ("Madrid, 3 mar (EFE).- ", "Madrid, 3 mar (EFE)", "efe"),
    ("МОСКВА, 3 марта. /ТАСС/. ", None, "tass"),
    ("新华社北京9月12日电 ", "新华社北京9月12日电", "xinhua"),
    ("القاهرة (أ ف ب) - ", "القاهرة (أ ف ب)", "afp"),
    ("【ワシントン共同】", "【ワシントン共同】", "kyodo"),
    ("【ワシントン時事】", "【ワシントン時事】", "jiji"),
    ("नयी दिल्ली, 3 मार्च (भाषा) ", "नयी दिल्ली, 3 मार्च (भाषा)", "pti"),
    ("(서울=연합뉴스) ", "(서울=연합뉴스)", "yonhap"),
    ("Tehran, IRNA – ", "Tehran, IRNA", "irna"),
    ("Москва. 11 апреля. INTERFAX.RU - ", "Москва. 11 апреля. INTERFAX.RU", "interfax"),
]


@pytest.mark.parametrize(("dateline", "said", "agency"), _DATELINES)
def test_a_dateline_runs_from_the_place_to_the_agency(
    read: Reader, story: str, dateline: str, said: str | None, agency: str
) -> None:
    (row,) = read(f"{dateline}{_LEDE}\n\n{story}").attributions
    assert (row.agency, row.kind, row.scope, row.n) == (agency, Kind.DATELINE, Scope.ARTICLE, 1)
    assert said is None or row.text == said


def test_a_dateline_may_follow_headline_and_byline(read: Reader, story: str) -> None:
    text = f"Quay is sold\n\nBy Reuters\n\nOSLO, March 4 (Reuters) - {_LEDE}\n\n{story}"
    assert [row.kind for row in read(text).attributions] == [Kind.BYLINE, Kind.DATELINE]


@pytest.mark.parametrize("line", ["Hamburg, Sunday. (DPA)", "Berlin (dpa/hk)", "كابول - أ ف ب"])
def test_a_dateline_of_its_own_line(read: Reader, story: str, line: str) -> None:
    (row,) = read(f"Quay is sold\n\n{line}\n\n{_LEDE}\n\n{story}").attributions
    assert (row.text, row.kind) == (line, Kind.DATELINE)


@pytest.mark.parametrize(
    "opening",
    [
        "WASHINGTON — ",  # a place without an agency is no claim about origin
        "A man who said (Reuters) - ",
        "Senator Jane Doe (Reuters) ",
        "The offices of the local board (AFP) - ",
    ],
)
def test_no_dateline(read: Reader, story: str, opening: str) -> None:
    found = read(f"{opening}{_LEDE}\n\n{story}").attributions
    assert not [row for row in found if row.kind is Kind.DATELINE]


def test_a_dateline_far_down_is_none(read: Reader, story: str) -> None:
    assert read(f"{story}\n\nOSLO (AP) — {_LEDE}\n\n{story}").attributions == ()


@pytest.mark.parametrize(
    ("byline", "agency"),
    [
        ("By Reuters", "reuters"),
        ("Associated Press", "ap"),
        ("By Alan Doe, Associated Press", "ap"),
        ("Jane Doe | AFP", "afp"),
        ("Reuters Staff", "reuters"),
        ("Par Jeanne Dupont avec AFP", "afp"),
        ("Von Max Muster, dpa", "dpa"),
        ("Por EFE", "efe"),
        ("Di ANSA", "ansa"),
        ("Por Lusa", "lusa"),
    ],
)
def test_a_byline_names_the_agency(read: Reader, story: str, byline: str, agency: str) -> None:
    found = read(f"Quay is sold\n\n{byline}\n\n{_LEDE}\n\n{story}")
    assert [(row.agency, row.kind) for row in found.attributions] == [(agency, Kind.BYLINE)]
    assert (2, Role.CREDIT) in found.roles


@pytest.mark.parametrize(
    "byline", ["By Jane Smith", "Jane Smith, staff reporter", "Par Jeanne Dupont"]
)
def test_a_byline_of_the_house_is_a_credit_line_without_a_row(
    read: Reader, story: str, byline: str
) -> None:
    found = read(f"Quay is sold\n\n{byline}\n\n{_LEDE}\n\n{story}")
    assert found.attributions == ()
    assert found.roles == ((2, Role.CREDIT),)


_LAST_LINES = [
    # taglines
    (
        "With inputs from Associated Press",
        Kind.TAGLINE,
        [("With inputs from Associated Press", "ap")],
    ),
    ("(With PTI and AP inputs)", Kind.TAGLINE, [("(With PTI", "pti"), ("AP inputs)", "ap")]),
    (
        "With inputs from AP and Reuters",
        Kind.TAGLINE,
        [("With inputs from AP", "ap"), ("Reuters", "reuters")],
    ),
    (
        "Additional reporting by Reuters",
        Kind.TAGLINE,
        [("Additional reporting by Reuters", "reuters")],
    ),
    (
        "With files from The Canadian Press",
        Kind.TAGLINE,
        [("With files from The Canadian Press", "cp")],
    ),
    (
        "Contributing: The Associated Press",
        Kind.TAGLINE,
        [("Contributing: The Associated Press", "ap")],
    ),
    ("With AP, Reuters", Kind.TAGLINE, [("With AP", "ap"), ("Reuters", "reuters")]),
    ("(AFP)", Kind.TAGLINE, [("(AFP)", "afp")]),
    ("Avec AFP et Reuters", Kind.TAGLINE, [("Avec AFP", "afp"), ("Reuters", "reuters")]),
    ("(mit Material von dpa)", Kind.TAGLINE, [("(mit Material von dpa)", "dpa")]),
    ("Con información de EFE", Kind.TAGLINE, [("Con información de EFE", "efe")]),
    ("com informações da Lusa", Kind.TAGLINE, [("com informações da Lusa", "lusa")]),
    ("con fonte ANSA", Kind.TAGLINE, [("con fonte ANSA", "ansa")]),
    ("The Associated Press contributed to this report.", Kind.TAGLINE, [(None, "ap")]),
    ("This report contains material from Reuters.", Kind.TAGLINE, [(None, "reuters")]),
    ("— Agencies", Kind.TAGLINE, [("— Agencies", "")]),
    ("(Agences)", Kind.TAGLINE, [("(Agences)", "")]),
    ("(With agency inputs)", Kind.TAGLINE, [("(With agency inputs)", "")]),
    ("Our Correspondent & Agencies", Kind.TAGLINE, [(None, "")]),
    ("HARBOUR WEB DESK WITH AP", Kind.TAGLINE, [("HARBOUR WEB DESK WITH AP", "ap")]),
    # sign-offs
    ("(Reporting by Jane Doe in Oslo; Editing by John Roe)", Kind.SIGN_OFF, [(None, "")]),
    ("(Maryse Delorme, édité par Jean-Luc Tissier)", Kind.SIGN_OFF, [(None, "")]),
    ("pg-nb/str/cw", Kind.SIGN_OFF, [("pg-nb/str/cw", "")]),
    ("PTI CORR DPT RKS RKS", Kind.SIGN_OFF, [("PTI CORR DPT RKS RKS", "pti")]),
    ("AAP cjm/kmp", Kind.SIGN_OFF, [("AAP cjm/kmp", "aap")]),
    ("ala/AFP", Kind.TAGLINE, [("ala/AFP", "afp")]),
    ("mrc/dpa/Reuters", Kind.TAGLINE, [("mrc/dpa", "dpa"), ("Reuters", "reuters")]),
    ("dh/wmr (AFP, dpa)", Kind.TAGLINE, [("dh/wmr (AFP", "afp"), ("dpa)", "dpa")]),
    ("Lusa/Fim", Kind.SIGN_OFF, [("Lusa/Fim", "lusa")]),
    ("(NAN)(www.nannews.ng)", Kind.SIGN_OFF, [("(NAN)", "nan")]),
    # copyright
    ("© 2021 AFP", Kind.COPYRIGHT, [("© 2021 AFP", "afp")]),
    (
        "Copyright 2023 The Associated Press. All rights reserved.",
        Kind.COPYRIGHT,
        [("Copyright 2023 The Associated Press. All rights reserved.", "ap")],
    ),
    ("© Agence France-Presse", Kind.COPYRIGHT, [(None, "afp")]),
    ("Copyright © ANTARA 2024", Kind.COPYRIGHT, [(None, "antara")]),
    ("©2022 Bloomberg L.P.", Kind.COPYRIGHT, [(None, "bloomberg")]),
    # end marks
    ("PTI", Kind.END_MARK, [("PTI", "pti")]),
    ("-- IANS", Kind.END_MARK, [("-- IANS", "ians")]),
    ("— AFP", Kind.END_MARK, [("— AFP", "afp")]),
    ("Source: Xinhua", Kind.END_MARK, [("Source: Xinhua", "xinhua")]),
    ("Quelle: dpa", Kind.END_MARK, [("Quelle: dpa", "dpa")]),
    ("출처: 신화통신", Kind.END_MARK, [("출처: 신화통신", "xinhua")]),
    ("Πηγή: Reuters", Kind.END_MARK, [("Πηγή: Reuters", "reuters")]),
    ("Fuente: EFE", Kind.END_MARK, [("Fuente: EFE", "efe")]),
    ("Fonte: ANSA", Kind.END_MARK, [("Fonte: ANSA", "ansa")]),
    ("来源：新华社", Kind.END_MARK, [("来源：新华社", "xinhua")]),
    # notices
    (
        "(This story has not been edited by staff and comes from a syndicated feed.)",
        Kind.SYNDICATION,
        [(None, "")],
    ),
]


@pytest.mark.parametrize(("line", "kind", "rows"), _LAST_LINES)
def test_a_last_line_credits_the_article(
    read: Reader, story: str, line: str, kind: Kind, rows: list[tuple[str | None, str]]
) -> None:
    found = read(f"{story}\n\n{line}")
    assert [row.agency for row in found.attributions] == [agency for _, agency in rows]
    for row, (said, _) in zip(found.attributions, rows, strict=True):
        assert (row.kind, row.scope) == (kind, Scope.ARTICLE)
        assert said is None or row.text == said
    assert found.roles == ((7, Role.CREDIT),)


@pytest.mark.parametrize(("line", "kind", "rows"), _LAST_LINES)
def test_the_same_line_in_mid_text_is_no_credit(
    read: Reader, story: str, line: str, kind: Kind, rows: list[tuple[str | None, str]]
) -> None:
    del kind, rows
    found = read(f"{story}\n\n{line}\n\n{story}")
    assert not [row for row in found.attributions if row.scope is Scope.ARTICLE]


@pytest.mark.parametrize(
    ("ending", "said", "agency", "kind"),
    [
        ("Further details are awaited. (ANI)", "(ANI)", "ani", Kind.SIGN_OFF),
        ("It was over. (With inputs from PTI)", "(With inputs from PTI)", "pti", Kind.TAGLINE),
        ("It was over. The Associated Press contributed to this report.", None, "ap", Kind.TAGLINE),
        ("Doe reported from Oslo. Contributing: The Associated Press", None, "ap", Kind.TAGLINE),
    ],
)
def test_a_credit_at_the_end_of_the_last_paragraph(
    read: Reader, story: str, ending: str, said: str | None, agency: str, kind: Kind
) -> None:
    (row,) = read(f"{story}\n\n{ending}").attributions
    assert (row.agency, row.kind) == (agency, kind)
    assert said is None or row.text == said


def test_a_promo_line_after_the_credit_does_not_hide_it(read: Reader, story: str) -> None:
    (row,) = read(f"{story}\n\n© 2023 AFP\n\nSign up here for our Morning Edition.").attributions
    assert (row.agency, row.kind) == ("afp", Kind.COPYRIGHT)


def test_staff_of_an_agency_contributed(read: Reader, story: str) -> None:
    line = (
        "Associated Press writers Jane Doe in Oslo and John Roe in Rome contributed to this report."
    )
    (row,) = read(f"{story}\n\n{line}").attributions
    assert (row.agency, row.kind) == ("ap", Kind.TAGLINE)


@pytest.mark.parametrize(
    ("opening", "publisher", "agency"),
    [
        ("OSLO, March 4 (Reuters) - ", "", "reuters"),
        ("By Reuters\n\n", "", "reuters"),
        ("", "AFP", "afp"),
        ("", "The Quay", ""),
        ("", "", ""),
    ],
)
def test_a_sign_off_without_a_name_takes_the_dateline_the_byline_or_the_publisher(
    read: Reader, story: str, opening: str, publisher: str, agency: str
) -> None:
    text = f"{opening}{_LEDE}\n\n{story}\n\n(Reporting by Jane Doe; Editing by John Roe)"
    (row,) = [r for r in read(text, publisher=publisher).attributions if r.kind is Kind.SIGN_OFF]
    assert (row.agency, row.is_agency) == (agency, bool(agency))


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("This story first appeared in the Kansas Reflector, a States Newsroom affiliate.", None),
        ("This article was originally published by the Quay Post under CC BY 4.0.", ""),
        ("Publicado originalmente en el Diario del Muelle.", ""),
        ("This story was originally published by The Associated Press.", "ap"),
    ],
)
def test_a_notice_of_republication(read: Reader, story: str, line: str, agency: str | None) -> None:
    (row,) = read(f"{story}\n\n{line}", language="es" if "Diario" in line else "en").attributions
    assert row.kind is Kind.REPUBLICATION
    assert agency is None or row.agency == agency


def test_an_inserted_paragraph_credits_itself_alone(read: Reader, story: str) -> None:
    (row,) = read(f"{story}\n\nReuters adds: the harbour master resigned.\n\n{story}").attributions
    assert (row.text, row.agency, row.scope) == ("Reuters adds:", "reuters", Scope.PARAGRAPH)


def test_a_name_behind_the_last_sentence_of_the_story_is_its_end_mark(
    read: Reader, story: str
) -> None:
    (row,) = read(f"{story}\n\nDoe thanked them all. “We are champions.” PA").attributions
    assert (row.text, row.agency, row.kind, row.scope) == ("PA", "pa", Kind.END_MARK, Scope.ARTICLE)
    assert read(f"{story}\n\nDoe thanked them all. He was with Mr. Bloomberg").attributions == ()


def test_a_dated_copyright_may_close_a_paragraph(read: Reader, story: str) -> None:
    last = "Doe won, forcing a showdown. Copyright 2016 The Associated Press. All rights reserved."
    (row,) = read(f"{story}\n\n{last}").attributions
    assert (row.agency, row.kind, row.scope) == ("ap", Kind.COPYRIGHT, Scope.ARTICLE)


@pytest.mark.parametrize("last", ["Copyright lawyers for Reuters said no.", "No. Copyright helps."])
def test_copyright_as_a_word_is_no_credit(read: Reader, story: str, last: str) -> None:
    found = read(f"{story}\n\n{last} They said it twice.")
    assert found.attributions == ()
    assert found.roles == ()


def test_a_dateline_may_follow_photo_credits_in_its_line(read: Reader, story: str) -> None:
    opening = "Doe cries. (Jane Doe/Pool via AP) (Photo: The Associated Press) SAO PAULO (AP) -- "
    rows = read(f"{opening}{_LEDE}\n\n{story}").attributions
    assert [row.kind for row in rows] == [Kind.PHOTO, Kind.PHOTO, Kind.DATELINE]
    assert rows[-1].text == "SAO PAULO (AP)"


def test_a_dateline_may_name_the_desk(read: Reader, story: str) -> None:
    (row,) = read(f"Hamburg (dpa/lno) - {_LEDE}\n\n{story}").attributions
    assert (row.text, row.agency, row.kind) == ("Hamburg (dpa/lno)", "dpa", Kind.DATELINE)
    assert read(f"Men at the quay (Reuters/pool)\n\n{story}").attributions[0].kind is Kind.PHOTO


def test_brackets_with_a_date_cite_an_article(read: Reader, story: str) -> None:
    cited = f"{story} [Associated Press, 2/19/14, via Huffington Post]"
    assert not any(row.kind is Kind.PHOTO for row in read(cited).attributions)
    shown = f"{story} [Jane Doe via AP]"
    assert [row.kind for row in read(shown).attributions] == [Kind.PHOTO]


def test_a_name_that_stands_twice_in_a_credit_is_one(read: Reader, story: str) -> None:
    (row,) = read(f"{story}\n\n© dpa-infocom, dpa:210815-99-845012/2").attributions
    assert (row.agency, row.kind) == ("dpa", Kind.COPYRIGHT)
    last = "Associated Press writer Jane Doe and AP researcher John Doe contributed to this report."
    (row,) = read(f"{story}\n\n{last}").attributions
    assert row.text == last


def test_a_signature_below_a_quoted_paragraph_is_no_byline(read: Reader, story: str) -> None:
    quoted = "“The council has sold the quay to its own harbour master, who was the only bidder for"
    quoted += " it, and nobody at the ministry has said why it was done so late.”"
    (row,) = read(f"{quoted}\n\nJane Doe, CNN\n\n{story}").attributions
    assert (row.kind, row.scope) == (Kind.QUOTED_BY, Scope.PARAGRAPH)
    (row,) = read(f"“We sold the quay”\n\nJane Doe, AFP\n\n{story}").attributions
    assert (row.kind, row.scope) == (Kind.BYLINE, Scope.ARTICLE)


def test_an_agency_spelled_out_is_no_dateline_behind_a_title(read: Reader, story: str) -> None:
    found = read(f"So said the Associated Press (AP) - and nobody else. {_LEDE}\n\n{story}")
    assert Kind.DATELINE not in {row.kind for row in found.attributions}


@pytest.mark.parametrize(
    ("closing", "agencies"),
    [
        ("-- IANS", ["ians"]),
        ("— Reuters", ["reuters"]),
        ("Source: Reuters", ["reuters"]),
        ("With Reuters", ["reuters"]),
        ("Avec AFP et Reuters", ["afp", "reuters"]),
        ("Mit Reuters", ["reuters"]),
    ],
)
def test_names_and_credit_words_alone_close_a_paragraph(
    read: Reader, story: str, closing: str, agencies: list[str]
) -> None:
    """Pages are taken for text in one piece, too, and a tagline then ends the last paragraph."""
    found = read(f"{story}\n\n{_LEDE} {closing}")
    assert [row.agency for row in found.attributions] == agencies
    assert {row.scope for row in found.attributions} == {Scope.ARTICLE}


def test_a_last_sentence_that_says_more_is_no_credit(read: Reader, story: str) -> None:
    found = read(f"{story}\n\n{_LEDE} Nobody knew that but Reuters.")
    assert not [row for row in found.attributions if row.scope is Scope.ARTICLE]


@pytest.mark.parametrize(
    ("close", "said", "kind"),
    [
        (" PTI BPL RHL", "PTI BPL RHL", Kind.SIGN_OFF),
        (" PTI BPL RHL\nRHL", "PTI BPL RHL", Kind.SIGN_OFF),
        (" (NAN) (www.nannews.ng)", "(NAN)", Kind.SIGN_OFF),
        (" Fonte: ANSA © RIPRODUZIONE RISERVATA", None, Kind.END_MARK),
    ],
)
def test_what_closes_the_last_paragraph(
    read: Reader, story: str, close: str, said: str | None, kind: Kind
) -> None:
    (row,) = read(f"{story}\n\n{_LEDE}{close}").attributions
    assert row.kind is kind
    assert said is None or row.text == said


def test_initials_behind_an_end_mark_tell_nothing(read: Reader, story: str) -> None:
    found = read(f"{story}\n\n{_LEDE} EFE\n\nagm/rml").attributions
    assert [(row.text, row.kind) for row in found[:1]] == [("EFE", Kind.END_MARK)]


def test_an_agency_between_bars_below_the_title(read: Reader, story: str) -> None:
    line = "Edited by: Web Desk | ANI | Updated: Jan 19, 2025, 11:30 IST"
    found = read(f"Quay is sold\n\n{line}\n\n" + "\n\n".join([f"{_LEDE} {story}"] * 6))
    assert [(row.agency, row.scope) for row in found.attributions] == [("ani", Scope.ARTICLE)]


def test_what_was_first_published_elsewhere_may_be_a_part_of_the_story(
    read: Reader, story: str
) -> None:
    last = "The board is looking into claims, first published by the Mercury, that it was sold."
    assert read(f"{story}\n\n{last}").attributions == ()
    assert read(f"{story}\n\nFirst published by the Mercury.").attributions != ()
