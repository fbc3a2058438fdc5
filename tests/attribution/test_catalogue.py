"""Who is named where in running text, and who only seems to be."""

from __future__ import annotations

import copy

import pytest

from dedup.attribution.catalogue import load

CATALOGUE = load()


def named(text: str) -> list[tuple[str, str]]:
    """Give the entries named in a text, each with the words that name it."""
    return [(m.agency, text[m.start : m.end]) for m in CATALOGUE.find(text)]


def ids(text: str) -> list[str]:
    """Give the ids of the entries named in a text."""
    return [m.agency for m in CATALOGUE.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KABUL, Aug 15 (Reuters) - Taliban fighters", [("reuters", "Reuters")]),
        ("With inputs from Associated\nPress", [("ap", "Associated\nPress")]),
        ("With inputs from Associated\xa0Press", [("ap", "Associated\xa0Press")]),
        ("selon l'Agence France Presse", [("afp", "Agence France Presse")]),
        ("selon l’AFP, et d'AFP", [("afp", "AFP"), ("afp", "AFP")]),
        ("ha detto all'ANSA, fonti dell’ANSA", [("ansa", "ANSA"), ("ansa", "ANSA")]),
        ("die Nachrichtenagentur dpa meldet", [("dpa", "dpa")]),
        ("l'agence Chine nouvelle", [("xinhua", "Chine nouvelle")]),
        (
            "Reuters' tally, AFP's count and the AP’s own",
            [
                ("reuters", "Reuters"),
                ("afp", "AFP"),
                ("ap", "AP"),
            ],
        ),
        (
            "LONDON (REUTERS) - ASSOCIATED PRESS",
            [("reuters", "REUTERS"), ("ap", "ASSOCIATED PRESS")],
        ),
        ("AFP/Reuters", [("afp", "AFP"), ("reuters", "Reuters")]),
        ("(dpa/AFP)", [("dpa", "dpa"), ("afp", "AFP")]),
        ("_Reuters_", [("reuters", "Reuters")]),
        ("A Reuters-led poll", [("reuters", "Reuters")]),
        ("told bdnews24.com", [("bdnews24", "bdnews24.com")]),
        (
            "Reuters\n\nNews Agency of Nigeria",
            [
                ("reuters", "Reuters"),
                ("nan", "News Agency of Nigeria"),
            ],
        ),
        ("the Ma’an News Agency", [("maan", "Ma’an News Agency")]),
        ("Roma, 15 ago. (askanews) – È così", [("askanews", "askanews")]),
        ("Zürich (sda/ats)", [("keystone-sda", "sda"), ("keystone-sda", "ats")]),
    ],
)
def test_names_as_they_are_written(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新华社北京9月12日电", [("xinhua", "新华社")]),
        ("新華社北京", [("xinhua", "新華社")]),
        ("据法新社和路透社1日报道", [("afp", "法新社"), ("reuters", "路透社")]),
        ("据AP通信报道", [("ap", "AP通信")]),
        ("(서울=연합뉴스) 로이터가", [("yonhap", "연합뉴스"), ("reuters", "로이터")]),
        ("사진: 신화통신", [("xinhua", "신화통신")]),
        ("AP=연합뉴스", [("ap", "AP"), ("yonhap", "연합뉴스")]),
        ("共同通信によると、時事通信は", [("kyodo", "共同通信"), ("jiji", "時事通信")]),
        ("وقالت رويترز إن", [("reuters", "رويترز")]),
        ("وقال لرويترز وبفرانس برس", [("reuters", "رويترز"), ("afp", "فرانس برس")]),
        ("сообщает «Интерфакс» и ТАСС", [("interfax", "Интерфакс"), ("tass", "ТАСС")]),
        ("АССОШИЭЙТЕД ПРЕСС", [("ap", "АССОШИЭЙТЕД ПРЕСС")]),
        ("μετέδωσε το Ρόιτερς, ΡΟΪΤΕΡΣ", [("reuters", "Ρόιτερς")]),
        ("Πηγή: ΣΙΝΧΟΥΑ", [("xinhua", "ΣΙΝΧΟΥΑ")]),
        ("लंदन (पीटीआई)।", [("pti", "पीटीआई")]),
        ("אמר לרויטרס", [("reuters", "רויטרס")]),
        ("สำนักข่าวรอยเตอร์รายงาน", [("reuters", "รอยเตอร์")]),
        ("ÇAĞLAYAN (İHA) - Anadolu Ajansı", [("iha", "İHA"), ("aa", "Anadolu Ajansı")]),
        ("Praha (ČTK)", [("ctk", "ČTK")]),
        ("Télam, TÉLAM", [("telam", "Télam"), ("telam", "TÉLAM")]),
    ],
)
def test_native_scripts(text: str, expected: list[tuple[str, str]]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a map of an apt apparatus",
        "AP government orders inquiry",
        "the AP chief minister, AP CM Jagan",
        "AP Classes and AP exam results, AP Moller-Maersk, A.P. Moller",
        "AP style",
        "APPLE and TAPE and SPAIN",
        "Con información de efectivo",
        "Reuters Institute for the Study of Journalism",
        "Thomson Reuters shares rose",
        "a Reuters Connect feed",
        "AFP Commissioner Reece Kershaw said",
        "The N.A.A.C.P. said",
        "CCTV cameras showed CCTV footage",
        "PTI chairman Imran Khan",
        "AAP leader said",
        "Sputnik V vaccine and Sputnik Light",
        "Jason Altmire (D-PA)",
        "Michael Bloomberg, Mr. Bloomberg and Bloomberg Philanthropies",
        "Petra said she was tired, and Hina said so too",
        "The beta version is a trend; Beta testers follow the Trend",
        "anReutersed 4AP xAFP AFPx",
        "Kauffman-StAP9",
        "新华社区居民，共同社会",
        "People who know said so. ZUMA RESIGNS",
        "لللللرويترز",
    ],
)
def test_look_alikes_name_nobody(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Catholic News Service", ["cns"]),
        ("ISLAMABAD: (Associated Press of Pakistan)", ["app"]),
        ("the Australian Associated Press", ["aap"]),
        ("United Press International", ["upi"]),
        ("United Press", ["up"]),
        ("China News Service", ["chinanews"]),
        ("La Presse Canadienne", ["cp"]),
        ("Thomson Reuters Foundation", ["trf"]),
        ("Interfax-Ukraine", ["interfax-ua"]),
        ("dpa-AFX", ["dpa"]),
        ("Il Sole 24 Ore Radiocor", ["radiocor"]),
        ("Channel NewsAsia", ["channelnewsasia"]),
    ],
)
def test_the_longest_name_wins_and_counts_once(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("The Aam Aadmi Party (AAP) won. AAP said so. (AAP)", "aap"),
        ("Pakistan Tehreek-e-Insaf held a rally, PTI said.", "pti"),
        ("The Australian Federal Police raided a house, the AFP said. AFP officers left.", "afp"),
        ("Armed Forces of the Philippines (AFP) said", "afp"),
        ("Andhra Pradesh said AP would pay", "ap"),
        ("The Palestinian Authority (PA) said the PA would", "pa"),
        ("The drug reaches the central nervous system (CNS), the CNS said", "cns"),
        ("The Union of Northern Islands (UNI) said UNI would", "uni"),
    ],
)
def test_letters_that_the_text_explains_otherwise(text: str, letters: str) -> None:
    assert letters not in ids(text)


