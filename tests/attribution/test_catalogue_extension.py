"""The user's own additions, and all that can be wrong with them."""

from __future__ import annotations

import pytest

from dedup.attribution import agency_file
from dedup.attribution.agency import AgencyType
from dedup.attribution.catalogue import load
from dedup.errors import CatalogueError

NEW = """
[[agency]]
id = "gns-harbour"
name = "Grand News Service"
aliases = ["Служба ГНС"]
context = ["GNS"]
domains = ["grandnews.example"]
since = 2001
"""


def faults(extra: str) -> list[str]:
    """Give the faults that are found in a user's file."""
    with pytest.raises(CatalogueError) as caught:
        load(extra.encode())
    return str(caught.value).splitlines()


def test_a_new_entry_is_found_like_any_other() -> None:
    catalogue = load(NEW.encode())
    text = "KABUL (GNS) - Служба ГНС, Grand News Service and Reuters"
    found = [(m.agency, m.alias, m.needs_context) for m in catalogue.find(text)]
    assert found == [
        ("gns-harbour", "GNS", True),
        ("gns-harbour", "Служба ГНС", False),
        ("gns-harbour", "Grand News Service", False),
        ("reuters", "Reuters", False),
    ]
    assert catalogue.by_publisher("", "https://www.grandnews.example/1") == "gns-harbour"
    assert catalogue.agencies["gns-harbour"].since == 2001
    assert catalogue.version == load().version


def test_the_shipped_catalogue_stays_as_it_is() -> None:
    load(NEW.encode())
    assert "gns-harbour" not in load().agencies
    assert load().find("Grand News Service") == []


def test_a_known_id_gets_more_names_and_hosts() -> None:
    extra = '[[agency]]\nid = "reuters"\naliases = ["Reuterz", "路透社"]\ndomains = ["r.example"]'
    catalogue = load(extra.encode())
    entry, shipped = catalogue.agencies["reuters"], load().agencies["reuters"]
    assert entry.aliases == (*shipped.aliases, "Reuterz")
    assert entry.name == shipped.name
    assert [m.agency for m in catalogue.find("Reuterz said, Reuters said")] == ["reuters"] * 2
    assert catalogue.by_publisher("r.example") == "reuters"


def test_a_single_value_is_replaced() -> None:
    catalogue = load(b'[[agency]]\nid = "sputnik"\ntype = "media"\nname = "Sputnik Radio"')
    assert catalogue.agencies["sputnik"].type is AgencyType.MEDIA
    assert not catalogue.agencies["sputnik"].is_agency
    assert catalogue.by_name("Sputnik Radio") == "sputnik"


def test_an_empty_file_adds_nothing() -> None:
    assert load(b"").agencies == load().agencies


def test_a_shared_name_may_be_added() -> None:
    catalogue = load(b'[[agency]]\nid = "x"\nname = "Xylo Wire"\nshared = ["AFP", "XQW"]')
    assert [m.agency for m in catalogue.find("(AFP)")] == ["afp"]
    assert [m.agency for m in catalogue.find("Xylo Wire (AFP, XQW)")] == ["x", "x", "x"]


def test_all_faults_are_told_at_once() -> None:
    extra = """
typo = 1
[[agency]]
id = "Not An Id"
name = "Alpha Wire"
colour = "red"
[[agency]]
id = "beta-wire"
[[agency]]
name = "Gamma Wire"
type = "newspaper"
aliases = "Gamma"
languages = ["english"]
countries = ["gb"]
domains = ["https://gamma.example/"]
since = "1900"
exact = ["—"]
[[agency]]
id = "delta"
name = "Reuters"
"""
    assert faults(extra) == [
        "The agencies file has an unknown key “typo”.",
        "Entry 1 (“Not An Id”): id: “Not An Id” is not lower-case words and hyphens.",
        "Entry 1 (“Not An Id”): the field “colour” is unknown.",
        "Entry 2 (“beta-wire”): it has no name.",
        "Entry 3 (“no id”): type: “newspaper” is not one of agency, media, pr_wire, house.",
        "Entry 3 (“no id”): aliases must be a list of texts.",
        "Entry 3 (“no id”): languages: “english” is not an ISO 639 code.",
        "Entry 3 (“no id”): countries: “gb” is not an ISO 3166 code of two capitals.",
        "Entry 3 (“no id”): domains: “https://gamma.example/” is not a bare host name.",
        "Entry 3 (“no id”): since must be a year.",
        "Entry 3 (“no id”): exact: “—” is not a text with letters or digits.",
        "Entry 3 (“no id”): it has no id.",
        "“Reuters” names both reuters and delta; let one of them list it under shared.",
    ]


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ("agency = [", "is not TOML in UTF-8"),
        ("agency = 3", "[[agency]] tables"),
        ("agency = [1]", "[[agency]] tables"),
        ("[[agency]]\nid = 3\nname = true", "“3” is not lower-case words"),
        ('[[agency]]\nid = "x"\nname = "X Wire"\nsince = true', "since must be a year"),
    ],
)
def test_a_file_of_another_form(extra: str, words: str) -> None:
    assert words in "\n".join(faults(extra))


def test_a_file_in_another_encoding() -> None:
    with pytest.raises(CatalogueError, match="not TOML in UTF-8"):
        load("name = 'Télam'".encode("utf-16"))


def test_an_id_twice_in_the_additions_extends_it() -> None:
    extra = NEW + '[[agency]]\nid = "gns-harbour"\naliases = ["Grand Wire"]\n'
    assert load(extra.encode()).by_name("Grand Wire") == "gns-harbour"


def test_a_shipped_id_may_not_stand_twice() -> None:
    with pytest.raises(CatalogueError, match="its id is taken by an earlier entry"):
        agency_file.read([NEW.encode(), NEW.encode()])
