"""All phrases and word lists of `patterns.toml`, which defines them; the languages merged."""

from __future__ import annotations

import itertools
import tomllib
from functools import cache
from importlib import resources

from dedup.attribution.phrases import Phrases

_Section = dict[str, list[str]]


@cache
def _languages() -> dict[str, dict[str, _Section]]:
    shipped = resources.files("dedup.attribution").joinpath("patterns.toml").read_bytes()
    return tomllib.loads(shipped.decode())


def entries(section: str, name: str, language: str = "") -> list[str]:
    """Give the entries of one list, of one language or of all, in the file's order."""
    chosen = [_languages()[language]] if language else _languages().values()
    merged = (sections.get(section, {}).get(name, ()) for sections in chosen)
    return list(dict.fromkeys(itertools.chain.from_iterable(merged)))


@cache
def words(section: str, *names: str) -> frozenset[str]:
    """Give some lists of a section as one set of words."""
    return frozenset(itertools.chain.from_iterable(entries(section, name) for name in names))


@cache
def phrases(section: str, name: str) -> Phrases:
    """Give one list as phrases."""
    return Phrases((entry, name) for entry in entries(section, name))


@cache
def before() -> Phrases:
    """Give the phrases that end right before a name, each with its kind; matched backwards."""
    return Phrases(_kinds("before"), backwards=True)


@cache
def after() -> Phrases:
    """Give the phrases that begin right after a name, each with its kind."""
    return Phrases(_kinds("after"))


def prepare() -> None:
    """Load all of it now."""
    before()
    after()


def _kinds(section: str) -> list[tuple[str, str]]:
    return [
        (phrase, kind)
        for language in _languages().values()
        for kind, listed in language.get(section, {}).items()
        for phrase in listed
    ]
