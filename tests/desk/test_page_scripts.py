"""The page is put together of the report's scripts and the desk's own: they must fit."""

from __future__ import annotations

import re
from collections import Counter

from dedup.desk.page import page

DECLARED = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)


def test_no_name_stands_for_two_things() -> None:
    html, _ = page()
    script = html.rsplit("<script>", 1)[1]
    counted = Counter(DECLARED.findall(script))
    assert counted["articleView"] == 1
    assert counted["checkView"] == 1
    assert not [name for name, times in counted.items() if times > 1]


def test_the_policy_admits_one_script_and_one_style() -> None:
    _, policy = page()
    assert policy.count("sha256-") == 2
    assert "unsafe" not in policy
    assert "http" not in policy
