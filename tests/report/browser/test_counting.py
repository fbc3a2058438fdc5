"""What the program counts of a text for a list is what the page counts of the text itself."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import dedup
from dedup.report.counting import SHORTEST, counts, words_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.report.browser.conftest import Desk

pytestmark = pytest.mark.browser

NEWSROOM = Path(__file__).parents[2] / "data" / "newsroom" / "articles.jsonl"

COMPARE = """
const [told, done] = arguments;
const faults = [];
for (const min of SHORTEST) {
  for (const kinds of ["", "quotations", "furniture", "quotations,furniture"]) {
    leaveOutOfList(leftOut(new URLSearchParams({ x: kinds, min })));
    for (let row = 0; row < COUNT; row += 1) {
      const [here, there] = [countedWithout(row), toldWithout(told[row])];
      for (const part of Object.keys(here)) {
        if (here[part] !== there[part]) faults.push([row, min, kinds, part]);
      }
    }
  }
}
done(faults);
"""
#: Articles of which the page counts another share than the table says; where a text has character
#: references (&amp;) the table counts what they stand for, and the page what is written.
UNLIKE = """
const out = leftOut(new URLSearchParams());
return ARTICLES.article_id.filter((_, row) => {
  const { shared, counted } = wordCounts(row, passagesOf(row), out);
  const isWritten = !/&#?[a-z0-9]+;/.test(ARTICLES.text[row]);
  return isWritten && Math.abs(shared / counted - ARTICLES.copied_share[row]) > 0.001;
});
"""


def test_both_count_the_same_words(opened: Callable[[Path], Desk], tmp_path: Path) -> None:
    found = dedup.scan(NEWSROOM)
    found.write(tmp_path, formats=("html",))
    desk = opened(tmp_path / "report.html")
    desk.browser.set_script_timeout(120)
    told = counts(found.tables)
    assert any(len(article) > 2 for article in told)  # somewhere a length makes a difference
    assert desk.browser.execute_async_script(COMPARE, told) == []
    assert desk.value("SHORTEST") == list(SHORTEST)
    assert desk.run(UNLIKE) == []


def test_words_are_those_of_the_page(desk: Desk) -> None:
    texts = [
        "Nürnberg’s mayor, O'Neill, said 3.5% – no_more!",
        "हिन्दी में समाचार और न्यायालय",
        "وقال المُتحدِّثُ إنّ 12 شخصًا",
        "速報：東京で地震 magnitude 7、カタカナー",
        "ข่าวด่วน ลาว ຂ່າວ ព័ត៌មាន",
        "a\u0301e\u0308 \U0001d400\U0001d401 x²",
    ]
    shown = desk.value(
        "arguments[0].map((text) => wordSpans(new Text(text)).map((w) => w.text))", texts
    )
    assert shown == [[word[0] for word in words_in(text)] for text in texts]
