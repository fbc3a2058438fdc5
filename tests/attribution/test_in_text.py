from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup.records import Kind, Scope

if TYPE_CHECKING:
    from tests.attribution.conftest import Reader

_CASES = [
    # told
    ("Two diplomats told Reuters that donors had waited.", "told Reuters", "reuters", Kind.TOLD),
    (
        "An official told the Associated Press on Monday.",
        "told the Associated Press",
        "ap",
        Kind.TOLD,
    ),
    ("“No,” she said in an interview with AFP.", "interview with AFP", "afp", Kind.TOLD),
    ("The toll was five, a doctor told the AP.", "told the AP", "ap", Kind.TOLD),
    ("وقالت مصادر لرويترز إن القرار اتخذ.", "وقالت مصادر لرويترز", "reuters", Kind.TOLD),
    ("Un diplomate a dit à Reuters que rien ne pressait.", "dit à Reuters", "reuters", Kind.TOLD),
    ("« Non », a déclaré le maire à l’AFP.", None, "afp", Kind.TOLD),
    (
        "Un ancien juge interrogé par Reuters en doute.",
        "interrogé par Reuters",
        "reuters",
        Kind.TOLD,
    ),
    ("„Nein“, sagte Müller der dpa.", None, "dpa", Kind.TOLD),
    ("Das bestätigte ein Sprecher gegenüber der dpa.", "gegenüber der dpa", "dpa", Kind.TOLD),
    ("El alcalde dijo a EFE que no.", "dijo a EFE", "efe", Kind.TOLD),
    ("«No», ha detto all’ANSA il sindaco.", "detto all’ANSA", "ansa", Kind.TOLD),
    ("O presidente disse à Lusa que não.", "disse à Lusa", "lusa", Kind.TOLD),
    ("Das sagte Müller der Deutschen Presse-Agentur.", None, "dpa", Kind.TOLD),
    ("Das sagte ein Insider zu Reuters.", "sagte ein Insider zu Reuters", "reuters", Kind.TOLD),
    ("Sie wollte sich auf dpa-Anfrage nicht äußern.", "dpa-Anfrage", "dpa", Kind.TOLD),
    ("Dat zegt hij tegen het ANP.", "zegt hij tegen het ANP", "anp", Kind.TOLD),
    ("– Nei, sier ordføreren til NTB.", "sier ordføreren til NTB", "ntb", Kind.TOLD),
    ("– Nej, säger hon till TT.", "säger hon till TT", "tt", Kind.TOLD),
    ("Nie wiem – powiedział PAP rzecznik.", "powiedział PAP", "pap", Kind.TOLD),
    ("Vali, AA muhabirine açıklama yaptı.", "AA muhabirine", "aa", Kind.TOLD),
    ("Он рассказал «Интерфаксу», что рад.", "рассказал «Интерфаксу", "interfax", Kind.TOLD),
    ("Ia mengatakan kepada ANTARA bahwa ia senang.", None, "antara", Kind.TOLD),
    ("市長は共同通信の取材に「残念だ」と述べた。", "共同通信の取材に", "kyodo", Kind.TOLD),
    # report_verb
    ("NAN recalls that the quay was sold.", "NAN recalls that", "nan", Kind.REPORT_VERB),
    ("The bridge fell, Reuters reported.", "Reuters reported", "reuters", Kind.REPORT_VERB),
    ("The bridge fell, reported AFP on Sunday.", "reported AFP", "afp", Kind.REPORT_VERB),
    ("AFP said, citing the ministry, that it fell.", "AFP said", "afp", Kind.REPORT_VERB),
    ("The bridge has fallen, AFP said.", "AFP said", "afp", Kind.REPORT_VERB),
    ("A bridge fell, Reuters on Tuesday reported.", None, "reuters", Kind.REPORT_VERB),
    ("Russia’s TASS news agency reported a fire.", None, "tass", Kind.REPORT_VERB),
    ("Il est libre, a appris l’AFP auprès du parquet.", "a appris l’AFP", "afp", Kind.REPORT_VERB),
    ("Der Pass ist zu, berichtete die dpa.", "berichtete die dpa", "dpa", Kind.REPORT_VERB),
    ("El puente cayó, informó EFE.", "informó EFE", "efe", Kind.REPORT_VERB),
    ("Il ponte è caduto, riferisce l’ANSA.", "riferisce l’ANSA", "ansa", Kind.REPORT_VERB),
    ("A ponte caiu, noticiou a Lusa.", "noticiou a Lusa", "lusa", Kind.REPORT_VERB),
    # according_to
    ("The town fell, according to Reuters.", "according to Reuters", "reuters", Kind.ACCORDING_TO),
    ("According to the German news agency dpa, he won.", None, "dpa", Kind.ACCORDING_TO),
    ("La ville est tombée, selon l’AFP.", "selon l’AFP", "afp", Kind.ACCORDING_TO),
    ("Laut dpa ist der Pass zu.", "Laut dpa", "dpa", Kind.ACCORDING_TO),
    ("El puente cayó, según EFE.", "según EFE", "efe", Kind.ACCORDING_TO),
    ("Il ponte è caduto, secondo l’ANSA.", "secondo l’ANSA", "ansa", Kind.ACCORDING_TO),
    ("A ponte caiu, segundo a Lusa.", "segundo a Lusa", "lusa", Kind.ACCORDING_TO),
    # quoted_by
    ("He was quoted as saying by AFP.", "was quoted as saying by AFP", "afp", Kind.QUOTED_BY),
    ("The Associated Press has cited officials as saying so.", None, "ap", Kind.QUOTED_BY),
    ("Il a démissionné, a dit un proche cité par l’AFP.", "cité par l’AFP", "afp", Kind.QUOTED_BY),
    ("«Cayó», dijo un vecino citado por EFE.", "citado por EFE", "efe", Kind.QUOTED_BY),
    ("«È caduto», dice un teste citato dall’ANSA.", "citato dall’ANSA", "ansa", Kind.QUOTED_BY),
    ("“Caiu”, disse um vizinho citado pela Lusa.", "citado pela Lusa", "lusa", Kind.QUOTED_BY),
    # agency_source
    (
        "Talks go on, according to an AFP source.",
        "according to an AFP source",
        "afp",
        Kind.AGENCY_SOURCE,
    ),
    ("Ten died, a Reuters tally showed.", "a Reuters tally", "reuters", Kind.AGENCY_SOURCE),
    ("A letter seen by Reuters says otherwise.", "seen by Reuters", "reuters", Kind.AGENCY_SOURCE),
    ("An AFP correspondent at the scene saw smoke.", None, "afp", Kind.AGENCY_SOURCE),
    ("Reuters could not verify the claim.", "Reuters could not", "reuters", Kind.AGENCY_SOURCE),
    (
        "Selon une lettre consultée par Reuters, rien.",
        "consultée par Reuters",
        "reuters",
        Kind.AGENCY_SOURCE,
    ),
    ("Das geht aus einem Brief hervor, welcher der dpa vorliegt.", None, "dpa", Kind.AGENCY_SOURCE),
    (
        "Según un documento al que tuvo acceso EFE, no.",
        "tuvo acceso EFE",
        "efe",
        Kind.AGENCY_SOURCE,
    ),
    (
        "Da un atto visionato dall’ANSA risulta di no.",
        "visionato dall’ANSA",
        "ansa",
        Kind.AGENCY_SOURCE,
    ),
    # scripts of their own
    ("Пожар потушен, сообщает ТАСС.", "сообщает ТАСС", "tass", Kind.REPORT_VERB),
    (
        "Η γέφυρα έπεσε, σύμφωνα με το Reuters.",
        "σύμφωνα με το Reuters",
        "reuters",
        Kind.ACCORDING_TO,
    ),
]


