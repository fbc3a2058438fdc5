"""What a feed says of its items' sources reaches attributions.csv, as metadata."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import dedup

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("lxml")

TEXT = (
    "Ferry crews walked out on Thursday in a dispute over pay that has gone on since the spring. "
    "The operator said that talks would go on and that no boat would leave before the weekend."
)
FILES = {
    "a.json": json.dumps(
        {
            "uri": "urn:x:a",
            "type": "text",
            "body_text": TEXT,
            "creditline": "AFP",
            "infosource": [{"name": "dpa"}],
            "byline": "Xinhua",
        }
    ),
    "b.xml": f"""<newsItem guid="urn:x:b"><itemMeta><provider qcode="p:REUTERS"/></itemMeta>
        <contentMeta><dateline>MARLOW, May 4 (AP)</dateline><infoSource literal="Kyodo"/>
        </contentMeta><contentSet><inlineXML><p>{TEXT}</p></inlineXML></contentSet></newsItem>""",
    "c.nitf": f"""<nitf><body><body.head><byline>ANSA</byline><distributor>NTB</distributor>
        </body.head><body.content><p>{TEXT}</p></body.content></body></nitf>""",
    "d.rss": f"""<rss xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Echo</title><item>
        <description>{TEXT}</description><source url="https://www.reuters.com/">World news</source>
        <media:credit>AFP</media:credit></item></channel></rss>""",
    "e.eml": f"From: Press Association <news@pa.media>\nOrganization: EFE\n\n{TEXT}\n",
}
NAMED = {
    ("urn:x:a", "author=Xinhua", "xinhua"),
    ("urn:x:a", "credit=AFP", "afp"),
    ("urn:x:a", "ninjs.infosource=dpa", "dpa"),
    ("urn:x:b", "newsml.provider=REUTERS", "reuters"),
    ("urn:x:b", "publisher=REUTERS", "reuters"),
    ("urn:x:b", "newsml.dateline=MARLOW, May 4 (AP)", "ap"),
    ("urn:x:b", "newsml.infoSource=Kyodo", "kyodo"),
    ("c.nitf", "author=ANSA", "ansa"),
    ("c.nitf", "nitf.distributor=NTB", "ntb"),
    ("c.nitf", "publisher=NTB", "ntb"),
    ("d.rss#1", "feed.source.url=https://www.reuters.com/", "reuters"),
    ("e.eml", "author=Press Association", "pa"),
    ("e.eml", "mail.from=Press Association <news@pa.media>", "pa"),
    ("e.eml", "mail.organization=EFE", "efe"),
    ("e.eml", "publisher=EFE", "efe"),
}


def test_credits_of_feeds_are_attributions(tmp_path: Path) -> None:
    for name, data in FILES.items():
        (tmp_path / name).write_text(data, "utf-8")
    table = dedup.scan(tmp_path).attributions
    rows = table[table["kind"] == "metadata"]
    found = zip(rows["article_id"], rows["text"], rows["agency"], strict=True)
    assert set(found) == NAMED
    assert set(rows["scope"]) == {"article"}
    assert rows["is_agency"].all()
