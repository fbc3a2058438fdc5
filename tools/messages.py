"""Bring the catalogues of the pages' messages up to date (``python tools/messages.py``).

Every message is read off the scripts, the templates and the modules that say it; a new one stands
in each catalogue without a translation, one that nobody says any more is taken out.
"""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import jinja2.ext
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
CATALOGUES = ROOT / "dedup" / "report" / "messages"
ROOMS = (ROOT / "dedup" / "report", ROOT / "dedup" / "desk")

#: What says a message in a module or a template, and which of its arguments that is.
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "t": None,
    "tn": (2, 3),
    "say": None,
    "say_number": (2, 3),
    "forms": (1, 2),
}

#: The same in a script, whose strings stand in one another: a message is always a literal.
_STRING = r'("(?:[^"\\\n]|\\.)*")'
_SCRIPTED = re.compile(rf"\b(?:(?:t|tp|marked)\({_STRING}|tnp?\([^\"]*?,\s*{_STRING},\s*{_STRING})")

#: Of each language, how many forms a message with a number has, and which one a number takes.
PLURALS = {
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
    "n%100>=11 ? 4 : 5);",
    "de": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
}

_HEAD = """\
msgid ""
msgstr ""
"Project-Id-Version: dedup\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"
"""

Message = str | tuple[str, ...]


def messages() -> dict[Message, list[str]]:
    """Every message, with the files that say it; one with two forms is a pair."""
    found: dict[Message, list[str]] = {}
    for room in ROOMS:
        for file in sorted(room.rglob("*")):
            for message in _said(file):
                places = found.setdefault(message, [])
                if file.name not in places:
                    places.append(file.name)
    return found


def _said(file: Path) -> Iterator[Message]:
    """The messages of one file, in their order."""
    if file.suffix == ".js":
        for found in _SCRIPTED.finditer(file.read_text("utf-8")):
            yield from _worded(tuple(json.loads(word) for word in found.groups() if word))
    elif file.suffix == ".html":
        with file.open("rb") as stream:
            for _, _, said, _ in jinja2.ext.babel_extract(stream, tuple(KEYWORDS), (), {}):
                yield from _worded(said if isinstance(said, tuple) else (said,))
    elif file.suffix == ".py":
        with file.open("rb") as stream:
            for _, said, _, _ in extract("python", stream, KEYWORDS, (), {"encoding": "utf-8"}):
                yield from _worded(said if isinstance(said, tuple) else (said,))


def _worded(said: tuple[object, ...]) -> Iterator[Message]:
    words = tuple(word for word in said if isinstance(word, str))
    if words:
        yield words[0] if len(words) == 1 else words


def main() -> None:
    """Write every catalogue anew, its translations kept."""
    template = Catalog()
    for message, places in messages().items():
        template.add(message, locations=[(place, 0) for place in places])
    for language, plural in PLURALS.items():
        file = CATALOGUES / f"{language}.po"
        with file.open("rb") as stream:
            held = read_po(stream, locale=language)
        held.update(template, no_fuzzy_matching=True)
        held.obsolete.clear()
        body = BytesIO()
        write_po(body, held, width=100, include_lineno=False, omit_header=True)
        head = _HEAD.format(language=language, plural=plural)
        file.write_text(f"{head}\n{body.getvalue().decode().strip()}\n", "utf-8")
        missing = sum(not told(message.string) for message in held if message.id)
        print(f"{file.name}: {len(held)} messages, {missing} to translate")


def told(string: object) -> bool:
    """Whether a translation is there, in all its forms."""
    return all(string) if isinstance(string, tuple | list) else bool(string)


if __name__ == "__main__":
    main()
