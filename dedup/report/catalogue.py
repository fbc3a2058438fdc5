"""The pages' words in their reader's language: gettext catalogues, one file a language.

A message is its own English; ``{name}`` is a place to be filled. The catalogues lie beside this
module as ``messages/<language>.po`` (``tools/messages.py`` brings them up to date) and are read
as they are. What a number asks of a message, each catalogue says in its ``Plural-Forms``.
"""

from __future__ import annotations

import gettext
import json
import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Manner(NamedTuple):
    """How a language is written."""

    name: str  #: in the language itself
    locale: str  #: by which a browser writes its numbers and dates
    thousands: str  #: what stands between them
    grouped_from: int  #: the first number that has it
    direction: str = "ltr"


#: The languages of the pages. Arabic has Western digits, as most agencies write it.
LANGUAGES = {
    "en": Manner("English", "en-GB", ",", 1_000),
    "fr": Manner("Français", "fr", "\u202f", 1_000),
    "de": Manner("Deutsch", "de", ".", 1_000),
    "es": Manner("Español", "es", ".", 10_000),
    "ar": Manner("العربية", "ar-u-nu-latn", ",", 1_000, "rtl"),
}

#: Above this only the last two digits of a number decide its form, in all these languages.
_FORMS_TOLD = 200

_ENTRY = re.compile(r"^(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])? (\".*\")$|^(\".*\")$")
_PLURAL = re.compile(r"plural=([^;]+);")
_PLACE = re.compile(r"\{(\w+)\}")


class Catalogue:
    """The messages of one language, and how it writes numbers."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.manner = LANGUAGES[language]
        self._texts, self._form = _read(language)

    def say(self, message: str, /, **values: object) -> str:
        """Say a message, its places filled."""
        return _filled(self._texts.get(message, (message,))[0], values)

    def say_number(self, number: int, one: str, many: str, /, **values: object) -> str:
        """Say a message in the form that its number asks for; ``{n}`` is the number as written."""
        forms = self._texts.get(one, (one, many))
        return _filled(forms[self._form(number)], {"n": self.figure(number), **values})

    def figure(self, number: int) -> str:
        """A number as the language writes it."""
        if number < self.manner.grouped_from:
            return str(number)
        return f"{number:,}".replace(",", self.manner.thousands)

    def listed(self, items: Sequence[str]) -> str:
        """Items in a row, as a sentence has them."""
        *before, last = items
        if not before:
            return last
        return self.say(", ").join(before) + self.say(" and ") + last

    @property
    def texts(self) -> Mapping[str, tuple[str, ...]]:
        """Every message with its forms; of English, whose messages say themselves, none."""
        return self._texts

    @property
    def forms(self) -> str:
        """Which form each number takes, from 0 to 199."""
        return "".join(str(self._form(number)) for number in range(_FORMS_TOLD))


@cache
def catalogue(language: str = "en") -> Catalogue:
    """The catalogue of one of `LANGUAGES`."""
    return Catalogue(language)


@cache
def spoken(script: str) -> dict[str, object]:
    """What a page's script is given: how each language is written, and the script's messages in it.

    A message is named by its place in the list of all, which stands there once.
    """
    known = catalogue("fr").texts  # every translation has all messages
    said = [message for message in known if json.dumps(message, ensure_ascii=False) in script]
    return {
        "said": said,
        "languages": {
            language: {
                "locale": manner.locale,
                "direction": manner.direction,
                "forms": catalogue(language).forms,
                "texts": [catalogue(language).texts.get(message) for message in said],
            }
            for language, manner in LANGUAGES.items()
        },
    }


def forms(one: str, many: str) -> tuple[str, str]:
    """Two forms of a message that is said elsewhere, by `Catalogue.say_number`."""
    return one, many


def _filled(text: str, values: dict[str, object]) -> str:
    return _PLACE.sub(lambda place: str(values.get(place[1], place[0])), text)


def _read(language: str) -> tuple[dict[str, tuple[str, ...]], Callable[[int], int]]:
    """Read a catalogue: message → its forms, and which form a number takes."""
    if language == "en":
        return {}, gettext.c2py("n != 1")
    place = resources.files("dedup.report").joinpath("messages", f"{language}.po")
    texts: dict[str, tuple[str, ...]] = {}
    for entry in place.read_text("utf-8").split("\n\n"):
        fields = _fields(entry)
        told = tuple(text for name, text in sorted(fields.items()) if name.startswith("msgstr"))
        texts[fields["msgid"]] = told
    head = texts.pop("")[0]
    found = _PLURAL.search(head)
    assert found, place  # noqa: S101 - every catalogue that is shipped says it
    return texts, gettext.c2py(found[1])


def _fields(entry: str) -> dict[str, str]:
    """The fields of an entry; a text may stand on several lines, each a string of its own."""
    fields: dict[str, str] = {}
    name = ""
    for line in entry.splitlines():
        found = _ENTRY.match(line)
        if not found:
            continue
        if found[1]:
            name = found[1] + (found[2] or "")
        fields[name] = fields.get(name, "") + json.loads(found[3] or found[4])
    return fields
