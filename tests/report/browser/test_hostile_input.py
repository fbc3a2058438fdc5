"""Whatever the world writes into an article is shown, and does nothing."""

from __future__ import annotations

import copy
import itertools
from typing import TYPE_CHECKING

import pytest

from dedup.report import Document, page, write_page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.report.browser.conftest import Desk
    from tests.report.conftest import Rows

pytestmark = pytest.mark.browser


SEEDS = [
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "<!--<script>",
    "]]><script>alert(3)</script>",
    "</title><svg onload=alert(4)>",
    "</template><img src=//evil.example/a>",
    "</style><style>*{display:none}</style>",
    '"><iframe srcdoc="<script>alert(5)</script>">',
    "'><b>bold</b>",
    "<a href=javascript:alert(6)>x</a>",
    "javascript:alert(7)",
    "JaVaScRiPt:alert(8)",
    "java\tscript:alert(9)",
    "data:text/html,<script>alert(10)</script>",
    "vbscript:msgbox(1)",
    'https://evil.example/"onmouseover=alert(11)',
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(12)>",
    "<svg><style><img src=x onerror=alert(13)></style></svg>",
    '<noscript><p title="</noscript><img src=x onerror=alert(14)>">',
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content=0;url=//evil.example>",
    "<link rel=stylesheet href=//evil.example/a.css>",
    "<object data=//evil.example/a.swf>",
    "{{ 7*7 }}{% raw %}",
    "${alert(15)}",
    "`${alert(16)}`",
    "\\u003cimg src=x onerror=alert(17)\\u003e",
    "&lt;img src=x onerror=alert(18)&gt;",
    "&#x3c;script&#x3e;alert(19)",
    "%3Cscript%3Ealert(20)%3C/script%3E",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\u202eexe.gpj\u202c",
    "\u2066hidden\u2069",
    "\u202a\u202b\u202d",
    "nul\x00 escape\x1b[31m bell\x07",
    "\u2028line\u2029paragraph",
    "../../etc/passwd",
    "a/b#c?d=e&f=%2F%%",
    "__proto__",
    "constructor",
    "toString",
    "😀 كابول 𝔘𝔫𝔦 \ud800",
]

#: Every one as it is, and again out of the places in which markup or a formula may hold it.
FORMS = (
    "{}",
    '"><p title="{}">',
    "'); {} //",
    "--></textarea></select></option>{}",
    "]}}}}</script>{}",
    "{}\u2029{}",
    "url({}) </style>{}",
)
PAYLOADS = [form.format(*[seed] * form.count("{}")) for form in FORMS for seed in SEEDS]

#: As the page writes them: what would steer the display is spelled out.
NAMES = {"\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO"}
NAMES |= {"\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI"}


def spelled(text: str) -> str:
    out = []
    for character in text:
        if character in NAMES:
            out.append(f"⟦{NAMES[character]}⟧")
        elif ord(character) < 32 and character not in "\t\n\r":
            out.append(f"⟦U+{ord(character):04X}⟧")
        else:
            out.append(character)
    return "".join(out)


def hostile_rows(seeds: Rows) -> Rows:
    """One article a payload, with the payload in every field that the world can fill."""
    rows: Rows = {table: [] for table in seeds}
    for payload in PAYLOADS:
        article = copy.deepcopy(seeds["articles"][0])
        for field in ("article_id", "path", "title", "publisher", "published_at", "language"):
            article[field] = payload
        article |= {"url": payload, "text": payload, "reasons": (payload,), "authors": (payload,)}
        article |= {"agencies": (payload,), "credited_agencies": (payload,)}
        article |= {"uncredited_agencies": (payload,), "derived_from": payload}
        article |= {"cluster_id": payload, "story_id": payload}
        rows["articles"].append(article)
        paragraph = copy.deepcopy(seeds["paragraphs"][0])
        paragraph |= {"article_id": payload, "start": 0, "end": len(payload), "text": payload}
        before = rows["articles"][-2]["article_id"] if len(rows["articles"]) > 1 else ""
        paragraph |= {"source_id": before, "source_n": 1 if before else None, "direction": "from"}
        rows["paragraphs"].append(paragraph | {"agencies": (payload,)})
        place = {"article_id": payload, "n": 1, "start": 0, "end": len(payload)}
        rows["attributions"].append(
            seeds["attributions"][0] | place | {"text": payload, "agency": payload}
        )
        story = seeds["stories"][0] | {"story_id": payload, "agencies": (payload,)}
        rows["stories"].append(story | {"first_published_at": payload})
        rows["sources"].append(seeds["sources"][0] | {"publisher": payload, "agency": payload})
    for one, other in itertools.pairwise(PAYLOADS):
        match = seeds["matches"][0] | {"article_id": one, "other_id": other, "start": 0}
        rows["matches"].append(match | {"end": len(one), "other_start": 0, "other_end": len(other)})
    return rows


