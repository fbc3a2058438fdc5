"""Nobody is shut out of the desk: axe-core's rules on every view, light and dark, either way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dedup import Article, Index
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


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_view_keeps_the_rules(
    server: Server, visited: Callable[[str], Page], scheme: str, direction: str
) -> None:
    page = visited(server.address)
    with page.seen_in(scheme):
        page.run("document.documentElement.dir = arguments[0];", direction)
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


def test_a_locked_desk_keeps_the_rules(locked: Server, visited: Callable[[str], Page]) -> None:
    page = visited(locked.address.partition("#")[0])
    with page.seen_in("light"):
        assert page.broken_rules() == []
    page.browser.get_log("browser")  # type: ignore[no-untyped-call]  # 401