@pytest.mark.parametrize(("sentence", "said", "agency", "kind"), _CASES)
def test_a_name_beside_a_phrase_of_reporting(
    read: Reader, story: str, sentence: str, said: str | None, agency: str, kind: Kind
) -> None:
    found = read(f"{story}\n\n{sentence}\n\n{story}").attributions
    assert [(row.agency, row.kind, row.scope) for row in found] == [(agency, kind, Scope.SENTENCE)]
    assert said is None or found[0].text == said


@pytest.mark.parametrize(
    ("sentence", "rows"),
    [
        (
            "Ten died, according to Reuters and AFP.",
            [("according to Reuters", "reuters"), ("AFP", "afp")],
        ),
        (
            "Reuters and the AP reported ten deaths.",
            [("Reuters", "reuters"), ("AP reported", "ap")],
        ),
        (
            "A doctor told Agence France-Presse (AFP) so.",
            [("told Agence France-Presse (AFP)", "afp")],
        ),
    ],
)
def test_names_of_a_list_have_each_their_own_words(
    read: Reader, story: str, sentence: str, rows: list[tuple[str, str]]
) -> None:
    found = read(f"{story}\n\n{sentence}\n\n{story}").attributions
    assert [(row.text, row.agency) for row in found] == rows


@pytest.mark.parametrize(
    "sentence",
    [
        "Reuters and the AP have offices in the same street.",
        "He had been with Reuters for ten years.",
        "The AP is a cooperative owned by its members.",
        "The Reuters building was sold.",
    ],
)
def test_a_name_beside_nothing_is_no_attribution(read: Reader, story: str, sentence: str) -> None:
    assert read(f"{story}\n\n{sentence}\n\n{story}").attributions == ()