@pytest.mark.parametrize("most", [page.MAX_ARTICLES, 10])
def test_hostile_input_is_shown_and_does_nothing(
    most: int,
    monkeypatch: pytest.MonkeyPatch,
    opened: Callable[[Path], Desk],
    seeds: Rows,
    document_of: Callable[[Rows], Document],
    tmp_path: Path,
) -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 300
    clean = document_of(hostile_rows(seeds))
    skipped = [{"path": p, "record": p, "reason": p} for p in PAYLOADS]
    options = {p: p for p in PAYLOADS}
    run: dict[str, object] = {"version": PAYLOADS[0], "started_at": PAYLOADS[1], "skipped": skipped}
    run |= {"options": options, "wire_in_corpus": False, "agency_names": options}
    run |= {"limits": dict.fromkeys(PAYLOADS, 1)}
    monkeypatch.setattr(page, "MAX_ARTICLES", most)
    write_page(
        tmp_path / "report.html",
        Document(run=run, tables=clean.tables, credit_line=PAYLOADS[2] + "{agency}"),
    )
    desk = opened(tmp_path / "report.html")
    assert desk.told("openParts([...DATA.parts.keys()])") is None
    ids = desk.value("ARTICLES.article_id")
    assert ids == PAYLOADS
    titles = []
    for number in range(1, 5):
        desk.go(f"#/list?p={number}")
        titles += desk.texts("a.title")
    assert sorted(titles) == sorted(map(spelled, PAYLOADS))
    choices = {words.rpartition(" (")[0] for words in desk.texts("#facet-o option")[1:]}
    assert len(choices) == 200
    assert choices <= set(map(spelled, PAYLOADS))
    desk.go("#/paragraphs")
    desk.go("#/stories")
    desk.go("#/sources")
    desk.go("#/run")
    assert set(map(spelled, PAYLOADS)) <= set(desk.texts("td bdi"))
    # drawn without moving: a browser slows down a page that changes its address hundreds of times
    shown = desk.value(
        "ARTICLES.article_id.map((id, row) => {"
        "const draw = (address) => VIEW.replaceChildren("
        "  ...viewFor(addressParts(address)).flat(3).filter((node) => node !== ''));"
        "draw(articleAddress(row));"
        "const text = document.querySelector('.text p').cloneNode(true);"
        "text.querySelectorAll('.pilcrow, .reference').forEach((e) => e.remove());"
        "const title = document.querySelector('h1').textContent;"
        "let bad = [...document.links].filter((link) => !isHarmless(link)).length;"
        "for (const address of [storyAddress(id), row ? compareAddress(row, row - 1) : '#/list']) {"
        "  draw(address);"
        "  bad += document.querySelector('h1').textContent === 'Not here';"
        "}"
        "return [title, text.textContent, bad];"
        "})"
    )
    assert shown == [[spelled(p), spelled(p), 0] for p in PAYLOADS]
    assert (
        desk.run("return document.querySelectorAll('img, iframe, object, base, form').length;") == 0
    )
    assert desk.is_quiet()


def test_markup_from_strings_is_refused_by_the_policy(desk: Desk) -> None:
    refused = desk.run(
        "try { document.body.innerHTML = '<b>x</b>'; return false; } catch { return true; }"
    )
    assert refused
    (report,) = desk.browser.get_log("browser")  # type: ignore[no-untyped-call]
    assert "TrustedHTML" in report["message"]
