"""The shipped data hold to their own header, entry by entry."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import fields
from importlib import resources

import pytest

from dedup.attribution import names
from dedup.attribution.agency import Agency, AgencyType
from dedup.attribution.catalogue import load

CATALOGUE = load()
ENTRIES = list(CATALOGUE.agencies.values())
#: ISO 639-1 codes of the languages that news agencies write in (and Norwegian's own two).
LANGUAGES = set(
    "am ar az be bg bn bs ca cs da de el en es et eu fa fi fr ga gl ha he hi hr hu hy id it ja ka "  # noqa: SIM905  # a list of so many would stand one a line
    "kk km ko ku ky lo lt lv mg mk mn ms my nb ne nl nn no pl ps pt ro ru si sk sl so sq sr sv sw "
    "ta tg th tk tl tn tr uk ur uz vi zh".split()
)
STABLE_IDS = (
    "reuters ap afp upi bloomberg dowjones dpa pa efe europapress ansa apa belga anp tt ntb ritzau "
    "lusa pap ctk aa tass ria sputnik interfax ukrinform pti ani ians uni app aap cp xinhua kyodo "
    "chinanews jiji yonhap antara bernama irna mena nan prensalatina cns keystone-sda cna-tw "
    "ana-mpa aps-dz ana-za interfax-ua rss-np"
)


@pytest.mark.parametrize("id_", STABLE_IDS.split())
def test_the_ids_of_the_contract_are_agencies(id_: str) -> None:
    assert CATALOGUE.agencies[id_].is_agency


def test_the_size_of_the_catalogue() -> None:
    types = Counter(entry.type for entry in ENTRIES)
    assert types[AgencyType.AGENCY] >= 170
    assert types[AgencyType.MEDIA] + types[AgencyType.PR_WIRE] >= 60
    assert types[AgencyType.PR_WIRE] >= 7


@pytest.mark.parametrize("id_", ["prnewswire", "businesswire", "bbc", "aljazeera", "tnn", "cctv"])
def test_wires_of_press_releases_media_and_houses_are_no_agencies(id_: str) -> None:
    assert not CATALOGUE.agencies[id_].is_agency


def test_every_entry_is_complete() -> None:
    assert [entry.id for entry in ENTRIES if not _is_complete(entry)] == []


def _is_complete(entry: Agency) -> bool:
    since, until = entry.since or 1700, entry.until or 2030
    return (
        re.fullmatch(r"https://[a-z0-9.-]+\.[a-z]+/\S*", entry.source) is not None
        and {*entry.languages} <= LANGUAGES
        and all(re.fullmatch("[A-Z]{2}", country) for country in entry.countries)
        and bool(entry.languages and entry.countries and entry.names)
        and 1700 <= since < until <= 2030
    )


def test_no_entry_has_a_name_twice() -> None:
    for entry in ENTRIES:
        lists = (entry.aliases, entry.exact, entry.context, entry.common, entry.shared)
        every = [names.key(name) for group in lists for name in group]
        assert sorted(set(every)) == sorted(every)


def test_no_name_belongs_to_two_entries() -> None:
    owners = Counter(names.key(name) for entry in ENTRIES for name in entry.names)
    assert [name for name, count in owners.items() if count > 1] == []


def test_a_shared_name_belongs_to_another_entry_first() -> None:
    owned = {names.key(name) for entry in ENTRIES for name in entry.names}
    shared = {names.key(name) for entry in ENTRIES for name in entry.shared}
    assert shared <= owned


def test_no_host_belongs_to_two_entries() -> None:
    owners = Counter(host for entry in ENTRIES for host in entry.domains)
    assert [host for host, count in owners.items() if count > 1] == []


def test_the_head_of_the_data_defines_every_field() -> None:
    for file in ("agencies.toml", "media.toml"):
        text = resources.files("dedup.attribution").joinpath(file).read_text(encoding="utf-8")
        head = text.partition("[[agency]]")[0]
        for field in fields(Agency):
            assert re.search(rf"^# {field.name} ", head, re.MULTILINE), (file, field.name)


def test_the_version_comes_from_the_data() -> None:
    assert re.fullmatch(r"20\d\d\.\d+", CATALOGUE.version)
