"""Which publishers are one outlet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.pipeline.outlets import houses, outlet
from dedup.records import Article

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


def keys(*published: tuple[str, str]) -> tuple[str, ...]:
    """The outlet keys of articles with these publishers and addresses."""
    return houses(
        [
            Article(id=str(n), text="Rain.", publisher=publisher, url=url)
            for n, (publisher, url) in enumerate(published)
        ],
        ALIASES,
    )


POST, GUEST = ("The Post", "https://www.post.com/1"), ("Guest Writer", "https://blogs.post.com/2")


def test_a_house_is_its_host() -> None:
    assert keys(POST, POST, GUEST) == ("the post", "the post", "the post")


def test_a_host_that_nobody_has_most_of_joins_nobody() -> None:
    assert keys(POST, GUEST) == ("the post", "guest writer")
    assert keys(POST, GUEST, ("", "https://post.com/3")) == ("the post", "guest writer", "")


def test_an_unknown_publisher_is_its_hosts() -> None:
    assert keys(POST, POST, ("", "http://post.com")) == ("the post",) * 3
    assert keys(("", "http://post.com"), ("", "http://post.com")) == ("", "")


def test_a_publisher_given_as_a_host_is_the_name_that_it_spells() -> None:
    assert keys(("www.dailypost.co.uk", ""), ("Daily Post", "")) == ("daily post",) * 2
    assert keys(("www.dailypost.co.uk", ""), ("Post", "")) == ("dailypost.co.uk", "post")


def test_without_addresses_every_publisher_is_its_own() -> None:
    assert keys(("The Post", ""), ("The Post", ""), ("Star", "")) == (
        "the post",
        "the post",
        "star",
    )