def test_letters_explained_as_the_agency_are_the_agency() -> None:
    assert ids("Press Trust of India (PTI) said. PTI added.") == ["pti", "pti", "pti"]
    assert ids("The Asbury Park (AP) dateline") == ["ap"]
    assert ids("Amritsar, New Delhi, India (ANI)") == ["ani"]


def test_a_credit_in_brackets_survives_another_bearer() -> None:
    text = "HYDERABAD, India (AP) — Police in Andhra Pradesh said AP would pay."
    assert named(text) == [("ap", "AP")]


def test_which_names_need_a_context() -> None:
    needs = {m.alias: m.needs_context for m in CATALOGUE.find("AP Reuters AFP (PA) dpa UNI")}
    assert needs == {
        "AP": True, "Reuters": False, "AFP": False, "PA": True, "dpa": False, "UNI": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AMMAN, Aug 15 (Petra) -- The king", ["petra"]),
        ("Jordan's official news agency, Petra, said", ["petra"]),
        ("the Petra news agency said", ["petra"]),
        ("Petra said so. Jordan News Agency has more.", ["petra", "petra"]),
        ("The king spoke.\nPetra", ["petra"]),
        ("The king spoke. — Petra", ["petra"]),
        ("laut der Nachrichtenagentur «Petra»", ["petra"]),
        ("He told Tasnim so, the Tasnim news agency said.", ["tasnim", "tasnim"]),
        ("Petra: a city of rock", []),
        ("On the agenda, Petra said", []),
        ("(Petra was built of rock)", []),
    ],
)
def test_everyday_words_have_to_be_vouched_for(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(KNA)", ["kna-de"]),
        ("Kenya News Agency (KNA)", ["kna", "kna"]),
        ("Katholische Nachrichten-Agentur (KNA)", ["kna-de", "kna-de"]),
        ("(CNA)", ["cna-tw"]),
        ("Channel NewsAsia (CNA)", ["channelnewsasia", "channelnewsasia"]),
        ("African News Agency (ANA)", ["ana-za", "ana-za"]),
        ("BAKU (APA) - Azeri Press Agency", ["apa-az", "apa-az"]),
    ],
)
def test_shared_letters_mean_whom_the_text_names_in_full(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


def test_a_catalogue_is_one_never_changes_and_travels() -> None:
    assert load() is load()
    with pytest.raises(AttributeError):
        CATALOGUE.version = "x"  # type: ignore[misc]
    with pytest.raises(TypeError):
        CATALOGUE.agencies["x"] = CATALOGUE.agencies["ap"]  # type: ignore[index]
    travelled = copy.copy(CATALOGUE)  # by the way that a worker process gets it too
    assert travelled is not CATALOGUE
    assert travelled.agencies == CATALOGUE.agencies
    assert travelled.find("(Reuters)") == CATALOGUE.find("(Reuters)")
