"""Names in fields of metadata: authors, credits, publishers, labels."""

from __future__ import annotations

import pytest

from dedup.attribution.catalogue import load

CATALOGUE = load()


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("Afp Afp", [("afp", "Afp"), ("afp", "Afp")]),
        ("AP Staff", [("ap", "AP Staff")]),
        ("Ap", [("ap", "Ap")]),
        ("By Ap Staff Writer", [("ap", "Ap Staff")]),
        ("Reuters Staff", [("reuters", "Reuters Staff")]),
        ("reuters", [("reuters", "reuters")]),
        ("Susan Njanji Nicholas Roll In Abuja Afp", [("afp", "Afp")]),
        ("Jane Doe, Associated Press", [("ap", "Associated Press")]),
        ("Jane Doe | AP", [("ap", "AP")]),
        ("Jane Doe AP", [("ap", "AP")]),
        ("Jane Doe (Pti)", [("pti", "Pti")]),
        ("PTI, ANI", [("pti", "PTI"), ("ani", "ANI")]),
        ("AFP/Reuters", [("afp", "AFP"), ("reuters", "Reuters")]),
        ("avec l'AFP", [("afp", "AFP")]),
        ("AFP's Jane Doe", [("afp", "AFP")]),
        ("Deutsche presse agentur", [("dpa", "Deutsche presse agentur")]),
        ("telam", [("telam", "telam")]),
        ("新华社记者", [("xinhua", "新华社")]),
        ("وكالة رويترز", [("reuters", "رويترز")]),
        ("www.apnews.com", [("ap", "apnews.com")]),
        ("Thomson Reuters", [("reuters", "Thomson Reuters")]),
        ("Petra", [("petra", "Petra")]),
        ("ana", [("ana-mpa", "ana")]),
        ("Jane Doe HINA", [("hina", "HINA")]),
    ],
)
def test_names_in_any_case(field: str, expected: list[tuple[str, str]]) -> None:
    mentions = CATALOGUE.find_in_field(field)
    assert [(m.agency, field[m.start : m.end]) for m in mentions] == expected
    assert not any(m.needs_context for m in mentions)


@pytest.mark.parametrize(
    "field",
    [
        "",
        "Staff",
        "Ana Silva",
        "ANA MARIA LOPEZ",
        "Tiffany Ap, Brian Todd",
        "Petra Müller",
        "Hina Khan",
        "Leta Hollingworth",
        "Ansa Lahti",
        "Nina Totenberg",
        "D.W. Wilber",
        "Pa Ndaw",
        "Efe Mehmet Kaya",
        "Press Officer",
        "Dawn Gilbertson",
    ],
)
def test_people_are_no_agencies(field: str) -> None:
    assert CATALOGUE.find_in_field(field) == []


@pytest.mark.parametrize(
    ("publisher", "url", "expected"),
    [
        ("Reuters", "", "reuters"),
        ("reuters", "", "reuters"),
        ("The Associated Press", "", "ap"),
        ("AP News", "", "ap"),
        ("AP", "", "ap"),
        ("reuters.com", "", "reuters"),
        ("www.apnews.com", "", "ap"),
        ("https://uk.reuters.com/article/1", "", "reuters"),
        ("", "https://apnews.com/article/x", "ap"),
        ("", "//www.afp.com:443/en", "afp"),
        ("Xinhua News Agency", "", "xinhua"),
        ("Agence France-Presse", "", "afp"),
        ("L'Agence France-Presse", "", "afp"),
        ("IANS Newswire", "", "ians"),
        ("新华社", "", "xinhua"),
        ("Petra", "", "petra"),
        ("Yahoo", "https://uk.reuters.com/x", "reuters"),
        ("Reuters Institute", "", ""),
        ("Reuters Institute", "https://reutersinstitute.politics.ox.ac.uk/", ""),
        ("Ap", "", ""),
        ("Petra Müller", "", ""),
        ("CNA", "", ""),
        ("BBC News", "https://www.bbc.co.uk/", ""),
        ("PR Newswire", "", ""),
        ("Daily Planet", "https://notreuters.com/reuters.com", ""),
        ("", "", ""),
        ("  ", "not an address", ""),
    ],
)
def test_publishers_that_are_agencies(publisher: str, url: str, expected: str) -> None:
    assert CATALOGUE.by_publisher(publisher, url) == expected


@pytest.mark.parametrize(
    ("publisher", "url", "expected"),
    [
        ("BBC News", "", "bbc"),
        ("", "https://www.bbc.co.uk/news/1", "bbc"),
        ("PR Newswire", "", "prnewswire"),
        ("Reuters", "", "reuters"),
        ("The Harbour Gazette", "", ""),
        ("", "https://www.channelnewsasia.com/x", "channelnewsasia"),
    ],
)
def test_the_house_of_any_type(publisher: str, url: str, expected: str) -> None:
    assert CATALOGUE.house(publisher, url) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("reuters", "reuters"),
        ("keystone-sda", "keystone-sda"),
        ("Reuters", "reuters"),
        ("AP", "ap"),
        ("ap", "ap"),
        ("The Associated Press", "ap"),
        ("associated press", "ap"),
        ("A.P.", "ap"),
        ("共同通信", "kyodo"),
        ("TOLO News", "tolonews"),
        ("CNA", "cna-tw"),
        ("Thomson Reuters", "reuters"),
        ("Reuters Institute", ""),
        ("", ""),
    ],
)
def test_labels_by_name(name: str, expected: str) -> None:
    assert CATALOGUE.by_name(name) == expected


def test_every_id_and_every_own_name_leads_back_to_its_entry() -> None:
    for id_, entry in CATALOGUE.agencies.items():
        assert CATALOGUE.by_name(id_) == id_
        for host in entry.domains:
            assert CATALOGUE.house("", f"https://www.{host}/x?y=1") == id_


def test_search_puts_the_exact_name_first() -> None:
    found = [entry.id for entry in CATALOGUE.search("AP")]
    assert found[0] == "ap"
    assert "pap" in found
    assert [entry.id for entry in CATALOGUE.search("Associated Press of")] == ["app"]


def test_search_forgives_a_slip() -> None:
    assert "agerpres" in [entry.id for entry in CATALOGUE.search("Agerprez")]
    assert CATALOGUE.search("qqqqqqqq") == []


def test_search_for_nothing_gives_everything() -> None:
    assert CATALOGUE.search("") == list(CATALOGUE.agencies.values())
