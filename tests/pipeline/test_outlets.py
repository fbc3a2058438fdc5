"""Which publishers are one outlet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.pipeline.outlets import outlet

ALIASES = {"The Beeb": "BBC News", "guardian.com": "theguardian.com", " Post  Online ": "The Post"}


@pytest.mark.parametrize(
    ("publisher", "key"),
    [
        ("", ""),
        ("  ", ""),
        ("The Post", "the post"),
        ("THE\u00a0 POST", "the post"),
        ("Straße", "strasse"),
        ("bbc.co.uk", "bbc.co.uk"),
        ("www.bbc.co.uk", "bbc.co.uk"),
        ("https://news.bbc.co.uk:443/sport?x=1", "bbc.co.uk"),
        ("http://lemonde.fr/", "lemonde.fr"),
        ("edition.cnn.com", "cnn.com"),
        ("co.uk", "co.uk"),
        ("com.au", "com.au"),
        ("abc.net.au", "abc.net.au"),
        ("a.b.example.de", "example.de"),
        ("St. Louis Post", "st. louis post"),
        ("the beeb", "bbc news"),
        ("post online", "the post"),
        ("https://www.guardian.com/uk", "theguardian.com"),
        ("192.168.0.1", "192.168.0.1"),
    ],
)
def test_names_and_hosts(publisher: str, key: str) -> None:
    assert outlet(publisher, ALIASES) == key


@given(publisher=st.text() | st.from_regex(r"(https?://)?([a-z]{1,4}\.){1,3}[a-z]{2,3}(/.*)?"))
def test_a_key_is_its_own_key(publisher: str) -> None:
    key = outlet(publisher, {})
    assert outlet(key, {}) == key
    assert outlet(f"  {publisher.upper()} ", {}) == outlet(publisher.upper(), {})
