"""Nobody is shut out: the rules of axe-core on every view, light and dark, from either side."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.report.browser.conftest import VIEWS

if TYPE_CHECKING:
    from collections.abc import Callable

    from dedup.report import Document
    from tests.report.browser.conftest import Desk

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_keeps_the_rules(
    shown: Callable[[Document], Desk], document: Document, scheme: str, language: str
) -> None:
    desk = shown(replace(document, language=language))
    with desk.seen_in(scheme):
        found = {}
        for address in VIEWS:
            desk.go(address)
            found[address] = desk.broken_rules()
            assert desk.run("return document.documentElement.scrollWidth <= innerWidth;"), address
        desk.run("document.getElementById('help').showModal();")
        found["help"] = desk.broken_rules()
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_a_broken_rule_is_found(desk: Desk) -> None:
    with desk.seen_in("light"):
        desk.run("document.querySelector('main').append(document.createElement('button'));")
        assert desk.broken_rules() == ["button-name: <button></button>"]
