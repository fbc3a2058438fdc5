"""Nobody is shut out of the desk: axe-core's rules on every view, light and dark, either way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup import Article, Index
from dedup.report.catalogue import LANGUAGES, catalogue
from tests.desk.conftest import ARTICLES, BODY, OTHER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.desk.browser.conftest import Page
    from tests.desk.conftest import Server

pytestmark = pytest.mark.browser

ARABIC = "قال الوزير إن الاتفاق قريب."
REPRINT = "post%2Fa%20b%231"
VIEWS = (
    "#/watch",
    "#/list",
    "#/list?q=nothing%20answers%20this",
    "#/list?silent=true&order=shared",
    f"#/article/{REPRINT}",
    "#/article/arabic",
    f"#/compare/{REPRINT}/wire",
    "#/stories",
    f"#/story/{REPRINT}",
    "#/tables",
    "#/nowhere",
    "#/article/nowhere",
)


@pytest.fixture(scope="module")
def server(
    tmp_path_factory: pytest.TempPathFactory, opened: Callable[..., Server]
) -> Iterator[Server]:
    path = tmp_path_factory.mktemp("access") / "n.dedup"
    with Index.open(path) as index:
        index.add([*ARTICLES, Article(id="arabic", text=f"{ARABIC}\n\n{BODY}", title=ARABIC)])
    with opened(path) as found:
        yield found


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_keeps_the_rules(
    server: Server, visited: Callable[[str], Page], scheme: str, language: str
) -> None:
    page = visited(f"{server.address}?language={language}")
    with page.seen_in(scheme):
        found = {"empty": page.broken_rules()}
        page.click("#draft")
        page.paste(f"{OTHER}\n\n{BODY}\n\n{ARABIC}")
        page.until("document.querySelectorAll('#ledger li').length === 7")
        page.click(".fields summary")
        found["checked"] = page.broken_rules()
        page.run("alarm({ article_id: 'wire', article: null, alert: ['reuters'] });")
        for address in VIEWS:
            page.go(address)
            found[address] = page.broken_rules()
            assert page.run("return document.documentElement.scrollWidth <= innerWidth;"), address
        page.run("document.getElementById('help').showModal();")
        found["help"] = page.broken_rules()
    page.browser.get_log("browser")  # type: ignore[no-untyped-call]  # what was not there: 404
    assert {address: faults for address, faults in found.items() if faults} == {}


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_no_message_stays_in_english(
    server: Server, visited: Callable[[str], Page], language: str
) -> None:
    page = visited(f"{server.address}?language={language}")
    left = {"empty": page.english_left(language)}
    page.click("#draft")
    page.paste(f"{OTHER}\n\n{BODY}\n\n{ARABIC}")
    page.until("document.querySelectorAll('#ledger li').length === 7")
    left["checked"] = page.english_left(language)
    page.run("alarm({ article_id: 'wire', article: null, alert: ['reuters'] });")
    for address in VIEWS:
        page.go(address)
        left[address] = page.english_left(language)
    page.run(
        "VIEW.replaceChildren(...tokenView(refusalTold('the desk asks for its token'), begin));"
    )
    left["locked"] = page.english_left(language)
    assert {address: words for address, words in left.items() if words} == {}
    said = page.value("refusalTold('a text that is checked here may have 200,000 characters')")
    most = catalogue(language).figure(200_000)
    told = "a text that is checked here may have {n} characters"
    assert said == catalogue(language).say(told, n=most)
    other = "what nobody has thought of"
    assert page.value("refusalTold(arguments[0])", other) == other
    page.browser.get_log("browser")  # type: ignore[no-untyped-call]  # what was not there: 404


def test_a_locked_desk_keeps_the_rules(locked: Server, visited: Callable[[str], Page]) -> None:
    page = visited(locked.address.partition("#")[0])
    with page.seen_in("light"):
        assert page.broken_rules() == []
    page.browser.get_log("browser")  # type: ignore[no-untyped-call]  # 401