def test_a_medium_is_listed_but_is_no_agency(read: Reader, story: str) -> None:
    (row,) = read(f"{story}\n\nA thousand have died, the BBC reported.\n\n{story}").attributions
    assert (row.agency, row.is_agency, row.text) == ("bbc", False, "the BBC reported")


def test_a_medium_speaking_of_itself_is_not_listed(read: Reader, story: str) -> None:
    text = f"{story}\n\nA thousand have died, a doctor told the BBC.\n\n{story}"
    assert read(text, publisher="BBC News").attributions == ()
    assert [row.agency for row in read(text, publisher="The Quay").attributions] == ["bbc"]


def test_an_agency_speaking_of_itself_is_listed(read: Reader, story: str) -> None:
    text = f"{story}\n\nTwo diplomats told Reuters so.\n\n{story}"
    kinds = [row.kind for row in read(text, publisher="Reuters").attributions]
    assert kinds == [Kind.METADATA, Kind.TOLD]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("He was, as the AP put it, done.", "the AP put it"),
        ("The AP put the figure at 3 percent.", "The AP put the figure at"),
        ("An AFP reporter at the burnt gate saw flames.", "An AFP reporter at the burnt gate saw"),
        ("Told by Reuters at noon, he told bdnews24.com no.", "told bdnews24.com"),
    ],
)
def test_what_makes_it_a_report(read: Reader, story: str, sentence: str, said: str) -> None:
    assert said in [row.text for row in read(f"{story}\n\n{sentence}\n\n{story}").attributions]


@pytest.mark.parametrize(
    "sentence",
    [
        "Then The New York Times put it on Page 1.",
        "The AP put the words in quotes.",
        "He is the son of a BBC journalist in Gaza.",
        "Write to desk@reuters.example or see https://reuters.example/reuters said so.",
    ],
)
def test_what_makes_it_none(read: Reader, story: str, sentence: str) -> None:
    assert read(f"{story}\n\n{sentence}\n\n{story}").attributions == ()


def test_a_short_name_means_the_outlet_itself(read: Reader, story: str) -> None:
    text = f"{story}\n\n“We ran,” Doe told The Times.\n\n{story}"
    assert read(text, publisher="Washington Times").attributions == ()
    (row,) = read(text, publisher="Harbour Mercury").attributions
    assert row.agency == "nyt"
